"""The calendar as `load_policy` leaves it, and who may change it."""

import pytest

from tests.factories import NOW
from zhuzun.accounts.roles import Role
from zhuzun.periods.services import seed


@pytest.fixture
def seeded(db):
    """The years that the package knows."""
    return seed(now=NOW)


@pytest.fixture
def officer(people):
    """The bureau's officer."""
    return people[Role.BUREAU_OFFICER]
