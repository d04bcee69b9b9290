"""What an office file says, as lines of text; run in the child process by `zhuzun.documents.secrecy`."""

import base64
import json

from . import package, xml
from .child import DAMAGE
from .faults import Unreadable

# Elements that end a line: paragraphs, cells, headers and footers of sheets, what the file says of itself.
_ENDS = frozenset({
    "p", "si", "is", "v", "f", "tc", "comment", "title", "subject", "keywords", "description", "category", "lpwstr",
    "TextObject", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter",
})  # fmt: skip
_FOLDERS = ("word/", "xl/", "docProps/")
_LOOKS = ("styles.xml", "fontTable.xml", "settings.xml", "webSettings.xml", "calcChain.xml")
_FIRST = ("word/document.xml", "xl/sharedStrings.xml", "sheet1.xml", "Page_0/Content.xml")
_OFD = "/Content.xml"  # a page, or the pattern of pages, of an OFD file
HEAD = 20  # so many lines: 份号, 密级, 紧急程度, 版头 and title stand among them


def words(data: bytes) -> bytes:
    """JSON: `lines` [(place, text)] and the `files` inside; what went wrong is not told: it might quote."""
    try:
        found = package.Package(data)
        lines = [line for name in found.names if _is_text(name) for line in _placed(found, name)]
        lines += [("head", row.get("name", "")) for row in _sheets(found)]
        inside = [name for name in found.names if "/embeddings/" in name and not name.endswith("/")]
        files = [base64.b64encode(b"".join(found.chunks(name))).decode() for name in inside]
    except (Unreadable, *DAMAGE):
        return b"null"
    return json.dumps({"lines": lines, "files": files}).encode()


def _is_text(name: str) -> bool:
    if name.endswith(_OFD):
        return True
    return name.endswith(".xml") and name.startswith(_FOLDERS) and not name.endswith(_LOOKS) and "/theme" not in name


def _placed(found: package.Package, name: str) -> list[tuple[str, str]]:
    """The lines of a part, each with its place: those at its beginning may be the head of the first page."""
    lines = [line for line in _lines(found, name) if line.strip()]
    if name.startswith("docProps/"):
        return [("fact", line) for line in lines]
    first = len(lines) if "header" in name else HEAD if name.endswith(_FIRST) else 0
    return [("head" if place < first else "text", line) for place, line in enumerate(lines)]


def _lines(found: package.Package, name: str) -> list[str]:
    lines, pieces = [], []

    def start(element, attributes):
        if element in ("br", "cr"):
            end("p")
        elif element == "tab":
            pieces.append(" ")

    def end(element):
        if element in _ENDS:
            lines.append("".join(pieces))
            pieces.clear()

    xml.parse(found.chunks(name), start, end, pieces.append)
    return [*lines, "".join(pieces)]


def _sheets(found: package.Package) -> list[dict]:
    """The names of a workbook's sheets."""
    book = "xl/workbook.xml"
    return [row for _, row in xml.elements(found.chunks(book), frozenset({"sheet"}))] if book in found.names else []
