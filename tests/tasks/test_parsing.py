"""Reading a pasted policy text."""

import pytest

from tasks.kinds import Nature
from tasks.parsing import closing_names, cut_paragraphs, nature_of, read_measures
from zhuzun.errors import DomainError

TEXT = """关于继续做好东西部协作工作的实施方案

一、总体要求
1. 指导思想。坚持新发展理念。
二、主要任务
2．加强劳务协作。完善机制，
稳定就业。（各区，市教育局）
"""


def test_paragraphs_are_cut_at_their_numbers_and_know_their_part():
    first, second = cut_paragraphs(TEXT)
    assert (first.number, first.part, first.heading) == (1, "一、总体要求", "指导思想")
    assert first.text == "1. 指导思想。坚持新发展理念。"
    assert (second.number, second.part, second.heading) == (2, "二、主要任务", "加强劳务协作")
    assert second.text == "2．加强劳务协作。完善机制，稳定就业。（各区，市教育局）"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("没有序号的正文。", "没有找到带序号的条文"),
        ("1. 甲。一。\n3. 乙。二。", "序号不连续：第1条之后是第3条"),
        ("2. 甲。一。\n2. 乙。二。", "序号不连续"),
        ("\n".join(f"{n}. 标题。正文。" for n in range(1, 202)), "最多 200 条"),
    ],
)
def test_a_text_that_cannot_be_cut_says_why(text, words):
    with pytest.raises(DomainError, match=words) as caught:
        cut_paragraphs(text)
    assert caught.value.field == "text"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("正文。（甲局，各区，乙局、丙局）", ["甲局", "各区", "乙局", "丙局"]),
        ("正文。（甲局、团市委)", ["甲局", "团市委"]),  # a half-width bracket, as in ¶13
        ("正文(点)，又一句。（甲局）。", ["甲局"]),
        ("正文没有括号。", []),
        ("（开头的括号）正文。", []),
    ],
)
def test_the_closing_bracket_is_read_whichever_its_width(text, names):
    assert closing_names(text) == names


def test_measures_are_exact_stretches_in_the_texts_order():
    found = read_measures("对接机制｜完善机制\n\n稳定就业\n", "1. 标题。完善机制，稳定就业。")
    assert [(row.title, row.span) for row in found] == [("对接机制", "完善机制"), ("稳定就业", "稳定就业")]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("完善机制,", "与条文原文不一致"),
        ("稳定就业\n完善机制", "第2行“完善机制”在条文中位于前一行之前"),
        ("标题｜完善｜机制", "第1行应为“标题｜原文”"),
        ("｜完善机制", "第1行应为“标题｜原文”"),
        (f"{'长' * 41}｜完善机制", "超过 40 字"),
    ],
)
def test_a_line_that_is_not_in_the_text_says_which_and_why(lines, words):
    with pytest.raises(DomainError, match=words) as caught:
        read_measures(lines, "1. 标题。完善机制，稳定就业。")
    assert caught.value.field == "measures"


@pytest.mark.parametrize(
    ("span", "nature"),
    [
        ("探索建立基金", Nature.EXPLORE),
        ("定期发布信息", Nature.PERIODIC),
        ("继续支持招收学生", Nature.CONTINUE),
        ("鼓励企业投资", Nature.SUPPORT),
        ("打造产业园", Nature.BUILD),
    ],
)
def test_the_verb_tells_what_a_measure_asks_for(span, nature):
    assert nature_of(span) == nature
