"""The fixed pieces of an xlsx file that `workbook` writes: package parts, styles, page set-up."""

import re
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# name -> (number format, font, fill, border, alignment); the place in this table is the style's number in the sheet.
_LOOKS = {
    "plain": (0, 0, 0, 0, ""),
    "title": (0, 1, 0, 0, 'horizontal="center" vertical="center"'),
    "subtitle": (0, 0, 0, 0, 'horizontal="left" vertical="center"'),
    "heading": (49, 2, 2, 1, 'horizontal="center" vertical="center" wrapText="1"'),
    "text": (49, 0, 0, 1, 'vertical="center" wrapText="1"'),
    "code": (49, 0, 0, 1, 'vertical="center"'),
    "number": (0, 0, 0, 1, 'vertical="center"'),
    "integer": (3, 0, 0, 1, 'vertical="center"'),
    "money": (4, 0, 0, 1, 'vertical="center"'),
    "percent": (10, 0, 0, 1, 'vertical="center"'),
    "date": (164, 0, 0, 1, 'horizontal="center" vertical="center"'),
    "datetime": (165, 0, 0, 1, 'horizontal="center" vertical="center"'),
}
STYLES = {name: number for number, name in enumerate(_LOOKS)}

_FONT = '<font>{bold}<sz val="{size}"/><name val="宋体"/><family val="3"/><charset val="134"/></font>'
_SIDES = "".join(f'<{side} style="thin"><color indexed="22"/></{side}>' for side in ("left", "right", "top", "bottom"))


def fixed(title: str, *, heading_row: int) -> list[tuple[str, str]]:
    """Every part but the sheet itself, as (name in the package, text)."""
    return [
        ("[Content_Types].xml", _CONTENT_TYPES),
        ("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", _workbook(sheet_name(title), heading_row)),
        (
            "xl/_rels/workbook.xml.rels",
            _relations([("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]),
        ),
        ("xl/styles.xml", _styles()),
    ]


def sheet_name(title: str) -> str:
    """The title as a sheet may be called: at most 31 characters, none of []:*?/\\, no quote at the ends."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff\ud800-\udfff]", " ", title).strip().strip("'")
    return name[:31].strip().strip("'") or "Sheet1"


def sheet_start(widths: list[int], heading_row: int) -> str:
    """The sheet up to its rows: fit to the page's width, heading frozen, widths."""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, 1)
    )
    below = f"A{heading_row + 1}"
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0" tabSelected="1">'
        f'<pane ySplit="{heading_row}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="18"/><cols>{columns}</cols><sheetData>'
    )


def sheet_end(merged: list[str]) -> str:
    """The sheet after its rows: merged title, margins, A4 landscape, page numbers."""
    ranges = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    merges = f'<mergeCells count="{len(merged)}">{ranges}</mergeCells>' if merged else ""
    return (
        f'</sheetData>{merges}<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>"
    )


def _workbook(name: str, heading_row: int) -> str:
    quoted = name.replace("'", "''")
    titles = escape(f"'{quoted}'!${heading_row}:${heading_row}")
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
        f'<sheets><sheet name={quoteattr(name)} sheetId="1" r:id="rId1"/></sheets>'
        f'<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">{titles}</definedName></definedNames>'
        "</workbook>"
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _styles() -> str:
    looks = "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1"'
        f' applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment {alignment}/></xf>'
        for number, font, fill, border, alignment in _LOOKS.values()
    )
    fonts = "".join(_FONT.format(bold=bold, size=size) for bold, size in [("", 11), ("<b/>", 18), ("<b/>", 11)])
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
        f'<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="3">{fonts}</fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/><bgColor indexed="64"/></patternFill>'
        f'</fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>{_SIDES}'
        '<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(_LOOKS)}">{looks}</cellXfs><cellStyles count="1">'
        '<cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


_CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/xl/{part}.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in [("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles")]
    )
    + "</Types>"
)
