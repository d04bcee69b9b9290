"""Reading 起止日期 as offices write it: 2026.1.1-2027.12.31, 2026年1月1日至今, 2026-01-01起."""

import re
from datetime import date

from zhuzun.documents import sheets
from zhuzun.documents.reading.text import key
from zhuzun.documents.sheets import Cell

_DAY = r"\d{4}(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}[日号]?|\d{8}"
_SPAN = re.compile(
    rf"(?:自|从)?(?P<start>{_DAY})(?:起|开始)?(?:(?:至|到|[-—–~―])+(?P<end>{_DAY}|今|长期)?(?:止)?|以来)?"
)
_OPEN = {None, "今", "长期"}


def span(cell: Cell) -> tuple[date | None, date | None]:
    """First and last day in one cell, the last one empty for 至今; raises `CellError`."""
    if cell.is_blank or cell.kind in "nd":
        return sheets.as_date(cell), None
    found = _SPAN.fullmatch(key(sheets.as_text(cell)))
    if not found:
        raise cell.error(
            f"「{sheets.as_text(cell)[:40]}」不是起止日期，请写成 2026-01-01至2027-12-31 或 2026-01-01至今。"
        )
    end = found["end"]
    return _day(cell, found["start"]), None if end in _OPEN else _day(cell, end)


def last_day(cell: Cell) -> date | None:
    """The last day in a column of its own; blank, 至今 and 长期 mean that it still runs."""
    if cell.kind == "s" and key(cell.text).lstrip("至") in ("", "今", "长期"):
        return None
    return sheets.as_date(cell)


def _day(cell: Cell, text: str) -> date:
    return sheets.as_date(Cell(cell.sheet, cell.address, "s", text))
