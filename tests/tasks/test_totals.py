"""Which cells enter totals, and what stands beside them: a literal table, in Python and in SQL."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from tasks import series
from tasks.kinds import CellState, CheckState, ReportState
from tasks.models import CheckSheet, Entry, FigureCheck, ProgressReport
from tasks.totals import Standing, cell_of, cells_of, tally
from tests.tasks import cycle
from tests.tasks.cycle import FILING
from tests.tasks.filed import left

DRAFT, REVIEW, BACK, DONE = ReportState.DRAFTING, ReportState.REVIEW, ReportState.RETURNED, ReportState.ACCEPTED

# report's state, excused, cell's state, value, check, settled at → standing, value that counts
TABLE = [
    (DONE, False, "value", "12", "", None, "counted", "12"),
    (REVIEW, False, "value", "12.5", "", None, "counted", "12.5"),
    (DONE, False, "zero", "0", "confirmed", None, "counted", "0"),
    (DONE, False, "value", "12", "unchecked", None, "counted", "12"),
    (DONE, False, "value", "12", "disputed", None, "disputed", None),
    (DONE, False, "value", "12", "settled", "15", "counted", "15"),
    (DONE, False, "value", "12", "settled", "0", "counted", "0"),
    (DONE, False, "na", None, "", None, "na", None),
    (DONE, False, "na", None, "disputed", None, "disputed", None),
    (DONE, False, "na", None, "settled", "3", "counted", "3"),
    (DONE, False, "na", None, "settled", None, "na", None),
    (DONE, False, "missing", None, "", None, "missing", None),
    (BACK, False, "value", "12", "confirmed", None, "missing", None),
    (DRAFT, False, "value", "12", "", None, "missing", None),
    (DRAFT, False, "zero", "0", "", None, "missing", None),
    (DONE, True, "value", "12", "", None, "excused", None),
]


@pytest.fixture
def october(opened_month):
    return opened_month


def lay(report, state, *, excused=False):
    """The report in a state, as the chain leaves it."""
    facts = {"filed_on": date(2026, 11, 4), "filed_at": FILING} if state in (REVIEW, DONE) else {}
    ProgressReport.objects.filter(pk=report.pk).update(
        state=state, excused=excused, excuse_reason="未发生" if excused else "", **facts
    )


def say(entry, state, value, check="", settled=None):
    """What the filer said of a cell, and the county of that."""
    reason = "本县没有此项" if state == CellState.NOT_APPLICABLE else ""
    Entry.objects.filter(pk=entry.pk).update(state=state, value=value and Decimal(value), reason=reason)
    if not check:
        return
    day = date(2026, 11, 4)
    sheet, _ = CheckSheet.objects.get_or_create(
        report=entry.section.report, county=entry.place, defaults={"opened_on": day, "due_on": day}
    )
    words = {"other_value": Decimal(9), "reason": "县人社局口径"} if check == CheckState.DISPUTED else {}
    if check == CheckState.SETTLED:
        words = {"settled_value": settled and Decimal(settled), "settlement": "以实名台账为准"}
    FigureCheck.objects.create(sheet=sheet, entry=entry, state=check, seen_state=state, **words)


@pytest.mark.parametrize(("report", "excused", "state", "value", "check", "settled", "standing", "counts"), TABLE)
def test_how_a_cell_stands(world, october, report, excused, state, value, check, settled, standing, counts):
    entry = october.cell(october.jobs, world.zhengan)
    say(entry, state, value, check, settled)
    lay(entry.section.report, report, excused=excused)
    cell = cell_of(Entry.objects.for_totals().get(pk=entry.pk))
    assert cell.standing == standing
    if standing == Standing.COUNTED:
        assert cell.value == Decimal(counts)
    rows = Entry.objects.filter(pk=entry.pk).counted()
    assert [row.counting_value for row in rows] == ([Decimal(counts)] if counts is not None else [])


def test_what_stands_beside_a_total(world, october):
    """One counted and confirmed, one silent, one disputed, and two of a report that never came."""
    zhengan, daozhen = (october.report(team) for team in (world.zhengan_team, world.daozhen_team))
    say(october.cell(october.jobs, world.zhengan), "value", "1200", CheckState.DISPUTED)
    say(october.cell(october.jobs_poor, world.zhengan), "value", "400.5", CheckState.UNCHECKED)
    lay(zhengan, DONE)
    lay(daozhen, DRAFT)
    entries = Entry.objects.filter(section__report__in=[zhengan, daozhen])
    total = tally(cells_of(entries.for_totals()))
    assert total.value == Decimal("400.5")
    assert (total.disputed.cells, total.disputed.amount) == (1, Decimal(1200))
    assert (total.unchecked.cells, total.unchecked.amount) == (1, Decimal("400.5"))
    assert total.missing == 2
    assert total.marks("人", 1) == "待核 1 项（1,200.0 人）、未核对 1 项（400.5 人）、缺报 2 项"
    assert entries.counted().aggregate(all=Sum("counting_value"))["all"] == Decimal("400.5")


def test_nothing_that_counts_is_not_zero(world, october):
    entries = Entry.objects.filter(section__report=october.report(world.zhengan_team))
    assert tally(cells_of(entries.for_totals())).value is None
    assert tally([]).marks() == ""


def test_another_figure_of_the_cell_can_be_summed(world, october):
    say(october.cell(october.jobs, world.zhengan), "value", "12")
    lay(october.report(world.zhengan_team), DONE)
    entries = Entry.objects.filter(indicator=october.jobs, place=world.zhengan)
    assert tally(cells_of(entries.for_totals()), amount=lambda cell: cell.value / 4).value == 3


def test_cells_are_read_in_one_query(world, october, django_assert_num_queries):
    for count in (1, 4):
        with django_assert_num_queries(1):
            tally(cells_of(Entry.objects.for_totals()[:count]))


def test_the_next_month_goes_on_from_what_was_settled(world, october):
    say(october.cell(october.jobs, world.zhengan), "value", "120", CheckState.SETTLED, "100")
    left(october.report(world.zhengan_team))
    cycle.open_due(now=cycle.at(1, 0, 20, month=12))
    later = Entry.objects.select_related("period").get(
        period__label="2026年11月", indicator=october.jobs, place=world.zhengan
    )
    earlier = series.before(later.period, [later])[series.key_of(later)]
    assert earlier.year_to_date == 100
