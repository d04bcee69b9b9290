"""What the package `chinesecalendar` knows: the State Council's holidays and make-up days, year by year."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import chinese_calendar

SINCE = 2020
SHORT = {"清明", "端午", "中秋"}  # the package's words that offices write with 节


class Published(NamedTuple):
    """A day as announced."""

    date: date
    works: bool
    name: str


def year_of(year: int) -> list[Published]:
    """All announced days of a year, holidays on weekends too; nothing for a year that the package does not know."""
    return [found for day in _days_of(year) if (found := day_of(day))]


def day_of(day: date) -> Published | None:
    """What was announced for `day`; nothing for an ordinary day and for a year that the package does not know."""
    try:
        works = chinese_calendar.is_workday(day)
        _, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    return Published(day, works, _chinese(name)) if name else None


def years() -> Iterator[int]:
    """The years from `SINCE` on that the package knows."""
    year = SINCE
    while day_of(date(year, 1, 1)):  # New Year's Day is a holiday in every one of them
        yield year
        year += 1


def _days_of(year):
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def _chinese(name):
    chinese = next(one.chinese for one in chinese_calendar.Holiday if one.value == name)
    return f"{chinese}节" if chinese in SHORT else chinese
