"""The styles of a paper's .docx, by the names that an officer reads in WPS; fonts bear the standard's names."""

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

FANG, KAI, HEI, SONG, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
LINE = 579  # twips: 22 lines in 225 mm
SIGN = 316  # twips: 28 signs in 156 mm
RED = "E60012"
_INDENT = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * SIGN}"/>'
_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_OFF_GRID = '<w:snapToGrid w:val="0"/>'
_FULL = '<w:widowControl w:val="0"/>'  # 22 lines a page, whatever begins or ends on it
_CLOSE = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'  # no blanks of Word's own beside digits
_CENTRE, _RIGHT = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'


def _space(before: int = 0, line: int = LINE, rule: str = "exact") -> str:
    return f'<w:spacing w:before="{before}" w:after="0" w:line="{line}" w:lineRule="{rule}"/>'


# id, name, font, half-points, paragraph properties in the schema's order, colour
STYLES = (
    ("PaperHead", "版头", TITLE, 52, _OFF_GRID + _space(line=1040) + _FLUSH + _CENTRE, RED),
    ("PaperNumber", "发文字号", FANG, 32, _space(2 * LINE) + _FLUSH + _CENTRE, ""),
    ("PaperUrgency", "紧急程度", HEI, 32, _space() + _FLUSH, ""),
    ("PaperTitle", "公文标题", TITLE, 44, _OFF_GRID + _space() + _FLUSH + _CENTRE + '<w:outlineLvl w:val="0"/>', ""),
    ("PaperTo", "主送机关", FANG, 32, _space(LINE) + _FLUSH, ""),
    ("PaperLevel1", "一级标题", HEI, 32, "<w:keepNext/>" + _space() + _INDENT + '<w:outlineLvl w:val="1"/>', ""),
    ("PaperLevel2", "二级标题", KAI, 32, "<w:keepNext/>" + _space() + _INDENT + '<w:outlineLvl w:val="2"/>', ""),
    ("PaperLevel3", "三级标题", FANG, 32, "<w:keepNext/>" + _space() + _INDENT + '<w:outlineLvl w:val="3"/>', ""),
    ("PaperLevel4", "四级标题", FANG, 32, "<w:keepNext/>" + _space() + _INDENT + '<w:outlineLvl w:val="4"/>', ""),
    ("PaperQuotation", "引文", KAI, 32, _space() + _INDENT, ""),
    ("PaperAnnexList", "附件说明", FANG, 32, _space(), ""),
    ("PaperSignature", "署名", FANG, 32, "<w:keepNext/>" + _space() + _FLUSH + _RIGHT, ""),
    ("PaperDay", "成文日期", FANG, 32, _space() + _FLUSH + _RIGHT, ""),
    ("PaperNote", "附注", FANG, 32, _space() + _INDENT, ""),
    ("PaperAnnexNumber", "附件序号", HEI, 32, _space() + _FLUSH, ""),
    ("PaperAnnexTitle", "附件标题", TITLE, 44, "<w:keepNext/>" + _OFF_GRID + _space() + _FLUSH + _CENTRE, ""),
    ("PaperTableTitle", "表题", HEI, 28, "<w:keepNext/>" + _space(120, 420) + _FLUSH + _CENTRE, ""),
    ("PaperUnit", "表格单位", FANG, 24, "<w:keepNext/>" + _space(0, 360) + _FLUSH + _RIGHT, ""),
    ("PaperCell", "表格文字", FANG, 24, _OFF_GRID + _space(line=320, rule="atLeast") + _FLUSH, ""),
    ("PaperImprint", "版记", FANG, 28, _OFF_GRID + _space(line=480) + _FLUSH, ""),
    ("PaperPage", "页码", SONG, 28, _space(line=240, rule="auto") + _FLUSH, ""),
    ("PaperMark", "标记", HEI, 28, _space(line=240, rule="auto") + _FLUSH, ""),
)

LEADS = ((1, "一级标题字", HEI), (2, "二级标题字", KAI), (3, "三级标题字", FANG), (4, "四级标题字", FANG))


def fonts(name: str) -> str:
    """A font for Chinese and for the digits between it."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def add(document) -> None:
    """Put the styles into a document; Normal becomes the text of a paper (公文正文)."""
    styles = document.styles.element
    normal = document.styles["Normal"].element
    for part in normal.xpath("w:rPr | w:pPr"):
        normal.remove(part)
    for part in (f"<w:pPr {nsdecls('w')}>{_FULL}{_CLOSE}{_space()}{_INDENT}</w:pPr>", _letters(FANG, 32, "")):
        normal.append(parse_xml(part))
    for ident, name, font, size, paragraph, colour in STYLES:
        styles.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{ident}">'
                f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>'
                f"<w:pPr>{paragraph}</w:pPr>{_letters(font, size, colour)}</w:style>"
            )
        )
    for level, name, font in LEADS:  # a heading that goes on in the same line
        styles.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="character" w:customStyle="1" w:styleId="PaperLead{level}">'
                f'<w:name w:val="{name}"/><w:qFormat/><w:rPr>{fonts(font)}</w:rPr></w:style>'
            )
        )


def _letters(font: str, size: int, colour: str) -> str:
    shade = f'<w:color w:val="{colour}"/>' if colour else ""
    closer = -5 if size == 32 else 0  # 三号 is 16 pt in Word: 28 signs need a hair less
    sizes = f'<w:spacing w:val="{closer}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return f"<w:rPr {nsdecls('w')}>{fonts(font)}{shade}{sizes}</w:rPr>"
