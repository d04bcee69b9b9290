"""A quarter's, half-year's or year's figures from the shorter periods in it: the one rule, for filers and for totals.

A figure is asked once; what is longer is derived and shown for sign-off. 期末数 is the last month's. 本年累计 gives the
last month's less what the year stood at before. 本期数 is summed. A month that says nothing is named: where the figure
depends on it there is no figure, elsewhere it stands beside it. `tasks.compiled_longer` does the same with totals.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.apps import apps

from tasks.kinds import CellState, EntryMode
from tasks.series import key_of
from zhuzun.periods.spans import MONTHS_IN, Span, SpanKind, spans_of_year

SAID = (CellState.VALUE, CellState.ZERO)
LONG = (SpanKind.QUARTER, SpanKind.HALF, SpanKind.YEAR)


@dataclass
class Months:
    """What the periods of a year say of one figure: by the last month that each covers, with the months it covers."""

    item: object
    place: object
    said: dict = field(default_factory=dict)  # last month -> (first month, value)
    not_applicable: dict = field(default_factory=dict)  # last month -> first month: an answer, though no figure

    def add(self, period, state, value):
        """What one period says."""
        if state in SAID:
            self.said[period.last] = (period.first, value)
        elif state == CellState.NOT_APPLICABLE:
            self.not_applicable[period.last] = period.first

    def missing(self, first, last) -> list[int]:
        """The months from `first` to `last` that nothing covers."""
        spans = [(start, end) for end, (start, _) in self.said.items()]
        spans += [(start, end) for end, start in self.not_applicable.items()]
        covered = {month for start, end in spans for month in range(start, end + 1)}
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


def spans_for(periods) -> list[Span]:
    """The quarters, half-years and years that end where one of these periods ends: complete, and to be signed off."""
    found = {}
    for period in periods:
        if period.kind == SpanKind.ONCE:
            continue
        for kind in LONG:
            for span in spans_of_year(kind, period.year, first_day=period.start.day):
                if span.last == period.last:
                    found[span.label] = span
    return sorted(found.values(), key=lambda span: (span.end, -span.first))


def shorter_periods(span, *, before=False):
    """The periods within a longer span that it is derived from, in order; with `before`, from the year's begin on."""
    kinds = [kind for kind, months in MONTHS_IN.items() if months and months < span.last - span.first + 1]
    rows = apps.get_model("tasks", "ReportingPeriod").objects.filter(kind__in=kinds, year=span.year)
    rows = rows.filter(last__lte=span.last, first__gte=1 if before else span.first)
    return rows.order_by("last", "first", "pk")


def for_report(report) -> list[tuple]:
    """For each longer span that ends with the report, its derived figures: [(span, [Derived])]; two queries a span."""
    periods = apps.get_model("tasks", "ReportingPeriod").objects.filter(forms__parts__report=report).distinct()
    return [(span, of_span(report, span)) for span in spans_for(periods)]


def of_span(report, span) -> list[Derived]:
    """What the filer's shorter periods say of a longer span: this report, those that left it, and what was before."""
    series = _of_shorter(report, span)
    before_the_portal(span, series)
    rows = [derive(months, span.first, span.last) for months in series.values()]
    return sorted(rows, key=lambda row: (row.item.position, row.item.pk, row.place.position))


def _of_shorter(report, span) -> dict:
    entries = apps.get_model("tasks", "Entry").objects
    rows = entries.filter(section__report__filer=report.filer_id, period__in=shorter_periods(span, before=True))
    rows = rows.with_left().select_related("item", "place", "period", "section").prefetch_related("place__names")
    series: dict = {}
    asked: dict = defaultdict(bool)
    for row in rows.order_by("period__last", "period__first", "pk"):
        key = key_of(row)
        months = series.setdefault(key, Months(row.item, row.place))
        months.item = row.item
        asked[key] |= row.period.last >= span.first
        if row.left or row.section.report_id == report.pk:
            months.add(row.period, row.state, row.value)
    return {key: months for key, months in series.items() if asked[key]}


def before_the_portal(span, series) -> None:
    """Add the figures from before the portal (上线前数据) where no period says anything."""
    rows = apps.get_model("tasks", "OpeningFigure").objects.filter(
        indicator__in={key[0] for key in series}, year=span.year, month__lte=span.last
    )
    for row in rows:
        months = series.get(key_of(row))
        if months and row.month not in months.said:
            months.said[row.month] = (row.month, row.value)
