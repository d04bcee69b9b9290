"""The county's check: windows, answers, silence, what is asked again after a return."""

from datetime import date
from types import SimpleNamespace

import pytest

from tasks import checking, events
from tasks.kinds import CheckEvery, CheckState, ReportState
from tasks.models import CheckSheet, Entry, FigureCheck, ReportingPeriod
from tasks.services import chain, checks
from tasks.totals import cells_of, tally
from tests.tasks import checked, cycle, filed
from tests.tasks.checked import agrees, disputes
from tests.tasks.cycle import at
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused

ASKED = [  # how often, last month of the period → whether
    (CheckEvery.PERIOD, 1, True),
    (CheckEvery.PERIOD, 12, True),
    (CheckEvery.QUARTER, 2, False),
    (CheckEvery.QUARTER, 3, True),
    (CheckEvery.QUARTER, 10, False),
    (CheckEvery.QUARTER, 12, True),
    (CheckEvery.YEAR, 9, False),
    (CheckEvery.YEAR, 12, True),
    (CheckEvery.NEVER, 12, False),
]


@pytest.fixture
def october(opened_month):
    return opened_month


@pytest.fixture
def sheet(october, people):
    return checked.asked(october, people)


@pytest.fixture
def county(people):
    return people[Role.COUNTY_OFFICER]


@pytest.mark.parametrize(("every", "last", "expected"), ASKED)
def test_which_periods_are_checked(every, last, expected):
    item, period = SimpleNamespace(check_every=every), SimpleNamespace(last=last)
    assert checking.asked_this_period(item, period) is expected


# --- windows ----------------------------------------------------------------------------------------------------------
def test_the_window_opens_with_the_filing(october, people):
    assert not CheckSheet.objects.exists()
    sheet = checked.asked(october, people)
    assert (sheet.county, sheet.opened_on, sheet.due_on) == (
        october.world.zhengan,
        date(2026, 11, 4),
        date(2026, 11, 11),
    )
    assert [line.state for line in sheet.lines.all()] == [CheckState.UNCHECKED] * 2
    assert sheet.report.state == ReportState.REVIEW  # it runs beside the review
    assert checking.barred(sheet) == ""


def test_a_quarterly_figure_is_not_asked_in_october_but_in_december(world, people):
    october = cycle.month(world)
    report = filed.filed(october.report(world.xiangzhou), by=people[Role.DISTRICT_OFFICER])
    assert not report.check_sheets.exists()
    december = at(1, 0, 20, month=1, year=2027)
    cycle.open_due(now=december)
    period = ReportingPeriod.objects.get(label="2026年12月")
    report = period.main_reports.get(filer=world.xiangzhou)
    now = at(4, month=1, year=2027)
    Entry.objects.filter(section__report=report).update(note="年末集中到位")
    filed.filed(report, by=people[Role.DISTRICT_OFFICER], now=now)
    assert [str(sheet.county) for sheet in report.check_sheets.all()] == ["正安县", "务川县"]
    assert {line.entry.indicator.code for line in FigureCheck.objects.filter(sheet__report=report)} == {"T-FUND01"}


def test_silence_is_never_agreement(sheet, october):
    """Long after the window nothing was said, and nothing is concluded from it."""
    assert list(CheckSheet.objects.waiting()) == [sheet]
    total = tally(cells_of(Entry.objects.filter(section__report=sheet.report).for_totals()))
    assert (total.counted.cells, total.unchecked.cells, total.unchecked.amount) == (2, 2, 24)


# --- answers ----------------------------------------------------------------------------------------------------------
def test_line_by_line(sheet, october, county):
    jobs, poor = checked.line(sheet, october.jobs), checked.line(sheet, october.jobs_poor)
    checks.confirm(sheet, {jobs.pk: jobs.version}, actor=county, now=at(5))
    sheet.refresh_from_db()
    assert sheet.finished_at is None
    checks.dispute(poor, version=poor.version, other_value=9, reason="实名台账为9人", actor=county, now=at(5, 11))
    sheet.refresh_from_db()
    assert sheet.finished_at == at(5, 11)
    poor.refresh_from_db()
    assert (poor.state, poor.other_value, poor.seen_value, poor.by) == (CheckState.DISPUTED, 9, 12, county)
    acts = Event.objects.about(sheet).order_by("at").values_list("action", "reason")
    assert list(acts) == [("check.confirm", ""), ("check.dispute", "实名台账为9人")]


def test_all_at_once_exactly_what_was_shown(sheet, october, county):
    mark = checking.mark_of(sheet.lines.all())
    jobs = checked.line(sheet, october.jobs)
    checks.answer(sheet, [disputes(jobs)], actor=county, now=at(5))
    with pytest.raises(DomainError, match=r"待核对的数据有变动：.*正安县协作办"):
        checks.confirm_all(sheet, mark=mark, actor=county, now=at(5, 11))
    checks.confirm_all(sheet, mark=checking.mark_of(sheet.lines.all()), actor=county, now=at(5, 12))
    states = {line.entry.indicator: line.state for line in sheet.lines.select_related("entry__indicator")}
    assert states == {october.jobs: CheckState.DISPUTED, october.jobs_poor: CheckState.CONFIRMED}


def test_a_county_may_think_again_until_the_figures_are_frozen(sheet, october, county):
    checks.answer(sheet, [disputes(checked.line(sheet, october.jobs))], actor=county, now=at(5))
    checks.answer(sheet, [agrees(checked.line(sheet, october.jobs))], actor=county, now=at(6))
    line = checked.line(sheet, october.jobs)
    assert (line.state, line.other_value, line.reason) == (CheckState.CONFIRMED, None, "")
    ReportingPeriod.objects.filter(pk=october.period.pk).update(state="closed", closed_at=at(9))
    with pytest.raises(DomainError, match=r"2026年10月 已定稿；如有不同意见"):
        checks.answer(sheet, [disputes(line)], actor=county, now=at(10))


REFUSED = [
    ({"value": None}, "请填写贵方核对的数值"),
    ({"reason": " "}, "请写明理由"),
    ({"value": 12}, "贵方数值与填报数值相同"),
]


@pytest.mark.parametrize(("words", "message"), REFUSED)
def test_a_dispute_has_a_figure_and_a_reason(sheet, october, county, words, message):
    """All or none: the good answer beside it is not kept either."""
    jobs, poor = checked.line(sheet, october.jobs), checked.line(sheet, october.jobs_poor)
    with pytest.raises(DomainError, match=message):
        checks.answer(sheet, [agrees(poor), disputes(jobs, **words)], actor=county, now=at(5))
    assert set(sheet.lines.values_list("state", flat=True)) == {CheckState.UNCHECKED}
    assert not Event.objects.about(sheet).exists()


def test_the_second_of_two_is_told(sheet, october, people, county):
    stale = checked.line(sheet, october.jobs)
    checks.answer(sheet, [agrees(stale)], actor=county, now=at(5))
    with pytest.raises(DomainError, match=r"“帮助农村劳动力就业”已有变动：.*县（市）经办.*核对无误"):
        checks.answer(sheet, [disputes(stale)], actor=people[Role.COUNTY_LEADER], now=at(5, 11))


def test_a_line_of_another_sheet_is_refused(sheet, october, county):
    other = filed.fill(october.report(october.world.daozhen_team))
    filed.sheet(other, by=county)
    assert not other.check_sheets.exists()
    with pytest.raises(DomainError, match="核对单中没有这一项"):
        checks.confirm(sheet, {0: 0}, actor=county, now=at(5))
    with pytest.raises(DomainError, match="请先选择核对结果"):
        checks.answer(sheet, [], actor=county, now=at(5))


# --- after a return ---------------------------------------------------------------------------------------------------
def test_after_a_return_only_what_changed_is_asked_again(sheet, october, people, county):
    lines = [checked.line(sheet, october.jobs), checked.line(sheet, october.jobs_poor)]
    checks.answer(sheet, [disputes(lines[0]), agrees(lines[1])], actor=county, now=at(5))
    report = checked.returned(sheet.report, people, now=at(6))
    assert tally(cells_of(Entry.objects.filter(section__report=report).for_totals())).missing == 2
    sheet = CheckSheet.objects.get(pk=sheet.pk)
    with pytest.raises(DomainError, match="填报单位正在修改这份报表"):
        checks.answer(sheet, [agrees(checked.line(sheet, october.jobs))], actor=county, now=at(6, 11))
    checked.filed_again(report, people, now=at(9), LAB01=13)
    sheet.refresh_from_db()
    assert (sheet.opened_on, sheet.due_on, sheet.finished_at) == (date(2026, 11, 9), date(2026, 11, 16), None)
    again, kept = checked.line(sheet, october.jobs), checked.line(sheet, october.jobs_poor)
    assert (again.state, again.by, again.seen_value) == (CheckState.UNCHECKED, None, 13)
    assert (again.other_value, again.reason) == (9, "县人社局口径不同")  # the county sees what it said before
    assert (kept.state, kept.by, kept.version) == (CheckState.CONFIRMED, county, 1)


def test_nothing_changed_nothing_is_asked(sheet, october, people, county):
    checks.confirm_all(sheet, mark=checking.mark_of(sheet.lines.all()), actor=county, now=at(5))
    report = checked.returned(sheet.report, people, now=at(6))
    checked.filed_again(report, people, now=at(9))
    sheet.refresh_from_db()
    assert (sheet.opened_on, sheet.finished_at) == (date(2026, 11, 4), at(5))


def test_a_page_from_before_the_return_is_refused(sheet, october, people, county):
    stale = checked.line(sheet, october.jobs)
    report = checked.returned(sheet.report, people, now=at(6))
    checked.filed_again(report, people, now=at(9), LAB01=13)
    with pytest.raises(DomainError, match="已有变动"):
        checks.answer(CheckSheet.objects.get(pk=sheet.pk), [agrees(stale)], actor=county, now=at(10))


def test_a_recalled_report_is_not_checked(sheet, october, people, county):
    chain.recall(sheet.report, actor=people[Role.GROUP_MEMBER], now=at(4, 11))
    sheet = CheckSheet.objects.get(pk=sheet.pk)
    with pytest.raises(DomainError, match="正在修改"):
        checks.confirm_all(sheet, mark=checking.mark_of(sheet.lines.all()), actor=county, now=at(5))


def test_whoever_follows_checks_is_told(october, people, county, monkeypatch):
    told = []
    for name in ("check_asked", "disputed"):
        monkeypatch.setattr(events, name, [lambda row, *, actor, now, name=name: told.append((name, str(row)))])
    sheet = checked.asked(october, people)
    line = checked.line(sheet, october.jobs)
    checks.answer(sheet, [disputes(line)], actor=county, now=at(5))
    assert [name for name, _ in told] == ["check_asked", "disputed"]


# --- whose it is ------------------------------------------------------------------------------------------------------
SEES = {
    Role.BUREAU_OFFICER: 2,
    Role.BUREAU_LEADER: 2,
    Role.CITY_OFFICER: 2,
    Role.GROUP_LEADER: 2,
    Role.LEADER: 2,
    Role.COUNTY_OFFICER: 1,
    Role.COUNTY_LEADER: 1,
    Role.GROUP_MEMBER: 1,
    Role.DISTRICT_OFFICER: 1,
    Role.UNIT_OFFICER: 0,
    Role.INSPECTOR: 1,
    Role.SYSTEM_ADMIN: 0,
    Role.CLERK: 2,
}


def test_daozhen_never_sees_zhengans(sheet, october, people, strangers):
    member = strangers[Role.GROUP_MEMBER]
    filed.filed(october.report(october.world.daozhen_team), by=member)
    for role, count in SEES.items():
        rows = CheckSheet.objects.visible_to(people[role])
        assert rows.count() == count, role
        if count == 1:
            assert rows.get() == sheet
    stranger = strangers[Role.COUNTY_OFFICER]
    assert sheet not in CheckSheet.objects.visible_to(stranger)
    with pytest.raises(Refused):
        checks.answer(sheet, [agrees(checked.line(sheet, october.jobs))], actor=stranger, now=at(5))
