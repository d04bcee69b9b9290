"""A block as somebody types it in the editor."""

from dataclasses import dataclass

# What a row may be, as the editor offers it.
KINDS = (
    ("paragraph", "正文段落"),
    ("heading1", "一、标题"),
    ("heading2", "（一）标题"),
    ("heading3", "1. 标题"),
    ("heading4", "（1）标题"),
    ("quotation", "引文"),
    ("table", "表格"),
)


@dataclass(frozen=True)
class Row:
    """Kind (one of KINDS), words, and a quotation's source or a table's caption.

    A table's words are lines of cells between tabs, its head first.
    """

    kind: str = "paragraph"
    words: str = ""
    source: str = ""
