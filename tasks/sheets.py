"""A report as the office's form in a workbook, empty or filled; and a filled one read back as changes of its cells."""

from dataclasses import dataclass

from tasks import reading
from tasks.figures import plain
from tasks.grid import build
from tasks.kinds import CellState
from tasks.services.filing import Change, meant, shown
from zhuzun.documents import sheets
from zhuzun.errors import DomainError
from zhuzun.ui.formats import long_day
from zhuzun.ui.workbook import Column, write_xlsx

NAMES = "填表人：　　　　　　审核人：　　　　　　单位负责人：　　　　　　联系电话：　　　　　　　　填报日期："
BLANK_DAY = "　　年　　月　　日"
CODE, FIGURE, CHANNEL, PERIOD, UNIT, MODE = "指标编码", "指标", "渠道", "报告期", "单位", "口径"
NOT_HERE = "×"  # this figure is not asked of this place
NOT_APPLICABLE = "不适用："


def form(report, *, filled: bool, filer: str) -> bytes:
    """The form: title, 填报单位（盖章）, figures × places, and the line for names, telephone and date."""
    blocks = build(report).blocks
    places = _places(blocks)
    heads = [CODE, FIGURE, CHANNEL, PERIOD, UNIT, MODE]
    columns = [Column(heads[0], "code"), *(Column(head) for head in heads[1:])]
    columns += [Column(place, "number", 14) for place in places]
    rows = [_line(row, block, places, filled) for block in blocks for row in block.rows]
    signed = long_day(report.filed_on) if filled and report.filed_on else BLANK_DAY
    under = f"填报单位（盖章）：{filer}　　　　单位：见表"
    return write_xlsx(report.title, columns, rows, subtitle=under, footer=[NAMES + signed])


def _places(blocks) -> list[str]:
    return list(dict.fromkeys(str(section) for block in blocks for section in block.sections))


def _line(row, block, places, filled) -> list:
    cells = {str(section): cell for section, cell in zip(block.sections, row.cells, strict=True)}
    entry = row.entries[0]
    facts = [entry.indicator.code, row.item.name, row.item.channel, block.period.label, row.item.unit, row.mode]
    return [*facts, *(_value(cells.get(place), filled) for place in places)]


def _value(cell, filled):
    if cell is None:
        return NOT_HERE
    if not filled:
        return None
    if cell.entry.state == CellState.NOT_APPLICABLE:
        return f"{NOT_APPLICABLE}{cell.entry.reason}"
    return cell.entry.value


@dataclass(frozen=True)
class Line:
    """One cell that the file would change: from what to what, or why not."""

    entry: object
    change: Change
    old: str
    new: str
    error: str = ""


@dataclass
class Read:
    """What a file would do to the report's cells."""

    lines: list
    notes: list

    @property
    def changes(self) -> list[Change]:
        """What is to be saved."""
        return [line.change for line in self.lines if not line.error]

    @property
    def errors(self) -> int:
        """How many cells cannot be taken."""
        return sum(bool(line.error) for line in self.lines)


def read(report, data: bytes, filename: str) -> Read:
    """Compare a filled form with the report's cells; a blank cell says nothing, and changes nothing."""
    entries = {
        (entry.indicator.code, entry.channel, entry.period.label, str(entry.section)): entry
        for entry in reading.cells(report)
    }
    places = list(dict.fromkeys(key[3] for key in entries))
    heads = [sheets.Column(CODE), sheets.Column(CHANNEL, required=False), sheets.Column(PERIOD, required=False)]
    heads += [sheets.Column(place, required=False) for place in places]
    sheet = sheets.read(data, filename=filename, columns=heads)
    single = {key[2] for key in entries}
    lines, notes = [], list(sheet.notes)
    for row in sheet.rows:
        code, channel = sheets.as_text(row[CODE]), sheets.as_text(row[CHANNEL])
        period = sheets.as_text(row[PERIOD]) or (next(iter(single)) if len(single) == 1 else "")
        found = [entries.get((code, channel, period, place)) for place in places]
        if not any(found):
            notes.append(f"{row.where}：本报表没有指标“{code}”，未读取。")
        pairs = zip(found, (row[place] for place in places), strict=True)
        lines += filter(None, (_compare(report, entry, cell) for entry, cell in pairs if entry))
    return Read(lines, notes)


def _compare(report, entry, cell) -> Line | None:
    change = Change(entry.pk, entry.version, *_typed(cell))
    if cell.fault:
        return Line(entry, change, shown(entry), cell.text[:20], f"{cell.where}：{cell.fault}")
    if cell.is_blank or cell.text.strip() == NOT_HERE:
        return None
    try:
        state, value, reason, _ = meant(entry, change)
    except DomainError as error:
        return Line(entry, change, shown(entry), cell.text[:20], f"{cell.where}：{error.message}")
    if (state, value, reason) == (entry.state, entry.value, entry.reason):
        return None
    new = f"不适用（{reason}）" if reason else f"{plain(value, entry.item)} {entry.item.unit}"
    closed = "" if entry.section.is_open(report) else f"{cell.where}：“{entry.section}”未被退回，请先打开这一部分。"
    return Line(entry, change, shown(entry), new, closed)


def _typed(cell) -> tuple[str, str | None]:
    """What a person would have typed: a figure, or 不适用 with its reason."""
    text = cell.text.strip()
    head = NOT_APPLICABLE[:-1]
    if text.startswith(head):
        return "", text.removeprefix(head).lstrip("：:").strip() or "未写明"
    return text, None
