"""A database that does not answer: a page in Chinese and 503, for the health check too, and no restart afterwards."""

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.backends.utils import CursorWrapper

from tests import factories
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import OrganisationKind


@pytest.fixture
def calm(db, sign_in):
    """Somebody signed in, with a client that shows what he would see instead of raising."""
    bureau = factories.organisation(OrganisationKind.BUREAU, "市乡村振兴局")
    client = sign_in(factories.person(Role.SYSTEM_ADMIN, bureau))
    client.raise_request_exception = False
    return client


class Outage:
    """Between `begin` and `end` every query fails."""

    def __init__(self):
        self.patch = pytest.MonkeyPatch()

    def begin(self, error=OperationalError):
        def fail(*args, **kwargs):
            raise error("server closed the connection unexpectedly")

        self.patch.setattr(CursorWrapper, "execute", fail)

    def end(self):
        self.patch.undo()


@pytest.fixture
def outage(db):
    """A database that goes away and comes back."""
    trouble = Outage()
    yield trouble
    trouble.end()


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_page_says_in_chinese_that_it_will_pass(calm, outage, error):
    outage.begin(error)
    answer = calm.get("/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "系统暂时无法使用" in answer.content.decode()
    outage.end()
    assert calm.get("/").status_code == 200


def test_so_does_one_without_a_session_and_one_that_does_not_exist(calm, outage):
    outage.begin()
    assert calm.post("/accounts/login/", {"username": "a", "password": "b"}).status_code == 503
    assert calm.get("/no/such/page/").status_code == 503


def test_the_health_check_answers_503_without_a_fault_in_the_log(client, outage, caplog):
    outage.begin()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "database unreachable"})
    assert "Traceback" not in caplog.text
    outage.end()
    assert client.get("/healthz").status_code == 200


def test_a_fault_of_our_own_is_still_a_500(calm, monkeypatch):
    def fail(*args, **kwargs):
        raise ValueError

    monkeypatch.setattr("zhuzun.home.views.Workbench.get_context_data", fail)
    answer = calm.get("/")
    assert answer.status_code == 500
    assert "系统出错了" in answer.content.decode()


def test_postgresql_is_not_waited_for_longer_than_three_seconds():
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("postgresql"):
        assert database["OPTIONS"]["connect_timeout"] <= 3
        assert database["OPTIONS"]["tcp_user_timeout"] <= 3000
