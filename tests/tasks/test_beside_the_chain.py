"""前方意见 and 延期申请: neither holds the chain up, and neither is forgotten."""

from datetime import date

import pytest

from tasks import waiting
from tasks.kinds import AskState, ReportState, RoundAct, Verdict
from tasks.models import PeriodForm, ProgressReport
from tasks.services import chain, extensions, opinions, review
from tests import factories
from tests.tasks import cycle, filed
from tests.tasks.cycle import FILING, at
from zhuzun.accounts.roles import Role
from zhuzun.errors import DomainError, Refused
from zhuzun.periods.light import TimeState, time_state_of


@pytest.fixture
def october(world):
    return cycle.month(world, opinion="window")


@pytest.fixture
def report(october, people):
    return filed.filed(october.report(october.world.xiangzhou), by=people[Role.DISTRICT_OFFICER])


# --- the working group's word -----------------------------------------------------------------------------------------
def test_a_member_speaks_of_his_own_county_once(report, people, world):
    member = people[Role.GROUP_MEMBER]
    assert report.opinion_due_on == date(2026, 11, 6)
    assert list(waiting.to_speak(member)) == [(report.pk, world.zhengan.pk)]
    said = opinions.give_opinion(report, world.zhengan, verdict=Verdict.AGREE, actor=member, now=at(5))
    assert (said.team, said.round) == (world.zhengan_team, report.rounds.last())
    assert not waiting.to_speak(member).exists()
    with pytest.raises(DomainError, match="已填写本次报送的前方意见"):
        opinions.give_opinion(report, world.zhengan, verdict=Verdict.AGREE, actor=people[Role.GROUP_LEADER], now=at(5))
    with pytest.raises(Refused, match="由该县小组或工作组组长填写"):
        opinions.give_opinion(report, world.wuchuan, verdict=Verdict.AGREE, actor=member, now=at(5))


def test_the_leader_speaks_where_there_is_no_team(report, people, world):
    leader = people[Role.GROUP_LEADER]
    assert set(waiting.to_speak(leader)) == {(report.pk, world.zhengan.pk), (report.pk, world.wuchuan.pk)}
    said = opinions.give_opinion(
        report, world.wuchuan, verdict=Verdict.REMARK, text="资金尚未到账", actor=leader, now=at(5)
    )
    assert said.team == world.group
    with pytest.raises(DomainError, match="请写明具体意见"):
        opinions.give_opinion(report, world.zhengan, verdict=Verdict.REMARK, text=" ", actor=leader, now=at(5))


def test_silence_holds_nothing_up_unless_the_plan_requires_a_word(report, people, world):
    officer = people[Role.BUREAU_OFFICER]
    PeriodForm.objects.update(opinion="required")
    with pytest.raises(DomainError, match="须经前方核对，尚缺：正安县、务川县"):
        review.pass_on(report, actor=officer, now=at(9))
    PeriodForm.objects.update(opinion="window")
    assert review.pass_on(report, actor=officer, now=at(9)).state == ReportState.HEAD


def test_no_word_on_the_groups_own_report_nor_outside_of_review(october, people, world):
    member = people[Role.GROUP_MEMBER]
    own = filed.filed(october.report(world.zhengan_team), by=member)
    assert own.opinion_due_on is None
    assert "不征求" in opinions.why_not(own, world.zhengan)
    unfiled = october.report(world.gaoxin)
    assert "不在征求前方意见期间" in opinions.why_not(unfiled, world.daozhen)


def test_filed_again_the_word_is_asked_again(report, people, world):
    member, officer = people[Role.GROUP_MEMBER], people[Role.DISTRICT_OFFICER]
    opinions.give_opinion(report, world.zhengan, verdict=Verdict.AGREE, actor=member, now=at(5))
    back = chain.recall(report, actor=officer, now=at(5))
    filed.sheet(back, by=officer, now=at(5), data=filed.PDF + b"%2\n")
    again = chain.sign_on_paper(back, actor=officer, now=at(5, 11))
    assert list(waiting.to_speak(member)) == [(again.pk, world.zhengan.pk)]


# --- a later date -----------------------------------------------------------------------------------------------------
WANTED = date(2026, 11, 12)


def asked(report, people, *, now=FILING, **more):
    facts = {"progress": "已收集七成", "reason": "县方数据未到", "wanted_on": WANTED}
    return extensions.ask(report, **(facts | more), actor=people[Role.DISTRICT_OFFICER], now=now)


def test_an_approved_extension_shows_apart_from_lateness(october, people, world):
    report = october.report(world.xiangzhou)
    request = asked(report, people)
    assert list(waiting.to_decide(people[Role.BUREAU_OFFICER])) == [request]
    done = extensions.approve(request, decision="同意", actor=people[Role.BUREAU_OFFICER], now=at(5))
    report.refresh_from_db()
    assert (done.state, report.extended_to, report.first_due_on) == (AskState.APPROVED, WANTED, cycle.DUE)
    assert time_state_of(report, date(2026, 11, 9)) == TimeState.EXTENDED
    assert time_state_of(report, date(2026, 11, 13)) == TimeState.LATE
    assert report.rounds.last().act == RoundAct.EXTEND
    with pytest.raises(DomainError, match="已被他人处理"):
        extensions.refuse(request, decision="不同意", actor=people[Role.BUREAU_HEAD], now=at(5))


def test_a_refusal_says_why_and_changes_no_date(october, people, world):
    request = asked(october.report(world.xiangzhou), people)
    with pytest.raises(DomainError, match="请写明不同意的理由"):
        extensions.refuse(request, decision="", actor=people[Role.BUREAU_OFFICER], now=at(5))
    with pytest.raises(Refused):
        extensions.refuse(request, decision="不", actor=people[Role.GROUP_LEADER], now=at(5))
    done = extensions.refuse(request, decision="上报省时限在即", actor=people[Role.BUREAU_OFFICER], now=at(5))
    assert done.state == AskState.REFUSED
    assert october.report(world.xiangzhou).extended_to is None


@pytest.mark.parametrize(
    ("now", "change", "words"),
    [
        (at(6), {}, "延期须在截止日期"),
        (FILING, {"wanted_on": cycle.DUE}, "须晚于现在的截止日期"),
        (FILING, {"wanted_on": date(2027, 1, 5)}, "一次延期不超过 31 天"),
        (FILING, {"progress": " "}, "请填写目前进展"),
        (FILING, {"reason": " "}, "请填写延期原因"),
    ],
)
def test_a_request_without_sense_is_refused(october, people, world, now, change, words):
    with pytest.raises(DomainError, match=words):
        asked(october.report(world.xiangzhou), people, now=now, **change)


def test_one_request_at_a_time_and_none_for_what_is_filed(october, people, world, report):
    with pytest.raises(DomainError, match="已经报送"):
        asked(report, people)
    other = factories.person(Role.DISTRICT_OFFICER, world.gaoxin)
    facts = {"progress": "过半", "reason": "待核", "wanted_on": WANTED, "actor": other, "now": FILING}
    extensions.ask(october.report(world.gaoxin), **facts)
    with pytest.raises(DomainError, match="已有一份延期申请待审批"):
        extensions.ask(october.report(world.gaoxin), **facts)


def test_asked_before_the_day_it_counts_though_decided_after(october, people, world):
    report = october.report(world.xiangzhou)
    request = asked(report, people)
    filed.filed(report, by=people[Role.DISTRICT_OFFICER], now=at(9))
    extensions.approve(request, actor=people[Role.BUREAU_OFFICER], now=at(9, 15))
    report = ProgressReport.objects.get(pk=report.pk)
    assert time_state_of(report, date(2026, 11, 20)) == TimeState.EXTENDED
