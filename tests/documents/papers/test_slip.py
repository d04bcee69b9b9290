"""The 发文稿纸: what is known is filled in, what is signed by hand stays open, and the draft follows."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pdfminer.high_level import extract_text

from zhuzun.documents.papers import samples, slip
from zhuzun.documents.papers.slip import Signing, Slip
from zhuzun.errors import DomainError

STEPS = (
    Signing("拟稿", samples.BUREAU, "李明", date(2026, 10, 8)),
    Signing("核稿", samples.BUREAU, "王芳", date(2026, 10, 9), "已核，请领导审定。"),
    Signing("会签", "市财政局"),
    Signing("签发", samples.GROUP),
    Signing("复核"),
)
SLIP = Slip(
    replace(samples.CIRCULAR, number=None),
    kind="通报",
    identity=samples.GROUP,
    drafted_by=samples.BUREAU,
    telephone="0756-2120000",
    urgency="平件",
    publicity="主动公开",
    basis="珠委农组〔2021〕12号",
    signings=STEPS,
)


def first_page(printed):
    return extract_text(BytesIO(printed.pdf), page_numbers=[0]).replace("\n", "")


def test_it_holds_all_that_is_known_and_the_draft_follows():
    printed = slip.render(SLIP)
    top = first_page(printed)
    for part in ("发文稿纸", "缓急", "平件", "公开属性", "主动公开", "主送", "抄送", "份数", "李明", "2026年10月9日"):
        assert part in top
    assert all(one.step in top for one in STEPS)
    assert "2026年第三季度主要指标完成情况表" in top
    assert "1.2026年第三季度" not in top  # the only annex has no number, as on the paper itself
    assert "中共珠海市委农村工作领导小组关于2026年第三季度" in top
    assert printed.pages > 1
    assert "现将2026年第三季度" not in top
    assert "现将2026年第三季度" in extract_text(BytesIO(printed.pdf)).replace("\n", "")
    assert printed.pdf == slip.render(SLIP).pdf


def test_300_recipients_leave_room_for_the_pen():
    bodies = tuple(f"第{n}号单位名称" for n in range(300))
    printed = slip.render(replace(SLIP, sheet=replace(SLIP.sheet, addressees=(bodies,), copies=bodies)))
    assert "等 300 个单位" in first_page(printed)
    assert "复核" in first_page(printed)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": "报\x00"}, "文种含有控制字符"),
        ({"signings": STEPS * 9}, "最多 40 个签署栏"),
        ({"signings": (Signing("签发", opinion="同" * 301),)}, "签发意见有 301 字"),
        ({"sheet": replace(samples.CIRCULAR, title="")}, "标题没有内容"),
    ],
)
def test_what_cannot_be_printed_is_refused(changes, says):
    with pytest.raises(DomainError, match=says):
        replace(SLIP, **changes).check()
