"""Pieces of WordprocessingML as text: paragraphs, runs, spaces, tabs, rules. Texts are escaped here only."""

from xml.sax.saxutils import escape

from zhuzun.documents.papers import docx_styles as styles
from zhuzun.documents.papers.docx_styles import LINE


def p(style: str, *runs: str, properties: str = "") -> str:
    """A paragraph of a style; `properties` in the order of the schema."""
    mark = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{mark}{properties}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str, font: str = "", size: float = 0, style: str = "") -> str:
    """Signs in one font, or in a style of signs."""
    half = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    letters = f"{named}{styles.fonts(font) if font else ''}{half}"
    return f'<w:r>{f"<w:rPr>{letters}</w:rPr>" if letters else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def lines(rows: tuple[str, ...]) -> str:
    """Signs with line ends between them."""
    return "<w:r><w:br/></w:r>".join(run(row) for row in rows)


def before(twips: float, line: int = LINE) -> str:
    """Room above a paragraph, in twips."""
    return f'<w:spacing w:before="{round(twips)}" w:after="0" w:line="{line}" w:lineRule="exact"/>'


def tab(place: int) -> str:
    """A stop to which the text behind a tab is flush on the right."""
    return tabs(("right", place))


def tabs(*stops: tuple[str, int]) -> str:
    """Several stops."""
    made = "".join(f'<w:tab w:val="{side}" w:pos="{place}"/>' for side, place in stops)
    return f"<w:tabs>{made}</w:tabs>"


TAB = "<w:r><w:tab/></w:r>"


def rule(space: float, kind: str = "single", size: int = 16, side: str = "bottom") -> str:
    """A red line above or below a paragraph, `space` points away."""
    edge = f'<w:{side} w:val="{kind}" w:sz="{size}" w:space="{round(space)}" w:color="{styles.RED}"/>'
    return f"<w:pBdr>{edge}</w:pBdr>"
