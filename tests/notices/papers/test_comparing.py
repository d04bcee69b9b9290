"""What changed between two rounds (稿次) of a paper: all that stands on it, part by part, word by word."""

import time

import pytest

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.papers import text
from zhuzun.documents.papers.text import Heading, Paragraph, Quotation, Table
from zhuzun.documents.services import attachments_of, withdraw
from zhuzun.notices.papers.comparing import compared
from zhuzun.notices.papers.kinds import PaperState
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.rounds import parts
from zhuzun.notices.papers.services import chain, drafting

NOW = making.NOW
HEAD = (("区", "到位（万元）"),)


def table(*rows):
    return Table("资金到位情况", "万元", HEAD, rows)


def said(lines):
    """(mark, words), with what went as -…- and what came as +…+."""
    signs = {"same": "{}", "gone": "-{}-", "come": "+{}+"}
    return [(line.mark, "".join(signs[mark].format(words) for mark, words in line.pieces)) for line in lines]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (["一段。"], ["一段。"], [("same", "一段。")]),
        ([], ["新的。"], [("come", "+新的。+")]),
        (["旧的。"], [], [("gone", "-旧的。-")]),
        (["关于报送计划的通知"], ["关于报送项目计划的通知"], [("changed", "关于报送+项目+计划的通知")]),
        (["到位 1,234.50 万元。"], ["到位 1,234.80 万元。"], [("changed", "到位 -1,234.50-+1,234.80+ 万元。")]),
        (["香洲区\t10"], ["香洲区\t12"], [("changed", "香洲区 ｜ -10-+12+")]),
        (
            ["请各区抓好落实。"],
            ["会议定于周五上午召开"],
            [("gone", "-请各区抓好落实。-"), ("come", "+会议定于周五上午召开+")],
        ),
        (
            ["各区要压实责任。", "特此通知。"],
            ["加上的一段话。", "各区须压实责任。", "特此通知。"],
            [("come", "+加上的一段话。+"), ("changed", "各区-要-+须+压实责任。"), ("same", "特此通知。")],
        ),
    ],
)
def test_lines_are_marked_by_the_word(old, new, what):
    assert said(compared(old, new)) == what


def test_very_long_lines_and_very_many_are_compared_in_no_time():
    """A long line that is all another is one change; thousands of equal or of changed rows do not multiply."""
    began = time.monotonic()
    (line,) = compared(["前" + "的" * 5000 + "甲" + "地" * 4000], ["前" + "地" * 5000 + "乙" + "的" * 4000])
    assert [mark for mark, _ in line.pieces] == ["same", "gone", "come"]
    (line,) = compared(["各区" * 2400 + "要抓好"], ["各区" * 2400 + "须抓好"])
    assert line.pieces[1:] == (("gone", "要"), ("come", "须"), ("same", "抓好"))
    lines = compared(["\t"] * 6000 + ["甲"], ["乙"] + ["\t"] * 6000)
    assert {"甲", "乙"} <= {line.pieces[0][1] for line in lines}
    assert len(compared([f"{n}\t1" for n in range(4000)], [f"{n}\t2" for n in range(4000)])) >= 4000
    assert time.monotonic() - began < 20


def sent_twice(desk):
    """Sent for checking, given back, all of it changed, sent again: rounds 1 to 3."""
    officer = {"actor": desk.people[Role.BUREAU_OFFICER], "now": NOW}
    first = [Heading(1, "总体情况"), Paragraph("各区推进。"), table(("香洲区", "10"), ("高新区", "20"))]
    paper = desk.draft(title="关于报送计划的通知", annexes=[("进展汇总表", [table(("香洲区", "10"))])])
    drafting.enclose(paper, data=making.PDF, filename="清单.pdf", note="", **officer)
    paper = chain.submit(drafting.write(paper, blocks=first, **officer), **officer)
    paper = chain.give_back(paper, reason="数字有误，请补时限", actor=desk.people[Role.BUREAU_HEAD], now=NOW)
    second = [
        Heading(1, "总体情况"),
        Paragraph("各区推进。"),
        table(("香洲区", "12"), ("高新区", "20")),
        Heading(1, "有关要求"),
        Quotation("及时反馈市乡村振兴局。", "工作方案"),
    ]
    drafting.write(paper, blocks=second, **officer)
    facts = {"kind": "notice", "identity": paper.identity, "title": "关于报送项目计划的通知"}
    more = {"note": "此件公开发布", "enclosures": ["一览表"], "urgency": "urgent", "openness": "public", "copies": 30}
    more |= {"reply_wanted": True, "reply_by": NOW.date(), "addressed": "各区"}
    paper = drafting.change_head(paper, **facts, **more, **officer)
    paper.annexes[0]["blocks"] = text.to_json([table(("香洲区", "11"))])
    paper.save()
    drafting.address(paper, main=[desk.world.xiangzhou, desk.world.gaoxin], copies=[desk.world.zhengan], **officer)
    drafting.ask_cosigners(paper, bodies=[desk.world.gaoxin], **officer)
    withdraw(attachments_of(paper, AttachmentKind.ENCLOSED).get(), reason="换一份", **officer)
    drafting.enclose(paper, data=making.PDF + b" ", filename="清单.pdf", note="", **officer)
    return chain.submit(Paper.objects.get(pk=paper.pk), **officer)


def test_everything_that_stands_on_a_paper_is_compared(desk):
    paper = sent_twice(desk)
    _, before, after = paper.rounds.order_by("number")
    changed = {part.label: said(part.lines) for part in parts(before, after) if part.changed}
    first, second, third = (
        body.full_name_on(NOW.date()) for body in (desk.world.xiangzhou, desk.world.gaoxin, desk.world.zhengan)
    )
    files = changed.pop("公文附件")
    assert [mark for mark, _ in files] == ["changed"], "the same name, another content"
    assert changed == {
        "标题": [("changed", "关于报送+项目+计划的通知")],
        "主送": [("same", first), ("come", f"+{second}+")],
        "主送写法": [("come", "+各区+")],
        "抄送": [("come", f"+{third}+")],
        "附件说明": [("same", "进展汇总表"), ("come", "+一览表+")],
        "附注": [("come", "+此件公开发布+")],
        "缓急程度": [("gone", "-一般-"), ("come", "+加急+")],
        "公开属性": [("changed", "-不予-+主动+公开")],
        "份数": [("come", "+30+")],
        "回复": [("gone", "-不须回复-"), ("come", "+须回复（2022年3月15日前）+")],
        "会签单位": [("come", f"+{desk.world.gaoxin}+")],
        "正文": [
            ("same", "一、总体情况"),
            ("same", "各区推进。"),
            ("same", "资金到位情况"),
            ("same", "单位：万元"),
            ("same", "区 ｜ 到位（万元）"),
            ("changed", "香洲区 ｜ -10-+12+"),
            ("same", "高新区 ｜ 20"),
            ("come", "+二、有关要求+"),
            ("come", "+及时反馈市乡村振兴局。（工作方案）+"),
        ],
        "附件1　进展汇总表": [
            ("same", "资金到位情况"),
            ("same", "单位：万元"),
            ("same", "区 ｜ 到位（万元）"),
            ("changed", "香洲区 ｜ -10-+11+"),
        ],
    }


def test_who_signed_and_when_is_a_change_too(desk):
    paper = desk.at(PaperState.REVIEWING)
    *_, before, after = paper.rounds.order_by("number")
    changed = {part.label: said(part.lines) for part in parts(before, after) if part.changed}
    signer = desk.people[Role.BUREAU_LEADER].name
    assert changed == {"签发人": [("come", f"+{signer}+")], "成文日期": [("come", "+2022年3月15日+")]}


def test_an_annex_that_is_left_out_is_gone_with_its_text(desk):
    officer = {"actor": desk.people[Role.BUREAU_OFFICER], "now": NOW}
    paper = desk.draft(annexes=[("甲表", [Paragraph("甲的内容")]), ("乙表", [Paragraph("乙的内容")])])
    chain.recall(chain.submit(paper, **officer), **officer)
    drafting.choose(Paper.objects.get(pk=paper.pk), chosen={}, annexes=[1], **officer)
    chain.submit(Paper.objects.get(pk=paper.pk), **officer)
    before, after = paper.rounds.order_by("number")
    changed = {part.label: said(part.lines) for part in parts(before, after) if part.changed}
    assert changed == {
        "附件说明": [("gone", "-甲表-"), ("same", "乙表")],
        "附件（删去）　甲表": [("gone", "-甲的内容-")],
    }


def test_a_round_from_before_says_what_it_did_not_keep(desk, sign_in):
    """Rounds of an older portal kept title, recipients and text only."""
    paper = sent_twice(desk)
    paper.rounds.filter(number__lt=3).update(head={}, recipients="主送：香洲区")
    _, before, after = paper.rounds.order_by("number")
    labels = [part.label for part in parts(before, after)]
    assert labels == ["标题", "主送", "抄送", "正文"]
    page = sign_in(desk.people[Role.BUREAU_HEAD]).get(f"/notices/{paper.pk}/rounds/3/").content.decode()
    assert "只比较标题、主送抄送和正文" in page


def test_the_page_of_a_round_shows_it_and_leads_to_its_neighbours(desk, sign_in):
    paper = sent_twice(desk)
    client = sign_in(desk.people[Role.BUREAU_HEAD])
    page = " ".join(client.get(f"/notices/{paper.pk}/rounds/3/").content.decode().split())
    assert '<del><span class="visually-hidden">［删去］</span>10</del>' in page
    assert '<ins><span class="visually-hidden">［新增］</span>12</ins>' in page
    assert "与第2稿（退回修改）比较，有改动的：" in page
    assert "附件1 进展汇总表" in page
    assert f'href="/notices/{paper.pk}/rounds/2/"' in page
    page = client.get(f"/notices/{paper.pk}/rounds/2/").content.decode()
    assert "与第1稿（送核稿）比较，没有改动。" in page
    assert "意见：数字有误，请补时限" in page
    assert "<del>" not in page
    page = client.get(f"/notices/{paper.pk}/rounds/1/").content.decode()
    assert "这是第一稿。" in page
    assert client.get(f"/notices/{paper.pk}/rounds/4/").status_code == 404


def test_a_round_keeps_the_text_that_was_passed_on(desk):
    paper = desk.at(PaperState.SIGNING)
    kept = paper.rounds.get(number=1).blocks
    chain.give_back(paper, reason="请改", actor=desk.people[Role.BUREAU_LEADER], now=NOW)
    drafting.write(paper, blocks=[Paragraph("全新的文字。")], actor=desk.people[Role.BUREAU_OFFICER], now=NOW)
    assert paper.rounds.get(number=1).blocks == kept
