"""The one way to change a state: permission, condition, race and record; with the extension request as the example."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from django_fsm import ConcurrentTransition

from tasks.kinds import AskState
from tasks.models import ExtensionRequest
from tasks.workflow import EXTENSION, PERIOD
from tests.tasks.cycle import FILING
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused
from zhuzun.workflow import Step, Workflow, registered
from zhuzun.workflow.handbook import as_markdown


@pytest.fixture
def request_of(world, opened_month, people):
    """A district's request for more time."""
    october = opened_month
    return ExtensionRequest.objects.create(
        report=october.report(world.xiangzhou),
        progress="已收齐两县数据",
        reason="台风停工",
        wanted_on=date(2026, 11, 9),
        asked_by=people[Role.DISTRICT_OFFICER],
        asked_at=FILING,
    )


def test_a_step_changes_the_state_and_writes_who_did_it(request_of, people):
    bureau = people[Role.BUREAU_OFFICER]
    row = EXTENSION.take(
        request_of, "approve", actor=bureau, now=FILING, reason="情况属实", decided_by=bureau, decided_at=FILING
    )
    assert row.state == request_of.state == AskState.APPROVED
    assert request_of.decided_by_id == bureau.pk
    event = Event.objects.get(action="extension.approve")
    assert (event.actor, event.reason, event.object_id) == (bureau, "情况属实", str(row.pk))


def test_the_second_of_two_is_told_who_was_there_first(request_of, people):
    mine, theirs = (ExtensionRequest.objects.get(pk=request_of.pk) for _ in range(2))
    EXTENSION.take(theirs, "refuse", actor=people[Role.BUREAU_HEAD], now=FILING)
    with pytest.raises(DomainError, match=r"已被他人处理：市局科室负责人.*不同意延期.*目前状态是“不同意”"):
        EXTENSION.take(mine, "approve", actor=people[Role.BUREAU_OFFICER], now=FILING)
    assert Event.objects.filter(action__startswith="extension.").count() == 1


def test_what_the_person_saw_counts_and_not_what_the_page_fetched(request_of, people):
    EXTENSION.take(request_of, "refuse", actor=people[Role.BUREAU_HEAD], now=FILING)
    with pytest.raises(DomainError, match="已被他人处理"):
        EXTENSION.take(request_of, "approve", actor=people[Role.BUREAU_OFFICER], now=FILING, seen="asked")


def test_without_permission_the_reason_names_who_may(request_of, people):
    with pytest.raises(Refused, match="“审批延期申请”由市局经办、市局科室负责人办理"):
        EXTENSION.take(request_of, "approve", actor=people[Role.DISTRICT_OFFICER], now=FILING)
    assert ExtensionRequest.objects.get().state == AskState.ASKED


def test_a_step_from_another_state_says_so(request_of, people):
    bureau = people[Role.BUREAU_OFFICER]
    EXTENSION.take(request_of, "refuse", actor=bureau, now=FILING)
    with pytest.raises(DomainError, match="目前状态是“不同意”，不能同意延期"):
        EXTENSION.take(request_of, "approve", actor=bureau, now=FILING)


def test_a_page_gets_each_step_with_its_reason(request_of, people):
    options = EXTENSION.options(request_of, actor=people[Role.LEADER], now=FILING)
    assert [option.step.name for option in options] == ["approve", "refuse"]
    assert all("由市局经办" in option.decision.reason for option in options)
    only = EXTENSION.options(request_of, actor=people[Role.BUREAU_OFFICER], now=FILING, names=["refuse"])
    assert [(option.step.name, option.decision.allowed) for option in only] == [("refuse", True)]


def test_nobody_assigns_a_state_by_hand(request_of):
    with pytest.raises(AttributeError, match="not allowed"):
        request_of.state = AskState.APPROVED


def test_two_stale_saves_never_both_go_through(request_of):
    mine, theirs = (ExtensionRequest.objects.get(pk=request_of.pk) for _ in range(2))
    theirs._approve()
    theirs.save()
    mine._refuse()
    with pytest.raises(ConcurrentTransition), transaction.atomic():
        mine.save()


def test_two_steps_of_one_name_are_refused_at_import():
    step = Step("go", "办理", ("asked",), "approved", "", "extension.approve")
    with pytest.raises(ValueError, match="two steps of one name"):
        Workflow("broken", "试验", AskState, (step, step))


def test_only_what_a_person_takes_has_a_page(request_of, people, sign_in, monkeypatch):
    client = sign_in(people[Role.BUREAU_OFFICER])
    address = f"/tasks/periods/{request_of.report.parts.first().form.period_id}/step"
    assert client.get(f"{address}/propose/").status_code == 200
    assert client.get(f"{address}/no-such-step/").status_code == 404
    monkeypatch.setitem(PERIOD.by_name, "propose", replace(PERIOD.by_name["propose"], permission=""))
    assert client.get(f"{address}/propose/").status_code == 404  # the machine's own


def test_a_state_is_a_text_to_migrations():
    _, path, _, kwargs = EXTENSION.state_field().deconstruct()
    assert (path, "protected" in kwargs, kwargs["default"]) == ("django.db.models.CharField", False, AskState.ASKED)


def test_the_handbook_prints_every_workflow():
    text = as_markdown(lambda name: name)
    for workflow in registered():
        assert f"## {workflow.title}" in text
        assert all(f"`{step.name}`" in text for step in workflow.steps)


def test_the_page_of_states_is_fresh(settings):
    from zhuzun.management.commands.write_docs import pages

    written = (settings.BASE_DIR / "docs" / "states.md").read_text(encoding="utf-8")
    assert written == pages()["states.md"], "run `manage.py write_docs`"
