"""The block editor without scripts: rows as typed, moved, added and taken out by buttons of the form, then saved."""

from dataclasses import replace

from zhuzun.documents.papers.text import MOST_BLOCKS, check_one
from zhuzun.errors import DomainError
from zhuzun.notices.papers import blocks
from zhuzun.notices.papers.rows import KINDS, Row

CODES = {code for code, _ in KINDS}


def rows_of(post) -> list[Row]:
    """The rows of the form, in their order; kinds that make no sense are paragraphs."""
    parts = (post.getlist("kind"), post.getlist("words"), post.getlist("source"))
    if len({len(part) for part in parts}) != 1:
        raise DomainError("提交的内容不完整，请刷新后重试。")
    if len(parts[0]) > MOST_BLOCKS:
        raise DomainError(f"正文最多 {MOST_BLOCKS} 段，较长的材料请作附件。")
    return [
        Row(kind if kind in CODES else "paragraph", words, source) for kind, words, source in zip(*parts, strict=True)
    ]


def apply(rows: list[Row], press: str, pasted: str, closing=frozenset()) -> tuple[list[Row], int | None]:
    """The rows after a button: `up-3`, `down-3`, `drop-3`, `add-3` (after row 3), `paste`; and which row to look at."""
    word, _, place = press.partition("-")
    if word == "paste":
        new = [blocks.row_of(block) for block in blocks.cut(pasted)]
        return _with_pasted(_filled(rows), new, closing)
    if not place.isdigit() or int(place) > len(rows):
        return rows, None
    return _move(list(rows), word, int(place))


def _with_pasted(rows, new, closing):
    """At the end, but before a closing line (特此通知。), of which one is enough."""
    end = rows[-1:] if rows and rows[-1].words.strip() in closing else []
    first = len(rows) - len(end)
    if end and new and new[-1].words == end[0].words.strip():
        end = []
    return [*rows[:first], *new, *end], first if new else None


def _move(rows, word, place):
    if word == "add":
        return [*rows[:place], Row(), *rows[place:]], place
    if word == "drop":
        return [*rows[:place], *rows[place + 1 :]], min(place, len(rows) - 2)
    other = place - 1 if word == "up" else place + 1
    if word in ("up", "down") and place < len(rows) and 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        return rows, other
    return rows, None


def _filled(rows) -> list[Row]:
    """Without empty rows at the end, which the form offers to type into."""
    kept = list(rows)
    while kept and not kept[-1].words.strip():
        kept.pop()
    return kept


def typed(rows: list[Row]) -> list:
    """The blocks that the rows mean; empty rows fall away."""
    return [_block(row) for row in rows if row.words.strip()]


def faults(rows: list[Row]) -> dict[int, str]:
    """What cannot be printed, by the place of its row: all of it at once, each beside its row."""
    found = {}
    for place, row in enumerate(rows):
        if not row.words.strip():
            continue
        try:
            check_one(_block(row), f"第 {place + 1} 段")
        except DomainError as error:
            found[place] = error.message
    return found


def _block(row):
    return blocks.block_of(replace(row, words=row.words.strip("\r\n ")))
