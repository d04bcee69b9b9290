"""A year laid out for the page: twelve months in weeks from Monday to Sunday, and its holidays in one line each."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from zhuzun.periods.calendar import WorkCalendar
from zhuzun.periods.models import CalendarDay, word_of

WEEK = "一二三四五六日"


@dataclass(frozen=True)
class Cell:
    """One day as drawn; `mark` is 休 or 班 where the day has an entry, `tone` the colour that goes with it."""

    date: date
    works: bool
    row: CalendarDay | None

    @property
    def mark(self) -> str:
        return self.row.word if self.row else ""

    @property
    def tone(self) -> str:
        if self.row:
            return "on" if self.works else "off"
        return "work" if self.works else "weekend"

    @property
    def said(self) -> str:
        """For the tip and whoever hears the page: «星期四，休 国庆节（人工登记）»."""
        if not self.row:
            return f"星期{WEEK[self.date.weekday()]}"
        by_hand = "（人工登记）" if self.row.edited else ""
        return f"星期{WEEK[self.date.weekday()]}，{self.row.in_words}{by_hand}"


class Month(NamedTuple):
    """A month: its weeks, with nothing for days of its neighbours, and how many of its days are worked."""

    number: int
    weeks: list[list[Cell | None]]
    workdays: int


class Holiday(NamedTuple):
    """What belongs to one name: days off and make-up days in words, and how many days are off."""

    name: str
    off: str
    on: str
    days_off: int


def months_of(year: int, calendar: WorkCalendar, rows: Iterable[CalendarDay]) -> list[Month]:
    """The twelve months of `year`."""
    entered = {row.date: row for row in rows}
    return [_month(year, number, calendar, entered) for number in range(1, 13)]


def holidays_of(rows: Iterable[CalendarDay]) -> list[Holiday]:
    """The entries by name, in the order of their first days off: 春节 2月15日至23日 休, 2月14日、2月28日 班."""
    rows = sorted(rows, key=lambda row: row.date)
    by_name: dict[str, list[CalendarDay]] = {row.name: [] for row in sorted(rows, key=lambda row: row.works)}
    for row in rows:
        by_name[row.name].append(row)
    return [_holiday(name, rows) for name, rows in by_name.items()]


def _month(year, number, calendar, entered):
    weeks = [
        [Cell(day, calendar.works(day), entered.get(day)) if day.month == number else None for day in week]
        for week in Calendar().monthdatescalendar(year, number)
    ]
    return Month(number, weeks, sum(cell.works for week in weeks for cell in week if cell))


def _holiday(name, rows):
    off = [row.date for row in rows if not row.works]
    return Holiday(name, _runs(off), _runs([row.date for row in rows if row.works]), len(off))


def _runs(days):
    """Days in words, those that follow each other as from–to."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(_run(run[0], run[-1]) for run in runs)


def _run(first, last):
    start = f"{first.month}月{first.day}日"
    if first == last:
        return start
    return f"{start}至{last.day}日" if first.month == last.month else f"{start}至{last.month}月{last.day}日"


def entered_by_hand(rows: Iterable[CalendarDay]) -> list[dict]:
    """The days that somebody set, with what the page says of each."""
    return [
        {"row": row, "week": f"星期{WEEK[row.date.weekday()]}", "word": word_of(row.works)}
        for row in rows
        if row.edited
    ]
