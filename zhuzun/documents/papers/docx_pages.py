"""The page of a paper's .docx: measures, grid, marks above and numbers below, the double lines of a letter."""

from datetime import datetime

from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from zhuzun.documents.papers import docx_markup as w
from zhuzun.documents.papers import layout
from zhuzun.documents.papers.docx_styles import LINE
from zhuzun.documents.papers.sheet import Form, Sheet

_DAY_ZERO = datetime(2021, 1, 1)


def settings(document, sheet: Sheet) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    _of_our_days(document)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by, properties.comments = sheet.title, "", "", ""
    properties.created = properties.modified = _DAY_ZERO
    measures(document.sections[0], across=False)


def _of_our_days(document) -> None:
    """Chinese text for today's Word: python-docx has an English template of 2010, with a picture of its page."""
    wanted = (
        ("w:zoom", "w:percent", "100"),
        ("w:themeFontLang", "w:eastAsia", "zh-CN"),
        ('w:compat/w:compatSetting[@w:name="compatibilityMode"]', "w:val", "15"),
    )
    for path, name, value in wanted:
        for part in document.settings.element.xpath(path):
            part.set(qn(name), value)
    for part in document.styles.element.xpath("w:docDefaults//w:lang"):
        part.set(qn("w:eastAsia"), "zh-CN")
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def without_number(section) -> None:
    """Footers with nothing in them."""
    for footer in (section.footer, section.even_page_footer):
        _fill(footer, w.p("PaperPage"))


def measures(section, across: bool) -> None:
    top, right, bottom, left = (28, 37, 26, 35) if across else (37, 26, 35, 28)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(
        Mm, (top, right, bottom, left)
    )
    section.header_distance, section.footer_distance = Mm(10 if across else 14), Mm(bottom - 12)
    for grid in section._sectPr.xpath("w:docGrid"):
        section._sectPr.remove(grid)
    section._sectPr.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{LINE}"/>'))


def sections(document, context: dict) -> None:
    """Marks above, numbers below: odd pages on the right, even ones on the left, one sign from the edge."""
    first = document.sections[0]
    marks = w.p("PaperMark", w.run(context["marks"]))
    for header in (first.header, first.even_page_header):
        _fill(header, marks)
    _fill(
        first.footer,
        w.p("PaperPage", *_number(), properties='<w:ind w:right="280" w:firstLine="0"/><w:jc w:val="right"/>'),
    )
    _fill(first.even_page_footer, w.p("PaperPage", *_number(), properties='<w:ind w:left="280" w:firstLine="0"/>'))
    if context["sheet"].form is Form.LETTER:
        _letter_first_page(first, context)


def _letter_first_page(section, context: dict) -> None:
    section.different_first_page_header_footer = True
    # Distances hold for all pages: the marks stay where they are, and the numbers of the next pages move up.
    section.footer_distance = Mm(20)
    for footer in (section.footer, section.even_page_footer):
        footer.paragraphs[0].paragraph_format.space_after = Mm(3)
    above = w.before(Mm(30 - 14).twips, round(20 * context["head_size"]))
    edges = f'<w:ind w:left="-{Mm(8).twips}" w:right="-{Mm(6).twips}" w:firstLine="0"/><w:jc w:val="center"/>'
    head = w.run(context["sheet"].letterhead[0], size=0.96 * context["head_size"])
    double = w.rule(4 * layout.MILLIMETRE, "thickThinSmallGap", 24)
    _fill(section.first_page_header, w.p("PaperHead", head, properties=double + above + edges))
    foot = w.rule(0, "thinThickSmallGap", 24)
    _fill(section.first_page_footer, w.p("PaperPage", properties=foot + edges))


def _number() -> tuple[str, ...]:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    return (
        w.run("— "),
        field.format("begin"),
        code,
        field.format("separate"),
        w.run("1"),
        field.format("end"),
        w.run(" —"),
    )


def _fill(part, markup: str) -> None:
    part.is_linked_to_previous = False
    for paragraph in part._element.xpath("w:p"):
        part._element.remove(paragraph)
    for made in list(parse_xml(f"<w:body {nsdecls('w')}>{markup}</w:body>")):
        part._element.append(made)
