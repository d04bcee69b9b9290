"""版头: the red letterhead and its rules, 字号, 签发人."""

from collections.abc import Iterator

from zhuzun.documents.papers.measure.finding import (
    LEFT,
    PITCH,
    RIGHT,
    SIGN,
    THREE,
    TOP,
    Finding,
    is_set_in,
    leading,
    near,
    number_line,
    within,
)
from zhuzun.documents.papers.measured import MILLIMETRE, Glyph, Line, Page, Rule
from zhuzun.documents.papers.sheet import NUMBER, Form


def head(found: list[Page], form: Form) -> Iterator[Finding]:
    """版头: letterhead, 字号, 签发人, red rules."""
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
    yield Finding("发文机关标志位置", words, f"距上边 {top:.1f} mm", near(top, wanted))
    middle = [(line.left + line.right) / 2 for line in heads]
    face = all(is_set_in("title", line.font) for line in heads)
    centred = all(near(place, (LEFT + RIGHT) / 2) for place in middle)
    yield Finding("发文机关标志", "红色小标宋，居中", f"{heads[0].font}，中心 {middle[0]:.1f} mm", face and centred)
    left, right = min(line.left for line in heads), max(line.right for line in heads)
    fits = left >= LEFT - 0.1 and right <= RIGHT + 0.1
    yield Finding("发文机关标志宽度", "不超出版心（28～184 mm）", f"{left:.1f}～{right:.1f} mm", fits)


def _official_rule(page: Page, head: Line) -> Iterator[Finding]:
    rule = next((rule for rule in page.rules if rule.red), None)
    if rule is None:
        yield Finding("红色分隔线", "与版心等宽", "没有", False)
        return
    inside = near(rule.width, 156, 0.5) and near(rule.left, LEFT, 0.5)
    yield Finding("红色分隔线", "156 mm，在版心内", f"{rule.width:.1f} mm，自 {rule.left:.1f} mm", inside)
    above = max((line for line in page.lines if line.base < rule.top), key=lambda line: line.base)
    gap = rule.top - (above.bottom + leading())
    yield Finding("分隔线位置", "发文字号之下 4 mm", f"{gap:.1f} mm", near(gap, 4))
    number = number_line(page)
    if number is None:
        yield Finding("发文字号", "用六角括号〔〕", "没有", False)
        return
    first = next((line for line in page.lines if "签发人：" in line.text), number)  # several have lines above
    blank = (min(number.top, first.top) - leading() - head.bottom) / PITCH
    yield Finding("发文字号位置", "标志下空二行", f"{blank:.1f} 行", near(blank, 2, 0.3))
    yield from _number(number)
    yield from _signers(page, number)


def _number(line: Line) -> Iterator[Finding]:
    own = [glyph for glyph in line.glyphs if not _is_beside(glyph)]
    text = "".join(glyph.text for glyph in own).partition("签发人")[0]
    right = text == "草稿" or NUMBER.fullmatch(text)
    fits = within(line.size, THREE) and is_set_in("fang", line.font) and bool(right)
    measured = f"{line.size:.2f} pt {line.font} {text}"
    yield Finding("发文字号", "三号仿宋，六角括号，序号不编虚位、不加“第”", measured, fits)


def _is_beside(glyph: Glyph) -> bool:
    """加急 and the names of signers may stand on the same line."""
    return is_set_in("hei", glyph.font) or is_set_in("kai", glyph.font)


def _signers(page: Page, number: Line) -> Iterator[Finding]:
    """签发人 of a paper upward: 字号 on the left, the last name on the right, both one sign from the edge."""
    lines = [line for line in page.lines if "签发人：" in line.text]
    if not lines:
        return
    gap, free = (number.left - LEFT) / SIGN, (RIGHT - lines[0].right) / SIGN
    font = lines[0].glyphs[-1].font
    fits = near(gap, 1, 0.2) and near(free, 1, 0.2) and is_set_in("kai", font)
    yield Finding("签发人", "字号左空一字，姓名楷体、右空一字", f"左 {gap:.1f} 字，右 {free:.1f} 字，{font}", fits)


def _letter_rules(page: Page, head: Line) -> Iterator[Finding]:
    red = [rule for rule in page.rules if rule.red and rule.width > 100]
    upper = [rule for rule in red if rule.top < page.height / 2]
    lower = [rule for rule in red if rule.top >= page.height / 2]
    if not upper or not lower:
        yield Finding("红色双线", "首页上下各一条", f"上 {len(upper)}，下 {len(lower)}", False)
        return
    widths = {round(rule.width, 1) for rule in red}
    centred = all(near((rule.left + rule.right) / 2, page.width / 2, 0.6) for rule in red)
    measured = "、".join(f"{width} mm" for width in sorted(widths))
    yield Finding("红色双线", "长 170 mm，居中", measured, centred and all(near(w, 170, 0.5) for w in widths))
    gap = min(rule.top for rule in upper) - head.bottom
    yield Finding("第一条双线", "标志下 4 mm", f"{gap:.1f} mm", near(gap, 4))
    edge = page.height - max(rule.bottom for rule in lower)
    yield Finding("第二条双线", "距下页边 20 mm", f"{edge:.1f} mm", near(edge, 20))
    yield _thick_and_thin(upper, lower)
    number = number_line(page)
    if number is None:
        yield Finding("发文字号", "用六角括号〔〕", "没有", False)
        return
    yield Finding("发文字号位置", "顶格居版心右边缘（184 mm）", f"{number.right:.1f} mm", near(number.right, RIGHT))
    gap = number.top - max(rule.bottom for rule in upper)
    wanted = 0.875 * 15.75 / MILLIMETRE
    yield Finding(
        "字号与双线",
        f"三号字高的 7/8（{wanted:.1f} mm）",
        f"{gap - leading():.1f} mm",
        near(gap - leading(), wanted),
    )
    yield from _number(number)


def _thick_and_thin(upper: list[Rule], lower: list[Rule]) -> Finding:
    """The outer line of each pair is the thick one."""
    weights = [[round(rule.weight, 2) for rule in pair] for pair in (upper, lower)]
    fits = all(len(pair) == 2 for pair in weights) and weights[0][0] > weights[0][1] and weights[1][0] < weights[1][1]
    measured = "；".join("、".join(f"{weight:.2f}" for weight in pair) for pair in weights)
    return Finding("双线粗细", "上一条上粗下细，下一条上细下粗", measured, fits)
