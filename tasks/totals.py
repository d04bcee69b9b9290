"""Which cells enter a total, and what stands beside it: one rule, in SQL and for one cell.

For whoever compiles. Take a set of cells (`Entry.objects.filter(period=…, …).for_totals()`), then

    for cell in cells_of(entries):      # Cell: entry, standing, state, value, check
        cell.counted                    # whether it enters sums
    tally(cells).value                  # the sum as typed; `tally(cells, amount=…)` sums another figure of the cell
    tally(cells).marks()                # what stands beside it: «待核 2 项（120 人）、未核对 3 项（400 人）、缺报 1 项»

A cell enters when its report has left the filer and is not excused, when it says a number or a confirmed zero, and when
the other side does not dispute it. Apart from that stand, four different things, none of them a zero:

* 缺报: the report is with its filer (also returned for changes), or the cell says nothing;
* 不适用: said with a reason; 免报: the body does not owe it;
* 待核: the county disputes the figure and nobody has settled it; it stays out until it is settled;
* 未核对: the county was asked and is silent. The cell counts; silence is never agreement.

What the bureau settled (裁定) counts in place of what the filer typed; the filer's figure stays in its cell.
`EntryQuerySet.counted()` and `.with_counting_value()` are the same rule in SQL; a test holds the two together.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import TextChoices

from tasks.kinds import FILED, CellState, CheckState
from tasks.series import SAID
from zhuzun.ui.formats import thousands


class Standing(TextChoices):
    """How a cell stands to the total it belongs to."""

    COUNTED = "counted", "计入汇总"
    DISPUTED = "disputed", "待核"
    MISSING = "missing", "缺报"
    NOT_APPLICABLE = "na", "不适用"
    EXCUSED = "excused", "免报"


@dataclass(frozen=True)
class Cell:
    """One cell as totals see it: what it says once settled, and what the other side said."""

    entry: object
    standing: Standing
    state: str  # CellState, 缺报 where the report has not left its filer
    value: Decimal | None
    check: str  # CheckState; empty where nobody checks it

    @property
    def counted(self) -> bool:
        """Whether it enters sums."""
        return self.standing == Standing.COUNTED

    @property
    def unchecked(self) -> bool:
        """Whether it counts though the county that was asked is silent."""
        return self.counted and self.check == CheckState.UNCHECKED


def cell_of(entry) -> Cell:
    """One cell; reads `entry.section.report` and `entry.check_line` (load them with `for_totals`)."""
    report, line = entry.section.report, line_of(entry)
    if report.excused:
        return Cell(entry, Standing.EXCUSED, entry.state, None, "")
    if report.state not in FILED:
        return Cell(entry, Standing.MISSING, CellState.MISSING, None, "")
    state, value = settled(entry)
    return Cell(entry, _standing(state, line), state, value, line.state if line else "")


def line_of(entry):
    """What the county said of the cell; nothing where it was not asked."""
    return getattr(entry, "check_line", None)


def settled(entry) -> tuple[str, Decimal | None]:
    """State and value that hold: as settled by the bureau, else as the filer typed them."""
    line = line_of(entry)
    if line is None or line.state != CheckState.SETTLED or line.settled_value is None:
        return entry.state, entry.value
    return (CellState.VALUE if line.settled_value else CellState.ZERO), line.settled_value


def _standing(state, line) -> Standing:
    if line is not None and line.state == CheckState.DISPUTED:
        return Standing.DISPUTED
    if state in SAID:
        return Standing.COUNTED
    return Standing.MISSING if state == CellState.MISSING else Standing.NOT_APPLICABLE


def cells_of(entries: Iterable) -> list[Cell]:
    """The cells of `entries` (an `EntryQuerySet.for_totals()`, or rows that have the same loaded)."""
    return [cell_of(entry) for entry in entries]


@dataclass
class Part:
    """Some of the cells of a total: how many, and how much they say."""

    cells: int = 0
    amount: Decimal = Decimal(0)

    def add(self, amount: Decimal | None):
        """One cell more; a figure that is not there adds nothing."""
        self.cells += 1
        self.amount += amount or 0


@dataclass
class Tally:
    """A total with what stands beside it."""

    counted: Part = field(default_factory=Part)
    disputed: Part = field(default_factory=Part)  # 待核, out of the total: the filer's figures
    unchecked: Part = field(default_factory=Part)  # 未核对, within the total
    missing: int = 0  # 缺报
    not_applicable: int = 0
    excused: int = 0

    @property
    def value(self) -> Decimal | None:
        """The sum; nothing where no cell counts, which is not 0."""
        return self.counted.amount if self.counted.cells else None

    def marks(self, unit: str = "", decimals: int | None = None) -> str:
        """What stands beside the total in words; empty where every cell counts and nothing waits."""
        said = [
            f"{word} {part.cells} 项（{thousands(part.amount, decimals)}{f' {unit}' if unit else ''}）"
            for word, part in (("待核", self.disputed), ("未核对", self.unchecked))
            if part.cells
        ]
        return "、".join([*said, *([f"缺报 {self.missing} 项"] if self.missing else [])])


def _typed(cell: Cell) -> Decimal | None:
    return cell.value


def tally(cells: Iterable[Cell], amount: Callable[[Cell], Decimal | None] = _typed) -> Tally:
    """The sum of `amount` over the cells that count, and how many and how much stand beside it.

    `amount` gives a cell's figure: what was typed (the default), or the span's own, reckoned by `tasks.series`.
    """
    found = Tally()
    for cell in cells:
        if cell.standing == Standing.COUNTED:
            found.counted.add(amount(cell))
            if cell.unchecked:
                found.unchecked.add(amount(cell))
        elif cell.standing == Standing.DISPUTED:
            found.disputed.add(amount(cell))
        else:
            _count_apart(found, cell.standing)
    return found


def _count_apart(found: Tally, standing: Standing):
    names = {Standing.MISSING: "missing", Standing.NOT_APPLICABLE: "not_applicable", Standing.EXCUSED: "excused"}
    name = names[standing]
    setattr(found, name, getattr(found, name) + 1)
