"""A quarter from its months: by rule, and with the missing month named."""

from datetime import date
from decimal import Decimal

import pytest

from tasks import derived
from tasks.derived import Months, derive
from tasks.models import ProgressReport
from tasks.services.filing import Change, save_cells
from tasks.services.opening import open_due
from tests import factories
from tests.tasks import cycle
from tests.tasks.cycle import at
from zhuzun.accounts.roles import Role

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
    ((period, rows),) = derived.for_report(reports[2])
    found = {(str(row.place), row.item.name): row for row in rows}
    assert str(period) == "2026年第三季度"
    row = found["正安县", "财政援助资金到位"]
    assert (row.value, row.remark) == (None, "缺 6月、8月")
    time_machine.move_to(at(2, month=10), tick=False)
    page = sign_in(officer).get(reports[2].get_absolute_url()).content.decode()
    assert "2026年第三季度由各月得出" in page
    assert "缺 6月、8月" in page
