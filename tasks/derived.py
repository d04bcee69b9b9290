"""A quarter's, half-year's or year's figures from its months: asked once, derived, and shown for sign-off.

期末数 is the last month's. 本年累计 gives the last month's less what the year stood at before. 本期数 is summed.
A month that says nothing is named: where the figure depends on it there is no figure, elsewhere it stands beside it.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.apps import apps

from tasks.kinds import CellState, EntryMode
from tasks.series import key_of
from zhuzun.periods.spans import SpanKind

SAID = (CellState.VALUE, CellState.ZERO)
LONG = (SpanKind.QUARTER, SpanKind.HALF, SpanKind.YEAR)


@dataclass
class Months:
    """What the months of a year say of one figure: by the last month that each covers, with the months it covers."""

    item: object
    place: object
    said: dict = field(default_factory=dict)  # last month -> (first month, value)

    def missing(self, first, last) -> list[int]:
        """The months from `first` to `last` that nothing covers."""
        covered = {month for end, (start, _) in self.said.items() for month in range(start, end + 1)}
        return [month for month in range(first, last + 1) if month not in covered]

    def at(self, month) -> Decimal | None:
        """What stood at the end of a month; nothing where that month says nothing."""
        return self.said[month][1] if month in self.said else None


@dataclass(frozen=True)
class Derived:
    """One derived figure: its value (or none), and the months that are missing."""

    item: object
    place: object
    value: Decimal | None
    missing: tuple[int, ...]

    @property
    def remark(self) -> str:
        """缺 8月."""
        return f"缺 {'、'.join(f'{month}月' for month in self.missing)}" if self.missing else ""


def derive(months: Months, first: int, last: int) -> Derived:
    """The figure of the span from month `first` to month `last` of one year."""
    mode, missing = months.item.mode, tuple(months.missing(first, last))
    value = {
        EntryMode.STOCK: lambda: months.at(last),
        EntryMode.SPAN: lambda: None if missing else _sum(months, first, last),
        EntryMode.YEAR_TO_DATE: lambda: _added(months, first, last),
    }[mode]()
    if mode == EntryMode.YEAR_TO_DATE and first > 1 and months.at(last) is not None and months.at(first - 1) is None:
        missing = (first - 1, *missing)
    return Derived(months.item, months.place, value, missing)


def _sum(months, first, last) -> Decimal:
    return sum((value for end, (_, value) in months.said.items() if first <= end <= last), Decimal(0))


def _added(months, first, last) -> Decimal | None:
    end = months.at(last)
    if end is None:
        return None
    if first == 1:
        return end
    before = months.at(first - 1)
    return None if before is None else end - before


def for_report(report) -> list[tuple]:
    """For each longer period of a report, its derived figures: [(period, [Derived])]; one or two queries a period."""
    periods = apps.get_model("tasks", "ReportingPeriod").objects.filter(forms__parts__report=report, kind__in=[*LONG])
    return [(period, of_period(report.filer_id, period)) for period in periods.distinct().order_by("end", "start")]


def of_period(filer, period) -> list[Derived]:
    """What the filer's months, and figures from before the portal, say of a longer period."""
    series = _of_months(filer, period)
    _before_the_portal(period, series)
    rows = [derive(months, period.first, period.last) for months in series.values()]
    return sorted(rows, key=lambda row: (row.item.position, row.item.pk, row.place.position))


def _of_months(filer, period) -> dict:
    rows = apps.get_model("tasks", "Entry").objects.filter(
        section__report__filer=filer,
        period__kind=SpanKind.MONTH,
        period__year=period.year,
        period__last__lte=period.last,
    )
    rows = rows.select_related("item", "place", "period").prefetch_related("place__names").order_by("period__end")
    series: dict = {}
    asked: dict = defaultdict(bool)
    for row in rows:
        key = key_of(row)
        months = series.setdefault(key, Months(row.item, row.place))
        months.item = row.item
        asked[key] |= row.period.last >= period.first
        if row.state in SAID:
            months.said[row.period.last] = (row.period.first, row.value)
    return {key: months for key, months in series.items() if asked[key]}


def _before_the_portal(period, series) -> None:
    rows = apps.get_model("tasks", "OpeningFigure").objects.filter(
        indicator__in={key[0] for key in series}, year=period.year, month__lte=period.last
    )
    for row in rows:
        months = series.get(key_of(row))
        if months and row.month not in months.said:
            months.said[row.month] = (row.month, row.value)
