"""Blocks: numbers of the hierarchy, pasted text, to and fro as JSON, and what is refused with its place."""

import re

import pytest

from zhuzun.documents.papers.pasted import cut
from zhuzun.documents.papers.text import (
    Heading,
    Paragraph,
    Quotation,
    Table,
    chinese,
    from_json,
    numbered,
    plain_text,
    to_json,
)
from zhuzun.errors import DomainError

BLOCKS = (
    Heading(1, "基本情况"),
    Paragraph("截至9月底，各区已报送。"),
    Heading(2, "压实责任。各区要加强领导。"),
    Table("表1", "万元", (("县", "资金"),), (("正安县", "12.50"),), True),
    Quotation("引导企业落户。", "香洲区9月月报"),
)


def test_to_json_and_back():
    assert from_json(to_json(BLOCKS)) == BLOCKS


def test_the_program_sets_the_numbers():
    levels = [1, 2, 2, 3, 4, 4, 3, 4, 1, 2, 3]
    found = [number for number, _ in numbered([Heading(level, "题") for level in levels])]
    assert found == ["一、", "（一）", "（二）", "1.", "（1）", "（2）", "2.", "（1）", "二、", "（一）", "1."]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
    ],
)
def test_chinese_numbers(number, words):
    assert chinese(number) == words


def test_a_heading_may_go_on_in_its_line():
    heading = Heading(2, "压实责任。各区要加强领导。")
    assert (heading.lead, heading.rest) == ("压实责任。", "各区要加强领导。")
    assert (Heading(1, "总体要求").lead, Heading(1, "总体要求").rest) == ("总体要求", "")


def test_pasted_text_loses_its_typed_numbers():
    pasted = (
        "一、总体要求\r\n（一）压实责任。各区要\v1.制定方案\n2．落实\n（1） 分工\n(2)时限\n"
        "　　普通段落\xa02021年\n3.5万元到位"
    )
    assert cut(pasted) == (
        Heading(1, "总体要求"),
        Heading(2, "压实责任。各区要"),
        Heading(3, "制定方案"),
        Heading(3, "落实"),
        Heading(4, "分工"),
        Heading(4, "时限"),
        Paragraph("普通段落 2021年"),
        Paragraph("3.5万元到位"),
    )


def test_pasted_lines_with_tabs_become_a_table_with_its_caption_and_unit():
    pasted = "见下表。\n表1 资金到位情况\n单位：万元\n县\t资金\t其中\n正安县\t12\n道真县\t3\t1\n以上。"
    assert cut(pasted) == (
        Paragraph("见下表。"),
        Table("表1 资金到位情况", "万元", (("县", "资金", "其中"),), (("正安县", "12", ""), ("道真县", "3", "1"))),
        Paragraph("以上。"),
    )


def test_one_line_with_a_tab_is_text_and_a_bare_number_too():
    assert cut("甲\t乙\n一、") == (Paragraph("甲 乙"), Paragraph("一、"))


def test_pasted_markup_stays_text():
    assert cut("<script>alert(1)</script>") == (Paragraph("<script>alert(1)</script>"),)


def test_plain_text_holds_numbers_cells_and_sources():
    assert plain_text(BLOCKS).splitlines() == [
        "一、基本情况",
        "截至9月底，各区已报送。",
        "（一）压实责任。各区要加强领导。",
        "表1",
        "单位：万元",
        "县\t资金",
        "正安县\t12.50",
        "引导企业落户。（香洲区9月月报）",
    ]


def table(**changes):
    return {"kind": "table", "title": "", "unit": "", "head": [["县"]], "rows": [["正安县"]], **changes}


def paragraph(text):
    return {"kind": "paragraph", "text": text}


@pytest.mark.parametrize(
    ("stored", "says"),
    [
        ("<p>正文</p>", "正文的格式不对"),
        ([{"kind": "html", "text": "x"}], "第 1 块的类型不认识"),
        ([paragraph("甲"), {"kind": "paragraph", "text": 5}], "第 2 块（段落）的格式不对"),
        ([{"kind": "paragraph", "text": "甲", "onload": "x"}], "第 1 块（段落）的格式不对"),
        ([{"kind": "heading", "level": 5, "text": "甲"}], "第 1 块（标题）的层次"),
        ([{"kind": "heading", "level": "x", "text": "甲"}], "第 1 块（标题）的格式不对"),
        ([paragraph("甲"), paragraph(" ")], "第 2 块（段落）没有内容"),
        ([paragraph("好\U0001f44d")], "第 1 块（段落）含有表情符号「\U0001f44d」"),
        ([paragraph("热\u2764\ufe0f")], "第 1 块（段落）含有表情符号"),
        ([paragraph("甲\x07乙")], "第 1 块（段落）含有控制字符"),
        ([paragraph("甲\u202e乙")], "第 1 块（段落）含有控制字符或不可见字符"),
        ([paragraph("甲" * 5_001)], "第 1 块（段落）有 5001 字，最多 5000 字"),
        ([paragraph("甲")] * 401, "正文有 401 块，最多 400 块"),
        ([paragraph("甲" * 5_000)] * 13, "最多 60000 字"),
        ([{"kind": "quotation", "text": "甲", "source": ""}], "第 1 块（引文）没有注明出处"),
        ([table(head=[])], "第 1 块（表格）没有表头"),
        ([table(head=[["县"]] * 4)], "最多 3 行"),
        ([table(head=[["县"] * 25])], "有 25 列，最多 24 列"),
        ([table(rows=[["正安县"]] * 501)], "有 501 行，最多 500 行"),
        ([table(rows=[["正安县", "1"]])], "第 1 块（表格）第 2 行有 2 格，表头有 1 格"),
        ([table(rows=[["正安县"], ["\U0001f600"]])], "第 1 块（表格）第 3 行第 1 格含有表情符号"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_its_place(stored, says):
    with pytest.raises(DomainError, match=re.escape(says)):
        from_json(stored)


def test_signs_of_the_office_and_rare_names_are_no_emoji():
    from_json([paragraph("★☆○●■△→①②℃‰“”…—〔2021〕桴㯊镇 大磏镇 桐棬村 西滘村 孖湾村 东昇社区√×")])
