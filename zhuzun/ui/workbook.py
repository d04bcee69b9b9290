"""The one way a table leaves the portal: xlsx and csv that every office program opens and that hold no live formula.

The sheet's XML is written by hand and streamed into the zip: many times faster than the common libraries, flat in
memory, and a text cell is an inline string, which no program ever takes for a formula. `zhuzun.documents.sheets` reads
every file written here back unchanged, values and texts alike.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any, BinaryIO, Literal
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from zhuzun.ui import workbook_parts as parts
from zhuzun.ui.formats import shown_width

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

Kind = Literal["text", "code", "number", "integer", "money", "percent", "date", "datetime"]
NUMBERS = frozenset({"number", "integer", "money", "percent"})

MAX_ROWS = 1_048_576  # what a sheet can hold
MAX_TEXT = 32_767  # what a cell can hold
CUT = "……（以下略，全文见系统）"
EXACT_DIGITS = (
    15  # a spreadsheet's numbers are floats: beyond this a digit would be lost, so the number goes out as text
)
SAMPLE = 200  # rows looked at to choose the widths

SHANGHAI = ZoneInfo("Asia/Shanghai")
EPOCH = date(1899, 12, 30)
FIRST_SAFE_DAY = date(1900, 3, 1)  # before it programs disagree: they count a 29 February 1900 that never was

# Control characters and lone surrogates are not allowed in XML; nothing readable is lost with them.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# What a program may take for a formula when it opens a csv (full-width forms too: some fold them first).
DANGEROUS = re.compile(r"[\s'\"\ufeff\u200b]*[=+\-@＝＋－＠|%]|[\t\r\n]")
BARE_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class Column:
    """A column of an exported table: its Chinese heading, what it holds, and its width in characters if not by content.

    Kinds: text (wrapped), code (numbers of papers, ids: never a number), number (as it is: a year), integer `#,##0`,
    money `#,##0.00`, percent (a fraction, `0.00%`), date, datetime (aware moments are shown in Shanghai time).
    """

    heading: str
    kind: Kind = "text"
    width: int | None = None


def write_xlsx(
    title: str,
    columns: Sequence[Column | str],
    rows: Iterable[Sequence],
    *,
    subtitle: str = "",
    footer: Sequence[str] = (),
) -> bytes:
    """The table as an xlsx file: title row, remark row (`subtitle`), frozen and repeated heading row, A4 landscape.

    `footer` are lines under the table, as the names and dates under an office form.
    """
    out = io.BytesIO()
    stream_xlsx(out, title, columns, rows, subtitle=subtitle, footer=footer)
    return out.getvalue()


def stream_xlsx(
    out: BinaryIO,
    title: str,
    columns: Sequence[Column | str],
    rows: Iterable[Sequence],
    *,
    subtitle: str = "",
    footer: Sequence[str] = (),
) -> None:
    """Write the table into the open binary file `out` row by row; memory stays flat for any number of rows."""
    columns = _columns(columns)
    rows = iter(rows)
    sample = list(islice(rows, SAMPLE))
    head = [clean(title)] + ([clean(subtitle)] if subtitle else [])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in parts.fixed(title, heading_row=len(head) + 1):
            package.writestr(_entry(name), text)
        with package.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            for piece in _sheet(head, columns, _widths(columns, sample), chain(sample, rows), footer):
                sheet.write(piece.encode())


def write_csv(columns: Sequence[Column | str], rows: Iterable[Sequence]) -> bytes:
    """The table as csv in UTF-8 with BOM, the form Excel and WPS open with Chinese intact."""
    return b"".join(stream_csv(columns, rows))


def stream_csv(columns: Sequence[Column | str], rows: Iterable[Sequence]) -> Iterator[bytes]:
    """The same csv, line by line."""
    columns = _columns(columns)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    headings = [column.heading for column in columns]
    for row in chain([headings], rows):
        writer.writerow([_csv_text(value) for _, value in zip(columns, row, strict=True)])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def clean(value: Any) -> str:
    """A value's text without the characters a file cannot hold; cut, and visibly so, at what a cell can hold."""
    text = ILLEGAL.sub("", str(value))
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(CUT)] + CUT


def guarded(text: str) -> str:
    """`text` for a csv cell: a leading quote goes before whatever could start a formula (and before a quote).

    `zhuzun.documents.reading.text.unguarded` undoes exactly this, so that an exported file comes back unchanged.
    """
    return f"'{text}" if text.startswith("'") or DANGEROUS.match(text) else text


def number_text(value: int | float | Decimal) -> str:
    """A number in plain digits, without exponent; a float as the shortest digits that mean it."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return format(exact, "f") if exact.is_finite() and abs(exact.adjusted()) < 300 else str(exact)


def _columns(columns: Sequence[Column | str]) -> list[Column]:
    made = [column if isinstance(column, Column) else Column(column) for column in columns]
    if not made:
        raise ValueError("a table needs at least one column")
    return made


def _entry(name: str) -> zipfile.ZipInfo:
    """A zip entry without the hour of its making: the same table is the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _sheet(
    head: list[str], columns: list[Column], widths: list[int], rows: Iterable[Sequence], footer: Sequence[str]
) -> Iterator[str]:
    letters = [letter(index) for index in range(1, len(columns) + 1)]
    heading_row = len(head) + 1
    yield parts.sheet_start(widths, heading_row)
    for number, text in enumerate(head, 1):
        yield f'<row r="{number}">{_text_cell(f"A{number}", text, "title" if number == 1 else "subtitle")}</row>'
    headings = [
        _text_cell(f"{at}{heading_row}", clean(c.heading), "heading") for at, c in zip(letters, columns, strict=True)
    ]
    yield f'<row r="{heading_row}">{"".join(headings)}</row>'
    kinds = [column.kind for column in columns]
    number = heading_row
    for number, row in enumerate(rows, heading_row + 1):
        if number > MAX_ROWS:
            raise ValueError(f"a sheet holds {MAX_ROWS} rows at most")
        cells = [_cell(f"{at}{number}", kind, value) for at, kind, value in zip(letters, kinds, row, strict=True)]
        yield f'<row r="{number}">{"".join(cells)}</row>'
    below = range(number + 1, number + 1 + len(footer))
    for line, text in zip(below, footer, strict=True):
        yield f'<row r="{line}">{_text_cell(f"A{line}", clean(text), "subtitle")}</row>'
    whole = [*range(1, heading_row), *below]
    yield parts.sheet_end([f"A{n}:{letters[-1]}{n}" for n in whole] if len(columns) > 1 else [])


def _cell(address: str, kind: str, value: Any) -> str:
    if value is None or value == "":
        return f'<c r="{address}" s="{parts.STYLES[kind]}"/>'
    if isinstance(value, bool):
        value = "是" if value else "否"
    if isinstance(value, int | float | Decimal) and _exact(value):
        style = parts.STYLES[kind if kind in NUMBERS else "number"]
        return f'<c r="{address}" s="{style}"><v>{number_text(value)}</v></c>'
    if isinstance(value, date) and (serial := _serial(value)):
        style = parts.STYLES["datetime" if isinstance(value, datetime) else "date"]
        return f'<c r="{address}" s="{style}"><v>{serial}</v></c>'
    return _text_cell(address, clean(_plain(value)), "code" if kind == "code" else "text")


def _text_cell(address: str, text: str, style: str) -> str:
    # Carriage returns and texts that look like an escape are escaped the way spreadsheets do it (_x000D_).
    safe = escape(LOOKS_ESCAPED.sub("_x005F_", text)).replace("\r", "_x000D_")
    return f'<c r="{address}" s="{parts.STYLES[style]}" t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'


def _exact(value: int | float | Decimal) -> bool:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite() or not -300 < exact.adjusted() < EXACT_DIGITS:
        return False
    return len(exact.as_tuple().digits) <= EXACT_DIGITS or len(exact.normalize().as_tuple().digits) <= EXACT_DIGITS


def _serial(value: date) -> str:
    """Days since 1899-12-30, moments to the second; empty before 1900-03-01, where programs disagree."""
    moment = _local(value)
    day = moment.date() if isinstance(moment, datetime) else moment
    if day < FIRST_SAFE_DAY:
        return ""
    days = (day - EPOCH).days
    if not isinstance(moment, datetime):
        return str(days)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return format(Decimal(days) + Decimal(seconds) / 86400, ".10f")


def _local(value: date) -> date:
    aware = isinstance(value, datetime) and value.tzinfo is not None
    return value.astimezone(SHANGHAI) if aware else value


def _plain(value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{_local(value):%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    if isinstance(value, date):
        return value.isoformat()
    return number_text(value) if isinstance(value, int | float | Decimal) else str(value)


def _csv_text(value: Any) -> str:
    text = clean(_plain(value))
    if isinstance(value, int | float | Decimal) and BARE_NUMBER.fullmatch(text):
        return text  # a negative number is a number, not a formula
    return guarded(text)


def _widths(columns: list[Column], sample: list[Sequence]) -> list[int]:
    by_row = [list(zip(columns, row, strict=True)) for row in sample]
    return [column.width or _width(column, [row[i][1] for row in by_row]) for i, column in enumerate(columns)]


def _width(column: Column, values: list) -> int:
    texts = [column.heading, *(_plain(value) for value in values)]
    longest = max(max(map(shown_width, text.split("\n")), default=0) for text in texts)
    extra = 4 if column.kind in NUMBERS else 2  # room for thousands commas
    return min(max(longest + extra, 6), 48)


def letter(index: int) -> str:
    """The letters of a column, 1 = A, 27 = AA."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
