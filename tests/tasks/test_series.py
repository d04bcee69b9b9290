"""What a figure stood at before: filed, frozen or from before the portal; never what did not leave its body."""

from decimal import Decimal

import pytest

from tasks import compiled, reading, series
from tasks.grid import build
from tasks.models import Entry, OpeningFigure, ProgressReport, ReportingPeriod
from tasks.services import corrections, opening_figures
from tasks.services.opening import open_due
from tests.tasks import cycle
from tests.tasks.closed import close
from tests.tasks.cycle import at
from tests.tasks.filed import fill, left
from zhuzun.accounts.roles import Role
from zhuzun.ui.workbook import Column, write_xlsx


@pytest.fixture
def made(opened_month):
    """October and November, open; nothing typed."""
    found = opened_month
    open_due(now=at(1, month=12))
    return found


def november(made) -> Entry:
    return Entry.objects.get(period__label="2026年11月", indicator=made.money, place=made.world.zhengan)


def before(made):
    entry = november(made)
    return series.before(entry.period, [entry])[series.key_of(entry)]


def quiet(made):
    report = ProgressReport.objects.get(pk=november(made).section.report_id)
    return next(cell.quiet for cell in build(report).cells() if cell.entry == november(made))


def test_what_is_typed_and_not_filed_is_pending(made, people):
    report = fill(made.report(made.world.xiangzhou), by=people[Role.DISTRICT_OFFICER])
    found = before(made)
    assert (found.year_to_date, found.pending) == (None, "2026年10月")
    assert quiet(made) == ["10月尚未报送"]
    left(report)
    assert (before(made).year_to_date, before(made).pending) == (12, "")
    assert quiet(made) == ["10月累计 12.00"]


def test_in_a_closed_period_it_never_becomes_a_figure(made, people):
    """Month's figure, fall check, opening figures and the page say the same of it: 缺报."""
    officer = people[Role.DISTRICT_OFFICER]
    fill(made.report(made.world.xiangzhou), by=officer)
    close(made.period, people)
    assert (before(made).year_to_date, before(made).pending) == (None, "")
    Entry.objects.filter(pk=november(made).pk).update(state="value", value=5)  # less than the 12 nobody got
    report = left(ProgressReport.objects.get(pk=november(made).section.report_id))
    assert reading.warnings(report) == []
    (figure,) = [one for one in compiled.live(november(made).period) if one.entry == november(made).pk]
    assert (figure.value, figure.span_value) == (5, None)
    assert quiet(made) == ["本期数待前期补齐"]
    heads = ("指标编码", "渠道", "截至月", "正安县")
    table = write_xlsx("上线前数据", [Column(head) for head in heads], [("T-FUND01", "", "2026-10", "3")])
    found = opening_figures.read(table, "表.xlsx", today=at(2, month=12).date())
    assert [line.error for line in found.lines] == [""]
    facts = {"indicator": made.money, "place": made.world.zhengan, "year": 2026, "month": 10, "value": 3}
    OpeningFigure.objects.create(entered_by=officer, entered_at=at(9), **facts)
    assert before(made).this_year == [("2026年10月（上线前数据）", 3)]
    assert quiet(made) == ["10月累计 3.00（上线前数据）", "本期 2.00"]


def test_what_comes_later_as_a_correction_is_a_figure(made, people):
    officer = people[Role.DISTRICT_OFFICER]
    fill(made.report(made.world.xiangzhou), by=officer)
    close(made.period, people)
    cell = made.cell(made.money, made.world.zhengan)
    facts = {"reason": "补报", "actor": officer, "now": at(12)}
    one = corrections.ask(cell, typed="9", **facts)
    assert one.old_words == "缺报"
    one = corrections.sign(one, actor=people[Role.DISTRICT_LEADER], now=at(13))
    corrections.approve(one, actor=people[Role.BUREAU_LEADER], now=at(16))
    assert before(made).year_to_date == 9


def test_a_report_filed_after_its_month_was_frozen_leaves_the_month_as_it_is(made, people):
    """A closed part of a report that goes on for the quarter: the month stays 缺报."""
    report = fill(made.report(made.world.xiangzhou), by=people[Role.DISTRICT_OFFICER])
    close(made.period, people)
    left(report)
    assert before(made).year_to_date is None


def test_reported_stands_before_what_was_brought_in_for_the_same_month(made, people):
    officer = people[Role.DISTRICT_OFFICER]
    facts = {"indicator": made.money, "place": made.world.zhengan, "year": 2026, "month": 10, "value": 3}
    OpeningFigure.objects.create(entered_by=officer, entered_at=at(9), **facts)
    left(fill(made.report(made.world.xiangzhou), by=officer))
    assert before(made).this_year == [("2026年10月", Decimal(12))]


# --- two months of one name ------------------------------------------------------------------------------------------
def test_the_month_from_the_26th_and_the_calendar_month_are_told_apart(world):
    cycle.set_up(world)
    cycle.ReportPlan.objects.filter(code="t-team").update(first_day=26, starts_on="2026-09-26")
    open_due(now=cycle.OPENED)
    labels = set(ReportingPeriod.objects.values_list("label", flat=True))
    assert labels == {"2026年10月", "2026年10月（9月26日至10月25日）"}
    titles = set(ProgressReport.objects.filter(filer=world.zhengan_team).values_list("title", flat=True))
    assert all("2026年10月（9月26日至10月25日）进展报告" in title for title in titles)
    assert open_due(now=cycle.OPENED).periods == []


# --- over the turn of the year ---------------------------------------------------------------------------------------
@pytest.fixture
def turn(world, opened_month):
    """A one-off from 15 November 2026 to 20 January 2027 beside the months: a cumulated figure, one of its own days."""
    made = opened_month
    own = cycle.factories.indicator("T-ORG07", "专项活动", family="ORG", unit="次")
    once = cycle.plan("t-once", "跨年专项", world.districts, kind="once", starts_on="2026-11-15", ends_on="2027-01-20")
    cycle.ask(once, made.money)
    cycle.ask(once, own, mode="span")
    cycle.source(own, "district")
    left(fill(made.report(world.xiangzhou)))  # October: 12 cumulated in 2026
    open_due(now=at(21, month=1, year=2027))
    return made, ReportingPeriod.objects.get(kind="once"), own


def test_over_the_turn_of_the_year(turn, world, sign_in, people, time_machine):
    made, period, own = turn
    assert (str(period), period.year) == ("2026年11月15日至2027年1月20日", 2027)
    report = ProgressReport.objects.get(parts__form__period=period, filer=world.xiangzhou)
    report = left(fill(report, value=5))
    cell = Entry.objects.get(period=period, indicator=made.money, place=world.zhengan)
    found = series.before(period, [cell])[series.key_of(cell)]
    assert (found.last, found.year_to_date) == (("2026年10月", 12), None)
    assert reading.warnings(report) == []  # 5 in the new year is no fall from 12 in the old one
    money = next(one for one in compiled.live(period) if one.entry == cell.pk)
    assert (money.value, money.span_value) == (5, None)
    assert next(one.quiet for one in build(report).cells() if one.entry == cell) == ["2026年10月累计 12.00"]
    days = next(one for one in compiled.live(period) if one.indicator == own)
    assert (days.value, days.span_value) == (None, 5)
    time_machine.move_to(at(21, month=1, year=2027), tick=False)
    for address in (report.get_absolute_url(), period.get_absolute_url(), f"{report.get_absolute_url()}print/"):
        assert "统计时段跨年" in sign_in(people[Role.BUREAU_OFFICER]).get(address).content.decode(), address
    page = sign_in(people[Role.BUREAU_OFFICER]).get(f"{period.get_absolute_url()}figures/?by=county").content.decode()
    assert "统计时段跨年" in page


def test_it_is_a_step_of_the_new_year_and_none_of_the_old(turn, world):
    made, period, _ = turn
    left(fill(ProgressReport.objects.get(parts__form__period=period, filer=world.xiangzhou), value=5))
    open_due(now=at(1, month=2, year=2027))
    january = Entry.objects.get(period__label="2027年1月", indicator=made.money, place=world.zhengan)
    december = Entry.objects.get(period__label="2026年12月", indicator=made.money, place=world.zhengan)
    assert series.before(december.period, [december])[series.key_of(december)].year_to_date == 12
    assert (
        series.before(january.period, [january])[series.key_of(january)].year_to_date is None
    )  # begins before it ends
    (figure,) = [one for one in compiled.live(january.period) if one.entry == january.pk]
    assert figure.span_value is None  # nothing filed yet
