"""A small policy on the small world: 工作组, 各区 and two municipal units answer for its first area."""

from datetime import date

import pytest

from tasks.kinds import Part
from tasks.models import Responsibility
from tests import factories

ISSUED = date(2021, 12, 1)


@pytest.fixture
def policy(world):
    """First bracket: （遵义工作组，各区，市教委、市乡村振兴局）; second: （各区，市人力资源社会保障局）."""
    made = factories.policy(world.group, code="T-2021")
    first, second = made.paragraphs[1:]
    _listed(first, 2, "各区", group=world.districts)
    _listed(first, 3, "市教委", organisation=world.education)
    _listed(first, 4, "市乡村振兴局", organisation=world.bureau)
    _listed(second, 1, "各区", group=world.districts)
    _listed(second, 2, "市人力资源社会保障局", organisation=world.labour)
    return made


def _listed(paragraph, position, written_as, **party):
    Responsibility.objects.create(
        paragraph=paragraph,
        part=Part.RESPONSIBLE,
        position=position,
        written_as=written_as,
        valid_from=ISSUED,
        **party,
    )
