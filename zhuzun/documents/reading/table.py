"""Finds the heading of a table by its names, and the rows below it that hold data."""

from bisect import bisect_right
from dataclasses import dataclass, field

from . import faults, limits
from .faults import Unreadable
from .rows import Cells
from .text import heading_key, is_signature, is_total, letter, trimmed
from .xml import Enough

_REPEATED = "重复的表头"
_TOTAL = "合计行"
_SIGNATURE = "表尾"
_NOTHING_WANTED = "没有可读取的内容"


@dataclass(frozen=True)
class Wanted:
    """A column that is looked for: its name, the keys of all its names, whether it must be there."""

    name: str
    keys: frozenset[str]
    required: bool


@dataclass
class Heading:
    """Where the wanted columns stand: first and last row of the heading, name → columns, all texts seen."""

    first: int
    last: int
    places: dict[str, list[int]]
    texts: dict[int, str]

    @property
    def repeated(self) -> list[str]:
        return [name for name, columns in self.places.items() if len(columns) > 1]


@dataclass
class Found:
    """What was read of a table."""

    heading: Heading
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)


class Collector:
    """Takes the rows of a sheet one by one; afterwards `found` is the table, or `nearest` the closest to a heading."""

    def __init__(self, wanted: list[Wanted], max_rows: int, *, skip_totals: bool):
        self._max_rows, self._skip_totals = max_rows, skip_totals
        self._labels = {name: column.name for column in reversed(wanted) for name in column.keys}
        self._required = {column.name for column in wanted if column.required}
        self.found: Found | None = None
        self.nearest: Heading | None = None
        self._before: tuple[int, dict[int, str]] = (0, {})
        self._pending: Heading | None = None
        self._looked_at = self._rows_seen = self._characters = 0
        self._columns: dict[int, str] = {}

    @property
    def has_heading(self) -> bool:
        """Whether the heading has been met: from here on a fault is one of the data."""
        return self.found is not None or self._pending is not None

    def row(self, number: int, cells: Cells) -> None:
        """Take a row; raises `Enough` when this sheet has no heading where one must be."""
        self._rows_seen += 1
        if self._rows_seen > self._max_rows + limits.SPARE_ROWS:
            raise Unreadable(f"表中行数（含空行）超过 {self._max_rows} 行。请删除数据以下的空行，或分次上传。")
        if self.found:
            self._data(number, cells)
        elif self._pending:
            self._settle(number, cells)
        elif cells:
            self._look(number, cells)

    def finish(self) -> None:
        """The sheet is at its end."""
        if self._pending:
            self._begin(self._pending)

    def _look(self, number: int, cells: Cells) -> None:
        texts = _texts(cells)
        if not texts:
            return
        single = self._heading((number, {}), (number, texts))
        double = self._heading(self._before, (number, texts))
        best = max(single, double, key=lambda heading: len(heading.places))  # the first where both find the same
        if self.nearest is None or len(best.places) > len(self.nearest.places):
            self.nearest = best
        if self._required <= best.places.keys() and best.places:
            self._pending = best
        self._before = (number, texts)
        self._looked_at += 1
        if self._looked_at >= limits.HEADING_WITHIN and not self._pending:
            raise Enough

    def _settle(self, number: int, cells: Cells) -> None:
        """The row after a heading: its second line where that names more columns, else the first data."""
        texts = _texts(cells)
        double = self._heading(self._before, (number, texts))
        longer = self._pending.first == self._pending.last and len(double.places) > len(self._pending.places)
        self._begin(double if longer else self._pending)
        if not longer:
            self._data(number, cells)

    def _begin(self, heading: Heading) -> None:
        self.nearest, self._pending, self.found = heading, None, Found(heading)
        self._columns = {columns[0]: name for name, columns in heading.places.items()}

    def _heading(self, upper: tuple[int, dict[int, str]], lower: tuple[int, dict[int, str]]) -> Heading:
        """The wanted columns in a heading of two lines (`upper` has no texts for one of one line)."""
        places: dict[str, list[int]] = {}
        named, texts = _named(upper[1], lower[1]), {**upper[1], **lower[1]}
        for column, names in named.items():
            label = next((self._labels[name] for name in names if name in self._labels), None)
            if label:
                places.setdefault(label, []).append(column)
        return Heading(upper[0], lower[0], places, texts)

    def _data(self, number: int, cells: Cells) -> None:
        filled = {column: cell for column, cell in cells.items() if cell[0] != "s" or trimmed(cell[1])}
        if not filled:
            return
        reason = self._why_skipped(filled)
        if reason is None:
            self._keep(number, {column: cell for column, cell in filled.items() if column in self._columns})
        elif reason:
            self.found.skipped.append((number, reason))

    def _why_skipped(self, filled: Cells) -> str | None:
        """Why a row is no data; '' for a row that needs no mention (only its serial number is there)."""
        leading = [text[: limits.HEADING_CHARACTERS] for kind, text in list(filled.values())[:2] if kind == "s"]
        if self._skip_totals and any(is_total(text) for text in leading):
            return _TOTAL
        if leading and is_signature(leading[0]):
            return _SIGNATURE
        wanted = {column: cell[1] for column, cell in filled.items() if column in self._columns}
        if not wanted:
            return _NOTHING_WANTED if leading else ""
        heading = self.found.heading.texts
        if len(wanted) > 1 and all(trimmed(text) == heading.get(column) for column, text in wanted.items()):
            return _REPEATED
        return None

    def _keep(self, number: int, cells: Cells) -> None:
        if len(self.found.rows) >= self._max_rows:
            raise Unreadable(f"数据超过 {self._max_rows} 行。请分次上传。")
        for column, (_, text) in cells.items():
            self._characters += len(text)
            if len(text) > limits.CELL_CHARACTERS:
                raise Unreadable(f"{letter(column)}{number}：文字超过 {limits.CELL_CHARACTERS} 字，请缩短后重新上传。")
        if self._characters > limits.OUTPUT_CHARACTERS:
            raise Unreadable(faults.TOO_MUCH_TEXT)
        self.found.rows.append((number, cells))


def fill_merged(found: Found, merged: list[tuple[int, int, int, int]]) -> None:
    """Give the rows of a vertically merged cell its text or date.

    A number is not repeated, it may be the sum of the rows it covers: those rows get the kind «m», which is refused.
    """
    rows = dict(found.rows)
    numbers = list(rows)
    columns = {places[0] for places in found.heading.places.values()}
    budget = len(rows) * len(columns)  # ranges that overlap are damage, and could be made to run for hours
    for left, top, _, bottom in merged:
        cell = rows.get(top, {}).get(left) if left in columns else None
        covered = numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)]
        budget -= len(covered)
        if budget < 0:
            raise Unreadable(faults.DAMAGED)
        if cell and covered:
            _spread(rows, left, cell, top, covered, f"{letter(left)}{top}:{letter(left)}{bottom}")


def _spread(rows: dict[int, Cells], column: int, cell: tuple, top: int, covered: list[int], area: str) -> None:
    shared = cell if cell[0] in "sdb" else ("m", area)
    if cell[0] == "n":
        rows[top][column] = shared
    for number in covered:
        rows[number].setdefault(column, shared)


def _texts(cells: Cells) -> dict[int, str]:
    """The non-empty texts of a row that may be headings, cut where no heading is so long."""
    texts = {
        column: trimmed(text[: limits.HEADING_CHARACTERS]) for column, (kind, text) in cells.items() if kind == "s"
    }
    return {column: text for column, text in texts.items() if text}


def _named(upper: dict[int, str], lower: dict[int, str]) -> dict[int, tuple[str, ...]]:
    """What each column may be called, the more precise name first.

    珠海方 above 单位 and 联系人 names 珠海方单位 and 珠海方联系人; a heading over both lines names its own column.
    """
    named: dict[int, tuple[str, ...]] = {}
    group = ""
    for column in sorted(upper.keys() | lower.keys()):
        group = upper.get(column, group)
        if column in lower:
            named[column] = (heading_key(group + lower[column]), heading_key(lower[column]))
        else:
            named[column] = (heading_key(group),)
    return named
