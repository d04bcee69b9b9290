"""The block editor without scripts: rows as typed, moved, added and taken out by buttons of the form, then saved."""

from dataclasses import replace

from zhuzun.documents.papers.text import MOST_BLOCKS, Heading, Paragraph, check_one, numbered
from zhuzun.errors import DomainError
from zhuzun.notices.papers import blocks
from zhuzun.notices.papers.rows import KINDS, Row
from zhuzun.ui.params import is_key

CODES = {code for code, _ in KINDS}
MOST_GONE = 20  # so many rows that were taken out may be put back


def rows_of(post) -> list[Row]:
    """The rows of the form, in their order; kinds that make no sense are paragraphs. A form always has one row."""
    parts = (post.getlist("kind"), post.getlist("words"), post.getlist("source"))
    if len({len(part) for part in parts}) != 1 or not parts[0]:
        raise DomainError("提交的内容不完整，没有保存，请刷新后重试。")
    return [
        Row(kind if kind in CODES else "paragraph", words, source) for kind, words, source in zip(*parts, strict=True)
    ]


def check_count(rows: list[Row]) -> None:
    """Refuse more rows than a paper has."""
    filled = sum(bool(row.words.strip()) for row in rows)
    if filled > MOST_BLOCKS:
        raise DomainError(f"正文最多 {MOST_BLOCKS} 段，现有 {filled} 段。较长的材料请作附件。")


def apply(rows: list[Row], press: str, pasted: str, closing=frozenset()) -> tuple[list[Row], int | None]:
    """The rows after a button: `up-3`, `down-3`, `drop-3`, `add-3` (after row 3), `paste`; and which row to look at."""
    word, _, place = press.partition("-")
    if word == "paste":
        new = [blocks.row_of(block) for block in blocks.cut(pasted)]
        check_count([*rows, *new])
        return _with_pasted(_filled(rows), new, closing)
    if not is_key(place) or int(place) > len(rows):
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


def gone_of(post) -> list[tuple[int, Row]]:
    """The rows that were taken out since the text was saved, each with its place; they travel with the form."""
    parts = zip(*(post.getlist(f"gone-{name}") for name in ("place", "kind", "words", "source")), strict=False)
    return [
        (int(place), Row(kind, words, source))
        for place, kind, words, source in parts
        if place.isdecimal() and len(place) < 4 and kind in CODES
    ]


def taken_out(rows: list[Row], press: str) -> list[tuple[int, Row]]:
    """The row that a press takes out, if there is anything in it."""
    word, _, place = press.partition("-")
    if word != "drop" or not is_key(place) or int(place) >= len(rows) or not rows[int(place)].words.strip():
        return []
    return [(int(place), rows[int(place)])]


def put_back(rows: list[Row], gone: list[tuple[int, Row]]) -> tuple[list[Row], int | None, list[tuple[int, Row]]]:
    """The row that was taken out last where it stood; the row to look at; what may still be put back."""
    if not gone:
        return rows, None, gone
    *rest, (place, row) = gone
    place = min(place, len(rows))
    return [*rows[:place], row, *rows[place:]], place, rest


def _filled(rows) -> list[Row]:
    """Without empty rows at the end, which the form offers to type into."""
    kept = list(rows)
    while kept and not kept[-1].words.strip():
        kept.pop()
    return kept


def typed(rows: list[Row]) -> list:
    """The blocks that the rows mean; empty rows fall away."""
    return [block for row in rows if row.words.strip() for block in _blocks(row)]


def faults(rows: list[Row]) -> dict[int, str]:
    """What cannot be printed, by the place of its row: all of it at once, each beside its row."""
    found = {}
    for place, row in enumerate(rows):
        if not row.words.strip():
            continue
        try:
            for block in _blocks(row):
                check_one(block, f"第 {place + 1} 段")
        except DomainError as error:
            found[place] = error.message
    return found


def numbered_by_hand(rows: list[Row]) -> list[int]:
    """The places (from 1) of paragraphs that begin with a number of the hierarchy: headings, most likely."""
    return [place for place, row in enumerate(rows, 1) if blocks.typed_level(row)]


def numbers_of(rows: list[Row]) -> list[str]:
    """The number that the program sets before each row: 一、 （一） 1. （1）; empty for what has none."""
    heads = [Heading(int(row.kind[-1]), "") if _is_heading(row) else Paragraph("") for row in rows]
    return [number for number, _ in numbered(heads)]


def _is_heading(row) -> bool:
    return row.kind.startswith("heading") and bool(row.words.strip())


def _blocks(row):
    return blocks.blocks_of(replace(row, words=row.words.strip("\r\n ")))
