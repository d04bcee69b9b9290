"""汇总, 审定 and 定稿数: what counts, what is frozen and how, and that frozen figures never change."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tasks import compiled
from tasks.kinds import CellState, PeriodState
from tasks.models import Entry, PeriodSnapshot, ReportingPeriod, SnapshotFigure
from tasks.services import closing
from tasks.workflow import PERIOD
from tests.tasks.closed import CLOSED, accepted, close
from tests.tasks.cycle import at
from tests.tasks.filed import filed
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused


@pytest.fixture
def october(opened_month):
    return opened_month


@pytest.fixture
def reviewed(october, people):
    """香洲区's report is accepted, everybody else's is still with its filer."""
    accepted(october.report(october.world.xiangzhou), people)
    return october


def fresh(cycle_) -> ReportingPeriod:
    return ReportingPeriod.objects.get(pk=cycle_.period.pk)


def test_only_filed_cells_count_and_the_rest_is_missing_not_zero(reviewed):
    money = [one for one in compiled.live(fresh(reviewed)) if one.indicator == reviewed.money]
    total = compiled.overview(money)
    assert total.value == Decimal(24)  # 香洲区 for its two counties
    assert (total.cells, total.missing) == (3, 1)
    assert total.words(2) == "缺报 1 项"
    teachers = [one for one in compiled.live(fresh(reviewed)) if one.channel == "市教育局选派"]
    assert compiled.overview(teachers).value is None


def test_a_period_closes_while_reports_are_missing(reviewed, people):
    snapshot = close(reviewed.period, people)
    period = fresh(reviewed)
    assert (period.state, period.closed_at, snapshot.version) == (PeriodState.CLOSED, CLOSED, 1)
    rows = snapshot.figures.filter(indicator=reviewed.money)
    assert {row.place.code: row.value for row in rows} == {"zhengan": 12, "wuchuan": 12, "daozhen": None}
    assert rows.get(place__code="daozhen").state == CellState.MISSING
    assert snapshot.figures.count() == Entry.objects.filter(period=period).count()
    assert closing.intact(snapshot)


def test_what_waits_for_review_holds_it_up(october, people):
    filed(october.report(october.world.xiangzhou), by=people[Role.DISTRICT_OFFICER])
    with pytest.raises(DomainError, match="尚有 1 份报表待市局审核"):
        closing.propose(october.period, actor=people[Role.BUREAU_OFFICER], now=CLOSED)


def test_an_excused_body_owes_nothing(reviewed, people):
    report = reviewed.report(reviewed.world.gaoxin)
    type(report).objects.filter(pk=report.pk).update(excused=True, excuse_reason="机构调整")
    money = [one for one in compiled.live(fresh(reviewed)) if one.indicator == reviewed.money]
    assert compiled.overview(money).missing == 0


STEPS = (
    ("propose", Role.BUREAU_OFFICER, PeriodState.OPEN),
    ("withdraw", Role.BUREAU_OFFICER, PeriodState.PROPOSED),
    ("check", Role.BUREAU_HEAD, PeriodState.PROPOSED),
    ("refuse", Role.BUREAU_HEAD, PeriodState.PROPOSED),
    ("approve", Role.BUREAU_LEADER, PeriodState.CHECKED),
    ("send_back", Role.BUREAU_LEADER, PeriodState.CHECKED),
)


@pytest.mark.parametrize(("name", "may", "state"), STEPS)
def test_each_step_is_one_roles(october, people, name, may, state):
    for role, user in people.items():
        ReportingPeriod.objects.filter(pk=october.period.pk).update(state=state)
        if role == may:
            assert PERIOD.why_not(fresh(october), name, actor=user, now=CLOSED).allowed
        else:
            with pytest.raises(Refused):
                closing.STEPS[name](fresh(october), actor=user, now=CLOSED, reason="核对")


@pytest.mark.parametrize("name", closing.NEED_REASON)
def test_ways_back_want_a_reason(october, people, name):
    with pytest.raises(DomainError, match="请写明原因"):
        closing.STEPS[name](october.period, actor=people[Role.BUREAU_LEADER], now=CLOSED, reason=" ")


def test_of_two_approvals_one_wins_and_the_other_is_told(reviewed, people):
    leader = people[Role.BUREAU_LEADER]
    closing.propose(reviewed.period, actor=people[Role.BUREAU_OFFICER], now=CLOSED)
    closing.check(reviewed.period, actor=people[Role.BUREAU_HEAD], now=CLOSED)
    first, second = fresh(reviewed), fresh(reviewed)
    closing.approve(first, actor=leader, now=CLOSED)
    with pytest.raises(DomainError, match="已被他人处理"):
        closing.approve(second, actor=leader, now=CLOSED)
    assert PeriodSnapshot.objects.count() == 1


def test_the_hash_changes_with_any_figure_and_with_nothing_else(reviewed):
    period = fresh(reviewed)
    rows = closing.rows_of(compiled.live(period))
    was = closing.digest(period, rows)
    assert closing.digest(period, list(reversed(rows))) == was
    cell = next(row for row in rows if row.value == 12)
    for name, other in (
        ("value", Decimal("12.0001")),
        ("state", "zero"),
        ("counted", False),
        ("check_state", "disputed"),
    ):
        kept = getattr(cell, name)
        setattr(cell, name, other)
        assert closing.digest(period, rows) != was, name
        setattr(cell, name, kept)
    cell.value = Decimal("12.0000")
    assert closing.digest(period, rows) == was


@pytest.mark.parametrize("model", [PeriodSnapshot, SnapshotFigure])
def test_the_database_refuses_to_touch_what_is_frozen(reviewed, people, model):
    close(reviewed.period, people)
    field = {"reason": "x"} if model is PeriodSnapshot else {"value": 1}
    with pytest.raises(DatabaseError, match="定稿数只可新增"), transaction.atomic():
        model.objects.update(**field)
    with pytest.raises(DatabaseError, match="定稿数只可新增"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_a_closed_period_shows_its_frozen_figures_whatever_comes_later(reviewed, people):
    close(reviewed.period, people)
    Entry.objects.filter(indicator=reviewed.money, state="value").update(value=99)
    figures, snapshot = compiled.visible(fresh(reviewed), people[Role.BUREAU_OFFICER])
    money = [one for one in figures if one.indicator == reviewed.money]
    assert (snapshot.version, compiled.overview(money).value) == (1, 24)


def test_sent_up_is_recorded_after_closing_only(reviewed, people):
    officer = people[Role.BUREAU_OFFICER]
    with pytest.raises(DomainError, match="审定定稿后"):
        closing.send_up(reviewed.period, on=at(9).date(), actor=officer, now=CLOSED)
    close(reviewed.period, people)
    for on, words in ((at(8).date(), "不能早于定稿日期"), (at(10).date(), "不能晚于今天")):
        with pytest.raises(DomainError, match=words):
            closing.send_up(reviewed.period, on=on, actor=officer, now=CLOSED)
    period = closing.send_up(reviewed.period, on=at(9).date(), note="省平台", actor=officer, now=CLOSED)
    assert (period.sent_up_on, period.sent_up_note) == (at(9).date(), "省平台")
    assert Event.objects.get(action="period.send_up").detail["版次"] == "第1版"
    with pytest.raises(Refused):
        closing.send_up(period, on=at(9).date(), actor=people[Role.BUREAU_HEAD], now=CLOSED)
