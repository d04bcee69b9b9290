"""What is done with the calendar: read as a value, fill, set a day, enter a year. Each act is told to the trail."""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from zhuzun.errors import DomainError
from zhuzun.happenings import announce
from zhuzun.periods import changes, pasted, published
from zhuzun.periods.calendar import SATURDAY, WorkCalendar
from zhuzun.periods.models import CalendarDay, CalendarYear, Source, word_of

FIRST_YEAR, LAST_YEAR = published.SINCE, 2099
PERMISSION = "periods.edit_calendar"


class Changed(NamedTuple):
    """The year whose calendar was changed, and the open due days that would move by it."""

    year: CalendarYear
    moves: list[changes.Move]


def current_calendar() -> WorkCalendar:
    """The calendar as it stands now, in one query; asked for anew each time, so that no process has an old one."""
    rows = CalendarYear.objects.order_by().values_list("year", "loaded_at", "days__date", "days__works")
    years, off, on = set(), set(), set()
    for year, loaded_at, day, works in rows:
        if loaded_at:
            years.add(year)
        if day and works == (day.weekday() >= SATURDAY):
            (on if works else off).add(day)
    return WorkCalendar(frozenset(years), frozenset(off), frozenset(on))


@transaction.atomic
def seed(*, now) -> int:
    """Fill the years that the package knows and nobody has entered; a day set by hand stays. Gives the days added."""
    known = set(CalendarYear.objects.filter(loaded_at__isnull=False).values_list("year", flat=True))
    return sum(_fill(year, now) for year in published.years() if year not in known)


def set_day(day: date, *, works: bool, name: str, reason: str, actor, now) -> Changed:
    """`day` is worked, or is not, whatever was announced: a typhoon, a local rule, a make-up day."""
    actor.decide(PERMISSION).enforce()
    name = name.strip()
    _check_day(day, name, reason)
    with transaction.atomic():
        year, before = _locked(day.year), current_calendar()
        row = CalendarDay.objects.filter(date=day).first() or CalendarDay(date=day, year=year)
        old = row.in_words if row.pk else ""
        if row.pk and (row.works, row.name) == (works, name):
            raise DomainError(f"{day}已是“{old}”，没有改动。")
        row.works, row.name, row.source, row.edited = works, name, Source.HAND, True
        row.save()
        return _told("calendar.set_day", year, {str(day): [old, row.in_words]}, before, reason, actor, now)


def clear_day(day: date, *, reason: str, actor, now) -> Changed:
    """Take back what was set by hand: the day is again what was announced, or an ordinary day of its week."""
    actor.decide(PERMISSION).enforce()
    if not reason.strip():
        raise DomainError("请填写原因。", "reason")
    with transaction.atomic():
        year, before = _locked(day.year), current_calendar()
        row = CalendarDay.objects.filter(date=day, edited=True).first()
        if row is None:
            raise DomainError(f"{day}没有人工登记，可能已被他人恢复，请刷新后核对。")
        old, announced = row.in_words, published.day_of(day)
        if announced:
            row.works, row.name, row.source, row.edited = announced.works, announced.name, Source.PACKAGE, False
            row.save()
        else:
            row.delete()
        new = row.in_words if announced else f"{word_of(day.weekday() < SATURDAY)}（平常日）"
        return _told("calendar.clear_day", year, {str(day): [old, new]}, before, reason, actor, now)


def enter_year(year: int, *, text: str, seen: str, reason: str, actor, now) -> Changed:
    """The whole calendar of a year as lines «2027-01-01 休 元旦»; `seen` is what the form showed as it was opened.

    What the text does not name becomes an ordinary day, also what was set by hand. One wrong line: nothing is saved.
    """
    actor.decide(PERMISSION).enforce()
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DomainError(f"只能录入{FIRST_YEAR}年至{LAST_YEAR}年。")
    reading = pasted.read_year(text, year)
    if reading.errors:
        raise DomainError("\n".join(reading.errors), "text")
    if not reason.strip():
        raise DomainError("请填写原因。", "reason")
    with transaction.atomic():
        row, before = _locked(year), current_calendar()
        if seen.splitlines() != as_lines(year).splitlines():
            raise DomainError("本年度日历在您打开页面后已被他人修改，未保存。请另开页面核对后重新录入。", "text")
        detail = _replace(row, reading.days)
        if not detail and row.loaded_at:
            raise DomainError("没有改动。", "text")
        row.source, row.loaded_at = Source.PASTED, now
        row.save()
        return _told("calendar.enter_year", row, detail, before, reason, actor, now)


def as_lines(year: int) -> str:
    """The year as it stands, in the form in which it is entered."""
    return "\n".join(f"{row.date} {row.in_words}" for row in CalendarDay.objects.filter(year=year))


def _check_day(day, name, reason):
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DomainError(f"只能登记{FIRST_YEAR}年至{LAST_YEAR}年的日期。", "day")
    if not name:
        raise DomainError("请填写名称，如 国庆节。", "name")
    if len(name) > pasted.LONGEST_NAME:
        raise DomainError(f"名称不超过{pasted.LONGEST_NAME}个字。", "name")
    if not reason.strip():
        raise DomainError("请填写原因。", "reason")


def _locked(year):
    """The year's row, held until the end of the transaction: two people change one year one after the other."""
    CalendarYear.objects.get_or_create(year=year)
    return CalendarYear.objects.select_for_update().get(year=year)


def _fill(year, now):
    row = _locked(year)
    if row.loaded_at:  # another process was quicker
        return 0
    row.source, row.loaded_at = Source.PACKAGE, now
    row.save()
    taken = set(row.days.values_list("date", flat=True))
    days = [day for day in published.year_of(year) if day.date not in taken]
    CalendarDay.objects.bulk_create(CalendarDay(year=row, source=Source.PACKAGE, **day._asdict()) for day in days)
    announce("calendar.load", actor=None, now=now, obj=row, detail={"天数": len(days)})
    return len(days)


def _replace(year, days):
    """Make the year's rows what `days` says; gives what changed, day by day, for the trail."""
    have = {row.date: row for row in year.days.all()}
    wanted = {day.date: day for day in days}
    detail = {}
    for when in sorted({*have, *wanted}):
        old, new = have.get(when), wanted.get(when)
        if old and new and (old.works, old.name) == (new.works, new.name):
            continue
        detail[str(when)] = [old.in_words if old else "", f"{word_of(new.works)} {new.name}" if new else ""]
        if new is None:
            old.delete()
            continue
        row = old or CalendarDay(year=year, date=when)
        row.works, row.name, row.source, row.edited = new.works, new.name, Source.PASTED, True
        row.save()
    return detail


def _told(action, year, detail, before, reason, actor, now):
    announce(action, actor=actor, now=now, obj=year, reason=reason, detail=detail)
    return Changed(year, changes.moves(before, current_calendar()))
