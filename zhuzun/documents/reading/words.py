"""What an office file says, as lines of text; run in the child process by `zhuzun.documents.secrecy`."""

import json

from . import package, xml
from .child import DAMAGE
from .faults import Unreadable

# Elements that end a line: paragraphs, cells, headers and footers of sheets, what the file says of itself.
_ENDS = frozenset({
    "p", "si", "is", "v", "f", "tc", "comment", "title", "subject", "keywords", "description", "category", "lpwstr",
    "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter",
})  # fmt: skip
_FOLDERS = ("word/", "xl/", "docProps/")
_LOOKS = ("styles.xml", "fontTable.xml", "settings.xml", "webSettings.xml", "calcChain.xml")


def words(data: bytes) -> bytes:
    """The lines as a JSON list; `null` where the file cannot be read. What went wrong is not told: it might quote."""
    try:
        found = package.Package(data)
        lines = [line for name in found.names if _is_text(name) for line in _lines(found, name)]
        lines += [row.get("name", "") for row in _sheets(found)]
    except (Unreadable, *DAMAGE):
        return b"null"
    return json.dumps(lines).encode()


def _is_text(name: str) -> bool:
    return name.endswith(".xml") and name.startswith(_FOLDERS) and not name.endswith(_LOOKS) and "/theme" not in name


def _lines(found: package.Package, name: str) -> list[str]:
    lines, pieces = [], []

    def end(element):
        if element in _ENDS:
            lines.append("".join(pieces))
            pieces.clear()

    xml.parse(found.chunks(name), lambda element, attributes: None, end, pieces.append)
    return [*lines, "".join(pieces)]


def _sheets(found: package.Package) -> list[dict]:
    """The names of a workbook's sheets."""
    book = "xl/workbook.xml"
    return [row for _, row in xml.elements(found.chunks(book), frozenset({"sheet"}))] if book in found.names else []
