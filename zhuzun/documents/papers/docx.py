"""A sheet as .docx for WPS and Word: the same parts in the same order, with styles, so that an office can go on in it.

The parts of the body are written as WordprocessingML and parsed once (a table of 500 rows cell by cell through
python-docx takes half a minute); python-docx keeps the package, sections, headers and footers. A QR code is not taken
over: it vouches for a print, and an editable file is none.
"""

import zipfile
from copy import deepcopy
from io import BytesIO

from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from zhuzun.documents.papers import docx_markup as w
from zhuzun.documents.papers import docx_pages, layout, store
from zhuzun.documents.papers import docx_styles as styles
from zhuzun.documents.papers.docx_styles import LINE, SIGN
from zhuzun.documents.papers.sheet import Form, Sheet

_PLACE = Mm(156).twips
_ACROSS = Mm(225).twips
_EPOCH = (1980, 1, 1, 0, 0, 0)


def render(sheet: Sheet) -> bytes:
    """The paper as an editable file; raises `DomainError` for what cannot be set. Same sheet, same bytes."""
    sheet.check()
    context = layout.context(sheet, alone=False)
    document = Document()
    styles.add(document)
    docx_pages.settings(document, sheet)
    body = _Body(document)
    _HEADS[sheet.form](body, context)
    _title(body, context)
    _items(body, context["items"])
    _closing(body, context)
    for number, annex in context["printed_annexes"]:
        _annex(body, number if len(context["annexes"]) > 1 else "", annex)
    alone = bool(context["imprint_rows"]) and body.stand(across=False, fresh=body.across)
    if context["imprint_rows"]:
        _imprint(body, context)
    docx_pages.sections(document, context)
    if alone:  # a page with nothing but the 版记 has no number
        docx_pages.without_number(document.sections[-1])
    return _same_bytes(document)


def file(sheet: Sheet) -> bytes:
    """The same, from the store where the same content was set before."""
    sheet.check()
    return store.kept(store.key_of("docx", [sheet.canonical()]), lambda: render(sheet))


def sha256(sheet: Sheet) -> str:
    """Of the file, where it was written before; empty otherwise."""
    sheet.check()
    return store.sha256_of(store.key_of("docx", [sheet.canonical()]))


# --- the body ---


class _Body:
    """Appends parts before the last section's properties and turns the page where a table stands across it."""

    def __init__(self, document):
        self.document, self.across = document, False
        for part in document.element.body.xpath("w:p"):
            document.element.body.remove(part)

    def add(self, markup: str) -> None:
        """Parts of the body as text of WordprocessingML.

        Copies: to move a part between documents takes a time that grows with the square of its size.
        """
        wrapped = parse_xml(f"<w:body {nsdecls('w')}>{markup}</w:body>")
        last = self.document.element.body[-1]
        for part in wrapped:
            last.addprevious(deepcopy(part))

    def keep_last(self) -> None:
        """What was added last stays with what comes next, so that 署名 has no page of its own."""
        last = self.document.element.body.xpath("w:p[last()]")[-1]
        if last.xpath("w:pPr[not(w:keepNext)][not(w:sectPr)]"):
            last.pPr.get_or_add_keepNext()

    def stand(self, *, across: bool, fresh: bool = False) -> bool:
        """What comes now stands upright or across; says whether a new page began with it."""
        if across == self.across and not fresh:
            return False
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self.across = across
        docx_pages.measures(section, across)
        return True


# --- 版头 ---


def _official_head(body: _Body, context: dict) -> None:
    sheet, number = context["sheet"], context["sheet"].number or "草稿"
    top = Mm(35).twips
    if sheet.urgency:
        body.add(w.p("PaperUrgency", w.run(sheet.urgency)))
        top -= LINE
    for line in sheet.letterhead:
        size = context["head_size"]
        body.add(w.p("PaperHead", w.run(line, size=0.96 * size), properties=w.before(top, round(20 * size))))
        top = Mm(2).twips
    below = w.rule(4 * layout.MILLIMETRE)
    # Tabs, because an indent would shorten the red line too.
    stops, edges = w.tabs(("left", SIGN), ("right", _PLACE - SIGN)), '<w:jc w:val="left"/>'
    if sheet.signers:
        runs = (
            w.TAB,
            w.run(number),
            w.TAB,
            w.run("签发人："),
            w.run("　".join(sheet.signers), styles.KAI),
        )
        body.add(w.p("PaperNumber", *runs, properties=below + stops + edges))
    elif sheet.form is Form.MINUTES:
        body.add(w.p("PaperNumber", w.run(number)))
        runs = (w.TAB, w.run(next(iter(sheet.signatures), sheet.printer)), w.TAB, w.run(context["closing"].day))
        body.add(w.p("PaperNumber", *runs, properties=below + stops + w.before(0) + edges))
    else:
        body.add(w.p("PaperNumber", w.run(number), properties=below))


def _letter_head(body: _Body, context: dict) -> None:
    """The letterhead itself and both double lines stand in the first page's header and footer."""
    sheet = context["sheet"]
    runs = (w.run(sheet.urgency, styles.HEI), w.TAB, w.run(sheet.number or "草稿"))
    body.add(w.p("PaperNumber", *runs, properties=w.tab(_PLACE) + w.before(0.875 * 320) + '<w:jc w:val="left"/>'))


def _inner_head(body: _Body, context: dict) -> None:
    sheet = context["sheet"]
    label = next(iter(sheet.letterhead), "") + (f"（{sheet.urgency}）" if sheet.urgency else "")
    runs = (w.run(label, styles.HEI), w.TAB, w.run(sheet.number or "草稿"))
    body.add(w.p("PaperNumber", *runs, properties=w.tab(_PLACE) + w.before(0) + '<w:jc w:val="left"/>'))


_HEADS = {
    Form.OFFICIAL: _official_head,
    Form.MINUTES: _official_head,
    Form.LETTER: _letter_head,
    Form.INNER: _inner_head,
}


# --- 标题, 正文, 署名 ---


def _title(body: _Body, context: dict) -> None:
    lines = 1 if context["sheet"].form is Form.INNER else 2
    body.add(w.p("PaperTitle", w.lines(context["title_lines"]), properties=w.before(lines * LINE)))
    addressees = context["placed"].addressees
    to = w.run(f"{addressees}：") if addressees else ""
    body.add(w.p("PaperTo", to, properties="" if to else w.before(0)))  # one line is free in either case


def _items(body: _Body, items: list[dict]) -> None:
    for item in items:
        if item["kind"] == "table":
            _table(body, item)
        else:
            body.stand(across=False)
            body.add(_TEXTS[item["kind"]](item))


def _heading(item: dict) -> str:
    lead, rest = item["plain"]
    if not rest:
        return w.p(f"PaperLevel{item['level']}", w.run(lead))
    return w.p("", w.run(lead, style=f"PaperLead{item['level']}"), w.run(rest))


def _paragraph(item: dict) -> str:
    return w.p("", w.run(*item["plain"]))


def _quotation(item: dict) -> str:
    words, source = item["plain"]
    return w.p("PaperQuotation", w.run(words), w.run(f"（{source}）", styles.FANG))


_TEXTS = {"heading": _heading, "paragraph": _paragraph, "quotation": _quotation}


def _closing(body: _Body, context: dict) -> None:
    sheet = context["sheet"]
    body.stand(across=False)
    body.keep_last()
    _annex_list(body, [annex["title"] for annex in context["annexes"]])
    for place, entry in enumerate(sheet.attendance):
        edges = f'{w.before(0 if place else LINE)}<w:ind w:left="{5 * SIGN}" w:hanging="{3 * SIGN}"/>'
        body.add(w.p("", w.run(entry.label, styles.HEI), w.run(f"：{entry.names}"), properties=edges))
    if sheet.form is not Form.MINUTES:
        _signed(body, context)
    if sheet.note:
        body.add(w.p("PaperNote", w.run(f"（{sheet.note}）")))


def _annex_list(body: _Body, titles: list[str]) -> None:
    for place, title in enumerate(titles):
        number = f"{place + 1}." if len(titles) > 1 else ""
        left, hanging = (6, 1) if number else (5, 0)
        runs = (w.run("附件：") if not place else "", w.run(number + title))
        hanging += 0 if place else 3
        edges = f'{w.before(0 if place else LINE)}<w:ind w:left="{left * SIGN}" w:hanging="{hanging * SIGN}"/>'
        body.add(w.p("PaperAnnexList", *runs, properties="<w:keepNext/>" + edges))


def _signed(body: _Body, context: dict) -> None:
    before = LINE * (2 if context["sheet"].sealed else 1)
    for name, right in context["closing"].signatures:
        edges = f'{w.before(before)}<w:ind w:right="{round(right * SIGN)}" w:firstLine="0"/>'
        body.add(w.p("PaperSignature", w.run(name), properties=edges))
        before = 0
    if context["closing"].day:
        edges = f'{w.before(before)}<w:ind w:right="{round(context["closing"].day_right * SIGN)}" w:firstLine="0"/>'
        body.add(w.p("PaperDay", w.run(context["closing"].day), properties=edges))


# --- 表, 附件, 版记 ---

_SIZES = {"large": 12, "middle": 10.5, "small": 9}
_CENTRED = '<w:jc w:val="center"/>'
_HEAD_CELL = f"<w:keepNext/>{_CENTRED}"
_MERGES = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}
_SIDES = {"number": "right", "words": "left", "middle": "center"}


def _table(body: _Body, item: dict) -> None:
    body.stand(across=item["wide"])
    if item["title"]:
        body.add(w.p("PaperTableTitle", w.run(item["title"])))
    if item["unit"]:
        body.add(w.p("PaperUnit", w.run(f"单位：{item['unit']}")))
    columns = item["columns"]
    width = (_ACROSS if item["wide"] else _PLACE) // columns
    size = _SIZES[item["size"]]
    head = "".join(_head_row(row, width, size) for row in _word_head(item["head"]))
    kept = {0, len(item["rows"]) - 2}  # no row stands alone below the head, nor at the top of the last page
    rows = "".join(
        _row(row["cells"], width, size, keep=row["group"] or place in kept) for place, row in enumerate(item["rows"])
    )
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    body.add(
        f'<w:tbl><w:tblPr><w:tblW w:w="{width * columns}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"
    )


def _word_head(head: list[list[layout.Cell]]) -> list[list[tuple[str, int, str]]]:
    """(text, columns, vMerge) for each row: Word names a cell that goes down again in each row."""
    made, open_cells = [], []
    for row in head:
        cells = sorted([(cell.column, cell.text, cell.columns, cell.rows, "restart") for cell in row] + open_cells)
        made.append(
            [
                (text, columns, merge if rows > 1 or merge == "continue" else "")
                for _, text, columns, rows, merge in cells
            ]
        )
        open_cells = [(at, "", columns, rows - 1, "continue") for at, _, columns, rows, _ in cells if rows > 1]
    return made


def _head_row(cells: list[tuple[str, int, str]], width: int, size: float) -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width * columns}" w:type="dxa"/><w:gridSpan w:val="{columns}"/>'
        f'{_MERGES[merge]}<w:vAlign w:val="center"/></w:tcPr>'
        f"{w.p('PaperCell', w.run(text, styles.HEI, size), properties=_HEAD_CELL)}</w:tc>"
        for text, columns, merge in cells
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{made}</w:tr>"


def _row(cells: list[tuple[str, str]], width: int, size: float, *, keep: bool) -> str:
    together = "<w:keepNext/>" if keep else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        + w.p("PaperCell", w.run(text, size=size), properties=f'{together}<w:jc w:val="{_SIDES[side]}"/>')
        + "</w:tc>"
        for text, side in cells
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{made}</w:tr>"


def _annex(body: _Body, number: int | str, annex: dict) -> None:
    fresh = body.stand(across=annex["items"][0].get("wide", False), fresh=body.across)
    page = "" if fresh else "<w:pageBreakBefore/>"
    body.add(w.p("PaperAnnexNumber", w.run(f"附件{number}"), properties=page))
    body.add(w.p("PaperAnnexTitle", w.lines(annex["lines"]), properties=w.before(0 if body.across else LINE)))
    _items(body, annex["items"])


def _imprint(body: _Body, context: dict) -> None:
    """A table that floats at the foot of the page on which the text ends."""
    width = f'<w:tcPr><w:tcW w:w="{_PLACE}" w:type="dxa"/></w:tcPr>'
    rows = [f"<w:tr><w:tc>{width}{_imprint_row(row)}</w:tc></w:tr>" for row in context["imprint_rows"]]
    rules = _RULES if context["imprint_rules"] else ""
    body.add(f"<w:tbl>{_AT_THE_FOOT.format(rules)}{''.join(rows)}</w:tbl>")
    body.add(w.p("", properties='<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'))


def _imprint_row(row: dict) -> str:
    if row["kind"] == "printed":
        edges = '<w:ind w:left="280" w:right="280" w:firstLine="0"/>'
        runs = (w.run(row["text"]), w.TAB, w.run(row["day"]))
        return w.p("PaperImprint", *runs, properties=w.tab(_PLACE - 280) + edges)
    edges = '<w:ind w:left="1120" w:right="280" w:hanging="840"/>' if row["kind"] == "listed" else ""
    return w.p("PaperImprint", w.run(row["plain"]), properties=edges or '<w:jc w:val="right"/>')


_EDGE = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="000000"/>'
_RULES = _EDGE.format("top", 8) + _EDGE.format("bottom", 8) + _EDGE.format("insideH", 6)  # 0.35 and 0.25 mm
_AT_THE_FOOT = (
    '<w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center" w:tblpYSpec="bottom"/>'
    f'<w:tblOverlap w:val="never"/><w:tblW w:w="{_PLACE}" w:type="dxa"/><w:tblBorders>{{}}</w:tblBorders>'
    '<w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    f'<w:tblGrid><w:gridCol w:w="{_PLACE}"/></w:tblGrid>'
)


def _same_bytes(document) -> bytes:
    """The package with fixed stamps: the time of saving would make every file another one."""
    saved, fixed = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
