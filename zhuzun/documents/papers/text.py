"""The text of a paper as a list of blocks. PDF, .docx, comparison and search all read these; HTML is never stored.

    blocks = cut("一、基本情况\n各区……")          # what somebody pasted (`zhuzun.documents.papers.pasted`)
    stored = to_json(blocks); blocks = from_json(stored)
    for number, block in numbered(blocks): …       # ("一、", Heading), ("", Paragraph), …

A heading that goes on in the same line (（一）压实责任。各区要……) is one block: `lead` is its first sentence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from zhuzun.documents.papers import signs
from zhuzun.errors import DomainError

MOST_BLOCKS = 400
MOST_SIGNS = 60_000
LONGEST_BLOCK = 5_000
MOST_ROWS = 500
MOST_CELLS = 12_000  # of all tables together
MOST_COLUMNS = 24
MOST_HEAD_ROWS = 3
LONGEST_CELL = 400
LONGEST_TITLE = 120

Row = tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """Level 1 一、 · 2 （一） · 3 1. · 4 （1）; the number is set by the program and is not part of `text`."""

    level: int
    text: str

    @property
    def lead(self) -> str:
        """The sentence that is set in the heading's face."""
        end = self.text.find("。")
        return self.text if end < 0 else self.text[: end + 1]

    @property
    def rest(self) -> str:
        """What follows in the same line, set as text."""
        return self.text[len(self.lead) :]


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Table:
    """In a head row an empty cell belongs to the cell above it, or, where that one is wide, to the one on its left."""

    title: str
    unit: str
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    landscape: bool = False

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.head[0]) if self.head else 0


@dataclass(frozen=True)
class Quotation:
    """Somebody's words, with the paper or report they are taken from."""

    text: str
    source: str


Block = Heading | Paragraph | Table | Quotation
Blocks = tuple[Block, ...]

KINDS = {"heading": Heading, "paragraph": Paragraph, "table": Table, "quotation": Quotation}
LABELS = {Heading: "标题", Paragraph: "段落", Table: "表格", Quotation: "引文"}
_NAMES = {made: name for name, made in KINDS.items()}
_DIGITS = "零一二三四五六七八九"


# --- to and fro ---


def to_json(blocks: Iterable[Block]) -> list[dict]:
    """As a JSON field keeps it."""
    return [{"kind": _NAMES[type(block)], **_plain(asdict(block))} for block in blocks]


def from_json(stored: object) -> Blocks:
    """The blocks of what `to_json` gave, or of what a browser sent; raises `DomainError` for anything else."""
    if not isinstance(stored, list):
        raise DomainError("正文的格式不对，请刷新页面后重试。")
    blocks = tuple(_block(entry, place) for place, entry in enumerate(stored, 1))
    check(blocks)
    return blocks


def _plain(fields: dict) -> dict:
    return {name: _lists(value) for name, value in fields.items()}


def _lists(value: object) -> object:
    return [_lists(part) for part in value] if isinstance(value, tuple) else value


def _block(entry: object, place: int) -> Block:
    made = KINDS.get(entry.get("kind")) if isinstance(entry, dict) else None
    if made is None:
        raise DomainError(f"第 {place} 块的类型不认识，请刷新页面后重试。")
    fields = {name: value for name, value in entry.items() if name != "kind"}
    try:
        block = made(**{name: _read(name, value) for name, value in fields.items()})
    except (OverflowError, TypeError, ValueError) as error:
        raise DomainError(f"第 {place} 块（{LABELS[made]}）的格式不对，请刷新页面后重试。") from error
    return block


def _read(name: str, value: object) -> object:
    if name == "level":
        return int(value)
    if name == "landscape":
        return bool(value)
    if name in ("head", "rows"):
        return tuple(tuple(a_string(cell) for cell in a_list(row)) for row in a_list(value))
    return a_string(value)


def a_list(value: object) -> list:
    if not isinstance(value, list):
        raise TypeError("a list is wanted")
    return value


def a_string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text is wanted")
    return value


# --- what may stand there ---


def check(blocks: Blocks, where: str = "") -> None:
    """Refuse what cannot be printed, in Chinese, with its place (`where`: 附件1)."""
    if len(blocks) > MOST_BLOCKS:
        raise DomainError(f"{where}正文有 {len(blocks)} 块，最多 {MOST_BLOCKS} 块。较长的材料请作附件。")
    for place, block in enumerate(blocks, 1):
        check_one(block, f"{where}第 {place} 块（{LABELS[type(block)]}）")
    check_cells([block for block in blocks if isinstance(block, Table)], where)
    signs_in_all = len(plain_text(blocks))
    if signs_in_all > MOST_SIGNS:
        raise DomainError(f"{where}正文共 {signs_in_all} 字，最多 {MOST_SIGNS} 字。较长的材料请作附件。")


def check_one(block: Block, place: str) -> None:
    """Refuse one block that cannot be printed; `place` says in Chinese where it stands."""
    _CHECKS[type(block)](block, place)


def check_cells(tables: list["Table"], where: str = "") -> None:
    """Refuse more cells than can be set in time, also empty ones: they hold no sign and yet take their place."""
    cells = sum(len(table.head + table.rows) * table.width for table in tables)
    if cells > MOST_CELLS:
        raise DomainError(f"{where}表格共 {cells} 格，最多 {MOST_CELLS} 格。较长的表格请另附电子表格。")


def _check_heading(block: Heading, place: str) -> None:
    if block.level not in (1, 2, 3, 4):
        raise DomainError(f"{place}的层次只能是一级至四级。")
    signs.check_line(block.text, place, LONGEST_BLOCK)


def _check_paragraph(block: Paragraph, place: str) -> None:
    signs.check_line(block.text, place, LONGEST_BLOCK)


def _check_quotation(block: Quotation, place: str) -> None:
    signs.check_line(block.text, place, LONGEST_BLOCK)
    if not block.source.strip():
        raise DomainError(f"{place}没有注明出处，请填写。")
    signs.check_line(block.source, f"{place}的出处", LONGEST_TITLE)


def _check_table(block: Table, place: str) -> None:
    signs.check_line(block.title, f"{place}的标题", LONGEST_TITLE, empty=True)
    signs.check_line(block.unit, f"{place}的单位", 40, empty=True)
    if not block.head or not block.width:
        raise DomainError(f"{place}没有表头，请填写。")
    if len(block.head) > MOST_HEAD_ROWS:
        raise DomainError(f"{place}的表头有 {len(block.head)} 行，最多 {MOST_HEAD_ROWS} 行。")
    if block.width > MOST_COLUMNS:
        raise DomainError(f"{place}有 {block.width} 列，最多 {MOST_COLUMNS} 列，请拆成两张表。")
    if len(block.rows) > MOST_ROWS:
        raise DomainError(f"{place}有 {len(block.rows)} 行，最多 {MOST_ROWS} 行。较长的表格请另附电子表格。")
    for number, row in enumerate(block.head + block.rows, 1):
        if len(row) != block.width:
            raise DomainError(f"{place}第 {number} 行有 {len(row)} 格，表头有 {block.width} 格，请对齐。")
        for column, cell in enumerate(row, 1):
            signs.check_line(cell, f"{place}第 {number} 行第 {column} 格", LONGEST_CELL, empty=True)


_CHECKS = {Heading: _check_heading, Paragraph: _check_paragraph, Quotation: _check_quotation, Table: _check_table}


# --- numbers of the hierarchy ---


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with the number that stands before it: 一、 （一） 1. （1）; empty for what has none."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if not isinstance(block, Heading):
            yield "", block
            continue
        level = block.level - 1
        counts[level] += 1
        counts[level + 1 :] = [0] * (3 - level)
        yield _NUMBERS[level](counts[level]), block


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十, 105 → 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if hundreds and ones and not tens:
        words += "零"
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    return words + (_DIGITS[ones] if ones else "")


_NUMBERS = (
    lambda n: f"{chinese(n)}、",
    lambda n: f"（{chinese(n)}）",
    lambda n: f"{n}.",
    lambda n: f"（{n}）",
)


def plain_text(blocks: Iterable[Block]) -> str:
    """One line a block, for search and for comparing rounds; the cells of a table's row are set apart by tabs."""
    return "\n".join(line for number, block in numbered(blocks) for line in _lines(number, block))


def weight(blocks: Iterable[Block]) -> int:
    """How much work they are to set, in cells of a table."""
    blocks = tuple(blocks)
    tables = [block for block in blocks if isinstance(block, Table)]
    return sum(len(table.head + table.rows) * table.width for table in tables) + len(plain_text(blocks)) // 40


def _lines(number: str, block: Block) -> list[str]:
    if isinstance(block, Table):
        top = [line for line in (block.title, f"单位：{block.unit}" if block.unit else "") if line]
        return top + ["\t".join(row) for row in block.head + block.rows]
    if isinstance(block, Quotation):
        return [f"{block.text}（{block.source}）"]
    return [number + block.text]
