"""One measure, the edges of the page that measures refer to, and how a font is known."""

import re
from dataclasses import dataclass

from zhuzun.documents.papers import fonts
from zhuzun.documents.papers.measured import MILLIMETRE, Line, Page

TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 184.0, 262.0  # edges of the 版心
PITCH = 225 / 22
SIGN = 156 / 28
NEAR = 1.0  # mm: what the standard allows for 天头 and 订口
THREE, TWO, FOUR = (15.5, 16.1), (21.5, 22.1), (13.9, 14.1)  # 三号 二号 四号 in points


@dataclass(frozen=True)
class Finding:
    """One measure: what, the standard's value, the paper's, and whether it fits."""

    name: str
    standard: str
    measured: str
    fits: bool


def near(value: float, wanted: float, most: float = NEAR) -> bool:
    """Whether it is as it should be."""
    return abs(value - wanted) <= most


def within(value: float, edges: tuple[float, float]) -> bool:
    """Whether it lies between."""
    return edges[0] <= value <= edges[1]


def leading(size: float = 15.75) -> float:
    """What a line of text has above and below its signs."""
    return (PITCH - size / MILLIMETRE) / 2


def is_set_in(face: str, font: str) -> bool:
    """Whether a PDF's font name is one of a face's fonts; 小标宋 has a bold stand-in, all others never are bold."""
    known = next(one for one in fonts.FACES if one.name == face)
    name = _plain(font)
    if any(name.startswith(_plain(real)) for real in known.real + known.printed):
        return True
    return name.endswith("bold") == known.bold and any(name.startswith(_plain(one)) for one in known.stand_ins)


def _plain(name: str) -> str:
    return name.replace("-", "").replace(" ", "").replace("_", "").lower()


def inside(page: Page) -> list[Line]:
    """The lines inside the 版心 of an upright page."""
    if not page.upright:
        return []
    return [line for line in page.lines if line.top >= TOP - NEAR and line.bottom <= BOTTOM + NEAR]


def text_of(page: Page) -> list[Line]:
    """The lines in 三号 type."""
    return [line for line in inside(page) if within(line.size, THREE) and not line.red]


_NUMBERED = re.compile(r"〔|草稿$|^草稿签发人|^第[0-9]+[期号]$")


def number_line(page: Page) -> Line | None:
    """The one that bears the 字号, or says that there is none yet."""
    return next((line for line in page.lines if _NUMBERED.search(line.text)), None)


def is_numbered(page: Page) -> bool:
    """Whether it is a paper; a draft has neither dates nor 印发机关 yet."""
    line = number_line(page)
    return line is not None and "草稿" not in line.text
