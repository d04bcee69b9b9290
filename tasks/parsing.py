"""Reading a pasted policy text: paragraphs, closing brackets, lines of measures and of duties; saves nothing."""

import re
from dataclasses import dataclass
from itertools import pairwise

from tasks.kinds import Nature
from zhuzun.errors import DomainError

PARAGRAPH = re.compile(r"^\s*(\d{1,3})\s*[.．、]\s*([^。\n]{1,60})。")
PART = re.compile(r"^\s*([一二三四五六七八九十]{1,3}、[^。\n]{1,36})\s*$")
BRACKET = re.compile(r"[（(]([^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*)[）)]\s*。?\s*$")
DIVIDERS = re.compile(r"[，、；,;]")
TITLE = re.compile(r"[｜|]")
MOST_PARAGRAPHS = 200
TITLE_LENGTH = 40
MOST_DUTIES = 30
BEARER_LENGTH, PERIODICITY_LENGTH = 60, 40


@dataclass(frozen=True)
class ParagraphText:
    """One numbered paragraph as pasted."""

    number: int
    part: str
    heading: str
    text: str


@dataclass(frozen=True)
class MeasureText:
    """One measure as pasted: its title, its exact span, and what its verb asks for."""

    title: str
    span: str
    nature: str


@dataclass(frozen=True)
class DutyText:
    """One standing duty as pasted: its exact span, who bears it, how often."""

    span: str
    actor: str
    periodicity: str


def cut_paragraphs(text: str) -> list[ParagraphText]:
    """The numbered paragraphs «n. 标题。正文» of a pasted text; 「一、总体要求」 on a line of its own names the part.

    A line that opens no paragraph goes on with the one before it (page breaks), lines before the first are left out.
    """
    found: list[list] = []
    part = ""
    for line in text.splitlines():
        if head := PARAGRAPH.match(line):
            found.append([int(head[1]), part, head[2].strip(), line.strip()])
        elif title := PART.match(line):
            part = title[1].strip()
        elif found and line.strip():
            found[-1][3] += line.strip()
    paragraphs = [ParagraphText(*row) for row in found]
    _check_numbers([row.number for row in paragraphs])
    return paragraphs


def _check_numbers(numbers):
    if not numbers:
        raise DomainError("没有找到带序号的条文。每条请从新行开始，形如“7. 加强劳务协作。正文”。", "text")
    if len(numbers) > MOST_PARAGRAPHS:
        raise DomainError(f"一次最多 {MOST_PARAGRAPHS} 条。", "text")
    for before, number in pairwise(numbers):
        if number != before + 1:
            raise DomainError(f"条文序号不连续：第{before}条之后是第{number}条，请核对粘贴的文本。", "text")


def closing_names(text: str) -> list[str]:
    """The names in the bracket that closes a paragraph, in its order, whichever width the bracket has."""
    found = BRACKET.search(text)
    return [name for part in DIVIDERS.split(found[1]) if (name := part.strip())] if found else []


def read_measures(lines: str, paragraph_text: str) -> list[MeasureText]:
    """Measures, one a line as «标题｜原文» or «原文»: each an exact stretch of the paragraph, in its order."""
    found, at = [], 0
    for number, line in enumerate((row.strip() for row in lines.splitlines() if row.strip()), start=1):
        title, span = _split(line, number)
        start = paragraph_text.find(span, at)
        if start < 0:
            raise DomainError(_not_found(number, span, paragraph_text), "measures")
        at = start + len(span)
        found.append(MeasureText(title, span, nature_of(span)))
    return found


def _split(line, number):
    parts = [part.strip() for part in TITLE.split(line)]
    if len(parts) > 2 or not all(parts):
        raise DomainError(f"第{number}行应为“标题｜原文”或只写原文。", "measures")
    title = parts[0] if len(parts) == 2 else parts[0][:20]
    if len(title) > TITLE_LENGTH:
        raise DomainError(f"第{number}行的标题超过 {TITLE_LENGTH} 字，请缩短。", "measures")
    return title, parts[-1]


def _not_found(number, span, text):
    shown = f"第{number}行“{span[:24]}{'…' if len(span) > 24 else ''}”"
    if span in text:
        return f"{shown}在条文中位于前一行之前或与其重叠，请按原文顺序排列。"
    return f"{shown}与条文原文不一致，请从条文中逐字复制（注意全角、半角和标点）。"


def read_duties(lines: str, paragraph_text: str) -> list[DutyText]:
    """Duties, one a line as «原文｜承担者｜频次»: each an exact stretch of the paragraph; every wrong line is told."""
    found, wrong = [], []
    for number, line in enumerate((row.strip() for row in lines.splitlines() if row.strip()), start=1):
        duty = DutyText(*([part.strip() for part in TITLE.split(line)] + ["", ""])[:3])
        fault = _fault(number, line, duty, paragraph_text) or _told_before(number, duty, found)
        wrong += [fault] if fault else []
        found.append(duty)
    if len(found) > MOST_DUTIES:
        raise DomainError(f"一条最多登记 {MOST_DUTIES} 项保障职责。", "duties")
    if wrong:
        raise DomainError("".join(wrong), "duties")
    return found


def _fault(number, line, duty, text):
    if len(TITLE.findall(line)) > 2 or not duty.span:
        return f"第{number}行应为“原文｜承担者｜频次”，承担者、频次可以不写。"
    if duty.span not in text:
        return _not_found(number, duty.span, text)
    limits = (("承担者", duty.actor, BEARER_LENGTH), ("频次", duty.periodicity, PERIODICITY_LENGTH))
    return "".join(f"第{number}行的{name}超过 {most} 字，请缩短。" for name, value, most in limits if len(value) > most)


def _told_before(number, duty, found):
    before = next((place for place, row in enumerate(found, start=1) if row.span == duty.span), None)
    return f"第{number}行与第{before}行的原文相同，请合为一行，承担者用顿号隔开。" if before else ""


def nature_of(span: str) -> str:
    """What a measure asks for, told by its verb: 探索, 定期, 持续, 支持 or, failing these, 建设打造."""
    verbs = (
        (Nature.EXPLORE, ("探索",)),
        (Nature.PERIODIC, ("定期",)),
        (Nature.CONTINUE, ("持续", "继续")),
        (Nature.SUPPORT, ("支持", "鼓励", "助力", "引导", "协助", "帮助")),
    )
    return next((nature for nature, words in verbs if any(word in span for word in words)), Nature.BUILD)
