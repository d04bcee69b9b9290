"""How dates, times and numbers are written on a page: figures are formatted here, not cell by cell in templates."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from zhuzun.numbers import rounded

NOTHING = "—"
# How people type a date; the first is how it is written.
DAY_FORMATS = ["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]


def as_date(value: date | datetime | None) -> date | None:
    """The business date (Asia/Shanghai) of a date or moment."""
    if isinstance(value, datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return value


def day(value: date | datetime | None) -> str:
    """2026-11-23, as in tables; empty for nothing."""
    value = as_date(value)
    return f"{value:%Y-%m-%d}" if value else ""


def long_day(value: date | datetime | None) -> str:
    """2026年11月23日, as in text and papers; empty for nothing."""
    value = as_date(value)
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def span(start: date | None, end: date | None) -> str:
    """From a first to a last day, both included: 2021-07-22 至 2025-12-31, 2021-07-22 起."""
    if start and end:
        return f"{day(start)} 至 {day(end)}"
    if start:
        return f"{day(start)} 起"
    return f"至 {day(end)}" if end else ""


def moment(value: datetime | None) -> str:
    """2026-11-23 10:32 in Asia/Shanghai; empty for nothing."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


def thousands(value: int | Decimal | None, decimals: int | None = None) -> str:
    """1,234,567 or 1,234.50 (rounded half up); a dash where there is no value, which is not the same as 0."""
    if value is None or value == "":
        return NOTHING
    if decimals is not None:
        value = rounded(Decimal(value), decimals)
    return f"{value:,}"


def one_line(text: str) -> str:
    """What was typed or pasted, on one line, without blanks around it or two of them together."""
    return " ".join(text.split())


def shown_width(text: str) -> int:
    """Width on paper and in a terminal, at most of the first 100 characters: a Chinese one takes two places."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text[:100])
