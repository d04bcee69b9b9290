"""The rows of one worksheet, streamed: every cell as a kind and the text that stands in the file.

Kinds: s text, n number (decimal digits), d date or moment (ISO), b 是/否, e error value (#REF! …), f formula without a
value, and from `table` m a number in merged cells.
"""

import math
import re
from collections.abc import Callable

from . import faults, limits, xml
from .dates import moment
from .faults import Unreadable
from .text import legal, letter, unescaped
from .workbook import SheetPart, Workbook

Cells = dict[int, tuple[str, str]]
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LETTER_VALUE = {chr(64 + value): value for value in range(1, 27)}


class SheetReader:
    """Feeds the rows of a worksheet to `sink(row number, cells)`; `merged` and `hidden_rows` are known at the end."""

    def __init__(self, workbook: Workbook, sheet: SheetPart, sink: Callable[[int, Cells], None]):
        self._workbook, self._sheet, self._sink = workbook, sheet, sink
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows = 0
        self._row = self._column = 0
        self._row_digits = ""
        self._columns: dict[str, int] = {}  # letters already understood
        self._cells: Cells = {}
        self._kind, self._style, self._formula = "n", 0, False
        self._value: list[str] = []
        self._open = self._phonetic = False
        self._starts = {"row": self._start_row, "c": self._start_cell, "mergeCell": self._start_merge}

    def read(self) -> None:
        """Read the sheet to its end, or until the sink has enough."""
        if self._sheet.part not in self._workbook.package.names:
            raise Unreadable(faults.DAMAGED)
        xml.parse(self._workbook.package.chunks(self._sheet.part), self._start, self._end, self._text)

    def _start(self, name, attributes):
        if name == "v" or (name == "t" and not self._phonetic):
            self._open = True
        elif name in self._starts:
            self._starts[name](attributes)
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._phonetic = True

    def _text(self, data):
        if self._open:
            self._value.append(data)

    def _end(self, name):
        if name in {"v", "t"}:
            self._open = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._sink(self._row, self._cells)
        elif name == "rPh":
            self._phonetic = False

    def _start_row(self, attributes):
        number = int(attributes.get("r", self._row + 1))
        if not self._row < number <= limits.LAST_ROW:
            raise Unreadable(faults.DAMAGED)
        self._row, self._column, self._cells, self._row_digits = number, 0, {}, str(number)
        self.hidden_rows += attributes.get("hidden") in {"1", "true"}

    def _start_cell(self, attributes):
        self._column = self._column_of(attributes["r"]) if "r" in attributes else self._column + 1
        if self._column > limits.LAST_COLUMN:
            raise Unreadable(faults.DAMAGED)
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", 0))
        self._formula, self._value = False, []

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        if reference[len(letters) :] != self._row_digits:
            raise Unreadable(faults.DAMAGED)
        column = self._columns.get(letters)
        if column is None:
            if not _REFERENCE.fullmatch(reference):
                raise Unreadable(faults.DAMAGED)
            column = self._columns[letters] = _number(letters)
        return column

    def _start_merge(self, attributes):
        if len(self.merged) >= limits.MERGED_RANGES:
            raise Unreadable(faults.BOMB)
        first, _, last = attributes["ref"].partition(":")
        corners = [_REFERENCE.fullmatch(corner) for corner in (first, last or first)]
        if None in corners:
            raise Unreadable(faults.DAMAGED)
        (left, top), (right, bottom) = [(_number(corner[1]), int(corner[2])) for corner in corners]
        self.merged.append((left, top, right, bottom))

    def _end_cell(self):
        text = "".join(self._value)
        if len(text) > limits.CELL_CHARACTERS * 2:
            raise Unreadable(self._at("文字过长，请缩短后重新上传。"))
        made = self._made(text)
        if made is not None:
            self._cells[self._column] = made

    def _made(self, text: str) -> tuple[str, str] | None:
        kind = self._kind
        if kind == "s":
            return ("s", self._workbook.strings[self._shared(text)]) if text else None
        if kind in {"str", "inlineStr"}:
            return ("s", legal(unescaped(text))) if text else None
        if not text:
            return ("f", "") if self._formula else None
        if kind == "n":
            return self._number(text)
        if kind == "b":
            return "b", "是" if text.strip() in {"1", "true"} else "否"
        if kind in {"e", "d"}:
            return kind, text.strip().replace("T", " ") if kind == "d" else text
        raise Unreadable(faults.DAMAGED)

    def _shared(self, text: str) -> int:
        place = int(text)
        if not 0 <= place < len(self._workbook.strings):
            raise Unreadable(self._at("内容已损坏，请打开检查，另存为 .xlsx 后重新上传。"))
        return place

    def _number(self, text: str) -> tuple[str, str]:
        value = float(text)
        if not math.isfinite(value):
            raise Unreadable(self._at("数字无法识别，请检查后重新上传。"))
        styles = self._workbook.date_styles
        if 0 <= self._style < len(styles) and styles[self._style]:
            shown = moment(value, self._workbook.from_1904)
            if shown:
                return "d", shown
        # Fifteen digits are what a spreadsheet keeps and shows: 0.1+0.2 is 0.3, as the user sees it.
        return "n", format(value, ".15g")

    def _at(self, what: str) -> str:
        return f"「{self._sheet.name}」表 {letter(self._column)}{self._row}：{what}"


def _number(letters: str) -> int:
    column = 0
    for character in letters:
        column = column * 26 + _LETTER_VALUE[character]
    return column
