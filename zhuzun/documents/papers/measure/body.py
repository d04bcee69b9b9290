"""标题, the levels of the text, and what closes it."""

import re
from collections.abc import Iterator

from zhuzun.documents.papers.measure.finding import (
    LEFT,
    PITCH,
    RIGHT,
    SIGN,
    TWO,
    Finding,
    inside,
    is_numbered,
    is_set_in,
    leading,
    near,
    text_of,
    within,
)
from zhuzun.documents.papers.measured import Line, Page
from zhuzun.documents.papers.sheet import Form


def title(found: list[Page], form: Form) -> Iterator[Finding]:
    """标题, and what stands below it."""
    lines = [line for line in inside(found[0]) if within(line.size, TWO) and not line.red]
    if not lines:
        yield Finding("标题", "二号（22 pt）小标宋", "没有", False)
        return
    middle = [(line.left + line.right) / 2 for line in lines]
    fits = all(is_set_in("title", line.font) for line in lines) and all(
        near(place, (LEFT + RIGHT) / 2) for place in middle
    )
    yield Finding("标题", "二号（22 pt）小标宋，居中", f"{lines[0].size:.1f} pt {lines[0].font}，{len(lines)} 行", fits)
    hourglass = any(
        a.right > b.right + 1 and c.right > b.right + 1 for a, b, c in zip(lines, lines[1:], lines[2:], strict=False)
    )
    sizes = "、".join(str(len(line.glyphs)) for line in lines)
    yield Finding("标题排列", "梯形或菱形", f"各行 {sizes} 字", not hourglass)
    below = [rule.bottom for rule in found[0].rules if rule.red and rule.bottom < lines[0].top]
    if below and form is not Form.LETTER:
        blank = (lines[0].top - leading(22) - max(below)) / PITCH
        yield Finding("标题位置", "红色分隔线下空二行", f"{blank:.1f} 行", near(blank, 2, 0.4))
    yield from _below(found[0], lines[-1], form)


def _below(page: Page, title: Line, form: Form) -> Iterator[Finding]:
    text = [line for line in text_of(page) if line.base > title.base]
    if not text:
        return
    blank = (text[0].top - leading() - title.bottom - leading(22)) / PITCH
    yield Finding("主送机关或正文", "标题下空一行", f"{blank:.1f} 行", near(blank, 1, 0.3))
    if near(text[0].left, LEFT, 0.1 * SIGN) and form is not Form.MINUTES:
        ends = any(line.text.endswith("：") for line in text)
        yield Finding("主送机关", "顶格，末尾用全角冒号", f"顶格{'，有冒号' if ends else '，没有冒号'}", ends)


_CHINESE = "[一二三四五六七八九十百]+"
_LEVELS = (
    ("一级标题（一、）", "hei", "黑体", re.compile(f"{_CHINESE}、")),
    ("二级标题（（一））", "kai", "楷体", re.compile(f"（{_CHINESE}）")),
    ("三级标题（1.）", "fang", "仿宋", re.compile(r"[0-9]+\.(?![0-9])")),
    ("四级标题（（1））", "fang", "仿宋", re.compile("（[0-9]+）")),
)
_DAY = re.compile("[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")


def hierarchy(found: list[Page], form: Form) -> Iterator[Finding]:
    """Each level in its face, and where paragraphs begin."""
    lines = [line for page in found for line in text_of(page)]
    for name, face, label, opens in _LEVELS:
        heads = [line for line in lines if opens.match(line.text) and line.left > LEFT + SIGN]
        if heads:
            right = [line for line in heads if is_set_in(face, line.glyphs[0].font)]
            yield Finding(name, f"三号{label}", f"{len(right)}／{len(heads)} 处", len(right) == len(heads))
    text = _of_the_text(found, form)
    if text:
        indents = [(line.left - LEFT) / SIGN for line in text]
        right = [indent for indent in indents if near(indent, 0, 0.1) or near(indent, 2, 0.1)]
        fits = len(right) == len(indents) and any(indent > 1 for indent in right)
        yield Finding("段首", "左空二字，回行顶格", f"{len(right)}／{len(indents)} 行", fits)


def _of_the_text(found: list[Page], form: Form) -> list[Line]:
    """The lines between the title and what closes the text."""
    titles = [line.base for line in inside(found[0]) if within(line.size, TWO) and not line.red]
    lines = []
    for page in found:
        for line in text_of(page):
            if page.number == 1 and line.base < max(titles, default=0):
                continue
            if _closes(line) or line.text == "附件":
                return lines
            lines.append(line)
    return lines


def _closes(line: Line) -> bool:
    """附件说明, the lists of minutes, 署名 and 成文日期."""
    if line.text.startswith(("附件：", "出席：", "请假：", "列席：", "缺席：")):
        return True
    return line.left > LEFT + 4 * SIGN or bool(_DAY.fullmatch(line.text))


def closing(found: list[Page], form: Form) -> Iterator[Finding]:
    """附件说明, 署名 and 成文日期."""
    yield from _annexes(found)
    if form is Form.MINUTES or not is_numbered(found[0]):
        return
    signed = [(page, line) for page in found for line in text_of(page) if _DAY.fullmatch(line.text)]
    if not signed:
        yield Finding("成文日期", "署名之下", "没有", False)
        return
    page, day = signed[0]
    above = [line for line in text_of(page) if line.base < day.base]
    if not above or not near(day.base - above[-1].base, PITCH, 0.3):
        yield Finding("署名", "成文日期之上", "没有", False)
        return
    names = _names_above(day, above)
    yield _signature(names, day)
    own = {id(line) for line in (*names, day)}
    words = [line for line in text_of(page) if id(line) not in own and not line.text.startswith("（")]
    tables = any(rule.bottom < day.top for rule in page.rules if not rule.red)
    measured = "同面有正文" if words or tables else "只有署名和日期"
    yield Finding("署名所在面", "与正文同面", measured, bool(words or tables))


def _names_above(day: Line, above: list[Line]) -> list[Line]:
    """署名, from below: one line each."""
    names, base = [], day.base
    for line in reversed(above):
        if not near(base - line.base, PITCH, 0.3) or line.left < LEFT + 4 * SIGN:
            break
        names.append(line)
        base = line.base
    return names or above[-1:]


def _signature(names: list[Line], day: Line) -> Finding:
    """With a seal: the day 4 signs from the right, the name centred on it; without: the day 2 signs behind the name."""
    name = names[0]
    free, name_free = (RIGHT - day.right) / SIGN, (RIGHT - max(line.right for line in names)) / SIGN
    centred = near((name.left + name.right) / 2, (day.left + day.right) / 2)
    sealed = centred and (near(free, 4, 0.2) or (free > 4 and near(name_free, 0, 0.3)))
    behind = near((day.left - name.left) / SIGN, 2, 0.2) and near(min(free, name_free), 2, 0.2)
    kind = "盖章：日期右空四字，署名居中" if sealed else "不盖章：右空二字，日期比署名右移二字" if behind else "都不是"
    measured = f"日期右空 {free:.1f} 字，署名右空 {name_free:.1f} 字（{kind}）"
    return Finding("署名和成文日期", "盖章的日期右空四字，不盖章的署名右空二字", measured, sealed or behind)


def _annexes(found: list[Page]) -> Iterator[Finding]:
    for page in found:
        lines = text_of(page)
        for place, line in enumerate(lines):
            if line.text.startswith("附件：") and len(line.text) > 3:
                indent = (line.left - LEFT) / SIGN
                blank = (line.base - lines[place - 1].base) / PITCH - 1 if place else 1
                low = [rule for rule in page.rules if rule.bottom < line.top]  # behind a table: not to be told
                fits = near(indent, 2, 0.1) and (bool(low) or near(blank, 1, 0.1))
                yield Finding("附件说明", "正文下空一行，左空二字", f"空 {blank:.1f} 行，左空 {indent:.1f} 字", fits)
                return
