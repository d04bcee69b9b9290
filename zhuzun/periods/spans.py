"""The spans that reports count: months, quarters, halves, years; merged, skipped, or from the 26th to the 25th."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from zhuzun.errors import DomainError

LATEST_FIRST_DAY = 28  # every month has it
NUMERALS = "零一二三四"


class SpanKind(models.TextChoices):
    """How long a span is."""

    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    HALF = "half", "半年"
    YEAR = "year", "年度"
    ONCE = "once", "一次性"


# How many months one unit of a kind has; a one-off span is not made of units.
MONTHS_IN = {SpanKind.MONTH: 1, SpanKind.QUARTER: 3, SpanKind.HALF: 6, SpanKind.YEAR: 12}


@dataclass(frozen=True)
class Span:
    """What one period counts: months `first` to `last` of `year`, from `start` to `end`, both days included."""

    kind: str
    year: int
    first: int
    last: int
    start: date
    end: date

    @property
    def crosses_years(self) -> bool:
        """Whether it is a one-off that runs over the turn of the year. (The month from 26 December is January's.)"""
        return self.kind == SpanKind.ONCE and self.start.year != self.end.year

    @property
    def starts_year(self) -> bool:
        """Whether nothing of its year lies before it: what is cumulated at its end was then all added in it."""
        if self.kind == SpanKind.ONCE:
            return (self.start.month, self.start.day) == (1, 1) and not self.crosses_years
        return self.first == 1

    @property
    def label(self) -> str:
        """As it stands in a title: 2026年10月, 2026年1—2月, 2026年第三季度, 2026年上半年, 2026年.

        A span that does not begin on the first of a month says its days, for it is another one than the calendar's:
        2026年10月（9月26日至10月25日）.
        """
        if self.kind == SpanKind.ONCE:
            return f"{self.start.year}年{_once(self)}"
        return f"{self.year}年{_WORDS[self.kind](self)}{_own_days(self)}"

    def __str__(self):
        return self.label


def one_off(start: date, end: date) -> Span:
    """The span of a one-off report: it counts the days that its plan names.

    Across the turn of the year it belongs to the year of its last day, as what is cumulated at that day does
    (本年累计): the months of it are those of that year.
    """
    if end < start:
        raise DomainError("统计截止日期不能早于起始日期。", "end")
    first = start.month if start.year == end.year else 1
    return Span(SpanKind.ONCE, end.year, first, end.month, start, end)


def spans_of_year(kind, year: int, *, groups=None, first_day: int = 1) -> list[Span]:
    """All spans of a kind in a year, in order.

    `groups` merges and skips: `[[1, 2], [3], …]` are the numbers of months (quarters, halves) that make one span each,
    and a number that stands nowhere is not asked for. `first_day` is 1 for calendar months; any other day d counts each
    month from the d-th of the month before to the day before the d-th (26: 上月26日至本月25日).
    """
    kind = SpanKind(kind)
    if not 1 <= first_day <= LATEST_FIRST_DAY:
        raise DomainError("统计起始日须在1日至28日之间。", "first_day")
    if kind == SpanKind.ONCE:
        return []
    months = MONTHS_IN[kind]
    found = []
    for group in checked_groups(kind, groups):
        first, last = (group[0] - 1) * months + 1, group[-1] * months
        found.append(Span(kind, year, first, last, *_days(year, first, last, first_day)))
    return found


def ended_before(kind, day: date, *, since: date, groups=None, first_day: int = 1) -> list[Span]:
    """The spans that must be open on `day`, in order: they ended before it and began on or after `since`."""
    years = range(since.year, day.year + 1)
    spans = (span for year in years for span in spans_of_year(kind, year, groups=groups, first_day=first_day))
    return [span for span in spans if span.start >= since and span.end < day]


def checked_groups(kind, groups: Iterable[Iterable[int]] | None) -> list[list[int]]:
    """`groups` in order: each a run of numbers that the kind has and that stand in no other; by default all single."""
    units = 12 // MONTHS_IN[SpanKind(kind)]
    if not groups:
        return [[number] for number in range(1, units + 1)]
    found = sorted(sorted(group) for group in groups)
    numbers = [number for group in found for number in group]
    if not all(found) or not set(numbers) <= set(range(1, units + 1)):
        raise DomainError(f"合并或跳过的期次须为1至{units}的数字。", "groups")
    if len(set(numbers)) < len(numbers):
        raise DomainError("同一期次只能出现一次。", "groups")
    if any(group[-1] - group[0] != len(group) - 1 for group in found):
        raise DomainError("只能合并相邻的期次。", "groups")
    return found


def _days(year, first, last, first_day):
    if first_day == 1:
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    start = date(year, first - 1, first_day) if first > 1 else date(year - 1, 12, first_day)
    return start, date(year, last, first_day) - timedelta(days=1)


def _months(span):
    return f"{span.first}月" if span.first == span.last else f"{span.first}—{span.last}月"


def _quarters(span):
    first, last = (span.first + 2) // 3, span.last // 3
    joint = {0: "", 1: "、"}.get(last - first, "至")
    return f"第{NUMERALS[first]}{joint}{NUMERALS[last] if joint else ''}季度"


def _halves(span):
    return {(1, 6): "上半年", (7, 12): "下半年"}.get((span.first, span.last), "")


def _year(span):
    return ""


def _own_days(span):
    if span.start.day == 1:
        return ""
    year = f"{span.start.year}年" if span.start.year != span.end.year else ""
    until = f"{span.end.year}年" if year else ""
    return f"（{year}{span.start.month}月{span.start.day}日至{until}{span.end.month}月{span.end.day}日）"


def _once(span):
    first = f"{span.start.month}月{span.start.day}日"
    if span.end == span.start:
        return first
    year = f"{span.end.year}年" if span.crosses_years else ""
    return f"{first}至{year}{span.end.month}月{span.end.day}日"


_WORDS = {
    SpanKind.MONTH: _months,
    SpanKind.QUARTER: _quarters,
    SpanKind.HALF: _halves,
    SpanKind.YEAR: _year,
}
