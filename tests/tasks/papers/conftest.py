"""A month in the small world of which papers are drafted, as the bureau arranged it."""

from datetime import date

import pytest

from pairing.models import Agreement
from tasks.models import PaperPlan, Target
from tests import factories
from tests.notices.papers import making
from tests.tasks import cycle
from tests.tasks.closed import accepted, close
from zhuzun.accounts.roles import Role
from zhuzun.notices.papers.kinds import Standing


@pytest.fixture
def offices(world):
    return making.offices(world)


@pytest.fixture
def plans(offices):
    """Everything is drafted by itself each month, as the bureau arranged it."""
    under = {"reminder": Standing.BUREAU, "circular": Standing.LEADING_GROUP, "report": Standing.BUREAU}
    return {
        kind: PaperPlan.objects.create(kind=kind, span="month", identity=offices[standing], active=True)
        for kind, standing in under.items()
    }


@pytest.fixture
def october(world, plans):
    return cycle.month(world)


@pytest.fixture
def officer(people):
    return people[Role.BUREAU_OFFICER]


@pytest.fixture
def gaoxin(world):
    """The officer of 高新区."""
    return factories.strangers(world)[Role.DISTRICT_OFFICER.value]


@pytest.fixture
def closed(october, people):
    """香洲区 filed and was accepted, 高新区 filed nothing, the month is closed."""
    accepted(october.report(october.world.xiangzhou), people)
    close(october.period, people)
    return october


@pytest.fixture
def aims(october):
    """24 万元 a year each, 香洲 for two counties, 高新 for one; even course: in October ten twelfths."""
    world = october.world
    agreement = Agreement.objects.create(
        level="district",
        east=world.xiangzhou,
        west=world.zhengan,
        year=2026,
        state="signed",
        signed_on=date(2026, 3, 1),
    )
    for place, value in ((world.xiangzhou, 24), (world.gaoxin, 24)):
        Target.objects.create(agreement=agreement, indicator=october.money, place=place, value=value, course="even")
