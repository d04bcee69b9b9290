"""Text pasted from WPS, Word or a sheet, cut into blocks: typed numbers become levels, lines with tabs become a table.

What programs write round the words goes: the indent, the tab behind an automatic number, bullets, marks of fields and
footnotes, invisible signs, the quotes round a cell of several lines.
"""

import re

from zhuzun.documents.papers import signs
from zhuzun.documents.papers.text import MOST_SIGNS, Block, Blocks, Heading, Paragraph, Row, Table, check
from zhuzun.errors import DomainError

LONGEST = 4 * MOST_SIGNS  # with blanks and tabs; what is longer is not even cut
_TYPED = (
    (1, re.compile(r"[一二三四五六七八九十百]+\s*[、．.]\s*(?![一二三四五六七八九十]+、)")),  # not 一、二、三产业
    (2, re.compile(r"[（(]\s*[一二三四五六七八九十百]+\s*[）)]\s*、?\s*")),
    (3, re.compile(r"[0-9０-９]{1,3}\s*(?:[．、]|\.(?![0-9]))\s*")),
    (4, re.compile(r"[（(]\s*[0-9０-９]{1,3}\s*[）)]\s*、?\s*")),
)
_ENDS = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_UNIT = re.compile(r"[（(]?\s*单位\s*[：:]\s*(.+?)\s*[）)]?$")
_CAPTION = re.compile(r"表\s*[0-9０-９一二三四五六七八九十]*[\s：:、.]*\S")
_BULLET = re.compile("[●•·◆◇■□▪▶➢✓Øo\uf000-\uf0ff]")
_QUOTED = re.compile(r'(^|[\t\n])"([^"]*(?:""[^"]*)*)"(?=[\t\n]|$)')


def cut(text: str) -> Blocks:
    """The blocks of a paste; raises `DomainError` for what cannot be printed."""
    blocks = tuple(pieces(text))
    check(blocks)
    return blocks


def pieces(text: str) -> list[Block]:
    """The same, not looked at yet."""
    bounded(text)
    blocks: list[Block] = []
    grid: list[Row] = []
    for line in _ENDS.split(_unquoted(text)):
        cells = [signs.tidy(cell) for cell in line.split("\t")]
        if not any(cells):
            continue
        if _is_row(cells, grid):
            grid.append(tuple(cells))
            continue
        _end_of_table(blocks, grid)
        blocks.append(_from_line(_line_of(cells)))
    _end_of_table(blocks, grid)
    return blocks


def bounded(text: str) -> None:
    """Refuse what would take long only to be refused."""
    if len(text) > LONGEST:
        raise DomainError(f"这里有 {len(text)} 字，正文最多 {MOST_SIGNS} 字。较长的材料、表格请作附件。")


def _unquoted(text: str) -> str:
    """A sheet sets a cell of several lines in quotes: here it is one line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _QUOTED.sub(_one_line, text) if "\t" in text else text


def _one_line(found: re.Match) -> str:
    before, words = found[1], found[2].replace('""', '"')
    at_tab = before == "\t" or found.string[found.end() : found.end() + 1] == "\t"
    return before + signs.joined(words.splitlines()) if at_tab and "\n" in found[2] else found[0]


def _is_row(cells, grid) -> bool:
    """Whether a line is a row of a table: not one that only begins with an indent, a number or a bullet."""
    filled = [cell for cell in cells if cell]
    if len(cells) == 1 or (not grid and len(filled) == 1 and cells[-1]):
        return False
    return bool(grid) or not (len(filled) == 2 and _begins_line(filled[0]))


def _begins_line(cell) -> bool:
    return bool(_BULLET.fullmatch(cell)) or any(pattern.fullmatch(cell) for _, pattern in _TYPED)


def _line_of(cells) -> str:
    filled = [cell for cell in cells if cell]
    if len(filled) > 1 and _BULLET.fullmatch(filled[0]):
        filled = filled[1:]
    return " ".join(filled)


def typed_level(line: str) -> int:
    """The level of the number that somebody typed before the words (1 to 4), or 0."""
    return next((level for level, typed in _typed(line)), 0)


def without_number(line: str) -> str:
    """The words without the number that somebody typed before them."""
    return next((line[typed.end() :] for _, typed in _typed(line)), line)


def _typed(line):
    for level, pattern in _TYPED:
        typed = pattern.match(line)
        if typed and line[typed.end() :]:
            yield level, typed


def _from_line(line: str) -> Heading | Paragraph:
    level = typed_level(line)
    return Heading(level, without_number(line)) if level else Paragraph(line)


def _end_of_table(blocks: list[Block], grid: list[Row]) -> None:
    """Lines with tabs, now that one without has come: two and more are a table, a single one is text."""
    if len(grid) > 1:
        width = max(map(len, grid))
        rows = [row + ("",) * (width - len(row)) for row in grid]
        unit, title = _taken(blocks, _UNIT), _taken(blocks, _CAPTION)
        unit = _UNIT.match(unit)[1] if unit else ""
        blocks.append(Table(title, unit, (rows[0],), tuple(rows[1:])))
    elif grid:
        blocks.append(_from_line(_line_of(grid[0])))
    grid.clear()


def _taken(blocks: list[Block], pattern: re.Pattern) -> str:
    """The line above a table that belongs to it."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph) and len(last.text) <= 40 and pattern.match(last.text):
        blocks.pop()
        return last.text
    return ""
