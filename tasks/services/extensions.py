"""延期申请: asked before the day with progress and reason, decided by the bureau; another thing than being late."""

from datetime import timedelta

from django.db import transaction

from tasks import events
from tasks.kinds import WITH_FILER, AskState, RoundAct
from tasks.models import ExtensionRequest
from tasks.services.rounds import add_round, hold
from tasks.workflow import EXTENSION
from zhuzun import clock
from zhuzun.accounts.models import Decision
from zhuzun.audit.services import record
from zhuzun.errors import DomainError

ASK = "tasks.ask_extension"
MOST_DAYS = 31  # from the day that counts now


def may_ask(report, *, actor, now) -> Decision:
    """Whether a later date may be asked for now, else why not."""
    decision = actor.decide(ASK, report)
    if not decision.allowed:
        return decision
    reason = _why_not(report, clock.day_of(now))
    return Decision(not reason, reason)


def ask(report, *, progress, reason, wanted_on, actor, now) -> ExtensionRequest:
    """Ask for a later date, on the day itself at the latest."""
    with transaction.atomic():
        report = hold(report)
        actor.decide(ASK, report).enforce()
        if why_not := _why_not(report, clock.day_of(now)):
            raise DomainError(why_not)
        _check(report, progress, reason, wanted_on)
        request = ExtensionRequest.objects.create(
            report=report, progress=progress, reason=reason, wanted_on=wanted_on, asked_by=actor, asked_at=now
        )
        detail = {"申请延期至": str(wanted_on), "目前进展": progress}
        record("extension.ask", actor=actor, now=now, obj=report, reason=reason, detail=detail)
        events.tell(events.extension_asked, report, actor=actor, now=now)
    return request


def approve(request, *, decision="", actor, now) -> ExtensionRequest:
    """同意延期: the new date counts; the first due date stays what it was."""
    with transaction.atomic():
        report = hold(request.report)
        if report.closed_period():
            raise DomainError(f"{report.closed_period()} 已定稿，不再批准延期。")
        request = _decide(request, "approve", decision, actor, now)
        if request.wanted_on <= report.due_on:
            raise DomainError("截止日期已另行调整，晚于申请的日期，无须延期。")
        report.extended_to = request.wanted_on
        report.save(update_fields=["extended_to"])
        add_round(report, RoundAct.EXTEND, actor=actor, now=now, text=decision, due_on=request.wanted_on)
        record("report.extend", actor=actor, now=now, obj=report, detail={"extended_to": ["", str(request.wanted_on)]})
        events.tell(events.extended, report, actor=actor, now=now)
    return request


def refuse(request, *, decision, actor, now) -> ExtensionRequest:
    """不同意延期, with the reason that the body reads."""
    if not decision.strip():
        raise DomainError("请写明不同意的理由，申请单位会看到。", "decision")
    with transaction.atomic():
        report = hold(request.report)
        request = _decide(request, "refuse", decision, actor, now)
        events.tell(events.extension_refused, report, actor=actor, now=now)
    return request


def _decide(request, step, decision, actor, now):
    facts = {"decided_by": actor, "decided_at": now, "decision": decision.strip()}
    return EXTENSION.take(request, step, actor=actor, now=now, reason=decision, seen=AskState.ASKED, **facts)


def _why_not(report, day) -> str:
    if report.excused:
        return f"本期免报：{report.excuse_reason}"
    if report.filed_on or report.state not in WITH_FILER:
        return "报表已经报送，无须延期。"
    if day > report.effective_due_on:
        return f"延期须在截止日期（{report.effective_due_on}）当天或之前申请，现已超过。"
    if report.extensions.filter(state=AskState.ASKED).exists():
        return "已有一份延期申请待审批。"
    return ""


def _check(report, progress, reason, wanted_on):
    if not progress.strip():
        raise DomainError("请填写目前进展。", "progress")
    if not reason.strip():
        raise DomainError("请填写延期原因。", "reason")
    limit = report.effective_due_on
    if wanted_on <= limit:
        raise DomainError(f"申请延期的日期须晚于现在的截止日期（{limit}）。", "wanted_on")
    if wanted_on > limit + timedelta(days=MOST_DAYS):
        raise DomainError(f"一次延期不超过 {MOST_DAYS} 天，最晚 {limit + timedelta(days=MOST_DAYS)}。", "wanted_on")
