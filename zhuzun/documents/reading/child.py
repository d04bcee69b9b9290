"""The function that the child process runs: a question and a file in, rows or a reason out."""

import json
import struct
import zipfile
import zlib
from xml.parsers.expat import ExpatError  # nosec: only the name of the error

from . import delimited, faults, package, rows, table, workbook, xml
from .faults import Unreadable
from .text import heading_key, letter

# What a damaged or doctored file makes the standard library raise.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, ExpatError, struct.error, EOFError, OSError,
    ValueError, LookupError, NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip


def read(request: bytes) -> bytes:
    """`request`: a line of JSON (filename, columns, max_rows, skip_totals), then the file. The answer is JSON."""
    question, _, data = request.partition(b"\n")
    try:
        answer = _answer(json.loads(question), data)
    except Unreadable as refusal:
        answer = {"refused": str(refusal)}
    except DAMAGE:
        answer = {"refused": faults.DAMAGED}
    return json.dumps(answer).encode()


def _answer(question: dict, data: bytes) -> dict:
    wanted = [
        table.Wanted(name, frozenset(map(heading_key, [name, *aliases])), required)
        for name, aliases, required in question["columns"]
    ]

    def collector():
        return table.Collector(wanted, question["max_rows"], skip_totals=question["skip_totals"])

    if package.kind_of(data, question["filename"]) == "csv":
        return _read_csv(data, collector, wanted)
    return _read_xlsx(workbook.Workbook(package.SheetPackage(data)), collector, wanted)


def _read_csv(data: bytes, collector, wanted: list[table.Wanted]) -> dict:
    text = delimited.decoded(data)
    nearest, fault = ("", None), None
    for delimiter in delimited.DELIMITERS:
        taker = collector()
        try:
            _take(taker, delimited.rows(text, delimiter))
        except Unreadable as refusal:
            if taker.has_heading:
                raise
            fault = fault or refusal
        if taker.found:
            return _told("", taker.found, 0, [], from_1904=False)
        nearest = _nearer(nearest, ("", taker.nearest))
    if fault and not (nearest[1] and nearest[1].places):
        raise fault
    raise Unreadable(_no_heading(*nearest, wanted))


def _take(taker: table.Collector, records) -> None:
    try:
        for number, cells in records:
            taker.row(number, cells)
    except xml.Enough:
        return
    taker.finish()


def _read_xlsx(book: workbook.Workbook, collector, wanted: list[table.Wanted]) -> dict:
    nearest = ("", None)
    for sheet in book.sheets:
        if sheet.hidden:
            continue
        taker = collector()
        reader = rows.SheetReader(book, sheet, taker.row)
        reader.read()
        taker.finish()
        if taker.found:
            table.fill_merged(taker.found, reader.merged)
            others = [other.name for other in book.sheets if other is not sheet and not other.hidden]
            return _told(sheet.name, taker.found, reader.hidden_rows, others, from_1904=book.from_1904)
        nearest = _nearer(nearest, (sheet.name, taker.nearest))
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden]
    raise Unreadable(_no_heading(*nearest, wanted, hidden))


def _told(name: str, found: table.Found, hidden_rows: int, others: list[str], *, from_1904: bool) -> dict:
    heading = found.heading
    if heading.repeated:
        raise Unreadable(_repeated(name, heading))
    column_of = {columns[0]: label for label, columns in heading.places.items()}
    return {
        "sheet": name,
        "heading_row": heading.last,
        "columns": {label: letter(columns[0]) for label, columns in heading.places.items()},
        "rows": [[number, {column_of[c]: cell for c, cell in cells.items()}] for number, cells in found.rows],
        "skipped": found.skipped[:200],
        "hidden_rows": hidden_rows,
        "others": others[:20],
        "from_1904": from_1904,
    }


def _nearer(one: tuple, other: tuple) -> tuple:
    """Of two sheets the one that looks more like the table."""
    if one[1] is None or (other[1] is not None and len(other[1].places) > len(one[1].places)):
        return other
    return one


def _sheet(name: str) -> str:
    return f"「{name}」表" if name else "文件"


def _repeated(name: str, heading: table.Heading) -> str:
    places = [
        f"{label}（{'、'.join(f'{letter(column)}{heading.last}' for column in heading.places[label])}）"
        for label in heading.repeated
    ]
    return f"{_sheet(name)}的表头重复：{'；'.join(places)}。请只保留一列后重新上传。"


def _no_heading(name: str, nearest: table.Heading | None, wanted: list[table.Wanted], hidden: tuple | list = ()) -> str:
    needed = [column.name for column in wanted if column.required]
    where = f"；隐藏的工作表（{'、'.join(hidden[:5])}）不读取，如数据在其中请先取消隐藏" if hidden else ""
    if nearest is None:
        return f"{_sheet(name)}中没有内容。请按模板填写，表头应有：{'、'.join(needed)}{where}。"
    found = [text[:20] for text in nearest.texts.values()][:30]
    if not nearest.places:
        return (
            f"{_sheet(name)}中没有找到表头。表头应有：{'、'.join(needed)}；读到的是：{'、'.join(found[:12])}{where}。"
        )
    missing = [label for label in needed if label not in nearest.places]
    return (
        f"{_sheet(name)}第 {nearest.last} 行的表头缺少：{'、'.join(missing)}；"
        f"已有：{'、'.join(found)}{where}。请按模板补齐后重新上传。"
    )
