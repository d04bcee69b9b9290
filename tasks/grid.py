"""The grid of a report as a page, a printed form and a workbook show it: figures down, places across."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from tasks import crossing, reading, targets
from tasks.figures import plain, written
from tasks.kinds import CellState, EntryMode

SAID = (CellState.VALUE, CellState.ZERO)
SIGNS = {
    CellState.MISSING: "未填",
    CellState.ZERO: "0（已确认）",
    CellState.NOT_APPLICABLE: "不适用",
    CellState.VALUE: "",
}
LAST = {EntryMode.STOCK: "末", EntryMode.YEAR_TO_DATE: "累计", EntryMode.SPAN: ""}  # after the period: 9月累计


def digest(typed, reason, note) -> str:
    """A mark of what stood in a cell's three fields, to tell what a person touched."""
    return hashlib.sha256("\x1f".join((typed, reason, note)).encode()).hexdigest()[:10]


@dataclass
class Cell:
    """One cell as it is drawn; `typed` and `message` keep what a person typed and why it was not saved."""

    entry: object
    open: bool
    quiet: list  # short words, each kept on one line
    typed: str
    reason: str
    note: str
    seen: str
    findings: list = field(default_factory=list)
    message: str = ""
    outcome: str = ""

    @property
    def sign(self) -> str:
        """未填, 0（已确认）, 不适用; nothing beside a value, which shows itself."""
        return SIGNS[self.entry.state]

    @property
    def said(self) -> str:
        """The cell on paper: a figure, 不适用 with its reason, or nothing."""
        if self.entry.state == CellState.NOT_APPLICABLE:
            return f"不适用（{self.entry.reason}）"
        return plain(self.entry.value, self.entry.item)

    @property
    def wants_note(self) -> bool:
        """Whether its fields below are to stand open."""
        return bool(self.findings or self.reason or self.note or self.message)


@dataclass
class Row:
    """A figure over the places of a form."""

    item: object
    cells: list
    inner: bool = False  # 其中

    @property
    def key(self) -> str:
        """What the script knows the row by."""
        return f"row-{self.item.pk}"

    @property
    def entries(self) -> list:
        """The entries that the row holds."""
        return [cell.entry for cell in self.cells if cell]

    @property
    def mode(self) -> str:
        """本年累计, 本期数 or 期末数."""
        return self.item.get_mode_display()

    @property
    def total(self) -> str:
        """The sum of what is said, with what is missing beside it; never more than one unit, a row has only one."""
        said = [entry.value for entry in self.entries if entry.state in SAID]
        missing = sum(entry.state == CellState.MISSING for entry in self.entries)
        words = written(sum(said), self.item) if said else written(None, self.item)
        return f"{words}（缺 {missing} 项）" if missing else words


@dataclass
class Block:
    """The figures of one form: those of a month, or those that only a quarter asks."""

    form: object
    period: object
    sections: list
    rows: list

    @property
    def summed(self) -> bool:
        """Whether a sum column says anything."""
        return len(self.sections) > 1


@dataclass
class Grid:
    """All blocks of a report."""

    blocks: list

    def cells(self):
        """Every cell, in the page's order."""
        for block in self.blocks:
            for row in block.rows:
                yield from filter(None, row.cells)


def build(report, outcomes=()) -> Grid:
    """The grid of a report with what its cells said before, its findings, and what became of the last saving."""
    entries = reading.cells(report)
    tried = {outcome.change.entry: outcome for outcome in outcomes}
    findings, targets = found(report), _targets(entries)
    by_form = defaultdict(list)
    for entry in entries:
        drawn = _cell(report, entry, targets.get(entry.pk))
        drawn.findings = findings.get(entry.pk, [])
        _keep(drawn, tried.get(entry.pk))
        by_form[entry.section.form_id].append(drawn)
    return Grid([_block(cells) for cells in by_form.values()])


def found(report) -> dict[int, list]:
    """By cell, what is wrong or unusual there, as (tone, sentence)."""
    by_cell = defaultdict(list)
    for tone, findings in findings_of(report):
        for finding in findings:
            by_cell[finding.entry].append((tone, finding.text.partition("：")[2]))
    return by_cell


def findings_of(report) -> list[tuple[str, list]]:
    """错误 stops filing, 须说明 wants a sentence, 提示 stops nothing."""
    bare = {finding.entry for finding in reading.unexplained(report)}
    warned = reading.warnings(report)
    return [
        ("错误", reading.hard_errors(report)),
        ("须说明", [one for one in warned if one.entry in bare]),
        ("提示", [one for one in warned if one.entry not in bare] + crossing.conflicts(report)),
    ]


def _targets(entries) -> dict:
    """Yearly targets by cell, where the portal keeps any."""
    return targets.of_cells(entries)


def _cell(report, entry, target) -> Cell:
    typed = plain(entry.value, entry.item)
    seen = f"{entry.version}.{digest(typed, entry.reason, entry.note)}"
    is_open = entry.section.is_open(report) and not entry.period.closed
    return Cell(entry, is_open, _quiet(report, entry, target), typed, entry.reason, entry.note, seen)


def _quiet(report, entry, target) -> list[str]:
    """What stands small beside a cell: last time, what this period added, the year's target."""
    earlier, item, words = reading.before(report, entry), entry.item, []
    if earlier.last:
        label, value = earlier.last
        of, bracket, mark = label.partition("（上线前")  # 9月累计 80（上线前数据）
        of = of.removeprefix(f"{entry.period.year}年")
        words.append(f"{of}{LAST[item.mode]} {written(value, item)}{bracket}{mark}")
    if earlier.pending:
        words.append(f"{earlier.pending.removeprefix(f'{entry.period.year}年')}尚未报送")
    if item.mode == EntryMode.YEAR_TO_DATE and entry.state in SAID:
        added = reading.span_value(report, entry)
        if added is not None:
            words.append(f"本期 {written(added, item)}")
        elif not entry.period.crosses_years:
            words.append("本期数待前期补齐")
    if target is not None:
        words.append(f"年度目标 {written(target.value, item)}{target.mark}")
    return words


def _keep(cell, outcome) -> None:
    """After a refused saving: what the person typed, and why it was not saved."""
    if outcome is None or outcome.kept:
        return
    cell.message, cell.outcome = outcome.message, outcome.kind
    for name in ("typed", "reason", "note"):
        given = getattr(outcome.change, name)
        if given is not None:
            setattr(cell, name, given)


def _block(cells) -> Block:
    sections = {cell.entry.section_id: cell.entry.section for cell in cells}
    across = sorted(sections.values(), key=lambda section: (section.position, section.pk))
    by_item = defaultdict(dict)
    items = {}
    for cell in cells:
        items[cell.entry.item_id] = cell.entry.item
        by_item[cell.entry.item_id][cell.entry.section_id] = cell
    here = {item.indicator_id for item in items.values()}
    parents = {cell.entry.item_id: cell.entry.indicator.parent_id for cell in cells}
    rows = [
        Row(item, [by_item[item.pk].get(section.pk) for section in across], parents[item.pk] in here)
        for item in sorted(items.values(), key=lambda item: (item.position, item.pk))
    ]
    return Block(cells[0].entry.section.form_id, cells[0].entry.period, across, rows)
