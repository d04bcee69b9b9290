"""A year typed or pasted as lines «2027-01-01 休 元旦»: every line is read before anything is said."""

import re
from datetime import datetime
from typing import NamedTuple

from zhuzun.periods.published import Published
from zhuzun.ui.formats import DAY_FORMATS

WORDS = {"休": False, "班": True}
LONGEST_NAME = 30
MOST_LINES = 200
GAP = re.compile(r"[\s,，、;；]+")


class Reading(NamedTuple):
    """The days that were read, and what is wrong, line by line."""

    days: list[Published]
    errors: list[str]


def read_year(text: str, year: int) -> Reading:
    """The days of `year` in `text`; blank lines count for nothing, blanks, tabs and commas part the columns."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        return Reading([], [f"共{len(lines)}行，一年最多{MOST_LINES}行，请核对粘贴的内容。"])
    days, errors, seen = [], [], {}
    for number, line in lines:
        found, error = _read_line(line, year)
        if found and found.date in seen:
            error = f"{found.date}与第{seen[found.date]}行重复。"
        if error:
            errors.append(f"第{number}行：{error}")
        else:
            days.append(found)
            seen[found.date] = number
    if not lines:
        errors.append("请至少填写一行。")
    return Reading(sorted(days), errors)


def _read_line(line, year):
    parts = GAP.split(line, maxsplit=2)
    if len(parts) < 3 or not parts[2]:
        return None, f"“{line[:40]}”应为日期、休或班、名称三项，如 {year}-01-01 休 元旦。"
    day, word, name = parts
    when = _day(day)
    if when is None:
        return None, f"“{day[:40]}”不是日期，请写成 {year}-01-01。"
    return (None, error) if (error := _wrong(when, word, name, year)) else (Published(when, WORDS[word], name), "")


def _wrong(when, word, name, year):
    if when.year != year:
        return f"{when}不在{year}年。"
    if word not in WORDS:
        return f"“{word[:40]}”应为休或班。"
    if len(name) > LONGEST_NAME:
        return f"名称超过{LONGEST_NAME}个字。"
    return ""


def _day(text):
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
