"""Two people answer one county's sheet at the same moment: one is kept, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal
from time import sleep

import pytest
from django.db import connections

from tasks.kinds import CheckState
from tasks.models import CheckSheet
from tasks.services import checks
from tests import factories
from tests.tasks import checked
from tests.tasks.checked import agrees, disputes
from tests.tasks.cycle import at
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def october(opened_month):
    return opened_month


@pytest.fixture
def sheet(october, people):
    return checked.asked(october, people)


def together(monkeypatch, first, second) -> list:
    """`first` has written its lines and not committed when `second` comes; what each got, or was told."""
    written, finish = Signal(), checks._finish

    def slowly(*args, **kwargs):
        written.set()
        sleep(0.7)
        return finish(*args, **kwargs)

    monkeypatch.setattr(checks, "_finish", slowly)

    def run(act, wait):
        try:
            if wait:
                assert written.wait(10)
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(run, first, False), pool.submit(run, second, True)]
        return [job.result(30) for job in jobs]


def test_two_of_a_county_answer_the_same_line(sheet, october, people, monkeypatch):
    colleague = factories.person(Role.COUNTY_OFFICER, october.world.zhengan_department, username="colleague")
    line = checked.line(sheet, october.jobs)
    mine, theirs = (CheckSheet.objects.get(pk=sheet.pk) for _ in range(2))
    won, lost = together(
        monkeypatch,
        lambda: checks.answer(mine, [disputes(line)], actor=people[Role.COUNTY_OFFICER], now=at(5)),
        lambda: checks.answer(theirs, [agrees(line)], actor=colleague, now=at(5)),
    )
    assert isinstance(won, CheckSheet), won
    assert isinstance(lost, DomainError), lost
    assert "已有变动" in lost.message
    kept = checked.line(sheet, october.jobs)
    assert (kept.state, kept.by) == (CheckState.DISPUTED, people[Role.COUNTY_OFFICER])
    assert Event.objects.about(sheet).filter(action="check.confirm").count() == 0


def test_the_bureau_settles_while_the_county_changes_its_mind(sheet, october, people, monkeypatch):
    checks.answer(sheet, [disputes(checked.line(sheet, october.jobs))], actor=people[Role.COUNTY_OFFICER], now=at(5))
    line = checked.line(sheet, october.jobs)
    fresh = CheckSheet.objects.get(pk=sheet.pk)
    won, lost = together(
        monkeypatch,
        lambda: checks.answer(fresh, [agrees(line)], actor=people[Role.COUNTY_OFFICER], now=at(6)),
        lambda: checks.settle(
            line, value=9, reason="同意县里的数", version=line.version, actor=people[Role.BUREAU_OFFICER], now=at(6)
        ),
    )
    assert isinstance(won, CheckSheet), won
    assert isinstance(lost, DomainError), lost
    assert checked.line(sheet, october.jobs).state == CheckState.CONFIRMED
