"""What a figure stood at before a period, and what was added in it: cumulative, span and stock, from one rule."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.apps import apps

from tasks.kinds import CellState, EntryMode
from zhuzun.periods.spans import SpanKind

SAID = (CellState.VALUE, CellState.ZERO)


@dataclass
class Earlier:
    """The figures of earlier periods for one indicator, place and channel, oldest first, as (label, value)."""

    this_year: list[tuple[str, Decimal]] = field(default_factory=list)
    last: tuple[str, Decimal] | None = None
    pending: str = ""  # the period after those in which a figure is typed and not filed yet

    @property
    def year_to_date(self) -> Decimal | None:
        """The year's last cumulative figure before this period."""
        return self.this_year[-1][1] if self.this_year else None

    @property
    def steps(self) -> list[Decimal]:
        """What each earlier period of the year added."""
        values = [value for _, value in self.this_year]
        return [after - before for before, after in zip([Decimal(0), *values], values, strict=False)]


def key_of(row) -> tuple[int, int, str]:
    """What makes a series: indicator, place and channel."""
    return row.indicator_id, row.place_id, row.channel


def before(period, entries) -> dict[tuple, Earlier]:
    """For each of `entries` what was there before `period`: two queries, however many cells.

    A figure that never left its body is none: of an open period it is `pending`, of a closed one 缺报. What was
    reported stands before a figure from before the portal of the same day.
    """
    keys = {key_of(entry) for entry in entries}
    found = {key: Earlier() for key in keys}
    rows = {(row[0], row[1]): row for row in [*_before_the_portal(period, keys), *_reported(period, keys)]}
    for key, _, year, label, value in sorted(rows.values(), key=lambda row: row[1]):
        if key in found:
            _go_on(found[key], label, value, this_year=year == period.year)
    return found


def _go_on(earlier, label, value, *, this_year):
    if value is None:
        earlier.pending = label
        return
    earlier.last, earlier.pending = (label, value), ""
    if this_year:
        earlier.this_year.append((label, value))


def span_value(mode, value: Decimal | None, earlier: Earlier, period) -> Decimal | None:
    """What was added in the span: the typed figure less the year's last; nothing where a month between is missing.

    Over the turn of the year there is none: what is cumulated in the new year says nothing of the old one's part.
    """
    if value is None or mode != EntryMode.YEAR_TO_DATE:
        return value
    if period.crosses_years:
        return None
    if earlier.year_to_date is not None:
        return value - earlier.year_to_date
    return value if period.starts_year or value == 0 else None


def cumulative(mode, value: Decimal | None, earlier: Earlier, period) -> Decimal | None:
    """The year's running figure: as typed, or the year's parts with this one where the part is typed.

    What a one-off counts by itself (本期数) is no part of the year's course, and has no running figure.
    """
    if value is None or mode != EntryMode.SPAN:
        return value
    if period.kind == SpanKind.ONCE:
        return None
    return sum((number for _, number in earlier.this_year), value)


def _reported(period, keys):
    rows = (
        apps.get_model("tasks", "Entry")
        .objects.filter(
            indicator__in={key[0] for key in keys},
            place__in={key[1] for key in keys},
            period__end__lt=period.start,
            period__year__gte=period.year - 1,
        )
        .exclude(period__kind=SpanKind.ONCE, item__mode=EntryMode.SPAN)  # counts its own days, no step of the year
        .with_counting_value()
        .with_left()
    )
    for row in rows.filter(counting_value__isnull=False).select_related("period"):
        if row.left or not row.period.closed:
            value = row.counting_value if row.left else None
            yield key_of(row), row.period.end, row.period.year, row.period.label, value


def _before_the_portal(period, keys):
    rows = apps.get_model("tasks", "OpeningFigure").objects.filter(
        indicator__in={key[0] for key in keys},
        place__in={key[1] for key in keys},
        year__gte=period.year - 1,
        year__lte=period.year,
    )
    for row in rows:
        if row.ended_on < period.start:
            label = f"{row.year}年{row.month}月（上线前数据）"
            yield key_of(row), row.ended_on, row.year, label, row.value
