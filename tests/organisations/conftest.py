"""Every test of bodies stands on one day: factories.NOW."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from zhuzun.accounts.roles import Role


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(factories.NOW, tick=False):
        yield


@pytest.fixture
def bureau(people):
    """The officer of the bureau, who may keep every body's contacts."""
    return people[Role.BUREAU_OFFICER]


@pytest.fixture
def queries():
    """How many queries a request makes: `queries(client, "/organisations/")`."""

    def count(client, address):
        client.get(address)  # what is loaded once per process is loaded now
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count
