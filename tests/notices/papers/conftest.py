"""The small world with the three issuing identities, and a maker of papers at each step."""

from datetime import date

import pytest

from tests.notices.papers import making


@pytest.fixture
def offices(world):
    """The leading group, its office and the bureau as issuing identities."""
    return making.offices(world)


@pytest.fixture
def desk(world, people, offices):
    """Papers at each step, made by the people whose step it is."""
    return making.Desk(world, people, offices)


@pytest.fixture
def today():
    return date(2022, 3, 15)
