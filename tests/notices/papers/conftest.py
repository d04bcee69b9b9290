"""The small world with the three issuing identities, and a maker of papers at each step."""

from datetime import date

import pytest

from tests import factories
from tests.notices.papers import making
from zhuzun.organisations.kinds import OrganisationKind, Relation


@pytest.fixture
def offices(world):
    """The leading group, its office and the bureau as issuing identities."""
    group = factories.organisation(
        OrganisationKind.LEADING_GROUP, "市委农村工作领导小组", parent=world.zhuhai, relation=Relation.UPPER
    )
    office = factories.organisation(
        OrganisationKind.PARTY_UNIT, "市委农办", parent=world.zhuhai, relation=Relation.EQUAL
    )
    return making.identities(group, office, world.bureau)


@pytest.fixture
def desk(world, people, offices):
    """Papers at each step, made by the people whose step it is."""
    return making.Desk(world, people, offices)


@pytest.fixture
def today():
    return date(2022, 3, 15)
