"""Disputes: out of totals until the bureau settles; entered for a county with its signed sheet; who may do what."""

import csv
from pathlib import Path

import pytest

from tasks import checking
from tasks.kinds import CellState, CheckState, ReportState
from tasks.models import CheckSheet, Entry, ProgressReport, ReportingPeriod
from tasks.services import checks
from tasks.totals import cells_of, tally
from tests.tasks import checked, filed
from tests.tasks.checked import agrees, disputes
from tests.tasks.cycle import at
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused


@pytest.fixture
def october(opened_month):
    return opened_month


@pytest.fixture
def sheet(october, people):
    return checked.asked(october, people)


@pytest.fixture
def line(sheet, october, people):
    """正安 says 9 where its team filed 12."""
    one = checked.line(sheet, october.jobs)
    checks.answer(sheet, [disputes(one)], actor=people[Role.COUNTY_OFFICER], now=at(5))
    return checked.line(sheet, october.jobs)


def total(sheet):
    return tally(cells_of(Entry.objects.filter(section__report=sheet.report_id).for_totals()))


def settle(line, people, *, role=Role.BUREAU_OFFICER, now=None, **more):
    facts = {"value": 10, "reason": "以实名制台账为准", "version": line.version, **more}
    return checks.settle(line, actor=people[role], now=now or at(9), **facts)


# --- settling ---------------------------------------------------------------------------------------------------------
def test_a_dispute_stays_out_until_it_is_settled(line, people):
    before = total(line.sheet)
    assert (before.value, before.disputed.cells, before.disputed.amount) == (12, 1, 12)
    settled = settle(line, people)
    assert (settled.state, settled.settled_value, settled.settled_by) == ("settled", 10, people[Role.BUREAU_OFFICER])
    assert settled.entry.value == 12  # the filer's cell is the filer's
    after = total(line.sheet)
    assert (after.value, after.disputed.cells) == (22, 0)
    event = Event.objects.about(line.sheet).latest("at")
    assert (event.action, event.reason) == ("check.settle", "以实名制台账为准")
    assert event.detail == {"帮助农村劳动力就业": ["12 人", "10 人"]}


WRONG = [({"value": None}, "请填写裁定数值"), ({"reason": ""}, "请写明裁定理由"), ({"version": 0}, "已被他人处理")]


@pytest.mark.parametrize(("more", "message"), WRONG)
def test_a_decision_has_a_figure_and_a_reason(line, people, more, message):
    with pytest.raises(DomainError, match=message):
        settle(line, people, **more)


def test_what_was_settled_stands(line, people, sheet):
    settled = settle(line, people)
    with pytest.raises(DomainError, match="没有待裁定的异议"):
        settle(settled, people, version=settled.version)
    with pytest.raises(DomainError, match="已由市局裁定"):
        checks.answer(sheet, [agrees(settled)], actor=people[Role.COUNTY_OFFICER], now=at(10))


def test_it_can_stay_not_applicable(sheet, october, people):
    Entry.objects.filter(section__report=sheet.report, indicator=october.jobs).update(
        state=CellState.NOT_APPLICABLE, value=None, reason="本县没有"
    )
    one = checked.line(sheet, october.jobs)
    checks.answer(sheet, [disputes(one, 3)], actor=people[Role.COUNTY_OFFICER], now=at(5))
    settled = settle(checked.line(sheet, october.jobs), people, value=None)
    assert (settled.state, settled.settled_value) == (CheckState.SETTLED, None)
    assert (total(sheet).not_applicable, total(sheet).value) == (1, 12)


def test_while_it_is_changed_or_frozen_nothing_is_settled(line, people, october):
    checked.returned(line.sheet.report, people, now=at(6))
    with pytest.raises(DomainError, match="正在修改"):
        settle(line, people)
    ProgressReport.objects.filter(pk=line.sheet.report_id).update(state=ReportState.ACCEPTED)
    ReportingPeriod.objects.filter(pk=october.period.pk).update(state="closed", closed_at=at(9))
    with pytest.raises(DomainError, match="已定稿"):
        settle(line, people)
    assert not checking.to_settle(people[Role.BUREAU_OFFICER]).exists()


def test_the_filer_takes_the_decision_over_and_nobody_is_asked_again(line, people, sheet, october):
    settle(line, people, value=15)
    report = checked.returned(sheet.report, people, now=at(10))
    checked.filed_again(report, people, now=at(11), LAB01=15)
    assert checked.line(sheet, october.jobs).state == CheckState.SETTLED


def test_a_figure_that_changed_after_the_decision_is_asked_again(line, people, sheet, october):
    settle(line, people)
    report = checked.returned(sheet.report, people, now=at(10))
    checked.filed_again(report, people, now=at(11), LAB01=16)
    again = checked.line(sheet, october.jobs)
    assert (again.state, again.settled_value, again.settled_by) == (CheckState.UNCHECKED, None, None)


# --- 代录 -------------------------------------------------------------------------------------------------------------
def test_for_a_county_only_with_its_signed_sheet(sheet, october, people):
    officer, other = people[Role.BUREAU_OFFICER], people[Role.BUREAU_HEAD]
    one = checked.line(sheet, october.jobs)
    with pytest.raises(DomainError, match="代录须附签章件"):
        checks.answer(sheet, [disputes(one)], actor=officer, now=at(5))
    scan = checks.attach_sheet(sheet, data=filed.PDF, filename="核对单.pdf", actor=officer, now=at(5))
    checks.answer(sheet, [disputes(one)], actor=officer, now=at(5, 11))
    sheet.refresh_from_db()
    assert sheet.on_behalf
    assert list(sheet.lines.values_list("on_behalf", flat=True).order_by("on_behalf")) == [False, True]
    assert list(Event.objects.about(sheet).values_list("action", flat=True).distinct()) != []
    assert Event.objects.about(sheet).filter(action="check.behalf").count() == 1
    with pytest.raises(DomainError, match="留存备查，不能撤下"):
        checks.withdraw_sheet(sheet, scan, reason="传错", actor=officer, now=at(6))
    line = checked.line(sheet, october.jobs)
    with pytest.raises(DomainError, match="是您代录的，须由另一位同事裁定"):
        checks.settle(line, value=9, reason="同意", version=line.version, actor=officer, now=at(9))
    checks.settle(line, value=9, reason="同意", version=line.version, actor=other, now=at(9))


def test_a_wrong_scan_is_taken_down_before_anything_rests_on_it(sheet, people):
    officer = people[Role.BUREAU_OFFICER]
    scan = checks.attach_sheet(sheet, data=filed.PDF, filename="错件.pdf", actor=officer, now=at(5))
    checks.withdraw_sheet(sheet, scan, reason="传错", actor=officer, now=at(5, 11))
    assert not checks.has_signed_sheet(sheet)


def test_a_scan_from_before_the_last_filing_does_not_serve(sheet, october, people):
    officer = people[Role.BUREAU_OFFICER]
    checks.attach_sheet(sheet, data=filed.PDF, filename="核对单.pdf", actor=officer, now=at(5))
    report = checked.returned(sheet.report, people, now=at(6))
    checked.filed_again(report, people, now=at(9), LAB01=13)
    sheet = CheckSheet.objects.get(pk=sheet.pk)
    with pytest.raises(DomainError, match="代录须附签章件"):
        checks.answer(sheet, [agrees(checked.line(sheet, october.jobs))], actor=officer, now=at(10))


def test_who_typed_the_report_does_not_settle(line, people):
    Entry.objects.filter(section__report=line.sheet.report).update(updated_by=people[Role.BUREAU_HEAD])
    with pytest.raises(DomainError, match="您参与了这份报表的填报"):
        settle(line, people, role=Role.BUREAU_HEAD)


# --- state × act × role -----------------------------------------------------------------------------------------------
TABLE = (Path(__file__).parent / "checks.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines()))
OPEN = {"review", "head", "accepted"}


@pytest.mark.parametrize("role", [row["role"] for row in ROWS])
def test_who_may_do_what_and_when(sheet, october, people, role):
    """checks.csv: for each role whether it sees, checks, enters for and settles; and in which states of the report."""
    wanted = next(row for row in ROWS if row["role"] == role)
    person = people[Role(role)]
    checks.attach_sheet(sheet, data=filed.PDF, filename="核对单.pdf", actor=people[Role.BUREAU_OFFICER], now=at(5))
    way = checking.way_of(sheet, person)
    settles = person.decide("tasks.settle_dispute", sheet).allowed
    found = {
        "sees": CheckSheet.objects.visible_to(person).filter(pk=sheet.pk).exists(),
        "checks": way.own,
        "enters_for": way.behalf,
        "settles": settles,
    }
    assert {name: "yes" if value else "no" for name, value in found.items()} == {name: wanted[name] for name in found}
    for state in ReportState.values:
        ProgressReport.objects.filter(pk=sheet.report_id).update(state=state)
        one = CheckSheet.objects.get(pk=sheet.pk)
        assert bool(checking.barred(one)) == (state not in OPEN), state
        answer = [agrees(checked.line(one, october.jobs))]
        if not way.open:
            with pytest.raises(Refused, match="。"):
                checks.answer(one, answer, actor=person, now=at(6))
        elif state not in OPEN:
            with pytest.raises(DomainError, match="正在修改"):
                checks.answer(one, answer, actor=person, now=at(6))
        else:
            checks.answer(one, answer, actor=person, now=at(6))
