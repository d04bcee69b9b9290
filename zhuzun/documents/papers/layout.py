"""What the templates of papers need to know beyond the sheet: sizes, indents, spans, and lists that are too long."""

import re
from dataclasses import dataclass, replace

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from zhuzun.documents.papers import fonts, title
from zhuzun.documents.papers.sheet import Annex, Form, Sheet, day, one_line
from zhuzun.documents.papers.text import Block, Heading, Paragraph, Quotation, Row, Table, numbered

MILLIMETRE = 72 / 25.4  # in points
BODY_WIDTH = 156 * MILLIMETRE
LARGEST_HEAD = {Form.OFFICIAL: 50, Form.LETTER: 38, Form.MINUTES: 46}  # points; the office may not outdo higher ones
FIRST_PAGE_SIGNS = 28 * 5  # of 主送, so that the first page still shows text
IMPRINT_SIGNS = 30 * 16  # of 主送 and 抄送 in the 版记; longer lists become an annex
PORTRAIT_COLUMNS = 9


def _in_gb2312(sign: str) -> bool:
    try:
        return bool(sign.encode("gb2312"))
    except UnicodeEncodeError:
        return False


_RARE = re.compile(
    f"[{''.join(chr(at) for at in range(0x3400, 0xA000) if not _in_gb2312(chr(at)))}\U00020000-\U0003ffff]+"
)
_NUMBER = re.compile(r"[-+−]?[0-9][0-9,]*(?:\.[0-9]+)?[%％]?|[-—–/]+")


@dataclass(frozen=True)
class Cell:
    """A cell of a table's head."""

    text: str
    columns: int
    rows: int
    column: int = 0

    @property
    def unit(self) -> str:
        """（万元） at its end, or all of a short one (县（市）): what is kept on one line."""
        return _unit_of(self.text)

    @property
    def words(self) -> str:
        """What stands before it."""
        return self.text[: len(self.text) - len(self.unit)]


@dataclass(frozen=True)
class Arranged:
    """A sheet whose 主送 and 抄送 have found their place."""

    sheet: Sheet
    addressees: str = ""  # above the text
    imprint_addressees: str = ""  # in the 版记, where the list is long
    copies: str = ""


def arranged(sheet: Sheet) -> Arranged:
    """主送 above the text; in the 版记 where it would fill the first page; as a list of its own where it is longer.

    Minutes have no 主送 above their text: whom they go to stands in the 版记.
    """
    sheet = _without_wide_end(sheet)
    sent, copied = one_line(sheet.addressees), "，".join(sheet.copies)
    annexes = sheet.annexes
    if len(sent) > IMPRINT_SIGNS:
        annexes += (_list_annex("主送机关名单", sent),)
        sent = "各有关单位（名单附后）"
    behind = sheet.form is Form.MINUTES or len(sent) > FIRST_PAGE_SIGNS
    if len(copied) + (len(sent) if behind else 0) > IMPRINT_SIGNS:
        annexes += (_list_annex("抄送机关名单", copied),)
        copied = "各有关单位（名单附后）"
    sheet = replace(sheet, annexes=annexes)
    return Arranged(sheet, "", sent, copied) if behind else Arranged(sheet, sent, "", copied)


def _without_wide_end(sheet: Sheet) -> Sheet:
    """Tables across the page that end the text become annexes: 署名 would stand alone on the page behind them."""
    blocks = list(sheet.blocks)
    moved: list[Annex] = []
    while len(blocks) > 1 and isinstance(blocks[-1], Table) and is_wide(blocks[-1]):
        table = blocks.pop()
        moved.insert(0, Annex(table.title or "附表", (table,)))
    return replace(sheet, blocks=tuple(blocks), annexes=(*sheet.annexes, *moved))


def _list_annex(name: str, bodies: str) -> Annex:
    return Annex(name, (Paragraph(f"{bodies}。"),))


def head_size(form: Form, lines: tuple[str, ...]) -> float:
    """Points of the 版头: as large as the width of the page allows, within the office's measure."""
    longest = max((title.width(line) for line in lines), default=1)
    return round(min(LARGEST_HEAD.get(form, 22), BODY_WIDTH * 0.99 / longest), 2)


@dataclass(frozen=True)
class Closing:
    """署名 and 成文日期 with what is left free to their right, in full signs."""

    signatures: tuple[tuple[str, float], ...]
    day: str
    day_right: float


def closing(sheet: Sheet) -> Closing:
    """With a seal: the day 4 signs from the right, names centred on it. Without: by the first sign of the name."""
    written = day(sheet.dated) if sheet.dated or sheet.signatures else ""
    wide = title.width(written)
    if sheet.sealed:
        names = [(name, 4 + (wide - title.width(name)) / 2) for name in sheet.signatures]
        push = max([0.0, *(-right for _, right in names)])
        return Closing(tuple((name, right + push) for name, right in names), written, 4 + push)
    longest = max(map(title.width, sheet.signatures), default=0)
    day_right = longest - wide if longest else 4.0
    push = max(0.0, 2 - day_right)
    names = tuple((name, 2 + push + longest - title.width(name)) for name in sheet.signatures)
    return Closing(names, written, day_right + push)


def items(blocks: tuple[Block, ...], *, without_title: str = "") -> list[dict]:
    """Each block as the template prints it."""
    return [_ITEMS[type(block)](number, block, without_title) for number, block in numbered(blocks)]


def _heading(number: str, block: Heading, _: str) -> dict:
    return {
        "kind": "heading",
        "level": block.level,
        "lead": marked(number + block.lead),
        "rest": marked(block.rest),
        "plain": (number + block.lead, block.rest),
    }


def _paragraph(number: str, block: Paragraph, _: str) -> dict:
    return {"kind": "paragraph", "text": marked(block.text), "plain": (block.text,)}


def _quotation(number: str, block: Quotation, _: str) -> dict:
    words = block.text if block.text.startswith("“") else f"“{block.text}”"
    return {"kind": "quotation", "text": marked(words), "source": marked(block.source), "plain": (words, block.source)}


def _table(number: str, block: Table, without_title: str) -> dict:
    sides = sides_of(block)
    return {
        "kind": "table",
        "title": "" if block.title == without_title else block.title,
        "unit": block.unit,
        "head": spans(block.head),
        "rows": [{"cells": list(zip(row, sides, strict=True)), "group": _is_group(row)} for row in block.rows],
        "columns": block.width,
        "wide": is_wide(block),
        "size": "large" if block.width <= 6 else "middle" if block.width <= 12 else "small",
        "even": len(block.rows) * block.width > 2_000,
        "whole": _fits_whole(block, sides),
    }


def _is_group(row: tuple[str, ...]) -> bool:
    """Whether it names the rows below it, and so stays with the first of them: 四、消费协作 before its indicators."""
    return bool(row[0]) and len(row) > 1 and not any(row[1:])


SHORT_WORD = 5  # signs of a cell that is kept on one line
_UNIT = re.compile(r"（[^（）]{1,4}）$")


_ITEMS = {Heading: _heading, Paragraph: _paragraph, Quotation: _quotation, Table: _table}


def marked(text: str) -> SafeString:
    """The text, escaped; rare signs stand in a span of their own, so that another font does not move the line."""
    return mark_safe(_RARE.sub(r'<span class="rare">\g<0></span>', escape(text)))  # noqa: S308 (escaped above)


def is_wide(table: Table) -> bool:
    """Whether it stands across the page."""
    return table.landscape or table.width > PORTRAIT_COLUMNS


def sides_of(table: Table) -> list[str]:
    """Of each column: figures (number), texts (words) or short words (middle)."""
    return [_side([row[column] for row in table.rows]) for column in range(table.width)]


def _side(cells: list[str]) -> str:
    filled = [cell for cell in cells if cell.strip()]
    if filled and all(_NUMBER.fullmatch(cell.strip()) for cell in filled):
        return "number"
    return "words" if any(len(cell) > 10 for cell in filled) else "middle"


def _fits_whole(block: Table, sides: list[str]) -> bool:
    """Whether every number and short word fits on one line of its cell, so that none of them need be broken."""
    size = 12 if block.width <= 6 else 10.5 if block.width <= 12 else 9
    across = 225 if is_wide(block) else 156
    units = [max(len(_unit_of(row[column])) for row in block.head) for column in range(block.width)]
    needs = (_needed([row[column] for row in block.rows], side) for column, side in enumerate(sides))
    ems = sum(map(max, needs, units))
    return ems * size * 0.3528 + block.width * 2.7 <= across


def _unit_of(text: str) -> str:
    if len(text) <= SHORT_WORD:
        return text
    found = _UNIT.search(text)
    return found[0] if found else ""


def _needed(cells: list[str], side: str) -> float:
    """How wide a column has to be, in ems: digits are half as wide as a character; long words may be broken."""
    longest = max((sum(0.6 if sign.isascii() else 1 for sign in cell) for cell in cells), default=0)
    return longest if side == "number" else min(longest, SHORT_WORD)


def spans(head: tuple[Row, ...]) -> list[list[Cell]]:
    """The head's cells: an empty one belongs to the one above, or, where that is wide, to the one on its left."""
    owner = {}
    for row, cells in enumerate(head):
        for column, cell in enumerate(cells):
            above, left = owner.get((row - 1, column)), owner.get((row, column - 1))
            owner[row, column] = _owner((row, column), cell, above, left, owner)
    sizes: dict = {}
    for place, own in owner.items():
        sizes.setdefault(own, []).append(place)
    made = [[] for _ in head]
    for (row, column), places in sorted(sizes.items()):
        columns = 1 + max(place[1] for place in places) - column
        rows = 1 + max(place[0] for place in places) - row
        made[row].append(Cell(head[row][column], columns, rows, column))
    return made


def _owner(place: tuple, cell: str, above: tuple | None, left: tuple | None, owner: dict) -> tuple:
    if cell.strip():
        return place
    row, column = place
    if above and owner.get((row - 1, column + 1)) != above and owner.get((row - 1, column - 1)) != above:
        return above
    if left and left[0] == row and (above is None or owner.get((row - 1, column - 1)) == above):
        return left
    return place


def context(sheet: Sheet, *, alone: bool) -> dict:
    """All that `papers/sheet.html` prints; `alone`: the 版记 on a page of its own."""
    placed = arranged(sheet)
    sheet = placed.sheet
    annexes = [
        {
            "title": annex.title,
            "lines": title.lines(annex.title),
            "items": items(annex.blocks, without_title=annex.title),
        }
        for annex in sheet.annexes
    ]
    return {
        "sheet": sheet,
        "placed": placed,
        "addressees": marked(placed.addressees),
        "marks": "".join(f"【{mark}】" for mark in sheet.all_marks),
        **_head_places(sheet.form, head_size(sheet.form, sheet.letterhead)),
        "title_lines": title.lines(sheet.title),
        "items": items(sheet.blocks),
        "annexes": annexes,
        "printed_annexes": [(number, annex) for number, annex in enumerate(annexes, 1) if annex["items"]],
        "closing": closing(sheet),
        "imprint_rows": imprint_rows(placed),
        "imprint_rules": sheet.form is not Form.LETTER,
        "alone": alone,
        "faces": fonts.found(),
    }


def _head_places(form: Form, size: float) -> dict[str, float]:
    """Millimetres of the 版头. WeasyPrint sets a line of the stand-in for 小标宋 a twentieth of its size too low."""
    high, low = size / MILLIMETRE, 0.0525 * size / MILLIMETRE
    wanted = 30 - 37 if form is Form.LETTER else 35
    return {
        "head_size": size,
        "head_top": round(wanted - low, 3),
        "head_gap": round(4 + low, 3),
        # 信函: below the letterhead 4 mm, the double line, then 7/8 of a 三号 sign
        "letter_line": round(wanted + high + 4 + 1.85 + 0.875 * 15.75 / MILLIMETRE, 2),
    }


def imprint_rows(placed: Arranged) -> list[dict]:
    """What stands in the 版记, from the top; nothing where there is nothing to say. A letter has no 印发 line."""
    sheet = placed.sheet
    lists = (("主送", placed.imprint_addressees), ("抄送", placed.copies))
    lines = [f"{label}：{names}。" for label, names in lists if names]
    rows = [{"kind": "listed", "text": marked(line), "plain": line} for line in lines]
    if sheet.form is Form.LETTER:
        return rows
    if sheet.printer or sheet.printed_on:
        printed = f"{day(sheet.printed_on)}印发" if sheet.printed_on else ""
        rows.append({"kind": "printed", "text": sheet.printer, "day": printed})
    if sheet.print_run:
        run = f"（共印{sheet.print_run}份）"
        rows.append({"kind": "run", "text": run, "plain": run})
    return rows


def ends_wide(sheet: Sheet) -> bool:
    """Whether the last thing printed is a table across the page, so that the 版记 needs another one."""
    printed = [annex.blocks for annex in arranged(sheet).sheet.annexes if annex.blocks]
    last = (printed[-1] if printed else sheet.blocks)[-1:]
    return bool(printed and last and isinstance(last[0], Table) and is_wide(last[0]))
