"""A quarter from its months: what is asked once is never asked twice, and a missing month is said."""

from decimal import Decimal

import pytest

from tasks import closings, compiled, compiled_longer, compiled_tables
from tasks.kinds import CellState
from tasks.models import Entry, OpeningFigure, ReportingPeriod
from tasks.services import closing, corrections
from tasks.services.opening import open_due
from tests.tasks import cycle
from tests.tasks.closed import accepted, close
from tests.tasks.cycle import at
from tests.tasks.test_compiled import row_of
from zhuzun.accounts.roles import Role


@pytest.fixture
def quarter(world, opened_month, people):
    """October to December with 香洲区 filing 10, 25 and 40 万元 cumulated for 正安县; 高新区 files nothing."""
    made = opened_month
    yearly = cycle.plan("t-quarter", "季度报告", world.districts, kind="quarter")
    yearly.narratives.create(title="季度工作情况")
    for month, year in ((12, 2026), (1, 2027)):
        open_due(now=at(1, month=month, year=year))
    months = {"2026年10月": 10, "2026年11月": 25, "2026年12月": 40}
    for label in months:
        accepted(_report(world, ReportingPeriod.objects.get(label=label)), people)
    for label, value in months.items():
        Entry.objects.filter(period__label=label, indicator=made.money, place=world.zhengan).update(value=value)
    return made, ReportingPeriod.objects.get(kind="quarter", year=2026, last=12)


def _report(world, period):
    return cycle.ProgressReport.objects.get(
        parts__form__period=period, parts__form__plan__code="t-district", filer=world.xiangzhou
    )


def of(figures, made):
    return {one.place.code: one for one in figures if one.indicator == made.money}


def test_the_quarter_is_the_last_months_total_and_the_months_sum(quarter, people):
    made, period = quarter
    assert of(compiled_longer.whole(period), made)["zhengan"].span_value is None  # nothing is known before October
    facts = {"indicator": made.money, "place": made.world.zhengan, "year": 2026, "month": 9, "value": 4}
    OpeningFigure.objects.create(entered_by=people[Role.BUREAU_OFFICER], entered_at=at(9), **facts)
    found = of(compiled_longer.whole(period), made)
    assert (found["zhengan"].value, found["zhengan"].span_value) == (40, 36)
    assert found["zhengan"].counted
    assert (found["daozhen"].state, found["daozhen"].value) == (CellState.MISSING, None)


def test_a_missing_month_says_so(quarter, people):
    made, period = quarter
    november = Entry.objects.filter(period__label="2026年11月", indicator=made.money)
    november.update(state="missing", value=None)
    figure = of(compiled_longer.whole(period), made)["zhengan"]
    assert figure.value == 40
    assert figure.lacking == ("9月", "11月")  # what the year stood at before is not known either
    figures, _ = compiled_longer.visible(period, people[Role.BUREAU_OFFICER])
    row = row_of(compiled_tables.build(period, figures), made.money)
    assert "缺 " in row.remark
    assert "11月" in row.remark


def test_it_freezes_what_is_derived(quarter, people):
    made, period = quarter
    snapshot = close(period, people, now=at(15, month=1, year=2027))
    found = of(compiled.frozen(snapshot), made)
    assert found["zhengan"].value == Decimal(40)
    Entry.objects.filter(period__label="2026年12月", indicator=made.money, state="value").update(value=99)
    figures, used = compiled_longer.visible(ReportingPeriod.objects.get(pk=period.pk), people[Role.BUREAU_OFFICER])
    assert of(figures, made)["zhengan"].value == 40
    assert used == snapshot


def test_a_month_corrected_later_leaves_the_frozen_quarter_and_is_told_there(quarter, people, sign_in, time_machine):
    made, period = quarter
    december = ReportingPeriod.objects.get(label="2026年12月")
    close(december, people, now=at(12, month=1, year=2027))
    snapshot = close(period, people, now=at(15, month=1, year=2027))
    period.refresh_from_db()
    cell = Entry.objects.get(period=december, indicator=made.money, place=made.world.zhengan)
    officer, leader = people[Role.DISTRICT_OFFICER], people[Role.BUREAU_LEADER]
    assert closings.frozen_above(december) == [period]
    time_machine.move_to(at(16, month=1, year=2027), tick=False)
    client = sign_in(officer)
    behind = f"/tasks/periods/{period.pk}/figures/T-FUND01/"
    assert "申请更正（2026年12月）" in client.get(behind).content.decode()
    asked = client.get(f"/tasks/corrections/new/{cell.pk}/").content.decode()
    assert "更正的是2026年12月的数据" in asked
    assert "2026年第四季度也已定稿：其定稿数不变" in asked
    one = corrections.ask(cell, typed="45", reason="漏记一笔", actor=officer, now=at(16, month=1, year=2027))
    one = corrections.sign(one, actor=people[Role.DISTRICT_LEADER], now=at(16, 11, month=1, year=2027))
    assert closings.below_words(period, leader) == ""
    corrections.approve(one, actor=leader, now=at(16, 12, month=1, year=2027))
    assert of(compiled.frozen(compiled.latest_snapshot(december)), made)["zhengan"].value == 45
    kept = compiled.latest_snapshot(period)
    assert (kept.pk, kept.version, kept.sha256, closing.intact(kept)) == (snapshot.pk, 1, snapshot.sha256, True)
    assert of(compiled.frozen(kept), made)["zhengan"].value == 40
    note = "2026年第四季度定稿后，所含各期有更正：2026年12月 更正第1号；2026年第四季度的定稿数保持不变"
    for address in (period.get_absolute_url(), f"/tasks/periods/{period.pk}/figures/"):
        assert note in client.get(address).content.decode(), address
    page = client.get(behind).content.decode()
    assert "2026年12月 更正第1号" in page
    assert "原为 40.00 万元，更正为 45.00 万元" in page
    assert "不受影响" in client.get(one.get_absolute_url()).content.decode()
    assert closings.below_words(december, leader) == ""  # there it is a version of its own
    assert closings.below_words(period, people[Role.UNIT_OFFICER]) == ""  # no more than the rows one may see


def test_a_month_is_not_derived(quarter):
    made, _ = quarter
    assert compiled_longer.whole(made.period) == compiled.live(made.period)
