"""A report, or one section of it, as the office prints, signs and seals it."""

import hashlib
from dataclasses import dataclass

from tasks import derived, reading
from tasks.figures import written
from tasks.grid import build
from tasks.kinds import CellState

MARK_LENGTH = 8


@dataclass(frozen=True)
class Line:
    """A figure over the printed places."""

    item: object
    mode: str
    inner: bool
    cells: list[str]
    notes: list[str]
    total: str


@dataclass(frozen=True)
class Table:
    """The figures of one form."""

    period: object
    places: list
    lines: list[Line]
    summed: bool


@dataclass(frozen=True)
class Text:
    """One narrative; `parts` is [(label, text)]."""

    title: str
    nothing: bool
    parts: list


@dataclass(frozen=True)
class Sheet:
    """What stands on the paper; `mark` tells whether a signed paper holds what the portal holds."""

    filer: str
    tables: list[Table]
    texts: list[Text]
    longer: list  # [(span, [(tasks.derived.Derived, as written)])]: shown for sign-off
    mark: str


def sheet(report, *, section=None, filled=True) -> Sheet:
    """The whole report, or one section of it; without figures and texts where it is to be filled in by hand."""
    tables = [_table(block, section, filled) for block in build(report).blocks]
    rows = [row for row in reading.texts(report) if section is None or row.pk == section.pk]
    return Sheet(
        filer=report.filer.name_on(report.period.end),
        tables=[table for table in tables if table.places],
        texts=[_text(row, filled) for row in rows],
        longer=_longer(report) if filled and section is None else [],
        mark=mark(report) if filled else "",
    )


def _longer(report) -> list:
    spans = [(span, [(row, written(row.value, row.item)) for row in rows]) for span, rows in derived.for_report(report)]
    return [(span, rows) for span, rows in spans if rows]


def mark(report) -> str:
    """Eight characters that change with every figure and every text of the report."""
    facts = [(entry.pk, entry.state, str(entry.value), entry.reason) for entry in reading.cells(report)]
    facts += [(row.pk, *(text for _, text in _text(row, True).parts)) for row in reading.texts(report)]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:MARK_LENGTH].upper()


def _table(block, section, filled) -> Table:
    columns = [n for n, place in enumerate(block.sections) if section is None or place.pk == section.pk]
    lines = [_line(row, columns, filled) for row in block.rows]
    return Table(
        period=block.period,
        places=[block.sections[n] for n in columns],
        lines=[line for line in lines if any(cell is not None for cell in line.cells)],
        summed=block.summed and section is None,
    )


def _line(row, columns, filled) -> Line:
    cells = [row.cells[n] for n in columns]
    notes = [f"{cell.entry.section}：{cell.note}" for cell in cells if filled and cell and cell.note]
    said = [_said(cell, filled) for cell in cells]
    return Line(row.item, row.mode, row.inner, said, notes, row.total if filled else "")


def _said(cell, filled) -> str | None:
    """The figure; 「未填」 where there is none; nothing at all where this figure is not asked of the place."""
    if cell is None or not filled:
        return None if cell is None else ""
    return "未填" if cell.entry.state == CellState.MISSING else cell.said


def _text(row, filled) -> Text:
    text = getattr(row, "text", None) if filled else None
    parts = [(label, getattr(text, name, "")) for name, label in row.narrative.parts.items()]
    return Text(row.title, bool(text and text.nothing), parts)
