"""A sheet: to and fro as JSON, its digest, its marks, and what is refused with its place."""

import re
from dataclasses import replace
from datetime import date

import pytest

from zhuzun.documents.papers import samples
from zhuzun.documents.papers.sheet import Annex, Mark, Sheet, day
from zhuzun.documents.papers.text import Paragraph, Table
from zhuzun.errors import DomainError


@pytest.mark.parametrize("name", samples.ALL)
def test_to_json_and_back(name):
    sheet = samples.ALL[name]
    assert Sheet.from_json(sheet.to_json()) == sheet


def test_the_digest_follows_the_content_and_not_the_print():
    sheet = samples.ALL["通报"]
    assert len(sheet.digest) == 64
    assert replace(sheet, marks=(Mark.DEMO,), qr="https://portal.example/x").digest == sheet.digest
    assert replace(sheet, title=sheet.title + "（二）").digest != sheet.digest


def test_without_a_number_it_is_a_draft():
    sheet = samples.ALL["通报"]
    assert sheet.all_marks == ()
    assert replace(sheet, number=None, marks=(Mark.DEMO, Mark.DRAFT)).all_marks == ("草稿", "演示")


def test_days_are_written_without_leading_zeros():
    assert day(date(2021, 7, 2)) == "2021年7月2日"
    assert day(None).strip("　") == "年　　月　　日"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": ""}, "标题没有内容"),
        ({"title": "题" * 121}, "标题有 121 字，最多 120 字"),
        ({"title": "好\U0001f44d"}, "标题含有表情符号"),
        ({"number": "珠委农组[2021]12号"}, "发文字号应写作"),
        ({"number": "珠委农组〔2021〕012号"}, "发文字号应写作"),
        ({"addressees": (("区",) * 401,)}, "主送机关有 401 个，最多 400 个"),
        ({"copies": ("甲", "乙\n")}, "抄送机关第 2 个含有控制字符"),
        ({"annexes": (Annex("", ()),)}, "附件1的标题没有内容"),
        ({"annexes": (Annex("甲", (Paragraph("\x00"),)),)}, "附件1第 1 块（段落）含有控制字符"),
        ({"print_run": 0}, "份数应在"),
        ({"urgency": "非常非常急"}, "紧急程度有 5 字"),
    ],
)
def test_what_cannot_be_printed_is_refused(changes, says):
    with pytest.raises(DomainError, match=re.escape(says)):
        replace(samples.ALL["通报"], **changes).check()


@pytest.mark.parametrize(
    "changes",
    [
        {"form": "poster"},
        {"title": 5},
        {"dated": "yesterday"},
        {"marks": ["机密"]},
        {"annexes": [1]},
        {"sealed": "x"},
        {"x": 1},
    ],
)
def test_what_is_no_sheet_is_refused(changes):
    with pytest.raises(DomainError, match="文稿的格式不对"):
        Sheet.from_json({**samples.ALL["通报"].to_json(), **changes})


def test_empty_cells_hold_no_sign_and_are_counted_all_the_same():
    table = Table("", "", (("",) * 23 + ("甲",),), (("",) * 24,) * 499)
    replace(samples.NOTICE, blocks=(table,)).check()
    for blocks, annexes in (((table,) * 2, ()), ((table,), (Annex("表", (table,)),))):
        with pytest.raises(DomainError, match="表格共 24000 格，最多 12000 格"):
            replace(samples.NOTICE, blocks=blocks, annexes=annexes).check()


def test_the_weight_counts_cells_and_text():
    plain = replace(samples.NOTICE, blocks=(Paragraph("甲" * 400),))
    table = Table("", "", (("甲", "乙"),), (("1", "2"),) * 9)
    assert plain.weight == 10
    assert replace(plain, annexes=(Annex("表", (table,)),)).weight >= plain.weight + 20
