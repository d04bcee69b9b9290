"""The block editor: buttons, undo, numbers, what is pasted into a row, two people at one text."""

import html

import pytest

from tests import factories
from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.documents.papers.text import Heading, Paragraph, Quotation, Table
from zhuzun.notices.papers import editing, printing
from zhuzun.notices.papers.kinds import PaperState
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.rounds import lines_of
from zhuzun.notices.papers.rows import Row
from zhuzun.notices.papers.services import drafting


@pytest.fixture
def draft(desk):
    return desk.draft()


@pytest.fixture
def officer(desk, sign_in):
    return sign_in(desk.people[Role.BUREAU_OFFICER])


def form(*rows, **more):
    kinds, words, sources = zip(*((*row, "")[:3] for row in rows), strict=True)
    return {"kind": list(kinds), "words": list(words), "source": list(sources), **more}


def sent(client, paper, data):
    return client.post(f"/notices/{paper.pk}/text/", data)


def plain(answer):
    return html.unescape(answer.content.decode())


def lines(answer):
    return [row.words for row, *_ in answer.context["rows"]]


# --- what a row means ---
@pytest.mark.parametrize(
    ("row", "blocks"),
    [
        (Row("paragraph", "一段话。"), [Paragraph("一段话。")]),
        (Row("paragraph", "一、情况\n各区推进。\n区\t金额\n香洲区\t1"), None),
        (Row("paragraph", "　张三　李四 \u200b"), [Paragraph("张三　李四")]),
        (Row("heading1", "一、总体情况"), [Heading(1, "总体情况")]),
        (Row("heading2", "（一） 压实责任。各区要抓好。"), [Heading(2, "压实责任。各区要抓好。")]),
        (Row("heading2", "压实责任。\n各区要抓好。"), [Heading(2, "压实责任。"), Paragraph("各区要抓好。")]),
        (Row("quotation", "引导企业\n落户 3 家", "香洲区\n月报"), [Quotation("引导企业落户 3 家", "香洲区月报")]),
        (Row("table", "区\t金额\n香洲区\u200b\t=1+1"), [Table("", "", (("区", "金额"),), (("香洲区", "=1+1"),))]),
    ],
)
def test_what_a_row_means(row, blocks):
    found = editing.typed([row])
    if blocks is None:
        table = Table("", "", (("区", "金额"),), (("香洲区", "1"),))
        blocks = [Heading(1, "情况"), Paragraph("各区推进。"), table]
    assert found == blocks


def test_the_program_shows_the_numbers_that_it_sets():
    rows = [
        Row("heading1", "甲"),
        Row("heading2", "乙"),
        Row("paragraph", "丙"),
        Row("heading1", ""),
        Row("heading1", "丁"),
    ]
    assert editing.numbers_of(rows) == ["一、", "（一）", "", "", "二、"]


def test_a_number_typed_before_a_paragraph_is_saved_and_told(officer, draft):
    answer = officer.post(
        f"/notices/{draft.pk}/text/", form(("paragraph", "一、总体情况"), ("paragraph", "好")), follow=True
    )
    assert "第 1 段的开头像是自己写的序号" in plain(answer)
    assert Paper.objects.get(pk=draft.pk).blocks[0] == {"kind": "paragraph", "text": "一、总体情况"}


# --- undo ---
def test_rows_that_were_taken_out_can_be_put_back(officer, draft):
    rows = [("paragraph", "甲"), ("quotation", "乙", "月报"), ("paragraph", "丙")]
    page = sent(officer, draft, form(*rows, press="drop-1"))
    assert lines(page) == ["甲", "丙"]
    assert "恢复这一段" in plain(page)
    gone = {"gone-place": ["1"], "gone-kind": ["quotation"], "gone-words": ["乙"], "gone-source": ["月报"]}
    page = sent(officer, draft, form(rows[0], rows[2], press="drop-0", **gone))
    assert page.context["gone"] == [(1, Row("quotation", "乙", "月报")), (0, Row("paragraph", "甲"))]
    page = sent(officer, draft, form(rows[0], rows[2], press="back", **gone))
    assert lines(page) == ["甲", "乙", "丙"]
    assert page.context["rows"][1][0] == Row("quotation", "乙", "月报")
    assert page.context["gone"] == []
    page = sent(officer, draft, form(("paragraph", ""), press="drop-0"))
    assert "恢复这一段" not in plain(page)


@pytest.mark.parametrize(
    "more",
    [
        {"press": "back"},
        {
            "press": "back",
            "gone-place": ["9" * 30],
            "gone-kind": ["paragraph"],
            "gone-words": ["x"],
            "gone-source": [""],
        },
        {"press": "back", "gone-place": ["²"], "gone-kind": ["html"], "gone-words": ["x"], "gone-source": [""]},
        {"press": "drop-²"},
        {"press": "drop-99"},
        {"press": "up-0"},
        {"press": "nonsense"},
        {"press": "paste", "pasted": ""},
    ],
)
def test_a_press_that_makes_no_sense_changes_nothing(officer, draft, more):
    answer = sent(officer, draft, form(("paragraph", "甲"), **more))
    assert answer.status_code == 200
    assert lines(answer) == ["甲"]


# --- two people at one text ---
def test_who_comes_second_is_told_also_after_a_button_and_reads_what_is_different(officer, draft, desk):
    opened = officer.get(f"/notices/{draft.pk}/text/").context["seen"]
    other = factories.person(Role.BUREAU_OFFICER, desk.world.bureau, username="second", name="乙经办")
    drafting.write(draft, blocks=[Paragraph("请各单位于周五前报送。")], actor=other, now=making.NOW)
    mine = [("paragraph", "请各单位于周三前报送。"), ("paragraph", "我的一段")]
    page = sent(officer, draft, form(*mine, press="up-1", seen=opened))
    assert page.context["seen"] == opened, "a button must not take the other's text for seen"
    page = sent(officer, draft, form(*mine, ("paragraph", "😀"), seen=opened))
    assert page.context["seen"] == opened, "nor a slip"
    page = sent(officer, draft, form(*mine, seen=opened))
    assert "已被他人处理" in plain(page)
    assert "乙经办" in plain(page)
    assert lines(page) == [words for _, words in mine]
    assert '<del><span class="visually-hidden">［删去］</span>五</del>' in page.content.decode()
    assert Paper.objects.get(pk=draft.pk).blocks[0]["text"] == "请各单位于周五前报送。"
    assert sent(officer, draft, form(*mine, seen=page.context["seen"])).status_code == 302


def test_what_is_not_saved_is_asked_after_before_it_is_left(officer, draft):
    page = sent(officer, draft, form(("paragraph", "甲"), press="add-1")).content.decode()
    assert "data-unsaved" in page
    assert "data-unsaved" not in officer.get(f"/notices/{draft.pk}/text/").content.decode()
    answer = sent(officer, draft, form(("paragraph", "甲"), look="1"))
    assert answer["Location"] == f"/notices/{draft.pk}/paper.pdf"


@pytest.mark.parametrize("page", ["text", "head", "recipients", "cosigners", "enclose", "proposals"])
def test_what_is_no_draft_any_more_says_so_before_anything_is_typed(officer, desk, page):
    paper = desk.at(PaperState.CHECKING)
    answer = officer.get(f"/notices/{paper.pk}/{page}/", follow=True)
    assert answer.redirect_chain == [(paper.get_absolute_url(), 302)]
    assert "公文目前是“待核稿”，不能修改；需要修改的，请退回或撤回后再改。" in plain(answer)


# --- one text, four readers ---
def test_print_comparison_and_search_read_the_same_blocks_also_of_annexes(officer, desk):
    words, annexed = "各区要把帮扶车间用起来。", "务川县帮扶车间 12 个"
    paper = desk.draft(annexes=[("帮扶车间一览表", [Paragraph(annexed)]), ("不随文的表", [Paragraph("不随文的字")])])
    facts = {"actor": desk.people[Role.BUREAU_OFFICER], "now": making.NOW}
    drafting.write(paper, blocks=[Heading(1, words)], **facts)
    paper = drafting.choose(paper, chosen={}, annexes=[0], **facts)
    sheet = printing.sheet_of(paper)  # what both PDF and .docx are set from
    assert [*sheet.blocks, *sheet.annexes[0].blocks] == [Heading(1, words), Paragraph(annexed)]
    assert lines_of(paper.blocks) == [f"一、{words}"]
    for found in (words, annexed, "帮扶车间一览表"):
        assert list(Paper.objects.searched(found)) == [paper], found
    assert not Paper.objects.searched("不随文的字").exists()
