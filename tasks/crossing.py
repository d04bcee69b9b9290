"""Figures of one county filed by different bodies that must fit together: a misfit is told to both, and stops none.

Only what has left the other body is compared: a draft is nobody else's business.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.apps import apps

from tasks.kinds import FILED, CellState
from tasks.reading import Finding, cells

# Each first figure is part of, or follows from, the second: never greater for the same county and period.
NOT_GREATER = (
    ("FUND03-拨付", "FUND01"),
    ("FUND04-支出", "FUND03-拨付"),
    ("FUND09-开工", "FUND09-计划"),
    ("FUND09-完工", "FUND09-开工"),
)
CODES = frozenset(code for pair in NOT_GREATER for code in pair)
SAID = (CellState.VALUE, CellState.ZERO)


@dataclass
class Side:
    """What is said of one figure for a county and period, by whom."""

    value: Decimal = Decimal(0)
    own: object = None  # the report's own cell
    others: set = field(default_factory=set)
    item: object = None


def conflicts(report) -> list[Finding]:
    """Where the report's figures do not fit another body's, at the report's own cells; one query."""
    return conflicts_of([report])[report.pk]


def conflicts_of(reports) -> dict[int, list[Finding]]:
    """By report, where its figures do not fit another body's; one query for all of them."""
    own = {report.pk: [entry for entry in cells(report) if _compared(entry)] for report in reports}
    filed = _filed([entry for entries in own.values() for entry in entries])
    return {report.pk: _of_report(report, own[report.pk], filed) for report in reports}


def _compared(entry) -> bool:
    return entry.indicator.code in CODES and entry.state in SAID


def _of_report(report, own, filed) -> list[Finding]:
    places = {(entry.period_id, entry.place_id) for entry in own}
    others = (
        entry for entry in filed if entry.section.report_id != report.pk and (entry.period_id, entry.place_id) in places
    )
    sides = defaultdict(Side)
    for entry in [*own, *others]:
        side = sides[entry.period_id, entry.place_id, entry.indicator.code]
        side.value += entry.value
        side.item = entry.item
        if entry.section.report_id == report.pk:
            side.own = entry
        else:
            side.others.add(entry.section.report.filer)
    return list(_misfits(sides))


def _filed(own) -> list:
    """What has left any body for the periods and places of these cells."""
    if not own:
        return []
    rows = apps.get_model("tasks", "Entry").objects.filter(
        period__in={entry.period_id for entry in own},
        place__in={entry.place_id for entry in own},
        indicator__code__in=CODES,
        state__in=SAID,
        section__report__state__in=FILED,
    )
    rows = rows.select_related("indicator", "item", "section__report__filer")
    return list(rows.prefetch_related("section__report__filer__names"))


def _misfits(sides):
    for period, place in {key[:2] for key in sides}:
        for small, great in NOT_GREATER:
            less, more = sides.get((period, place, small)), sides.get((period, place, great))
            if less and more and less.value > more.value and (less.others or more.others):
                yield from _told(less, more, "大于")
                yield from _told(more, less, "小于")


def _told(side, other, word):
    entry = side.own
    if entry is None:
        return
    by = f"（{'、'.join(sorted(map(str, other.others)))}填报）" if other.others else ""
    figures = f"{side.value.normalize():f} {side.item.unit}{word}“{other.item.name}”的 {other.value.normalize():f} "
    text = f"{entry.place} · {entry.item}：{figures}{other.item.unit}{by}，请与对方核对；不影响报送。"
    yield Finding(entry.pk, entry.section_id, text)
