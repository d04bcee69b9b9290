"""Which number formats show a date, and what day a spreadsheet's number means."""

import re
from datetime import datetime, timedelta

# Built-in formats that show a date or a moment; 27–36 and 50–58 are the Chinese ones.
DATE_FORMATS = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_MARK = re.compile(r"[yd]|mmm|(?<![0#?.])e(?![+-])")  # e is the year in Chinese formats, but not in 0.00E+00
LAST_SERIAL = 2_958_465  # 9999-12-31


def is_date_format(code: str) -> bool:
    """Whether a custom format shows year, month or day."""
    shown = _NOT_SHOWN.sub("", code.split(";")[0]).lower()
    return "general" not in shown and _DATE_MARK.search(shown) is not None


def moment(serial: float, from_1904: bool) -> str | None:
    """The ISO date or date and time of a serial number; None where there is no such day."""
    if not 1 <= serial <= LAST_SERIAL or (not from_1904 and 60 <= serial < 61):
        return None
    # Day 60 is a 29 February 1900 that never was; before it the count starts a day later.
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31 if serial < 60 else 30)
    try:
        found = start + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return None
    return found.isoformat(" ") if found.time() != datetime.min.time() else found.date().isoformat()
