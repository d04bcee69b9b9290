"""What a PDF really shows, in millimetres from the upper left corner: lines of text and ruled lines, page by page."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTLine, LTRect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

MILLIMETRE = 72 / 25.4
DASH = 0.27  # of a sign: how far a dash stands above the line that digits stand on
EM_TOP = 0.88  # of a sign: its upper edge above that line


@dataclass(frozen=True)
class Glyph:
    """A sign: its left and right edge, the line it stands on, its size in points."""

    text: str
    left: float
    right: float
    base: float
    size: float
    font: str
    red: bool


@dataclass(frozen=True)
class Line:
    """The signs that stand on one line, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def left(self) -> float:
        """The edge of the first sign."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """The edge of the last sign."""
        return self.glyphs[-1].right

    @property
    def base(self) -> float:
        """Where its signs stand."""
        return self.glyphs[0].base

    @property
    def size(self) -> float:
        """The size of most of its signs."""
        return Counter(glyph.size for glyph in self.glyphs).most_common(1)[0][0]

    @property
    def font(self) -> str:
        """The font of most of its signs."""
        return Counter(glyph.font for glyph in self.glyphs).most_common(1)[0][0]

    @property
    def red(self) -> bool:
        """Whether it is printed in red."""
        return self.glyphs[0].red

    @property
    def top(self) -> float:
        """The upper edge of its signs."""
        return self.base - EM_TOP * self.size / MILLIMETRE

    @property
    def bottom(self) -> float:
        """The lower edge of its signs."""
        return self.top + self.size / MILLIMETRE


@dataclass(frozen=True)
class Rule:
    """A ruled line that lies across the page."""

    left: float
    right: float
    top: float
    bottom: float
    red: bool

    @property
    def width(self) -> float:
        """How long it is."""
        return self.right - self.left

    @property
    def weight(self) -> float:
        """How thick it is."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Page:
    """One page as it was measured."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    grid: bool  # whether ruled lines stand upright on it: a table
    turned: tuple[Glyph, ...] = ()  # signs that read downwards: `left` and `right` from above, `base` from the left

    @property
    def upright(self) -> bool:
        """Whether it stands upright."""
        return self.height > self.width


def pages(data: bytes) -> list[Page]:
    """Every page of a PDF; `ValueError` for what cannot be read as one."""
    try:
        return list(_pages(data))
    except PDFException as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _pages(data: bytes) -> Iterator[Page]:
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    for number, page in enumerate(PDFPage.get_pages(BytesIO(data)), 1):
        interpreter.process_page(page)
        yield _page(number, device.get_result())


def _page(number: int, layout: LTContainer) -> Page:
    parts = list(_parts(layout))
    signs = [part for part in parts if isinstance(part, LTChar) and part.get_text().strip()]
    glyphs = [_glyph(sign, layout.height) for sign in signs if not _is_turned(sign)]
    turned = [_turned(sign, layout.height) for sign in signs if _is_turned(sign)]
    strokes = [part for part in parts if isinstance(part, LTCurve)]
    across = [_rule(part, layout.height) for part in strokes if part.width > 20 * part.height and part.width > 50]
    upright = any(isinstance(part, LTLine | LTRect) and part.height > 20 * part.width for part in strokes)
    return Page(
        number,
        layout.width / MILLIMETRE,
        layout.height / MILLIMETRE,
        tuple(_lines(glyphs)),
        tuple(sorted(set(across), key=lambda rule: rule.top)),
        upright,
        tuple(sorted(turned, key=lambda glyph: glyph.left)),
    )


def _parts(container: LTContainer) -> Iterator[LTComponent]:
    for part in container:
        if isinstance(part, LTContainer):
            yield from _parts(part)
        else:
            yield part


def _glyph(sign: LTChar, height: float) -> Glyph:
    font = sign.fontname.partition("+")[2] or sign.fontname
    base = (height - sign.matrix[5]) / MILLIMETRE
    red = _is_red(sign.graphicstate.ncolor)
    left, right = sign.x0 / MILLIMETRE, sign.x1 / MILLIMETRE
    return Glyph(sign.get_text(), left, right, base, round(sign.size, 2), font, red)


def _is_turned(sign: LTChar) -> bool:
    return abs(sign.matrix[1]) > abs(sign.matrix[0])


def _turned(sign: LTChar, height: float) -> Glyph:
    top, bottom = (height - sign.y1) / MILLIMETRE, (height - sign.y0) / MILLIMETRE
    font = sign.fontname.partition("+")[2] or sign.fontname
    return Glyph(sign.get_text(), top, bottom, sign.matrix[4] / MILLIMETRE, round(sign.width, 2), font, False)


def _rule(stroke: LTCurve, height: float) -> Rule:
    half = stroke.linewidth / 2 if stroke.stroke else 0
    top, bottom = (height - stroke.y1 - half) / MILLIMETRE, (height - stroke.y0 + half) / MILLIMETRE
    colour = stroke.stroking_color if stroke.stroke else stroke.non_stroking_color
    edges = (stroke.x0 / MILLIMETRE, stroke.x1 / MILLIMETRE, top, bottom)
    return Rule(*(round(edge, 3) for edge in edges), _is_red(colour))


def _is_red(colour: object) -> bool:
    return isinstance(colour, tuple | list) and len(colour) == 3 and colour[0] > 0.7 and max(colour[1:]) < 0.4


def _lines(glyphs: list[Glyph]) -> Iterator[Line]:
    rest = sorted(glyphs, key=lambda glyph: glyph.base)
    while rest:
        row = [glyph for glyph in rest if glyph.base - rest[0].base < 1]
        rest = rest[len(row) :]
        yield Line(tuple(sorted(row, key=lambda glyph: glyph.left)))
