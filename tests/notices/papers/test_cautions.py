"""What a paper's page warns of and what refuses nothing: a title of another kind, a 会签 to another text."""

from datetime import timedelta

import pytest

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.documents.papers.text import Paragraph
from zhuzun.notices.papers import cautions
from zhuzun.notices.papers.kinds import PaperState
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.services import chain, drafting

NOW = making.NOW


def told(paper):
    paper = Paper.objects.for_page().get(pk=paper.pk)
    return cautions.of(paper, list(paper.cosigners.select_related("organisation")))


@pytest.mark.parametrize(
    ("kind", "title", "word"),
    [
        ("circular", "关于做好协作工作的通知", "通知"),
        ("notice", "关于追加协作资金的请示", "请示"),
        ("notice", "关于协作工作情况通报", "通报"),
        ("notice", "关于做好协作工作的通知", ""),
        ("minutes", "协作工作调度会议纪要", ""),
        ("supervision", "关于落实会议决定", ""),
        ("letter", "关于商请核对数据的复函", ""),
    ],
)
def test_a_title_that_names_another_kind_is_told_on_the_page(kind, title, word, desk, sign_in):
    paper = desk.draft(kind=kind, title=title)
    page = sign_in(desk.people[Role.BUREAU_OFFICER]).get(paper.get_absolute_url()).content.decode()
    words = f"标题以“{word}”结尾，而文种是“{paper.kind_label}”：请核对，改标题或改文种。"
    assert (words in page) if word else ("结尾，而文种是" not in page)


def cosigned(desk, people, at, on):
    """A paper that 市教育局 countersigned, entered at that time, at 会签."""
    officer = {"actor": people[Role.BUREAU_OFFICER], "now": NOW}
    paper = drafting.ask_cosigners(desk.draft(), bodies=[desk.world.education], **officer)
    paper = chain.check(chain.submit(paper, **officer), actor=people[Role.BUREAU_HEAD], now=NOW)
    row = paper.cosigners.get()
    drafting.enter_cosign(row, name="王五", on=on, opinion="", actor=people[Role.BUREAU_OFFICER], now=at)
    return chain.give_back(paper, reason="请补充", actor=people[Role.BUREAU_OFFICER], now=at + timedelta(minutes=5))


@pytest.mark.parametrize("days", [0, 2])  # changed on the day of the 会签 itself, or days after
def test_a_text_that_was_changed_after_a_body_countersigned_says_so(days, desk, people, sign_in):
    paper = cosigned(desk, people, NOW + timedelta(minutes=5), NOW.date())
    assert told(paper) == []  # given back, and still what the body signed for
    later = {"actor": people[Role.BUREAU_OFFICER], "now": NOW + timedelta(days=days, minutes=20)}
    drafting.write(paper, blocks=[Paragraph("请各单位三日内落实。")], **later)
    words = f"{desk.world.education}会签（{NOW:%Y-%m-%d}）后正文有修改：请商该单位确认，重新登记会签。"
    assert told(paper) == [words]
    paper = chain.submit(Paper.objects.get(pk=paper.pk), **later)
    paper = chain.check(paper, actor=people[Role.BUREAU_HEAD], now=later["now"])
    assert paper.state == PaperState.SIGNING
    words = words.replace("重新登记会签", "须重新会签的退回修改")
    assert words in sign_in(people[Role.BUREAU_LEADER]).get(paper.get_absolute_url()).content.decode()


def test_a_body_that_countersigns_again_has_read_the_new_text(desk, people):
    paper = cosigned(desk, people, NOW + timedelta(minutes=5), NOW.date())
    later = {"actor": people[Role.BUREAU_OFFICER], "now": NOW + timedelta(days=1)}
    paper = drafting.write(paper, blocks=[Paragraph("请各单位三日内落实。")], **later)
    chain.submit(paper, **later)
    again = later | {"now": later["now"] + timedelta(hours=1)}
    facts = {"name": "王五", "opinion": "同意"}
    drafting.enter_cosign(paper.cosigners.get(), on=NOW.date(), **facts, **again)  # entered late, signed for the old
    assert len(told(paper)) == 1
    drafting.enter_cosign(paper.cosigners.get(), on=again["now"].date(), **facts, **again)
    assert told(paper) == []


@pytest.mark.parametrize(
    ("state", "step", "role"), [("checking", "check", "bureau_head"), ("signing", "sign", "bureau_leader")]
)
def test_whoever_checks_or_signs_reads_it_before_he_does(state, step, role, desk, people, sign_in):
    paper = desk.at(state, kind="circular")
    page = sign_in(people[Role(role)]).get(f"/notices/{paper.pk}/{step}/").content.decode()
    assert "标题以“通知”结尾，而文种是“通报”" in page
