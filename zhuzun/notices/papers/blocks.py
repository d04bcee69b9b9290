"""The blocks of a paper as its editor types them and as its page shows them (zhuzun.documents.papers.text)."""

import re

from zhuzun.documents.papers import layout, pasted, signs, text
from zhuzun.documents.papers.text import Block, Heading, Paragraph, Quotation, Table
from zhuzun.errors import DomainError
from zhuzun.notices.papers.rows import Row

_CAPTION = re.compile(r"^(?P<title>.*?)(?:（单位：(?P<unit>[^）]+)）)?(?P<wide>（横排）)?$")
_RUNS = re.compile(" {2,}")
HEAD_ENDS = "---"  # a line that ends the head of a table with several head rows

cut = pasted.cut


def read(stored) -> list[Block]:
    """The blocks of a paper's field."""
    return list(text.from_json(stored))


def row_of(block: Block) -> Row:
    """A block as the editor shows it."""
    if isinstance(block, Heading):
        return Row(f"heading{block.level}", block.text)
    if isinstance(block, Quotation):
        return Row("quotation", block.text, block.source)
    if isinstance(block, Table):
        return Row("table", _grid(block), _caption(block))
    return Row("paragraph", block.text)


def blocks_of(row: Row) -> list[Block]:
    """The blocks that a row of the editor means; several where a text of several lines was pasted into it."""
    pasted.bounded(row.words)
    if row.kind == "quotation":
        return [Quotation(_line(row.words), _line(row.source))]
    if row.kind == "table":
        return [_table(row)]
    lines = row.words.strip().splitlines()
    if row.kind.startswith("heading"):
        heading = Heading(int(row.kind[-1]), pasted.without_number(_line(lines[0])))
        return [heading, *pasted.pieces("\n".join(lines[1:]))]
    return pasted.pieces(row.words) if len(lines) > 1 else [Paragraph(_line(row.words))]


def typed_level(row: Row) -> int:
    """The level of the number that somebody typed at the beginning of a paragraph, or 0."""
    return pasted.typed_level(_line(row.words[:20])) if row.kind == "paragraph" else 0


def _line(words: str) -> str:
    return _RUNS.sub(" ", signs.joined(words.splitlines()))


def _caption(table: Table) -> str:
    unit = f"（单位：{table.unit}）" if table.unit else ""
    return table.title + unit + ("（横排）" if table.landscape else "")


def _grid(table: Table) -> str:
    head = [*table.head, (HEAD_ENDS,)] if len(table.head) > 1 else table.head
    return "\n".join("\t".join(row) for row in (*head, *table.rows))


def _table(row: Row) -> Table:
    lines = [line for line in row.words.splitlines() if line.strip()]
    if len(lines) < 2:
        raise DomainError("表格至少要有表头和一行内容，每行的各格用 Tab 分隔（可从表格中复制粘贴）。")
    ends = next((number for number, line in enumerate(lines) if line.strip() == HEAD_ENDS), None)
    cells = [tuple(signs.tidy(cell) for cell in line.split("\t")) for line in lines]
    head, body = (cells[:ends], cells[ends + 1 :]) if ends else (cells[:1], cells[1:])
    found = _CAPTION.match(_line(row.source))
    return Table(found["title"], found["unit"] or "", tuple(head), tuple(body), bool(found["wide"]))


def shown(stored) -> list[dict]:
    """For a template: what each block is, with its number; of a table the cells, each with its side."""
    return [_shown(number, block) for number, block in text.numbered(read(stored))]


def _shown(number: str, block: Block) -> dict:
    facts = {"number": number, "block": block, "kind": _kind(block)}
    if isinstance(block, Table):
        sides = layout.sides_of(block)
        facts["head"], facts["rows"] = (
            [list(zip(row, sides, strict=True)) for row in part] for part in (block.head, block.rows)
        )
    return facts


def _kind(block: Block) -> str:
    if isinstance(block, Heading):
        return f"level{block.level}"
    return {Paragraph: "paragraph", Quotation: "quotation", Table: "table"}[type(block)]
