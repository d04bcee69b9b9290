"""What the services of a paper refuse, and why: each reason said once, with nothing changed."""

from dataclasses import replace
from datetime import date

import pytest

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.errors import DomainError
from zhuzun.notices.papers import registry, slips
from zhuzun.notices.papers.kinds import Joining, NumberMode, PaperState, Series, Standing
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.services import chain, drafting, identities, serving
from zhuzun.notices.papers.workflow import PAPER
from zhuzun.organisations.models import Organisation, OrganisationGroup

NOW, DAY = making.NOW, making.NOW.date()
S = PaperState
LEADER, CLERK, OFFICER = Role.BUREAU_LEADER, Role.CLERK, Role.BUREAU_OFFICER
LETTER = {"kind": "letter", "standing": Standing.BUREAU, "title": "关于商请核对数据的函"}


def refused(why, act, *args, field="", **facts):
    with pytest.raises(DomainError) as error:
        act(*args, now=NOW, **facts)
    assert why in error.value.message
    assert (error.value.field or "") == field


# --- three people, whatever roles they came to hold since -------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "joining", "why"),
    [
        ("drafted_by", Joining.NONE, "由您拟稿，须由另一位领导签发"),
        ("drafted_by", Joining.CHECK_SIGN, "由您拟稿，须由另一位领导签发"),
        ("checked_by", Joining.NONE, "由您核稿，须由另一位领导签发"),
        ("checked_by", Joining.CHECK_SIGN, ""),
    ],
)
def test_who_drafted_or_checked_and_is_a_leader_by_now_does_not_sign(desk, field, joining, why):
    paper, leader = desk.at(S.SIGNING), desk.people[LEADER]
    Paper.objects.filter(pk=paper.pk).update(**{field: leader})
    type(paper.identity).objects.update(joining=joining)
    decision = PAPER.why_not(Paper.objects.get(pk=paper.pk), "sign", actor=leader, now=NOW)
    assert (decision.allowed, why in decision.reason) == (not why, True)


# --- the way ----------------------------------------------------------------------------------------------------------
def test_nothing_is_given_back_that_is_signed_and_sent(desk):
    paper = desk.at(S.ISSUED)
    refused("已印发”，不能退回", chain.give_back, paper, reason="有误", actor=desk.people[LEADER])


def test_no_number_without_a_series(desk):
    paper = desk.at(S.NUMBERING)
    paper.identity.series.all().delete()
    refused("没有设置“通知”的编号序列", chain.number, paper, word="珠委农组", serial=8, actor=desk.people[CLERK])
    assert not paper.numbers.exists()


def test_a_paper_does_not_take_its_own_place(desk):
    paper, facts = desk.at(S.ISSUED), {"reason": "有误", "actor": desk.people[CLERK], "field": "replaced_by"}
    refused("不能由本件代替本件", chain.end, paper, "revoke", replaced_by=paper, **facts)


def test_no_draft_of_a_kind_that_nobody_registered(desk):
    facts = {"identity": desk.offices[Standing.BUREAU], "title": "命令", "actor": desk.people[OFFICER]}
    refused("没有这个文种", drafting.draft, kind="order", field="kind", **facts)


def test_two_kinds_of_one_code_are_refused_at_the_start():
    kind = registry.kind_of("notice")
    registry.register(kind)
    with pytest.raises(ValueError, match="is “通知” already"):
        registry.register(replace(kind, label="命令"))


def test_a_group_joins_those_that_are_there_and_nobody_stands_twice(desk):
    group = OrganisationGroup.objects.get(code="districts")
    members = set(group.members_on(DAY))
    paper = desk.draft(to=[desk.world.xiangzhou, desk.world.education])
    facts = {"group": group, "actor": desk.people[OFFICER], "now": NOW}
    paper = drafting.add_group(drafting.add_group(paper, **facts), **facts)
    rows = list(paper.recipients.order_by("position"))
    assert [row.organisation for row in rows][:2] == [desk.world.xiangzhou, desk.world.education]
    assert {row.organisation for row in rows[2:]} == members - {desk.world.xiangzhou}
    assert len(rows) == len(members) + 1


def test_countersigned_only_while_it_may_be_held_back(desk):
    officer, bodies = desk.people[OFFICER], [desk.world.education]
    asked = drafting.ask_cosigners(desk.draft(), bodies=bodies, actor=officer, now=NOW).cosigners.get()
    Paper.objects.update(state=S.SIGNING)
    refused("待签发”，不再登记会签", drafting.enter_cosign, asked, name="甲", on=DAY, opinion="", actor=officer)


def test_on_the_slip_those_that_find_no_line_are_counted_in_the_last(desk, monkeypatch):
    bodies = list(Organisation.objects.order_by("pk")[:4])
    paper = drafting.ask_cosigners(desk.draft(), bodies=bodies, actor=desk.people[OFFICER], now=NOW)
    monkeypatch.setattr(slips, "MOST_SIGNINGS", slips.OTHER_STEPS + 3)
    found = [
        one.body for one in slips.slip_of(Paper.objects.for_page().get(pk=paper.pk)).signings if one.step == "会签"
    ]
    assert found[2:] == ["其余 2 个单位另附"]


def test_the_portals_own_numbers_want_a_word(desk):
    identity = desk.offices[Standing.BUREAU]
    series = {row.series: (row.word, row.mode, row.qr) for row in identity.series.all()}
    series[Series.LETTER] = (" ", NumberMode.INTERNAL, False)
    facts = {"masthead": "甲", "joining": Joining.NONE, "signers": [], "series": series, "field": "word_letter"}
    refused("须先填写代字", identities.change, identity, actor=desk.people[CLERK], **facts)


# --- served -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def issued(desk):
    return desk.at(S.ISSUED, to=[desk.world.xiangzhou], reply_wanted=True, reply_by=date(2022, 3, 25), **LETTER)


def test_a_reply_says_something_and_what_is_withdrawn_wants_none_and_no_receipt(issued, desk):
    row, officer, clerk = issued.deliveries.get(), desk.people[Role.DISTRICT_OFFICER], desk.people[CLERK]
    refused("请填写回复内容", serving.reply, row, words=" \n", actor=officer, field="words")
    chain.end(issued, "revoke", reason="有误", actor=clerk, now=NOW)
    refused("已撤销，不必回复", serving.reply, row, words="无意见", actor=officer)
    refused("已撤销”，不催签收", serving.remind, Paper.objects.get(pk=issued.pk), actor=clerk)


def test_handed_over_to_somebody_and_only_to_who_has_not_signed(issued, desk):
    row, clerk = issued.deliveries.get(), desk.people[CLERK]
    refused("请写明送达方式和接收人", serving.serve_outside, row, on=DAY, note=" ", actor=clerk, field="note")
    serving.receive(row, actor=desk.people[Role.DISTRICT_OFFICER], now=NOW)
    refused("已签收，不必登记线下送达", serving.serve_outside, row, on=DAY, note="专人", actor=clerk)
