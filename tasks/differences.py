"""What changed between two filings of a report, cell by cell and text by text, from the snapshots of its rounds."""

from dataclasses import dataclass
from decimal import Decimal

from tasks.kinds import BRIEF_PART, TEXT_PARTS, CellState
from zhuzun.ui.formats import thousands

NOTHING_WRITTEN = "（空）"
NO_SUCH_WORK = "本期无此项工作"


@dataclass(frozen=True)
class Change:
    """One cell or text: where, what, and its words before and after."""

    section: int
    place: str
    what: str
    before: str
    after: str
    is_text: bool = False


def between(before: dict, after: dict) -> list[Change]:
    """What `after` says otherwise than `before`, in the order of the form; a first filing has no changes."""
    if not before:
        return []
    return [*_cells(before, after), *_texts(before, after)]


def cell_words(cell: dict | None) -> str:
    """A cell as one reads it: the figure with its unit, 0（已确认）, 不适用（why）, 未填; and its sentence."""
    if cell is None or cell["state"] == CellState.MISSING:
        return CellState.MISSING.label
    if cell["state"] == CellState.NOT_APPLICABLE:
        said = f"{CellState.NOT_APPLICABLE.label}（{cell['reason']}）"
    elif cell["state"] == CellState.ZERO:
        said = CellState.ZERO.label
    else:
        said = f"{thousands(Decimal(cell['value']), cell.get('decimals'))} {cell['unit']}"
    return f"{said}（说明：{cell['note']}）" if cell["note"] else said


def _cells(before, after):
    earlier = {cell["entry"]: cell for cell in before.get("cells", ())}
    for cell in after.get("cells", ()):
        old, new = cell_words(earlier.get(cell["entry"])), cell_words(cell)
        if old != new:
            yield Change(cell["section"], cell["place"], cell["name"], old, new)


def _texts(before, after):
    earlier = {text["section"]: text for text in before.get("texts", ())}
    for text in after.get("texts", ()):
        old = earlier.get(text["section"], {})
        if bool(old.get("nothing")) != bool(text["nothing"]):
            words = [NO_SUCH_WORK if one.get("nothing") else NOTHING_WRITTEN for one in (old, text)]
            yield Change(text["section"], text["title"], NO_SUCH_WORK, *words, is_text=True)
        for field, word in TEXT_PARTS.items():
            was, now = old.get(field, ""), text[field]
            if was != now:
                what = text["title"] if text.get("brief") and field == BRIEF_PART else word
                yield Change(
                    text["section"], text["title"], what, was or NOTHING_WRITTEN, now or NOTHING_WRITTEN, is_text=True
                )
