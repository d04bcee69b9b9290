"""Working days as a value: what is reckoned with it is the same on every machine and in every test."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of an office: Monday to Friday, with holidays and make-up days (调休) where they are known.

    `off`: weekdays that are holidays; `on`: weekend days that are worked; `years`: the years whose days are known.
    In every other year Monday to Friday are worked, but for single days that somebody entered.
    """

    years: frozenset[int] = field(default_factory=frozenset)
    off: frozenset[date] = field(default_factory=frozenset)
    on: frozenset[date] = field(default_factory=frozenset)

    def knows(self, year: int) -> bool:
        """Whether the holidays of that year have been published and entered."""
        return year in self.years

    def works(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return day in self.on or (day.weekday() < SATURDAY and day not in self.off)

    def next_workday(self, day: date) -> date:
        """`day` itself if it is worked, or the first working day after it."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def previous_workday(self, day: date) -> date:
        """`day` itself if it is worked, or the last working day before it."""
        while not self.works(day):
            day -= timedelta(days=1)
        return day

    def plus(self, day: date, n: int) -> date:
        """The `n`-th working day after `day` (before it where `n` is negative); `day` itself for 0."""
        step = timedelta(days=1 if n > 0 else -1)
        for _ in range(abs(n)):
            day += step
            while not self.works(day):
                day += step
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; negative where `end` is earlier."""
        return self._worked_until(end) - self._worked_until(start)

    def _worked_until(self, day: date) -> int:
        """Working days from 0001-01-01, a Monday, to `day`: counted, not walked, for lists ask for many rows."""
        weeks, rest = divmod(day.toordinal(), 7)
        return weeks * 5 + min(rest, 5) - bisect_right(self._taken, day) + bisect_right(self._given, day)

    @cached_property
    def _taken(self) -> list[date]:
        return sorted(day for day in self.off - self.on if day.weekday() < SATURDAY)

    @cached_property
    def _given(self) -> list[date]:
        return sorted(day for day in self.on if day.weekday() >= SATURDAY)
