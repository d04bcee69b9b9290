"""What a figure stood at before a period, and what was added in it: cumulative, span and stock, from one rule."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.apps import apps

from tasks.kinds import CellState, EntryMode

SAID = (CellState.VALUE, CellState.ZERO)


@dataclass
class Earlier:
    """The figures of earlier periods for one indicator, place and channel, oldest first, as (label, value)."""

    this_year: list[tuple[str, Decimal]] = field(default_factory=list)
    last: tuple[str, Decimal] | None = None

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
    """For each of `entries` what was there before `period`: two queries, however many cells."""
    keys = {key_of(entry) for entry in entries}
    found = {key: Earlier() for key in keys}
    rows = [*_before_the_portal(period, keys), *_reported(period, keys)]
    for key, _, year, label, value in sorted(rows, key=lambda row: row[1]):
        if key in found:
            found[key].last = (label, value)
            if year == period.year:
                found[key].this_year.append((label, value))
    return found


def span_value(mode, value: Decimal | None, earlier: Earlier, *, starts_year: bool) -> Decimal | None:
    """What was added in the span: the typed figure less the year's last; nothing where a month between is missing."""
    if value is None or mode != EntryMode.YEAR_TO_DATE:
        return value
    if earlier.year_to_date is not None:
        return value - earlier.year_to_date
    return value if starts_year or value == 0 else None


def _reported(period, keys):
    rows = (
        apps.get_model("tasks", "Entry")
        .objects.filter(
            indicator__in={key[0] for key in keys},
            place__in={key[1] for key in keys},
            period__end__lt=period.start,
            period__year__gte=period.year - 1,
        )
        .with_counting_value()
    )
    for row in rows.filter(counting_value__isnull=False).select_related("period"):
        yield key_of(row), row.period.end, row.period.year, row.period.label, row.counting_value


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
