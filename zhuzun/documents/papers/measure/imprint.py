"""版记: at the foot of the last page, its rules and its text."""

from collections.abc import Iterator

from zhuzun.documents.papers.measure.finding import (
    BOTTOM,
    FOUR,
    LEFT,
    PITCH,
    TOP,
    Finding,
    inside,
    is_numbered,
    is_set_in,
    leading,
    near,
    within,
)
from zhuzun.documents.papers.measured import MILLIMETRE, Line, Page, Rule
from zhuzun.documents.papers.sheet import Form


def imprint(found: list[Page], form: Form) -> Iterator[Finding]:
    """A printed 文件 or 纪要 has one; a letter's has neither rules nor 印发机关."""
    last = found[-1]
    lines = _lines(last)
    if not lines:
        if form in (Form.OFFICIAL, Form.MINUTES) and is_numbered(found[0]):
            yield Finding("版记", "公文最后一面有版记", "没有", False)
        return
    rules = [rule for rule in last.rules if not rule.red and rule.width > 150 and rule.top > lines[0].top - 10]
    if form is Form.LETTER:
        bottom = max(line.bottom for line in lines)
        measured = f"下边缘 {bottom:.1f} mm，分隔线 {len(rules)} 条"
        yield Finding("版记", "版心内最下方，不加分隔线", measured, near(bottom, BOTTOM, 3) and not rules)
    elif not rules:
        yield Finding("版记", "首末各一条分隔线", "没有分隔线", False)
        return
    else:
        yield from _imprint_rules(rules)
    left = min(line.left for line in lines)
    gap = (left - LEFT) * MILLIMETRE / 14
    yield Finding(
        "版记文字", "四号（14 pt）仿宋，左空一字", f"{lines[0].size:.1f} pt，左空 {gap:.1f} 字", near(gap, 1, 0.2)
    )
    yield from _place(found, lines, BOTTOM - (min(rule.top for rule in rules) if rules else lines[0].top))


def _lines(page: Page) -> list[Line]:
    lines = [line for line in inside(page) if within(line.size, FOUR) and line.top > TOP + 60]
    return [line for line in lines if is_set_in("fang", line.font)]


def _place(found: list[Page], lines: list[Line], height: float) -> Iterator[Finding]:
    """On the page on which the text ends, wherever there is room for it."""
    if len(found) == 1 or len(inside(found[-1])) > len(lines):
        yield Finding("版记所在面", "有余地时与正文同面", "与正文同面", True)
        return
    before = found[-2]
    if not before.upright or not inside(before):
        return
    low = max((rule.bottom for rule in before.rules if not rule.red and rule.bottom < BOTTOM), default=0)
    free = BOTTOM - max(low, inside(before)[-1].bottom + leading())
    measured = f"另面，前一面余 {max(free, 0):.1f} mm，版记高 {height:.1f} mm"
    yield Finding("版记所在面", "有余地时与正文同面", measured, free < height + 0.1 * PITCH)


def _imprint_rules(rules: list[Rule]) -> Iterator[Finding]:
    place = max(rule.bottom for rule in rules)
    yield Finding("版记位置", "末条分隔线与版心下边缘重合（262 mm）", f"{place:.1f} mm", near(place, BOTTOM, 0.5))
    widths = [rule.width for rule in rules]
    fits = all(near(width, 156, 0.8) for width in widths)
    yield Finding("版记分隔线长", "与版心等宽（156 mm）", f"{min(widths):.1f} mm", fits)
    weights = [round(rule.weight, 2) for rule in rules]
    middle = weights[1:-1]
    fits = all(near(w, 0.35, 0.05) for w in (weights[0], weights[-1])) and all(near(w, 0.25, 0.05) for w in middle)
    yield Finding("版记分隔线粗", "首末 0.35 mm，中间 0.25 mm", "、".join(f"{w:.2f}" for w in weights), fits)
