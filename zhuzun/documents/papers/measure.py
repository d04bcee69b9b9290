"""Holds a PDF against GB/T 9704-2012: every measure beside the standard's, in the order in which one reads a paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from zhuzun.documents.papers import fonts
from zhuzun.documents.papers.measured import DASH, MILLIMETRE, Line, Page, Rule, pages
from zhuzun.documents.papers.sheet import FORM_LABELS, Form

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


def form_of(found: list[Page]) -> Form:
    """The format a PDF seems to have: by its red lines and its letterhead."""
    first = found[0]
    red = [rule for rule in first.rules if rule.red]
    if any(rule.width > 165 for rule in red):
        return Form.LETTER
    if not red:
        return Form.INNER
    return Form.MINUTES if any(line.red and "纪要" in line.text for line in first.lines) else Form.OFFICIAL


def measure(data: bytes, form: Form | None = None) -> tuple[Form, list[Finding]]:
    """The format and its findings; raises `ValueError` for what is no PDF with text."""
    found = pages(data)
    if not found or not any(page.lines for page in found):
        raise ValueError("no text in this file (a scan?)")
    form = form or form_of(found)
    checks = (_paper, _grid, _head, _title, _hierarchy, _page_numbers, _imprint, _font_names)
    return form, [finding for check in checks for finding in check(found, form)]


def report(data: bytes, form: Form | None = None) -> tuple[str, bool]:
    """The findings as lines of text, and whether all fit."""
    form, findings = measure(data, form)
    rows = [f"{FORM_LABELS[form]}，{len(findings)} 项"]
    rows += [
        f"{'符合' if one.fits else '不符'}  {one.name}：{one.measured}（标准：{one.standard}）" for one in findings
    ]
    return "\n".join(rows), all(one.fits for one in findings)


def _near(value: float, wanted: float, most: float = NEAR) -> bool:
    return abs(value - wanted) <= most


def _within(value: float, edges: tuple[float, float]) -> bool:
    return edges[0] <= value <= edges[1]


def _is(face: str, font: str) -> bool:
    """Whether a PDF's font name is one of a face's fonts (PDF writes Noto-Serif-CJK-SC-Bold)."""
    return any(
        _plain(font).startswith(_plain(name)) for name in next(f for f in fonts.FACES if f.name == face).families
    )


def _plain(name: str) -> str:
    return name.replace("-", "").replace(" ", "").replace("_", "").lower()


def _inside(page: Page) -> list[Line]:
    """The lines inside the 版心 of an upright page."""
    return (
        [line for line in page.lines if line.top >= TOP - NEAR and line.bottom <= BOTTOM + NEAR] if page.upright else []
    )


def _text(page: Page) -> list[Line]:
    """The lines in 三号 type."""
    return [line for line in _inside(page) if _within(line.size, THREE) and not line.red]


# --- paper and grid ---


def _paper(found: list[Page], form: Form) -> Iterator[Finding]:
    sizes = {tuple(sorted((round(page.width), round(page.height)))) for page in found}
    yield Finding(
        "纸张", "A4，210 × 297 mm", "、".join(f"{a} × {b} mm" for a, b in sorted(sizes)), sizes == {(210, 297)}
    )
    upright = [page for page in found if page.upright]
    lines = [line for page in upright for line in _text(page)]
    if not lines:
        return
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    yield Finding("订口（左白边）", "28 ± 1 mm", f"{left:.1f} mm", _near(left, LEFT))
    yield Finding("版心右边缘", "距左边 184 mm（版心宽 156 mm）", f"{right:.1f} mm", right <= RIGHT + NEAR)
    tops = [_text(page)[0].top for page in upright[1:] if _text(page)]
    if tops:
        # A line is taller than its signs: half of what is left over stands above them.
        top = min(tops) - (PITCH - 15.75 / MILLIMETRE) / 2
        yield Finding("天头（上白边）", "37 ± 1 mm", f"{top:.1f} mm", _near(top, TOP))
    bottom = max(line.bottom for page in upright for line in _inside(page))
    yield Finding("版心下边缘", "距上边 262 mm（版心高 225 mm）", f"{bottom:.1f} mm", bottom <= BOTTOM + 0.3)


def _grid(found: list[Page], form: Form) -> Iterator[Finding]:
    texts = [_text(page) for page in found if page.upright]
    steps = [b.base - a.base for lines in texts for a, b in pairwise(lines) if b.base - a.base < 1.4 * PITCH]
    if steps:
        pitch = median(steps)
        fits = _near(225 / pitch, 22, 0.1) and max(map(len, texts)) <= 22
        yield Finding("行数", "每面 22 行", f"行距 {pitch:.2f} mm，每面 {225 / pitch:.1f} 行", fits)
    even = [step for step in steps if _near(step, PITCH, 0.15)]
    if steps:
        yield Finding("行距一致", f"{PITCH:.2f} mm", f"{len(even)}／{len(steps)} 行", len(even) >= 0.9 * len(steps))
    signs = [line for lines in texts for line in lines if all(ord(glyph.text[0]) > 0x2E7F for glyph in line.glyphs)]
    full = max((len(line.glyphs) for line in signs), default=0)
    if full >= 20:
        advance = median(b.left - a.left for line in signs for a, b in pairwise(line.glyphs))
        each = 156 / advance
        yield Finding(
            "每行字数", "28 字", f"字距 {advance:.2f} mm，每行 {each:.1f} 字，最长 {full} 字", _near(each, 28, 0.15)
        )
    body = [line for lines in texts for line in lines]
    fang = sum(_is("fang", line.font) for line in body)
    size = median(line.size for line in body) if body else 0
    fits = bool(body) and _within(size, THREE) and fang > len(body) / 2
    yield Finding("正文", "三号（15.75～16 pt）仿宋", f"{size:.2f} pt，仿宋 {fang}／{len(body)} 行", fits)


# --- 版头 ---


def _head(found: list[Page], form: Form) -> Iterator[Finding]:
    if form is Form.INNER:
        red = [line for line in found[0].lines if line.red] + [rule for rule in found[0].rules if rule.red]
        yield Finding("版头", "内部格式不印红头", "有红色" if red else "无红色", not red)
        return
    heads = [line for line in found[0].lines if line.red]
    if not heads:
        yield Finding("发文机关标志", "红色小标宋", "没有红色标志", False)
        return
    yield from _letterhead(heads, form)
    yield from (_letter_rules if form is Form.LETTER else _official_rule)(found[0], heads[-1])


def _letterhead(heads: list[Line], form: Form) -> Iterator[Finding]:
    top, wanted, words = heads[0].top, TOP + 35, "距版心上边缘 35 mm（距上边 72 mm）"
    if form is Form.LETTER:
        wanted, words = 30, "距上页边 30 mm"
    yield Finding("发文机关标志位置", words, f"距上边 {top:.1f} mm", _near(top, wanted))
    middle = [(line.left + line.right) / 2 for line in heads]
    face = all(_is("title", line.font) for line in heads)
    centred = all(_near(place, (LEFT + RIGHT) / 2) for place in middle)
    yield Finding("发文机关标志", "红色小标宋，居中", f"{heads[0].font}，中心 {middle[0]:.1f} mm", face and centred)
    left, right = min(line.left for line in heads), max(line.right for line in heads)
    inside = left >= LEFT - 0.1 and right <= RIGHT + 0.1
    yield Finding("发文机关标志宽度", "不超出版心（28～184 mm）", f"{left:.1f}～{right:.1f} mm", inside)


def _number_line(page: Page) -> Line | None:
    return next((line for line in page.lines if "〔" in line.text or line.text[-2:] == "草稿"), None)


def _official_rule(page: Page, head: Line) -> Iterator[Finding]:
    rule = next((rule for rule in page.rules if rule.red), None)
    if rule is None:
        yield Finding("红色分隔线", "与版心等宽", "没有", False)
        return
    inside = _near(rule.width, 156, 0.5) and _near(rule.left, LEFT, 0.5)
    yield Finding("红色分隔线", "156 mm，在版心内", f"{rule.width:.1f} mm，自 {rule.left:.1f} mm", inside)
    above = max((line for line in page.lines if line.base < rule.top), key=lambda line: line.base)
    gap = rule.top - (above.bottom + _leading())
    yield Finding("分隔线位置", "发文字号之下 4 mm", f"{gap:.1f} mm", _near(gap, 4))
    number = _number_line(page)
    if number is None:
        yield Finding("发文字号", "用六角括号〔〕", "没有", False)
        return
    blank = (number.top - _leading() - head.bottom) / PITCH
    yield Finding("发文字号位置", "标志下空二行", f"{blank:.1f} 行", _near(blank, 2, 0.3))
    yield _number(number)


def _leading(size: float = 15.75) -> float:
    """What a line of text has above and below its signs."""
    return (PITCH - size / MILLIMETRE) / 2


def _number(line: Line) -> Finding:
    fits = _within(line.size, THREE) and _is("fang", line.font)
    return Finding("发文字号", "三号仿宋，六角括号", f"{line.size:.2f} pt {line.font}", fits)


def _letter_rules(page: Page, head: Line) -> Iterator[Finding]:
    red = [rule for rule in page.rules if rule.red and rule.width > 100]
    upper = [rule for rule in red if rule.top < page.height / 2]
    lower = [rule for rule in red if rule.top >= page.height / 2]
    if not upper or not lower:
        yield Finding("红色双线", "首页上下各一条", f"上 {len(upper)}，下 {len(lower)}", False)
        return
    widths = {round(rule.width, 1) for rule in red}
    centred = all(_near((rule.left + rule.right) / 2, page.width / 2, 0.6) for rule in red)
    measured = "、".join(f"{width} mm" for width in sorted(widths))
    yield Finding("红色双线", "长 170 mm，居中", measured, centred and all(_near(w, 170, 0.5) for w in widths))
    gap = min(rule.top for rule in upper) - head.bottom
    yield Finding("第一条双线", "标志下 4 mm", f"{gap:.1f} mm", _near(gap, 4))
    edge = page.height - max(rule.bottom for rule in lower)
    yield Finding("第二条双线", "距下页边 20 mm", f"{edge:.1f} mm", _near(edge, 20))
    number = _number_line(page)
    if number is None:
        yield Finding("发文字号", "用六角括号〔〕", "没有", False)
        return
    yield Finding("发文字号位置", "顶格居版心右边缘（184 mm）", f"{number.right:.1f} mm", _near(number.right, RIGHT))
    gap = number.top - max(rule.bottom for rule in upper)
    wanted = 0.875 * 15.75 / MILLIMETRE
    yield Finding(
        "字号与双线",
        f"三号字高的 7/8（{wanted:.1f} mm）",
        f"{gap - _leading():.1f} mm",
        _near(gap - _leading(), wanted),
    )
    yield _number(number)


# --- 标题, 层次 ---


def _title(found: list[Page], form: Form) -> Iterator[Finding]:
    lines = [line for line in _inside(found[0]) if _within(line.size, TWO) and not line.red]
    if not lines:
        yield Finding("标题", "二号（22 pt）小标宋", "没有", False)
        return
    middle = [(line.left + line.right) / 2 for line in lines]
    fits = all(_is("title", line.font) for line in lines) and all(_near(place, (LEFT + RIGHT) / 2) for place in middle)
    yield Finding("标题", "二号（22 pt）小标宋，居中", f"{lines[0].size:.1f} pt {lines[0].font}，{len(lines)} 行", fits)
    hourglass = any(
        a.right > b.right + 1 and c.right > b.right + 1 for a, b, c in zip(lines, lines[1:], lines[2:], strict=False)
    )
    sizes = "、".join(str(len(line.glyphs)) for line in lines)
    yield Finding("标题排列", "梯形或菱形", f"各行 {sizes} 字", not hourglass)
    below = [rule.bottom for rule in found[0].rules if rule.red and rule.bottom < lines[0].top]
    if below and form is not Form.LETTER:
        blank = (lines[0].top - _leading(22) - max(below)) / PITCH
        yield Finding("标题位置", "红色分隔线下空二行", f"{blank:.1f} 行", _near(blank, 2, 0.4))
    after = next((line for line in _text(found[0]) if line.base > lines[-1].base), None)
    if after:
        blank = (after.top - _leading() - lines[-1].bottom - _leading(22)) / PITCH
        yield Finding("主送机关或正文", "标题下空一行", f"{blank:.1f} 行", _near(blank, 1, 0.3))


_LEVELS = (("一级标题（一、）", "hei", "黑体", "一二三四五六七八九十"), ("二级标题（（一））", "kai", "楷体", "（"))


def _hierarchy(found: list[Page], form: Form) -> Iterator[Finding]:
    lines = [line for page in found for line in _text(page)]
    for name, face, label, _ in _LEVELS:
        heads = [line for line in lines if _opens(line, face)]
        if heads:
            right = [line for line in heads if _is(face, line.glyphs[0].font)]
            yield Finding(name, f"三号{label}", f"{len(right)}／{len(heads)} 处", len(right) == len(heads))
    starts = [line.left for line in lines if _opens(line, "hei") or _opens(line, "kai")]
    if starts:
        indent = (max(starts) - LEFT) / SIGN
        yield Finding("段首", "左空二字", f"{indent:.2f} 字", _near(indent, 2, 0.1))


def _opens(line: Line, face: str) -> bool:
    """Whether the line begins with a number of the level: 一、 or （一）."""
    text = line.text
    number = "一二三四五六七八九十"
    if face == "hei":
        return text[0] in number and text.lstrip(number)[:1] == "、"
    return text[0] == "（" and text[1:2] in number and text[1:].lstrip(number)[:1] == "）"


# --- 页码, 版记, 字体 ---


def _page_numbers(found: list[Page], form: Form) -> Iterator[Finding]:
    numbers = {page.number: _page_number(page) for page in found if page.upright}
    shown = {number: line for number, line in numbers.items() if line}
    bare = [number for number, line in numbers.items() if line is None and not _may_be_bare(found[number - 1], form)]
    words = "逐页编排" if form is not Form.LETTER else "首页不显示页码，其后逐页编排"
    fault = f"，第 {bare} 面没有" if bare else "，首页有页码" if form is Form.LETTER and 1 in shown else ""
    yield Finding("页码", words, f"{len(shown)} 面有页码{fault}", not fault)
    if not shown:
        return
    type_fits = all(_within(line.size, FOUR) and _is("song", line.font) for line in shown.values())
    first = next(iter(shown.values()))
    yield Finding(
        "页码字体", "四号（14 pt）宋体，两旁各一条一字线", f"{first.size:.1f} pt {first.font} {first.text}", type_fits
    )
    gaps = [line.base - DASH * line.size / MILLIMETRE - BOTTOM for line in shown.values()]
    yield Finding("页码位置", "一字线距版心下边缘 7 mm", f"{gaps[0]:.1f} mm", all(_near(gap, 7) for gap in gaps))
    signs = [_outer_gap(number, line) for number, line in shown.items()]
    fits = all(_near(gap, 1, 0.25) for gap in signs)
    yield Finding("单双页", "单页居右空一字，双页居左空一字", "、".join(f"{gap:.1f} 字" for gap in signs), fits)


def _page_number(page: Page) -> Line | None:
    return next((line for line in page.lines if line.base > BOTTOM + 3 and line.text == f"—{page.number}—"), None)


def _may_be_bare(page: Page, form: Form) -> bool:
    """The first page of a letter, and a page that bears nothing but the 版记."""
    return (form is Form.LETTER and page.number == 1) or not any(_text(page))


def _outer_gap(number: int, line: Line) -> float:
    free = RIGHT - line.right if number % 2 else line.left - LEFT
    return free * MILLIMETRE / 14


def _imprint(found: list[Page], form: Form) -> Iterator[Finding]:
    last = found[-1]
    lines = [line for line in _inside(last) if _within(line.size, FOUR) and line.top > TOP + 60]
    lines = [line for line in lines if _is("fang", line.font)]
    if not lines:
        return
    if form is Form.LETTER:
        bottom = max(line.bottom for line in lines)
        yield Finding("版记", "版心内最下方，不加分隔线", f"下边缘 {bottom:.1f} mm", _near(bottom, BOTTOM, 3))
        return
    rules = [rule for rule in last.rules if not rule.red and rule.width > 150 and rule.top > lines[0].top - 10]
    if not rules:
        yield Finding("版记", "首末各一条分隔线", "没有分隔线", False)
        return
    yield from _imprint_rules(rules)
    left = min(line.left for line in lines)
    gap = (left - LEFT) * MILLIMETRE / 14
    yield Finding(
        "版记文字", "四号（14 pt）仿宋，左空一字", f"{lines[0].size:.1f} pt，左空 {gap:.1f} 字", _near(gap, 1, 0.2)
    )


def _imprint_rules(rules: list[Rule]) -> Iterator[Finding]:
    place = max(rule.bottom for rule in rules)
    yield Finding("版记位置", "末条分隔线与版心下边缘重合（262 mm）", f"{place:.1f} mm", _near(place, BOTTOM, 0.5))
    widths = [rule.width for rule in rules]
    fits = all(_near(width, 156, 0.8) for width in widths)
    yield Finding("版记分隔线长", "与版心等宽（156 mm）", f"{min(widths):.1f} mm", fits)
    weights = [round(rule.weight, 2) for rule in rules]
    middle = weights[1:-1]
    fits = all(_near(w, 0.35, 0.05) for w in (weights[0], weights[-1])) and all(_near(w, 0.25, 0.05) for w in middle)
    yield Finding("版记分隔线粗", "首末 0.35 mm，中间 0.25 mm", "、".join(f"{w:.2f}" for w in weights), fits)


def _font_names(found: list[Page], form: Form) -> Iterator[Finding]:
    used = sorted({glyph.font for page in found for line in page.lines for glyph in line.glyphs})
    known = [name for name in used if any(_is(face.name, name) for face in fonts.FACES)]
    yield Finding("字体", "小标宋、仿宋、楷体、黑体、宋体（或其替代字体）", "、".join(used), known == used)
