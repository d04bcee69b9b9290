"""What the bureau may change of an open period: the due date of all or one, 免报, one more body; each with a reason."""

from django.db import transaction

from tasks import events
from tasks.kinds import EDITABLE, FILED, RoundAct
from tasks.models import PeriodForm, ProgressReport
from tasks.services.opening import Ground, open_report
from tasks.services.rounds import add_round
from zhuzun import clock
from zhuzun.audit.services import record
from zhuzun.errors import DomainError
from zhuzun.periods.services import current_calendar

ADJUST = "tasks.adjust_period"


def move_due(report, *, due_on, reason, actor, now) -> ProgressReport:
    """Give one report another due date; the body sees the reason."""
    actor.decide(ADJUST, report).enforce()
    with transaction.atomic():
        report = _locked(report)
        _move(report, due_on, reason, actor, now)
    return report


def move_all(form: PeriodForm, *, due_on, reason, actor, now) -> int:
    """统一顺延: another due date for every body that has not filed yet; gives their number."""
    actor.decide(ADJUST).enforce()
    with transaction.atomic():
        rows = ProgressReport.objects.select_for_update(of=("self",)).filter(parts__form=form, excused=False)
        moved = [report for report in rows if report.state not in FILED and report.due_on != due_on]
        if not moved:
            raise DomainError("没有需要调整的报表：都已报送、免报或已是这一日期。", "due_on")
        for report in moved:
            _move(report, due_on, reason, actor, now)
        detail = {"报送任务": form.name, "due_on": [str(form.due_on), str(due_on)], "报表": len(moved)}
        record("period.move", actor=actor, now=now, obj=form.period, reason=reason, detail=detail)
    return len(moved)


def excuse(report, *, reason, actor, now) -> ProgressReport:
    """免报: the body owes nothing this time, and reads why."""
    actor.decide(ADJUST, report).enforce()
    _give_reason(reason)
    with transaction.atomic():
        report = _locked(report)
        if report.excused:
            raise DomainError("该单位本期已免报。")
        if report.state not in EDITABLE:
            raise DomainError(f"报表目前{report.get_state_display()}，不能免报。")
        report.excused, report.excuse_reason = True, reason
        report.save(update_fields=["excused", "excuse_reason"])
        add_round(report, RoundAct.EXCUSE, actor=actor, now=now, text=reason)
        record("period.excuse", actor=actor, now=now, obj=report, reason=reason)
        events.tell(events.excused, report, actor=actor, now=now)
    return report


def add_body(form: PeriodForm, body, *, reason, actor, now, due_on=None) -> ProgressReport:
    """One more body owes an opened form, on the form's day or a later one of its own; it reads why."""
    actor.decide(ADJUST).enforce()
    _give_reason(reason)
    if form.period.closed:
        raise DomainError("该报告期已定稿，不能增加报送单位。")
    if form.parts.filter(filer=body).exists():
        raise DomainError("该单位本期已有这项报送任务。", "body")
    due_on = due_on or form.due_on
    if due_on < clock.day_of(now):
        raise DomainError("报送截止日期不能早于今天。", "due_on")
    with transaction.atomic():
        report = open_report(form, body, Ground.of(form), current_calendar())
        if due_on != report.due_on:
            _set_due(report, due_on, form)
        record("period.add_body", actor=actor, now=now, obj=report, reason=reason)
        events.tell(events.added, report, actor=actor, now=now, reason=reason)
    return report


def _move(report, due_on, reason, actor, now):
    _give_reason(reason)
    if report.state in FILED:
        raise DomainError(f"报表已报送（{report.get_state_display()}），不再调整截止日期。")
    if due_on < clock.day_of(now):
        raise DomainError("新的截止日期不能早于今天。", "due_on")
    if due_on == report.due_on:
        raise DomainError("截止日期没有变化。", "due_on")
    form = report.parts.select_related("form").order_by("pk").first().form
    before = report.due_on
    _set_due(report, due_on, form)
    add_round(report, RoundAct.MOVE, actor=actor, now=now, text=reason, due_on=due_on)
    detail = {"due_on": [str(before), str(due_on)]}
    record("period.move", actor=actor, now=now, obj=report, reason=reason, detail=detail)
    events.tell(events.moved, report, actor=actor, now=now)


def _set_due(report, due_on, form):
    report.due_on = due_on
    report.soon_on = current_calendar().plus(due_on, -form.soon_workdays)
    if report.extended_to and report.extended_to <= due_on:
        report.extended_to = None
    report.save(update_fields=["due_on", "soon_on", "extended_to"])


def _locked(report):
    return ProgressReport.objects.select_for_update(of=("self",)).get(pk=report.pk)


def _give_reason(reason):
    if not reason.strip():
        raise DomainError("请填写原因，报送单位会看到。", "reason")
