"""Totals of a quarter, half-year or year from those of the shorter periods in it, by the rule of `tasks.derived`.

本年累计 and 期末数 are those of the last month; what the span added is derived. Where a month has no figure the derived
one says which (缺 9月); where the last one has none it is missing, never zero. What the period asks for itself stands
before what is derived.
"""

from collections.abc import Callable

from tasks import compiled, derived
from tasks.compiled import Figure
from tasks.kinds import CellState, EntryMode


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


def with_derived(period, own: list[Figure], of_part: Callable) -> list[Figure]:
    """`own`, and for every series that only shorter periods have, one derived figure."""
    if period.kind not in derived.LONG:
        return own
    asked = {_key(one) for one in own}
    series: dict[tuple, derived.Months] = {}
    last: dict[tuple, tuple] = {}
    for part in parts_of(period):
        for one in of_part(part):
            if _key(one) not in asked:
                months = series.setdefault(_key(one), derived.Months(one.item, one.place))
                months.item = one.item
                months.add(part, one.state, one.span_value if one.item.mode == EntryMode.SPAN else one.value)
                last[_key(one)] = (part, one)
    derived.before_the_portal(period, series)
    within = {key for key, (part, _) in last.items() if part.last >= period.first}
    return [*own, *(_derive(series[key], *last[key], period) for key in last if key in within)]


def parts_of(period) -> list:
    """The periods that it is derived from, and the ones that say what the year stood at before."""
    rows = derived.shorter_periods(period, before=True)
    return [part for part in rows if part.last >= period.first - 1]


def _key(one: Figure) -> tuple:
    return one.indicator.pk, one.place.pk, one.channel


def _derive(months, part, last, period) -> Figure:
    found = derived.derive(months, period.first, period.last)
    reached = part.last == period.last
    there = reached and last.state in compiled.SAID
    facts = {name: getattr(last, name) for name in compiled.IDENTITY}
    return Figure(
        **facts,
        state=last.state if reached else CellState.MISSING,
        value=last.value if there else None,
        span_value=found.value if there else None,
        check_state=last.check_state if there else "",
        counted=there and last.counted,
        lacking=tuple(f"{month}月" for month in found.missing),
    )
