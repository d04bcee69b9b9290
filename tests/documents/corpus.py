"""Makers of spreadsheets, honest and hostile, written by hand so that every byte is the test's own."""

import io
import struct
import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HERE = Path(__file__).parent / "confined"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def raw(content: str, kind: str = "n", style: int = 0) -> str:
    """The inside of a cell as a program wrote it; `kind` is its t attribute."""
    return f't="{kind}" s="{style}">{content}'


def text(value) -> str:
    return raw(f'<is><t xml:space="preserve">{value}</t></is>', "inlineStr")


def number(value, style=0) -> str:
    return raw(f"<v>{value}</v>", "n", style)


def rows_xml(rows, first=1) -> str:
    """Sheet rows of strings (texts), ints (numbers), None (no cell) or what `raw` made."""
    made = []
    for n, row in enumerate(rows, first):
        cells = [f'<c r="{LETTERS[i]}{n}" {_cell(value)}</c>' for i, value in enumerate(row) if value is not None]
        made.append(f'<row r="{n}">{"".join(cells)}</row>')
    return "".join(made)


def _cell(value) -> str:
    if isinstance(value, int | float):
        return number(value)
    return value if value.startswith('t="') else text(value)


def sheet_xml(rows="", *, after="", before="") -> str:
    body = rows if isinstance(rows, str) else rows_xml(rows)
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{before}<sheetData>{body}</sheetData>{after}</worksheet>'


def xlsx(sheets, *, strings="", styles="", workbook_pr="", extra=(), states=None, content_types="sheet.main") -> bytes:
    """A workbook of {name: sheet xml or rows}; `states` hides sheets, `extra` adds parts (name, content)."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{content_types}+xml"/></Types>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
    }
    related, listed = [], []
    for n, (name, content) in enumerate(sheets.items(), 1):
        state = (states or {}).get(name, "visible")
        related.append(("worksheet", f"worksheets/sheet{n}.xml"))
        listed.append(f'<sheet name="{name}" sheetId="{n}" state="{state}" r:id="rId{n}"/>')
        parts[f"xl/worksheets/sheet{n}.xml"] = content if isinstance(content, str) else sheet_xml(content)
    if strings:
        related.append(("sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = f'<?xml version="1.0"?><sst xmlns="{MAIN}">{strings}</sst>'
    if styles:
        related.append(("styles", "styles.xml"))
        parts["xl/styles.xml"] = f'<?xml version="1.0"?><styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    parts["xl/workbook.xml"] = (
        f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook_pr}'
        f"<sheets>{''.join(listed)}</sheets></workbook>"
    )
    parts["xl/_rels/workbook.xml.rels"] = _relations(related)
    return zipped([*parts.items(), *extra])


def _relations(targets) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def zipped(parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(name, content)
    return out.getvalue()


def repacked(data: bytes, replace: dict) -> bytes:
    """The package with some parts exchanged."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return zipped({**parts, **replace}.items())


def streamed_bomb(name: str, piece: bytes, times: int, head: bytes, tail: bytes, base: bytes) -> bytes:
    """`base` with the part `name` blown up to `times` pieces, without ever holding it inflated."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part in old.namelist():
            if part != name:
                package.writestr(part, old.read(part))
        with package.open(name, "w", force_zip64=True) as bomb:
            bomb.write(head)
            for _ in range(times):
                bomb.write(piece)
            bomb.write(tail)
    return out.getvalue()


def with_declared_sizes(data: bytes, size: int) -> bytes:
    """The package whose table of contents claims that every part has `size` bytes."""
    out = bytearray(data)
    at = 0
    while (at := out.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<L", out, at + 24, size)
        at += 4
    return bytes(out)


def encrypted() -> bytes:
    """A workbook with an opening password, as far as its container shows."""
    return OLE + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 500


def old_workbook() -> bytes:
    return OLE + b"\x00" * 500 + "Workbook".encode("utf-16-le") + b"\x00" * 500


DATE_STYLES = (
    '<numFmts count="3"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>'
    '<numFmt numFmtId="177" formatCode="#,##0.00&quot;day&quot;"/><numFmt numFmtId="178" '
    'formatCode="0.00E+00"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="178"/>'
    '<xf numFmtId="31"/><xf numFmtId="22"/></cellXfs>'
)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx(*, main=WORD, template="", before="", extra=()) -> bytes:
    """A small Word document; `template` is the address of its template, `before` stands ahead of the content types."""
    parts = [
        (
            "[Content_Types].xml",
            f'<?xml version="1.0"?>{before}<Types xmlns="{PACKAGE}/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        ),
        ("_rels/.rels", _relations([("officeDocument", "word/document.xml")])),
        ("word/document.xml", '<?xml version="1.0"?><document><body><p>协议</p></body></document>'),
    ]
    if template:
        related = _relations([("attachedTemplate", template)]).replace("/>", ' TargetMode="External"/>')
        parts.append(("word/_rels/settings.xml.rels", related))
    return zipped([*parts, *extra])
