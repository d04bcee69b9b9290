"""What the bureau may change of an open period, each with a reason that the body sees."""

from datetime import date

import pytest

from tasks.kinds import ReportState, RoundAct
from tasks.models import ProgressReport
from tasks.services.adjusting import add_body, excuse, move_all, move_due
from tests.tasks import cycle
from tests.tasks.cycle import FILING
from zhuzun.accounts.roles import Role
from zhuzun.errors import DomainError, Refused

LATER = date(2026, 11, 9)


@pytest.fixture
def october(opened_month):
    return opened_month


@pytest.fixture
def bureau(people):
    return people[Role.BUREAU_OFFICER]


def test_one_body_gets_another_day(october, bureau):
    report = move_due(
        october.report(october.world.xiangzhou), due_on=LATER, reason="台风停工", actor=bureau, now=FILING
    )
    assert (report.due_on, report.soon_on, report.first_due_on) == (LATER, date(2026, 11, 5), cycle.DUE)
    line = report.rounds.get()
    assert (line.act, line.text, line.due_on) == (RoundAct.MOVE, "台风停工", LATER)
    assert october.report(october.world.gaoxin).due_on == cycle.DUE


def test_all_bodies_get_another_day_but_those_that_filed(october, bureau):
    form = october.period.forms.get(plan=october.district_plan)
    filed = october.report(october.world.gaoxin)
    ProgressReport.objects.filter(pk=filed.pk).update(state=ReportState.REVIEW, filed_on=cycle.DUE, filed_at=FILING)
    assert move_all(form, due_on=LATER, reason="台风停工", actor=bureau, now=FILING) == 1
    assert october.report(october.world.xiangzhou).due_on == LATER
    assert october.report(october.world.gaoxin).due_on == cycle.DUE
    with pytest.raises(DomainError, match="没有需要调整的报表"):
        move_all(form, due_on=LATER, reason="再次", actor=bureau, now=FILING)


@pytest.mark.parametrize(
    ("day", "reason", "words"),
    [
        (date(2026, 11, 3), "台风", "不能早于今天"),
        (cycle.DUE, "台风", "没有变化"),
        (LATER, " ", "请填写原因"),
    ],
)
def test_a_move_without_sense_is_refused(october, bureau, day, reason, words):
    with pytest.raises(DomainError, match=words):
        move_due(october.report(october.world.xiangzhou), due_on=day, reason=reason, actor=bureau, now=FILING)


def test_a_body_is_excused_once_with_a_reason(october, bureau):
    report = excuse(october.report(october.world.xiangzhou), reason="机构调整", actor=bureau, now=FILING)
    assert report.excused
    with pytest.raises(DomainError, match="已免报"):
        excuse(report, reason="机构调整", actor=bureau, now=FILING)
    with pytest.raises(DomainError, match="请填写原因"):
        excuse(october.report(october.world.gaoxin), reason="", actor=bureau, now=FILING)


def test_a_body_is_added_to_an_open_form(october, bureau):
    form = october.period.forms.get(plan=october.district_plan)
    report = add_body(form, october.world.labour, reason="补充情况", actor=bureau, now=FILING)
    assert report.due_on == cycle.DUE
    with pytest.raises(DomainError, match="已有这项报送任务"):
        add_body(form, october.world.labour, reason="补充情况", actor=bureau, now=FILING)


def test_a_body_that_is_added_late_gets_a_day_of_its_own(october, bureau):
    form, after = october.period.forms.get(plan=october.district_plan), cycle.at(9)
    facts = {"reason": "补充情况", "actor": bureau, "now": after}
    with pytest.raises(DomainError, match="报送截止日期不能早于今天") as refusal:
        add_body(form, october.world.labour, **facts)  # the form's own day has passed
    assert refusal.value.field == "due_on"
    report = add_body(form, october.world.labour, due_on=date(2026, 11, 13), **facts)
    assert (report.due_on, report.soon_on, report.first_due_on) == (date(2026, 11, 13), date(2026, 11, 11), cycle.DUE)
    assert not ProgressReport.objects.filter(pk=report.pk).overdue(date(2026, 11, 13)).exists()


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.GROUP_LEADER, Role.LEADER, Role.BUREAU_LEADER])
def test_nobody_else_may(october, people, role):
    with pytest.raises(Refused, match="由市局经办、市局科室负责人办理"):
        move_due(october.report(october.world.xiangzhou), due_on=LATER, reason="台风", actor=people[role], now=FILING)
