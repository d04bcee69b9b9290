"""Totals of a quarter, half-year or year from those of its months (`tasks.derived` shows the same to the filer).

本年累计 and 期末数 are those of the last month; what the span added is the sum of what its months added. Where a
month has no figure the derived one says which (缺 9月); where the last one has none it is missing, never zero. What
the period asks for itself stands before what is derived.
"""

from collections.abc import Callable

from tasks import compiled
from tasks.compiled import Figure
from tasks.kinds import CellState, EntryMode
from tasks.models import ReportingPeriod
from zhuzun.periods.spans import SpanKind

LONGER = (SpanKind.QUARTER, SpanKind.HALF, SpanKind.YEAR)


def months_of(period) -> list[ReportingPeriod]:
    """The monthly periods within a longer one, oldest first; two months reported as one are one."""
    rows = ReportingPeriod.objects.filter(kind=SpanKind.MONTH, year=period.year)
    return list(rows.filter(first__gte=period.first, last__lte=period.last).order_by("last", "pk"))


def visible(period, user):
    """As `compiled.visible`, with what is derived where the period is longer than a month and still open."""
    figures, snapshot = compiled.visible(period, user)
    if snapshot is not None:
        return figures, snapshot
    return with_derived(period, figures, lambda month: compiled.visible(month, user)[0]), None


def whole(period) -> list[Figure]:
    """Everybody's figures of an open period, derived ones included: what is frozen."""
    return with_derived(period, compiled.live(period), _all_of)


def _all_of(month) -> list[Figure]:
    snapshot = compiled.latest_snapshot(month) if month.closed else None
    return compiled.live(month) if snapshot is None else compiled.frozen(snapshot)


def with_derived(period, own: list[Figure], of_month: Callable) -> list[Figure]:
    """`own`, and for every series that only the months have, one derived figure."""
    if period.kind not in LONGER:
        return own
    asked = {_key(one) for one in own}
    series: dict[tuple, dict[int, Figure]] = {}
    months = months_of(period)
    for month in months:
        for one in of_month(month):
            if _key(one) not in asked:
                series.setdefault(_key(one), {})[month.last] = one
    return [*own, *(_derive(found, months, period) for found in series.values())]


def _key(one: Figure) -> tuple:
    return one.indicator.pk, one.place.pk, one.channel


def _derive(found: dict[int, Figure], months, period) -> Figure:
    last = found[max(found)]
    said = {month: one for month, one in found.items() if one.state in compiled.SAID}
    lacking = [month for month in months if month.last not in said and _answers(found.get(month.last))]
    words = [f"{month.first}月" if month.first == month.last else f"{month.first}—{month.last}月" for month in lacking]
    words += [f"{number}月" for number in _uncovered(months, period)]
    reached = max(found) == period.last
    there = reached and last.state in compiled.SAID
    facts = {name: getattr(last, name) for name in compiled.IDENTITY}
    return Figure(
        **facts,
        state=last.state if reached else CellState.MISSING,
        value=last.value if there else None,
        span_value=_span(last, said) if there else None,
        check_state=last.check_state if there else "",
        counted=there and last.counted,
        lacking=tuple(words),
    )


def _answers(one) -> bool:
    """Whether the month lacks a figure: 不适用 is an answer."""
    return one is None or one.state != CellState.NOT_APPLICABLE


def _uncovered(months, period) -> list[int]:
    covered = {number for month in months for number in range(month.first, month.last + 1)}
    return [number for number in range(period.first, period.last + 1) if number not in covered]


def _span(last, said):
    if last.item.mode == EntryMode.STOCK:
        return last.value
    added = [one.span_value for one in said.values()]
    return None if None in added else sum(added)
