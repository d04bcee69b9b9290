"""A quarter from its months: by rule, and with the missing month named."""

from datetime import date
from decimal import Decimal

import pytest

from tasks import derived
from tasks.derived import Months, derive
from tasks.models import Entry, ProgressReport
from tasks.services.filing import Change, save_cells
from tasks.services.opening import open_due
from tests import factories
from tests.tasks import cycle
from tests.tasks.cycle import at
from tests.tasks.filed import left
from zhuzun.accounts.roles import Role
from zhuzun.periods.spans import spans_of_year

# mode, what each month says (None: nothing), months of the span, value, missing
TABLE = [
    ("ytd", {6: 60, 7: 70, 8: 85, 9: 100}, (7, 9), 40, ()),
    ("ytd", {1: 10, 2: 20, 3: 45}, (1, 3), 45, ()),
    ("ytd", {6: 60, 7: 70, 9: 100}, (7, 9), 40, (8,)),
    ("ytd", {6: 60, 7: 70, 8: 85}, (7, 9), None, (9,)),
    ("ytd", {7: 70, 8: 85, 9: 100}, (7, 9), None, (6,)),
    ("ytd", {12: 500}, (1, 12), 500, tuple(range(1, 12))),
    ("stock", {7: 5, 8: 6, 9: 7}, (7, 9), 7, ()),
    ("stock", {7: 5, 8: 6}, (7, 9), None, (9,)),
    ("stock", {9: 7}, (7, 9), 7, (7, 8)),
    ("span", {7: 5, 8: 6, 9: 7}, (7, 9), 18, ()),
    ("span", {6: 99, 7: 5, 8: 0, 9: 7}, (7, 9), 12, ()),
    ("span", {7: 5, 9: 7}, (7, 9), None, (8,)),
    ("ytd", {1: 10, 2: 20, 3: 45, 4: 50, 5: 60, 6: 66}, (1, 6), 66, ()),
    ("ytd", {6: 66, 7: 70, 8: 80, 9: 90, 10: 95, 11: 99, 12: 120}, (7, 12), 54, ()),
    ("span", {7: 1, 8: 2, 9: 3, 10: 4, 11: 5, 12: 6}, (7, 12), 21, ()),
]


class Item:
    """A figure with its mode."""

    def __init__(self, mode):
        self.mode = mode


@pytest.mark.parametrize(("mode", "said", "span", "value", "missing"), TABLE)
def test_by_rule(mode, said, span, value, missing):
    months = Months(Item(mode), None, {month: (month, Decimal(number)) for month, number in said.items()})
    found = derive(months, *span)
    assert (found.value, found.missing) == (value, missing)


def test_merged_months_cover_both():
    months = Months(Item("ytd"), None, {2: (1, Decimal(20)), 3: (3, Decimal(45))})
    assert derive(months, 1, 3) == derived.Derived(months.item, None, Decimal(45), ())


def test_a_quarters_report_shows_its_months_for_sign_off(world, people, sign_in, time_machine):
    cycle.set_up(world, starts_on=date(2026, 7, 1))
    quarter = cycle.plan("t-quarter", "区季度情况", world.districts, kind="quarter", starts_on=date(2026, 7, 1))
    visits = factories.indicator("T-ORG01", "调研对接", family="ORG", unit="次")
    cycle.ask(quarter, visits)
    cycle.source(visits, "district")
    open_due(now=at(1, month=10))
    officer = people[Role.DISTRICT_OFFICER]
    reports = ProgressReport.objects.filter(filer=world.xiangzhou).order_by("first_due_on")
    assert [str(row.period) for row in reports] == ["2026年7月", "2026年8月", "2026年9月"]
    for report, money in zip(reports, ("10", None, "35.5"), strict=True):
        entry = report.sections.first().entries.get(indicator__code="T-FUND01")
        if money:
            save_cells(report, [Change(entry.pk, 0, money)], actor=officer, now=at(2, month=10))
    ((_, rows),) = derived.for_report(reports[2])
    assert {row.remark for row in rows if row.value is None and row.item.name == "财政援助资金到位"} >= {
        "缺 6月、7月、8月"
    }
    left(reports[0])  # July's figure is one once it left the body
    ((span, rows),) = derived.for_report(reports[2])
    found = {(str(row.place), row.item.name): row for row in rows}
    assert str(span) == "2026年第三季度"
    row = found["正安县", "财政援助资金到位"]
    assert (row.value, row.remark) == (None, "缺 6月、8月")
    time_machine.move_to(at(2, month=10), tick=False)
    page = sign_in(officer).get(reports[2].get_absolute_url()).content.decode()
    assert "2026年第三季度由各期得出" in page
    paper = sign_in(officer).get(f"{reports[2].get_absolute_url()}print/").content.decode()
    assert "2026年第三季度由各期得出" in paper
    assert "缺 6月、8月" in page


@pytest.mark.parametrize(
    ("last", "spans"),
    [
        (5, []),
        (6, ["2026年第二季度", "2026年上半年"]),
        (9, ["2026年第三季度"]),
        (12, ["2026年第四季度", "2026年下半年", "2026年"]),
    ],
)
def test_the_spans_that_end_with_a_month(last, spans):
    month = spans_of_year("month", 2026)[last - 1]
    assert [str(span) for span in derived.spans_for([month])] == spans


def test_a_month_that_is_not_applicable_is_no_gap():
    months = Months(Item("span"), None)
    for month, state, value in ((7, "value", Decimal(5)), (8, "na", None), (9, "value", Decimal(7))):
        months.add(spans_of_year("month", 2026)[month - 1], state, value)
    assert (derive(months, 7, 9).value, derive(months, 7, 9).missing) == (12, ())


def test_a_units_quarters_give_its_half_year(world, people, sign_in, time_machine):
    cycle.set_up(world)
    plan = cycle.plan("t-unit", "市直单位季报", world.education, kind="quarter", starts_on=date(2026, 7, 1))
    courses = factories.indicator("T-LAB10", "招收学生", family="LAB")
    cycle.ask(plan, courses)
    cycle.source(courses, "body", body=world.education)
    figures = ((10, 2026, "30"), (1, 2027, "75"))
    for month, year, value in figures:
        open_due(now=at(1, month=month, year=year))
        report = ProgressReport.objects.filter(filer=world.education).latest("first_due_on")
        for entry in Entry.objects.filter(section__report=report, indicator=courses):
            save_cells(report, [Change(entry.pk, 0, value)], actor=people[Role.UNIT_OFFICER], now=at(2, month=10))
        left(report)
    found = {str(span): {row.item.name: row for row in rows} for span, rows in derived.for_report(report)}
    assert list(found) == ["2026年第四季度", "2026年下半年", "2026年"]
    assert found["2026年"]["招收学生"].value == 75
    half = found["2026年下半年"]["招收学生"]
    assert (half.value, half.remark) == (None, "缺 6月")
    time_machine.move_to(at(2, month=1, year=2027), tick=False)
    page = sign_in(people[Role.UNIT_OFFICER]).get(report.get_absolute_url()).content.decode()
    assert "2026年下半年由各期得出" in page
