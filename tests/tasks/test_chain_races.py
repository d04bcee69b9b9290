"""Two people at one report at the same moment: one wins, the other is told by name, and the history has one row."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event as Signal
from time import sleep

import pytest
from django.db import connection, connections

from tasks.kinds import ReportState
from tasks.models import ProgressReport
from tasks.services import chain, review
from tasks.services.rounds import add_round
from tasks.workflow import REPORT
from tests import factories
from tests.tasks import cycle, filed
from tests.tasks.cycle import FILING, at
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
BACK = date(2026, 11, 10)


@pytest.fixture
def report(world, opened_month, people):
    october = opened_month
    return filed.filed(october.report(world.xiangzhou), by=people[Role.DISTRICT_OFFICER])


def together(monkeypatch, module, first, second) -> list:
    """`first` has taken its step and not committed when `second` comes; what each of them got, or was told."""
    claimed = Signal()

    def slowly(*args, **kwargs):
        claimed.set()
        sleep(0.7)
        return add_round(*args, **kwargs)

    monkeypatch.setattr(module, "add_round", slowly)

    def run(act, wait):
        try:
            if wait:
                assert claimed.wait(10)
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(run, first, False), pool.submit(run, second, True)]
        return [job.result(30) for job in jobs]


def passing_and_returning(report, people, world):
    """The officer passes it on while a colleague, who saw the same page, returns it."""
    colleague = factories.person(Role.BUREAU_OFFICER, world.bureau, username="colleague")
    mine, theirs = (ProgressReport.objects.get(pk=report.pk) for _ in range(2))
    comments = {report.sections.first().pk: "请核对"}
    return (
        lambda: review.pass_on(mine, actor=people[Role.BUREAU_OFFICER], now=at(5)),
        lambda: review.return_report(theirs, comments=comments, due_on=BACK, actor=colleague, now=at(5)),
    )


def test_one_passes_on_while_another_returns(report, people, world, monkeypatch):
    won, lost = together(monkeypatch, review, *passing_and_returning(report, people, world))
    assert won.state == ReportState.HEAD
    assert isinstance(lost, DomainError)
    assert lost.message.startswith(f"已被他人处理：{people[Role.BUREAU_OFFICER].name}")
    assert report.rounds.count() == 2  # the filing, and one of the two
    assert not report.sections.filter(returned=True).exists()
    assert Event.objects.filter(action__in=("report.pass_on", "report.return")).count() == 1


def test_with_the_locks_off_the_second_is_not_told(report, people, world, monkeypatch):
    """That the test above bites: without the row's lock the second reads the old state and runs into the database.

    SQLite has no row to lock: there the whole database is the lock, and cannot be taken off.
    """
    acts = passing_and_returning(report, people, world)
    monkeypatch.setattr(type(REPORT), "locked", lambda self, obj: type(obj)._base_manager.get(pk=obj.pk))
    monkeypatch.setattr(review, "hold", lambda report: ProgressReport.objects.get(pk=report.pk))
    _, lost = together(monkeypatch, review, *acts)
    assert isinstance(lost, DomainError) == (connection.vendor == "sqlite")
    assert report.rounds.count() == 2  # and still nothing is written twice


def test_recalled_while_the_bureau_passes_on(report, people, monkeypatch):
    mine, theirs = (ProgressReport.objects.get(pk=report.pk) for _ in range(2))
    won, lost = together(
        monkeypatch,
        chain,
        lambda: chain.recall(mine, actor=people[Role.DISTRICT_OFFICER], now=at(5)),
        lambda: review.pass_on(theirs, actor=people[Role.BUREAU_OFFICER], now=at(5)),
    )
    assert won.state == ReportState.DRAFTING
    assert "已被他人处理" in lost.message


def test_a_double_click_files_once(world, people, monkeypatch):
    officer = people[Role.DISTRICT_OFFICER]
    report = filed.fill(cycle.month(world).report(world.xiangzhou), by=officer)
    filed.sheet(report, by=officer)
    mine, again = (ProgressReport.objects.get(pk=report.pk) for _ in range(2))
    won, lost = together(
        monkeypatch,
        chain,
        lambda: chain.sign_on_paper(mine, actor=officer, now=FILING),
        lambda: chain.sign_on_paper(again, actor=officer, now=FILING),
    )
    assert won.state == ReportState.REVIEW
    assert "已被他人处理" in lost.message
    assert report.rounds.count() == 1
