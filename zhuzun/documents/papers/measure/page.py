"""Paper, margins, the grid of lines and signs, page numbers, fonts."""

from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from zhuzun.documents.papers import fonts
from zhuzun.documents.papers.measure.finding import (
    BOTTOM,
    FOUR,
    LEFT,
    NEAR,
    PITCH,
    RIGHT,
    SIGN,
    THREE,
    TOP,
    Finding,
    inside,
    is_set_in,
    leading,
    near,
    text_of,
    within,
)
from zhuzun.documents.papers.measured import DASH, MILLIMETRE, Line, Page
from zhuzun.documents.papers.sheet import Form

_INDENTS = (0, 14 / MILLIMETRE, 2 * SIGN)  # of a 版记 without rules, of a paragraph
ACROSS = (35.0, 28.0, 260.0, 184.0)  # edges of the 版心 of a page that lies across


def paper(found: list[Page], form: Form) -> Iterator[Finding]:
    """The size of the paper, and whether all stands inside the 版心."""
    sizes = {tuple(sorted((round(page.width), round(page.height)))) for page in found}
    yield Finding(
        "纸张", "A4，210 × 297 mm", "、".join(f"{a} × {b} mm" for a, b in sorted(sizes)), sizes == {(210, 297)}
    )
    upright = [page for page in found if page.upright]
    if any(text_of(page) for page in upright):
        yield from _edges(upright)
    yield from _across([page for page in found if not page.upright])


def _edges(upright: list[Page]) -> Iterator[Finding]:
    # Tables and 版记 too, text and rules; what is red is measured for itself.
    marks = [part for page in upright for part in (*inside(page), *page.rules) if not part.red]
    left, right = min(mark.left for mark in marks), max(mark.right for mark in marks)
    left -= next((indent for indent in _INDENTS if near(left - indent, LEFT, 0.3)), 0)  # where no line is flush left
    yield Finding("订口（左白边）", "28 ± 1 mm", f"{left:.1f} mm", near(left, LEFT))
    yield Finding("版心右边缘", "距左边 184 mm（版心宽 156 mm）", f"{right:.1f} mm", right <= RIGHT + NEAR)
    tops = [text_of(page)[0].top for page in upright[1:] if text_of(page)]
    if tops:
        # A line is taller than its signs: half of what is left over stands above them.
        top = min(tops) - leading()
        yield Finding("天头（上白边）", "37 ± 1 mm", f"{top:.1f} mm", near(top, TOP))
    low = [line.bottom for page in upright for line in page.lines if line.base < BOTTOM + 3 and not line.red]
    bottom = max(low)
    yield Finding("版心下边缘", "距上边 262 mm（版心高 225 mm）", f"{bottom:.1f} mm", bottom <= BOTTOM + 0.3)


def _across(pages: list[Page]) -> Iterator[Finding]:
    marks = [mark for page in pages for mark in (*page.lines, *page.rules) if mark.bottom > ACROSS[1] - NEAR]
    if not marks:
        return
    left, right = min(mark.left for mark in marks), max(mark.right for mark in marks)
    bottom = max(mark.bottom for mark in marks)
    fits = left >= ACROSS[0] - NEAR and right <= ACROSS[2] + NEAR and bottom <= ACROSS[3] + NEAR
    measured = f"左右 {left:.1f}～{right:.1f} mm，下 {bottom:.1f} mm"
    yield Finding("横排页版心", "左右 35～260 mm，下不超过 184 mm", measured, fits)


def grid(found: list[Page], form: Form) -> Iterator[Finding]:
    """22 lines of 28 signs, in 三号 仿宋."""
    texts = [text_of(page) for page in found if page.upright]
    steps = [b.base - a.base for lines in texts for a, b in pairwise(lines) if b.base - a.base < 1.4 * PITCH]
    if steps:
        pitch = median(steps)
        fits = near(225 / pitch, 22, 0.1) and max(map(len, texts)) <= 22
        yield Finding("行数", "每面 22 行", f"行距 {pitch:.2f} mm，每面 {225 / pitch:.1f} 行", fits)
    even = [step for step in steps if near(step, PITCH, 0.15)]
    if steps:
        yield Finding("行距一致", f"{PITCH:.2f} mm", f"{len(even)}／{len(steps)} 行", len(even) >= 0.9 * len(steps))
    signs = [line for lines in texts for line in lines if all(ord(glyph.text[0]) > 0x2E7F for glyph in line.glyphs)]
    full = max((len(line.glyphs) for line in signs), default=0)
    if full >= 20:
        advance = median(b.left - a.left for line in signs for a, b in pairwise(line.glyphs))
        each = 156 / advance
        yield Finding(
            "每行字数", "28 字", f"字距 {advance:.2f} mm，每行 {each:.1f} 字，最长 {full} 字", near(each, 28, 0.15)
        )
    body = [line for lines in texts for line in lines]
    fang = sum(is_set_in("fang", line.font) for line in body)
    size = median(line.size for line in body) if body else 0
    fits = bool(body) and within(size, THREE) and fang > len(body) / 2
    yield Finding("正文", "三号（15.75～16 pt）仿宋", f"{size:.2f} pt，仿宋 {fang}／{len(body)} 行", fits)


def page_numbers(found: list[Page], form: Form) -> Iterator[Finding]:
    """A number on each page that has text, outside, 7 mm below the 版心."""
    yield from _turned_numbers([page for page in found if not page.upright])
    numbers = {page.number: _page_number(page) for page in found if page.upright}
    shown = {number: line for number, line in numbers.items() if line}
    bare = [number for number, line in numbers.items() if line is None and not _may_be_bare(found[number - 1], form)]
    words = "逐页编排" if form is not Form.LETTER else "首页不显示页码，其后逐页编排"
    fault = f"，第 {bare} 面没有" if bare else "，首页有页码" if form is Form.LETTER and 1 in shown else ""
    yield Finding("页码", words, f"{len(shown)} 面有页码{fault}", not fault)
    if not shown:
        return
    type_fits = all(within(line.size, FOUR) and is_set_in("song", line.font) for line in shown.values())
    first = next(iter(shown.values()))
    yield Finding(
        "页码字体", "四号（14 pt）宋体，两旁各一条一字线", f"{first.size:.1f} pt {first.font} {first.text}", type_fits
    )
    gaps = [line.base - DASH * line.size / MILLIMETRE - BOTTOM for line in shown.values()]
    yield Finding("页码位置", "一字线距版心下边缘 7 mm", f"{gaps[0]:.1f} mm", all(near(gap, 7) for gap in gaps))
    signs = [_outer_gap(number, line) for number, line in shown.items()]
    fits = all(near(gap, 1, 0.25) for gap in signs)
    yield Finding("单双页", "单页居右空一字，双页居左空一字", "、".join(f"{gap:.1f} 字" for gap in signs), fits)


def _page_number(page: Page) -> Line | None:
    return next((line for line in page.lines if line.base > BOTTOM + 3 and line.text == f"—{page.number}—"), None)


def _may_be_bare(page: Page, form: Form) -> bool:
    """The first page of a letter, and a page that bears nothing but the 版记."""
    return (form is Form.LETTER and page.number == 1) or not any(text_of(page))


def _outer_gap(number: int, line: Line) -> float:
    free = RIGHT - line.right if number % 2 else line.left - LEFT
    return free * MILLIMETRE / 14


def _turned_numbers(pages: list[Page]) -> Iterator[Finding]:
    """On a page across it stands where it stands on all others, once the sheet lies upright."""
    if not pages:
        return
    bare = [page.number for page in pages if "".join(sign.text for sign in page.turned) != f"—{page.number}—"]
    if bare:
        yield Finding("横排页页码", "与公文其他页码位置一致", f"第 {bare} 面没有", False)
        return
    gaps = [ACROSS[0] - page.turned[0].base - DASH * 14 / MILLIMETRE for page in pages]
    signs = [_turned_gap(page) for page in pages]
    fits = all(near(gap, 7) for gap in gaps) and all(near(gap, 1, 0.25) for gap in signs)
    measured = f"距版心 {gaps[0]:.1f} mm，空 {'、'.join(f'{gap:.1f}' for gap in signs)} 字"
    yield Finding("横排页页码", "与公文其他页码位置一致（距版心 7 mm，空一字）", measured, fits)


def _turned_gap(page: Page) -> float:
    free = ACROSS[3] - page.turned[-1].right if page.number % 2 else page.turned[0].left - ACROSS[1]
    return free * MILLIMETRE / 14


def font_names(found: list[Page], form: Form) -> Iterator[Finding]:
    """Only the five faces of the standard."""
    used = sorted({glyph.font for page in found for line in page.lines for glyph in line.glyphs})
    known = [name for name in used if any(is_set_in(face.name, name) for face in fonts.FACES)]
    yield Finding("字体", "小标宋、仿宋、楷体、黑体、宋体（或其替代字体）", "、".join(used), known == used)
