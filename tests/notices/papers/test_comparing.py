"""What changed between two rounds (稿次) of a paper: title, recipients, text and cells of a table, in reading order."""

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.documents.papers.text import Heading, Paragraph, Quotation, Table
from zhuzun.notices.papers.comparing import compared, lines_of
from zhuzun.notices.papers.kinds import PaperState, Part
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.services import chain, drafting

NOW = making.NOW
HEAD = (("区", "到位（万元）"),)


def table(*rows):
    return Table("资金到位情况", "万元", HEAD, rows)


def sent_twice(desk):
    """Sent for checking, given back, mended and sent again: rounds 1 to 3."""
    officer = {"actor": desk.people[Role.BUREAU_OFFICER], "now": NOW}
    paper = desk.draft(title="关于报送计划的通知")
    first = [
        Heading(1, "总体情况"),
        Paragraph("各区推进。"),
        table(("香洲区", "10"), ("高新区", "20")),
        Paragraph("特此通知。"),
    ]
    paper = chain.submit(drafting.write(paper, blocks=first, **officer), **officer)
    paper = chain.give_back(paper, reason="数字有误，请补时限", actor=desk.people[Role.BUREAU_HEAD], now=NOW)
    second = [
        Heading(1, "总体情况"),
        Paragraph("各区推进。"),
        table(("香洲区", "12"), ("高新区", "20")),
        Heading(1, "有关要求"),
        Quotation("及时反馈市乡村振兴局。", "工作方案"),
        Paragraph("特此通知。"),
    ]
    drafting.write(paper, blocks=second, **officer)
    facts = {"kind": "notice", "identity": paper.identity, "title": "关于报送项目计划的通知"}
    paper = drafting.change_head(paper, **facts, **officer)
    drafting.address(paper, main=[desk.world.xiangzhou, desk.world.gaoxin], copies=[desk.world.zhengan], **officer)
    return chain.submit(Paper.objects.get(pk=paper.pk), **officer)


def test_what_went_and_what_came_stands_in_reading_order(desk):
    paper = sent_twice(desk)
    _, before, after = paper.rounds.order_by("number")
    main, copied = Part.MAIN.label, Part.COPY.label
    names = [paper.named(part) for part in Part]
    assert compared(lines_of(before), lines_of(after)) == [
        ("gone", "关于报送计划的通知"),
        ("gone", f"{main}：{names[0][0]}"),
        ("come", "关于报送项目计划的通知"),
        ("come", f"{main}：{'、'.join(names[0])}"),
        ("come", f"{copied}：{names[1][0]}"),
        ("same", "一、总体情况"),
        ("same", "各区推进。"),
        ("same", "资金到位情况"),
        ("same", "单位：万元"),
        ("same", "区\t到位（万元）"),
        ("gone", "香洲区\t10"),
        ("come", "香洲区\t12"),
        ("same", "高新区\t20"),
        ("come", "二、有关要求"),
        ("come", "及时反馈市乡村振兴局。（工作方案）"),
        ("same", "特此通知。"),
    ]


def test_the_page_of_a_round_shows_it_and_leads_to_its_neighbours(desk, sign_in):
    paper = sent_twice(desk)
    client = sign_in(desk.people[Role.BUREAU_HEAD])
    page = client.get(f"/notices/{paper.pk}/rounds/3/").content.decode()
    assert "<del>香洲区 ｜ 10</del>" in page
    assert "<ins>香洲区 ｜ 12</ins>" in page
    assert "<ins>二、有关要求</ins>" in page
    assert "与第2稿（退回修改）比较" in page
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
