"""THE spreadsheet reader of the portal: bytes of an xlsx or csv → rows whose every value knows its cell.

    sheet = sheets.read(data, filename="结对.xlsx", columns=[Column("遵义方", aliases=("西部县",)), Column("起始日期")])
    for row in sheet.rows:
        day = sheets.as_date(row["起始日期"])       # CellError: 「结对」表 C7：「2021.13.1」不是日期，…

The heading is found by its names wherever it stands; title rows, 合计 rows, blank rows and the signatures under the
table are passed over and told in `sheet.notes`. What cannot be read is refused with a `DomainError` saying what to do.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from zhuzun.documents import sandbox
from zhuzun.documents.reading.text import key, trimmed
from zhuzun.errors import DomainError

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 10_000
SECONDS = 8
MEGABYTES = 160
ERRORS_SHOWN = 10

_TOO_SLOW = "文件过于复杂，未能在规定时间内读完。请只保留需要上传的工作表，另存为 .xlsx 后重新上传。"
_TOO_HEAVY = "文件过大或过于复杂，无法读取。请只保留需要上传的工作表，删除多余的空行和格式，另存为 .xlsx 后重新上传。"

_DAY = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT_DAY = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SERIALS = range(20_000, 80_000)  # 1954–2119: a number that may be a spreadsheet's day, while a year or a count is not
_DAYS_BETWEEN_EPOCHS = 1_462


@dataclass(frozen=True)
class Column:
    """A column to be read: the name it is asked for by, other headings it may bear, whether it must be there."""

    name: str
    aliases: Sequence[str] = ()
    required: bool = True


class CellError(DomainError, ValueError):
    """A value that cannot be taken; the message names the cell («「结对」表 C7»), `address` is that place.

    It is a ValueError too, which is what django-import-export expects of a value it shall report beside its column.
    """

    def __init__(self, address: str, message: str):
        super().__init__(f"{address}：{message}" if address else message)
        self.address = address
        self.reason = message


class Cell:
    """A cell: where it stands and what stands in it. Take values with `as_text`, `as_date`, `as_int`, `as_decimal`."""

    __slots__ = ("_from_1904", "address", "kind", "sheet", "text")

    def __init__(self, sheet: str, address: str, kind: str = "s", text: str = "", *, from_1904: bool = False):
        self.sheet = sheet
        self.address = address
        self.kind = kind
        self.text = text  # exactly as in the file; numbers in digits, dates in ISO form
        self._from_1904 = from_1904

    def __repr__(self):
        return f"<Cell {self.where} {self.kind} {self.text!r}>"

    @property
    def where(self) -> str:
        """「结对」表 C7."""
        return f"「{self.sheet}」表 {self.address}" if self.sheet else self.address

    @property
    def is_blank(self) -> bool:
        return self.kind == "s" and not trimmed(self.text)

    @property
    def fault(self) -> str:
        """Why the cell itself cannot be used, whatever is expected of it; empty for a sound one."""
        if self.kind == "e":
            return f"公式结果是错误值 {self.text[:20]}，请改正后重新上传。"
        if self.kind == "f":
            return "公式没有计算结果，请用 WPS 或 Excel 打开并保存后重新上传。"
        if self.kind == "m":
            return f"位于合并单元格 {self.text}，数字无法分到各行，请取消合并后逐行填写。"
        return ""

    @property
    def value(self) -> Any:
        """The plain value: None, trimmed text, Decimal or date (a moment stays text); raises `CellError`."""
        if self.kind == "n":
            return as_decimal(self)
        if self.kind == "d" and " " not in self.text:
            return as_date(self)
        return as_text(self) or None

    def error(self, message: str) -> CellError:
        """A refusal of this cell, for rules beyond the form of its value."""
        return CellError(self.where, message)


class Row:
    """A row of data; `row["遵义方"]` is a cell, a blank one where the file has no such column."""

    __slots__ = ("cells", "columns", "number", "sheet")

    def __init__(self, sheet: str, number: int, cells: dict[str, Cell], columns: Collection[str]):
        self.sheet = sheet
        self.number = number
        self.cells = cells
        self.columns = columns

    def __contains__(self, name: str) -> bool:
        """Whether the file has this column: one it does not have says nothing, which is not the same as blank."""
        return name in self.columns

    def __getitem__(self, name: str) -> Cell:
        return self.cells[name]

    @property
    def where(self) -> str:
        """「结对」表第 7 行."""
        return f"「{self.sheet}」表第 {self.number} 行" if self.sheet else f"第 {self.number} 行"


@dataclass(frozen=True)
class Sheet:
    """What was read: the sheet's name ('' for csv), the columns found, the rows, and remarks for the preview."""

    name: str
    heading_row: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    def faults(self) -> Iterator[CellError]:
        """Cells that cannot be used whatever is expected of them: error values, formulas without a value."""
        for row in self.rows:
            for cell in row.cells.values():
                if cell.fault:
                    yield cell.error(cell.fault)

    def refuse_faults(self) -> None:
        """Refuse the file when it has such cells, naming the first of them."""
        refuse_all(list(self.faults()))


def refuse_all(errors: Sequence[DomainError]) -> None:
    """Raise one `DomainError` that names the errors (ten, and how many more); nothing when there are none."""
    if errors:
        rest = len(errors) - ERRORS_SHOWN
        more = [f"另有 {rest} 处问题。"] if rest > 0 else []
        raise DomainError("\n".join([error.message for error in errors[:ERRORS_SHOWN]] + more))


def read(
    data: bytes,
    *,
    filename: str,
    columns: Sequence[Column],
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
    skip_totals: bool = True,
) -> Sheet:
    """Read the table with these columns from an xlsx or csv; raises `DomainError` (Chinese, saying what to do).

    An empty `filename` leaves the kind to the content alone. `skip_totals=False` keeps 合计 rows as data.
    """
    if len(data) > max_bytes:
        raise DomainError(f"文件超过 {max_bytes // (1024 * 1024)} MB，请删除无关内容或分次上传。")
    question = {
        "filename": filename,
        "columns": [[column.name, list(column.aliases), column.required] for column in columns],
        "max_rows": max_rows,
        "skip_totals": skip_totals,
    }
    answer = _ask(json.dumps(question).encode() + b"\n" + data)
    if "refused" in answer:
        raise DomainError(answer["refused"])
    return _sheet(answer, columns)


def _ask(request: bytes) -> dict:
    try:
        return json.loads(sandbox.run("reading.child:read", request, seconds=SECONDS, megabytes=MEGABYTES))
    except sandbox.Killed as killed:
        raise DomainError(_TOO_SLOW if killed.slow else _TOO_HEAVY) from killed


def _sheet(answer: dict, columns: Sequence[Column]) -> Sheet:
    name, letters, epoch = answer["sheet"], answer["columns"], answer["from_1904"]
    rows = []
    for number, found in answer["rows"]:
        cells = {}
        for column in columns:
            kind, text = found.get(column.name, ("s", ""))
            address = f"{letters[column.name]}{number}" if column.name in letters else f"第 {number} 行"
            cells[column.name] = Cell(name, address, kind, text, from_1904=epoch)
        rows.append(Row(name, number, cells, letters.keys()))
    return Sheet(name, answer["heading_row"], tuple(letters), tuple(rows), tuple(_notes(answer)))


def _notes(answer: dict) -> Iterator[str]:
    if answer["others"]:
        others = "、".join(f"「{other}」" for other in answer["others"])
        yield f"读取的是「{answer['sheet']}」表；其他工作表未读取：{others}。"
    if answer["skipped"]:
        rows = "、".join(f"第 {number} 行（{reason}）" for number, reason in answer["skipped"][:ERRORS_SHOWN])
        more = f"等 {len(answer['skipped'])} 行" if len(answer["skipped"]) > ERRORS_SHOWN else ""
        yield f"以下各行不作为数据：{rows}{more}。"
    if answer["hidden_rows"]:
        yield f"表中有 {answer['hidden_rows']} 行被隐藏，也已读取。"


def as_text(cell: Cell) -> str:
    """The text without blanks at its ends, '' for a blank cell. Width stays as typed: ，（） belong to it."""
    if cell.fault:
        raise cell.error(cell.fault)
    if cell.kind == "n" and abs(Decimal(cell.text)) >= Decimal(10) ** 15:
        raise cell.error("位数过多，表格已不能保留全部数字，请把单元格设为文本格式后重新填写。")
    return format(Decimal(cell.text), "f") if cell.kind == "n" else trimmed(cell.text)


def as_name(cell: Cell) -> str:
    """For looking up names, aliases, codes: width folded (NFKC), every blank removed: 「务川　县」 is 「务川县」."""
    return key(as_text(cell))


def as_date(cell: Cell) -> date | None:
    """The day, None for a blank cell. Takes 2021-07-22, 2021/7/22, 2021.7.22, 2021年7月22日, 20210722, date cells."""
    text = _folded(as_text(cell))
    if not text:
        return None
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    try:
        if found:
            return _office_day(*map(int, found.groups()))
        if cell.kind == "n" and Decimal(text) in _SERIALS:
            start = date(1899, 12, 30) + timedelta(days=_DAYS_BETWEEN_EPOCHS if cell._from_1904 else 0)
            return start + timedelta(days=int(text))
    except ValueError as error:
        raise cell.error(_not_a_day(cell)) from error
    raise cell.error(_not_a_day(cell))


def _office_day(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2100:
        raise ValueError("no day of an office")
    return date(year, month, day)


def _not_a_day(cell: Cell) -> str:
    return f"「{_shown(cell)}」不是日期，请写成 2021-07-22 的形式。"


def as_decimal(cell: Cell) -> Decimal | None:
    """The number, None for a blank cell. Takes 1234.5, 1,234.5 and full-width 1，234.5; a percent sign is refused."""
    text = _folded(as_text(cell))
    if not text:
        return None
    if text.endswith("%"):
        raise cell.error(f"「{_shown(cell)}」带百分号，请只填数字。")
    if not _NUMBER.fullmatch(text):
        raise cell.error(f"「{_shown(cell)}」不是数字，请只填数字，不带单位和文字。")
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise cell.error(f"「{_shown(cell)}」不是数字，请只填数字，不带单位和文字。") from error


def as_int(cell: Cell) -> int | None:
    """The whole number, None for a blank cell; 12.0 is 12, 12.5 is refused."""
    number = as_decimal(cell)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise cell.error(f"「{_shown(cell)}」不是整数，请填整数。")
    return int(number)


def _folded(text: str) -> str:
    return trimmed(unicodedata.normalize("NFKC", text)).replace("−", "-")


def _shown(cell: Cell) -> str:
    text = as_text(cell)
    return text if len(text) <= 40 else f"{text[:40]}…"
