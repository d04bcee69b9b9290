"""csv as offices save it: UTF-8 with or without BOM, GBK, or Excel's «Unicode text»; comma, tab or semicolon."""

import csv
import io

from . import faults, limits
from .faults import Unreadable
from .rows import Cells
from .text import legal, unguarded

DELIMITERS = (",", "\t", ";")


def decoded(data: bytes) -> str:
    """The text of a csv file; raises `Unreadable` when no encoding fits."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(faults.ENCODING)


def rows(text: str, delimiter: str):
    """(row number, cells) of each record, numbered as an office program shows them."""
    csv.field_size_limit(limits.CELL_CHARACTERS * 2)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            yield number, _cells(record)
    except csv.Error as error:
        raise Unreadable(f"第 {number + 1} 行的引号或文字无法识别。请另存为 .xlsx 后重新上传。") from error


def _cells(record: list[str]) -> Cells:
    if len(record) > limits.LAST_COLUMN:
        raise Unreadable(faults.DAMAGED)
    return {column: ("s", legal(unguarded(value))) for column, value in enumerate(record, 1) if value}
