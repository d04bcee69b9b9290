"""Closing and correcting while somebody else acts at the same moment: nothing is lost, frozen twice, or half in."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal
from time import sleep

import pytest
from django.db import connections

from tasks import compiled
from tasks.kinds import CellState, PeriodState, ReportState
from tasks.models import Correction, Entry, PeriodSnapshot, ProgressReport, ReportingPeriod
from tasks.services import chain, closing, corrections, filing
from tests import factories
from tests.tasks import cycle, filed
from tests.tasks.closed import CLOSED, accepted, close
from tests.tasks.cycle import at
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
HOLDING = 0.7


def together(monkeypatch, module, name, first, second) -> list:
    """`first` has come to `module.name` in its transaction when `second` begins; what each got, or was told."""
    inside, real = Signal(), getattr(module, name)

    def slowly(*args, **kwargs):
        if not inside.is_set():
            inside.set()
            sleep(HOLDING)
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, slowly)

    def run(act, wait):
        try:
            if wait:
                assert inside.wait(10)
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(run, first, False), pool.submit(run, second, True)]
        return [job.result(30) for job in jobs]


@pytest.fixture
def october(world, opened_month, people):
    """香洲区's report is accepted, everybody else's is with its filer."""
    made = opened_month
    accepted(made.report(world.xiangzhou), people)
    return made


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def checked(october, people):
    """The month as the leader finds it."""
    closing.propose(october.period, actor=people[Role.BUREAU_OFFICER], now=CLOSED)
    closing.check(fresh(october.period), actor=people[Role.BUREAU_HEAD], now=CLOSED)
    return october


def test_two_leaders_approve(checked, people, world, monkeypatch):
    colleague = factories.person(Role.BUREAU_LEADER, world.bureau, username="second-leader")
    mine, theirs = fresh(checked.period), fresh(checked.period)
    won, lost = together(
        monkeypatch,
        closing,
        "freeze",
        lambda: closing.approve(mine, actor=people[Role.BUREAU_LEADER], now=CLOSED),
        lambda: closing.approve(theirs, actor=colleague, now=CLOSED),
    )
    assert isinstance(won, PeriodSnapshot)
    assert isinstance(lost, DomainError)
    assert lost.message.startswith(f"已被他人处理：{people[Role.BUREAU_LEADER].name}")
    assert PeriodSnapshot.objects.count() == 1
    assert closing.intact(fresh(won))
    assert Event.objects.filter(action="period.approve").count() == 1


def test_cells_typed_while_the_leader_approves(checked, people, world, monkeypatch):
    """What is typed a moment too late is refused and not half in the snapshot."""
    officer = factories.person(Role.DISTRICT_OFFICER, world.gaoxin_department, username="gaoxin-officer")
    report, cell = checked.report(world.gaoxin), checked.cell(checked.money, world.daozhen)
    change = filing.Change(cell.pk, cell.version, typed="5")
    snapshot, outcomes = together(
        monkeypatch,
        closing,
        "freeze",
        lambda: closing.approve(fresh(checked.period), actor=people[Role.BUREAU_LEADER], now=CLOSED),
        lambda: filing.save_cells(report, [change], actor=officer, now=CLOSED),
    )
    assert isinstance(snapshot, PeriodSnapshot)
    assert "已定稿" in outcomes[0].message
    assert Entry.objects.get(pk=cell.pk).state == CellState.MISSING
    assert snapshot.figures.get(entry=cell).state == CellState.MISSING


def test_a_correction_is_asked_while_the_leader_approves(checked, people, world, monkeypatch):
    """It waits for the snapshot and then stands against what was frozen, never against what was not."""
    cell = checked.cell(checked.money, world.zhengan)
    facts = {"typed": "15", "reason": "补报", "actor": people[Role.DISTRICT_OFFICER], "now": CLOSED}
    snapshot, asked = together(
        monkeypatch,
        closing,
        "freeze",
        lambda: closing.approve(fresh(checked.period), actor=people[Role.BUREAU_LEADER], now=CLOSED),
        lambda: corrections.ask(cell, **facts),
    )
    assert isinstance(snapshot, PeriodSnapshot)
    assert isinstance(asked, Correction)
    assert (asked.old_value, asked.new_value) == (12, 15)


def test_two_corrections_of_one_period_are_approved(october, people, world, monkeypatch):
    """Each gets its own number and version, and the second builds on the first."""
    close(october.period, people)
    asked = []
    for place in (world.zhengan, world.wuchuan):
        cell = october.cell(october.money, place)
        one = corrections.ask(cell, typed="15", reason="补报", actor=people[Role.DISTRICT_OFFICER], now=at(12))
        asked.append(corrections.sign(one, actor=people[Role.DISTRICT_LEADER], now=at(13)))
    colleague = factories.person(Role.BUREAU_LEADER, world.bureau, username="second-leader")
    first, second = together(
        monkeypatch,
        corrections,
        "freeze",
        lambda: corrections.approve(asked[0], actor=people[Role.BUREAU_LEADER], now=at(16)),
        lambda: corrections.approve(asked[1], actor=colleague, now=at(16)),
    )
    assert [(one.number, one.snapshot.version) for one in (first, second)] == [(1, 2), (2, 3)]
    rows = compiled.latest_snapshot(october.period).figures.filter(indicator=october.money)
    assert {row.place.code: row.value for row in rows} == {"zhengan": 15, "wuchuan": 15, "daozhen": None}


def test_two_leaders_approve_one_correction(october, people, world, monkeypatch):
    close(october.period, people)
    cell = october.cell(october.money, world.zhengan)
    one = corrections.ask(cell, typed="15", reason="补报", actor=people[Role.DISTRICT_OFFICER], now=at(12))
    one = corrections.sign(one, actor=people[Role.DISTRICT_LEADER], now=at(13))
    colleague = factories.person(Role.BUREAU_LEADER, world.bureau, username="second-leader")
    mine, theirs = fresh(one), fresh(one)
    won, lost = together(
        monkeypatch,
        corrections,
        "freeze",
        lambda: corrections.approve(mine, actor=people[Role.BUREAU_LEADER], now=at(16)),
        lambda: corrections.approve(theirs, actor=colleague, now=at(16)),
    )
    assert won.number == 1
    assert "已被他人处理" in lost.message
    assert october.period.snapshots.count() == 2


def test_a_correction_is_approved_while_the_next_month_is(october, people, world, monkeypatch):
    """November freezes what its own cells say, and the correction of October is whole before or after it."""
    close(october.period, people)
    cell = october.cell(october.money, world.zhengan)
    one = corrections.ask(cell, typed="15", reason="补报", actor=people[Role.DISTRICT_OFFICER], now=at(12))
    one = corrections.sign(one, actor=people[Role.DISTRICT_LEADER], now=at(13))
    cycle.open_due(now=at(1, month=12))
    november = ReportingPeriod.objects.get(label="2026年11月")
    accepted(ProgressReport.objects.in_period(november).get(filer=world.xiangzhou), people)
    Entry.objects.filter(period=november, indicator=october.money, place=world.zhengan).update(value=20)
    december = at(9, month=12)
    closing.propose(november, actor=people[Role.BUREAU_OFFICER], now=december)
    closing.check(fresh(november), actor=people[Role.BUREAU_HEAD], now=december)
    colleague = factories.person(Role.BUREAU_LEADER, world.bureau, username="second-leader")
    corrected, frozen = together(
        monkeypatch,
        corrections,
        "freeze",
        lambda: corrections.approve(one, actor=people[Role.BUREAU_LEADER], now=december),
        lambda: closing.approve(fresh(november), actor=colleague, now=december),
    )
    assert corrected.number == 1
    row = frozen.figures.get(indicator=october.money, place=world.zhengan)
    assert row.value == 20
    assert row.span_value in (20 - 12, 20 - 15)  # as October stood when November was read: nothing in between
    assert closing.intact(fresh(frozen))
    assert closing.intact(corrected.snapshot)


def test_a_report_is_filed_while_closing_is_proposed(october, people, world, monkeypatch):
    """The proposal stands, and nobody approves over the report that came meanwhile."""
    officer = factories.person(Role.DISTRICT_OFFICER, world.gaoxin_department, username="gaoxin-officer")
    report = filed.fill(october.report(world.gaoxin), by=officer)
    filed.sheet(report, by=officer)
    proposed, late = together(
        monkeypatch,
        closing,
        "_step",
        lambda: closing.propose(fresh(october.period), actor=people[Role.BUREAU_OFFICER], now=CLOSED),
        lambda: chain.sign_on_paper(fresh(report), actor=officer, now=CLOSED),
    )
    assert late.state == ReportState.REVIEW
    waits = "尚有 1 份报表待市局审核"
    if isinstance(proposed, DomainError):
        assert waits in proposed.message
        return
    assert proposed.state == PeriodState.PROPOSED
    with pytest.raises(DomainError, match=waits):
        closing.check(fresh(october.period), actor=people[Role.BUREAU_HEAD], now=CLOSED)


def test_a_report_is_filed_while_the_leader_approves(checked, people, world, monkeypatch):
    """The period is closed first: the report is told so, and is 缺报 in the snapshot."""
    officer = factories.person(Role.DISTRICT_OFFICER, world.gaoxin_department, username="gaoxin-officer")
    report = filed.fill(checked.report(world.gaoxin), by=officer)
    filed.sheet(report, by=officer)
    snapshot, late = together(
        monkeypatch,
        closing,
        "freeze",
        lambda: closing.approve(fresh(checked.period), actor=people[Role.BUREAU_LEADER], now=CLOSED),
        lambda: chain.sign_on_paper(fresh(report), actor=officer, now=CLOSED),
    )
    assert isinstance(snapshot, PeriodSnapshot)
    assert isinstance(late, DomainError)
    assert "定稿" in late.message
    assert fresh(report).state == ReportState.DRAFTING
    assert snapshot.figures.get(indicator=checked.money, place=world.daozhen).state == CellState.MISSING
