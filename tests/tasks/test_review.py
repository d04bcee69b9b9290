"""The bureau's side: passed on, accepted by two people, returned section by section with its own lateness, reopened."""

from datetime import date

import pytest

from tasks import reading
from tasks.kinds import ReportState, RoundAct
from tasks.lights import return_words
from tasks.models import Entry, ProgressReport
from tasks.services import chain, review
from tests import factories
from tests.tasks import cycle, filed
from tests.tasks.cycle import FILING, at
from zhuzun.accounts.roles import Role
from zhuzun.errors import DomainError, Refused
from zhuzun.organisations.kinds import Relation
from zhuzun.periods.light import TimeState, time_state_of
from zhuzun.periods.services import current_calendar

BACK = date(2026, 11, 10)


@pytest.fixture
def october(opened_month):
    return opened_month


@pytest.fixture
def report(october, people):
    """香洲区's, filed the day before it is due."""
    return filed.filed(october.report(october.world.xiangzhou), by=people[Role.DISTRICT_OFFICER])


def section(report, title="正安县"):
    return report.sections.get(title=title)


def given_back(report, people, **more):
    comments = {section(report).pk: "金额与资金台账不符"}
    facts = {"comments": comments, "due_on": BACK, "actor": people[Role.BUREAU_OFFICER], "now": at(6)}
    return review.return_report(report, **(facts | more))


def test_officer_then_head(report, people):
    officer, head = people[Role.BUREAU_OFFICER], people[Role.BUREAU_HEAD]
    with pytest.raises(DomainError, match="须经科室负责人审核"):
        review.accept(report, actor=officer, now=at(5))
    passed = review.pass_on(report, actor=officer, now=at(5))
    assert passed.state == ReportState.HEAD
    with pytest.raises(Refused):
        review.accept_head(passed, actor=officer, now=at(5))
    done = review.accept_head(passed, actor=head, now=at(6))
    assert (done.state, done.accepted_at) == (ReportState.ACCEPTED, at(6))
    assert [row.act for row in done.rounds.all()] == [RoundAct.FILE, RoundAct.PASS_ON, RoundAct.ACCEPT]


def test_one_person_in_two_roles_does_not_review_twice(report, people, world):
    officer = people[Role.BUREAU_OFFICER]
    passed = review.pass_on(report, actor=officer, now=at(5))
    both = officer.act_as(factories.assignment(officer, Role.BUREAU_HEAD, world.bureau))
    with pytest.raises(DomainError, match="须由另一位同事办理"):
        review.accept_head(passed, actor=both, now=at(6))


def test_the_head_asks_the_officer_to_look_again(report, people):
    passed = review.pass_on(report, actor=people[Role.BUREAU_OFFICER], now=at(5))
    with pytest.raises(DomainError, match="请写明需要经办复核的内容"):
        review.head_to_officer(passed, text="", actor=people[Role.BUREAU_HEAD], now=at(5))
    back = review.head_to_officer(passed, text="核对资金口径", actor=people[Role.BUREAU_HEAD], now=at(5))
    assert back.state == ReportState.REVIEW
    with pytest.raises(DomainError, match="市局已开始审核（科室退回经办复核），不能撤回"):
        chain.recall(back, actor=people[Role.DISTRICT_OFFICER], now=at(5))


def test_a_return_marks_its_sections_and_has_its_own_day(report, people):
    back = given_back(report, people)
    assert (back.state, back.return_due_on, back.filed_on) == (ReportState.RETURNED, BACK, date(2026, 11, 4))
    marked = {one.title: (one.returned, one.comment) for one in back.sections.all()}
    assert marked["正安县"] == (True, "金额与资金台账不符")
    assert not any(returned for title, (returned, _) in marked.items() if title != "正安县")
    line = back.rounds.last()
    assert (line.act, line.due_on, [one["title"] for one in line.sections]) == (RoundAct.RETURN, BACK, ["正安县"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"comments": {}}, "请至少在一个部分写明"),
        ({"due_on": date(2026, 11, 5)}, "不能早于今天"),
        ({"due_on": date(2027, 3, 1)}, "不超过 60 天"),
        ({"comments": {10**9: "不是这份报表的"}}, "不属于这份报表"),
    ],
)
def test_a_return_without_sense_is_refused_whole(report, people, change, words):
    with pytest.raises(DomainError, match=words):
        given_back(report, people, **change)
    report.refresh_from_db()
    assert report.state == ReportState.REVIEW
    assert not report.sections.filter(returned=True).exists()


def test_filed_again_it_shows_what_changed_and_keeps_its_first_day(report, people):
    officer = people[Role.DISTRICT_OFFICER]
    back = given_back(report, people)
    cell = Entry.objects.filter(section=section(back)).order_by("item__position").first()
    Entry.objects.filter(pk=cell.pk).update(value=15)
    filed.sheet(back, by=officer, now=at(9), data=filed.PDF + b"%2\n")
    again = chain.sign_on_paper(back, actor=officer, now=at(9, 15))
    assert (again.filed_on, again.refiled_on) == (date(2026, 11, 4), date(2026, 11, 9))
    assert again.review_due_on == date(2026, 11, 12)
    line = again.rounds.last()
    assert (line.act, line.sections[0]["changed"]) == (RoundAct.REFILE, True)
    assert not again.sections.filter(returned=True).exists()


def test_what_was_returned_and_not_changed_needs_a_sentence(report, people):
    officer = people[Role.DISTRICT_OFFICER]
    back = given_back(report, people)
    filed.sheet(back, by=officer, now=at(9), data=filed.PDF + b"%2\n")
    with pytest.raises(DomainError, match="退回的“正安县”没有改动，请写明不改的理由"):
        chain.sign_on_paper(back, actor=officer, now=at(9, 15))
    again = chain.sign_on_paper(back, text="与县方复核一致", actor=officer, now=at(9, 15))
    assert (again.rounds.last().text, again.rounds.last().sections[0]["changed"]) == ("与县方复核一致", False)


def test_why_it_was_not_changed_is_said_by_the_officer_and_goes_on_with_the_leader(report, people):
    officer, words = people[Role.DISTRICT_OFFICER], "与县方复核一致"
    back = given_back(report, people)
    with pytest.raises(DomainError, match="退回的“正安县”没有改动，请写明不改的理由"):
        chain.send_to_sign(back, actor=officer, now=at(9))
    back.refresh_from_db()
    assert back.state == ReportState.RETURNED
    sent = chain.send_to_sign(back, text=words, actor=officer, now=at(9))
    assert reading.words_to_leader(sent) == words


def test_reopened_only_with_a_reason_and_before_the_period_is_frozen(report, people, october):
    officer, head = people[Role.BUREAU_OFFICER], people[Role.BUREAU_HEAD]
    done = review.accept_head(review.pass_on(report, actor=officer, now=at(5)), actor=head, now=at(6))
    facts = {"comments": {section(done).pk: "省里要求重核"}, "due_on": BACK, "actor": officer, "now": at(6)}
    with pytest.raises(DomainError, match="请填写退回重报的原因"):
        review.reopen(done, reason=" ", **facts)
    type(october.period)._base_manager.filter(pk=october.period.pk).update(state="closed", closed_at=at(6))
    with pytest.raises(DomainError, match="已定稿，如需更正请提交更正申请"):
        review.reopen(done, reason="数据有误", **facts)
    type(october.period)._base_manager.filter(pk=october.period.pk).update(state="open", closed_at=None)
    again = review.reopen(done, reason="数据有误", **facts)
    assert (again.state, again.accepted_at, again.filed_on) == (ReportState.RETURNED, None, date(2026, 11, 4))


def test_whoever_typed_it_never_accepts_it(october, people, world):
    typist = people[Role.BUREAU_OFFICER]
    report = filed.fill(october.report(world.gaoxin), by=typist)
    filed.sheet(report, by=typist)
    report = chain.file_for(report, actor=typist, now=FILING)
    with pytest.raises(DomainError, match="您参与了这份报表的录入"):
        review.pass_on(report, actor=typist, now=at(5))
    other = factories.person(Role.BUREAU_OFFICER, world.bureau, username="other-officer")
    assert review.pass_on(report, actor=other, now=at(5)).state == ReportState.HEAD


def test_the_bureaus_own_is_accepted_or_returned_by_its_leader(october, people, world):
    own = cycle.plan("t-own", "本局报表", world.bureau)
    own.narratives.create(title="工作情况")
    cycle.open_due(now=cycle.OPENED)
    officer, leader = people[Role.BUREAU_OFFICER], people[Role.BUREAU_LEADER]
    report = chain.file(filed.fill(october.report(world.bureau), by=officer), actor=officer, now=FILING)
    with pytest.raises(DomainError, match="由局领导审核"):
        review.accept(report, actor=officer, now=at(5))
    comments = {report.sections.get().pk: "请补充"}
    back = review.return_report(report, comments=comments, due_on=BACK, actor=leader, now=at(5))
    again = chain.file(back, text="无可补充", actor=officer, now=at(5, 11))
    assert review.accept_own(again, actor=leader, now=at(5, 12)).state == ReportState.ACCEPTED


def test_several_go_through_together_each_for_itself(october, people, world):
    ready = filed.filed(october.report(world.xiangzhou), by=people[Role.DISTRICT_OFFICER])
    gone = filed.filed(october.report(world.gaoxin), by=factories.person(Role.DISTRICT_OFFICER, world.gaoxin))
    seen = {ready.pk: "review", gone.pk: "review", 10**9: "review"}
    review.pass_on(gone, actor=people[Role.BUREAU_OFFICER], now=at(5, 9))
    other = factories.person(Role.BUREAU_OFFICER, world.bureau, username="other-officer")
    results = dict(review.accept_many(seen, actor=other, now=at(5)))
    assert results[ready] == ""
    assert "已被他人处理" in results[gone]
    assert len(results) == 2
    assert ProgressReport.objects.get(pk=ready.pk).state == ReportState.HEAD


@pytest.mark.parametrize(
    ("day", "refiled_on", "words"),
    [
        (date(2026, 11, 10), None, "未到期"),
        (date(2026, 11, 11), None, "修改逾期 1 工作日"),
        (date(2026, 11, 16), None, "修改逾期 4 工作日"),
        (date(2026, 11, 16), date(2026, 11, 10), "按时重报"),
        (date(2026, 11, 16), date(2026, 11, 11), "逾期重报"),
    ],
)
def test_a_return_has_a_light_of_its_own(report, people, day, refiled_on, words):
    back = given_back(report, people)
    back.refiled_on = refiled_on
    assert words in return_words(back, day, current_calendar())
    back.relation = Relation.SEPARATE
    assert "修改逾期" not in return_words(back, day, current_calendar())
    assert time_state_of(back, day) == TimeState.ON_TIME
