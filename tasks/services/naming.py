"""The list of whom to name (拟通报名单): drawn up by the ladder's last step, decided name by name by the leader."""

from django.db import transaction

from tasks.kinds import NameVerdict
from tasks.models import NameLine, NameList
from tasks.services.rounds import hold
from zhuzun import clock
from zhuzun.audit.services import record
from zhuzun.errors import DomainError
from zhuzun.organisations.kinds import Relation
from zhuzun.periods.light import TimeState, time_state_of

CONFIRM = "tasks.confirm_names"
NAMEABLE = (Relation.LOWER, Relation.EQUAL)
WAS_LATE = (TimeState.LATE, TimeState.FILED_LATE)


def draw_up(period, reports, *, now) -> list:
    """Put those onto the period's list that are not on it; gives them. 不相隶属 never stands on it."""
    rows = [report for report in reports if report.relation in NAMEABLE]
    there = set(NameLine.objects.filter(list__period=period).values_list("report", flat=True))
    new = [report for report in rows if report.pk not in there]
    if not new:
        return []
    names, _ = NameList.objects.get_or_create(period=period, defaults={"drawn_at": now})
    NameLine.objects.bulk_create(
        [
            NameLine(list=names, report=report, relation=report.relation, due_on=report.effective_due_on)
            for report in new
        ],
        ignore_conflicts=True,
    )
    return new


def decide(line, *, verdict, reason="", actor, now) -> NameLine:
    """列入 or 不列入, by the bureau's leader: one name, one decision; it may be changed until the paper goes out."""
    actor.decide(CONFIRM).enforce()
    reason = reason.strip()
    if verdict not in (NameVerdict.NAMED, NameVerdict.SPARED):
        raise DomainError("请选择列入或不列入。", "verdict")
    if verdict == NameVerdict.SPARED and not reason:
        raise DomainError("不列入的请写明理由。", "reason")
    with transaction.atomic():
        report = hold(line.report)
        line = NameLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
        if verdict == NameVerdict.NAMED and (why := why_not(report, clock.day_of(now))):
            raise DomainError(why, "verdict")
        before = line.get_verdict_display()
        line.verdict, line.reason, line.decided_by, line.decided_at = verdict, reason, actor, now
        line.save()
        detail = {"是否列入": [before, line.get_verdict_display()]}
        record("chase.names", actor=actor, now=now, obj=report, reason=reason, detail=detail)
    return line


def why_not(report, day) -> str:
    """Why this report cannot be named as late any more; empty where it can."""
    if report.relation not in NAMEABLE:
        return "不相隶属单位不列入通报名单。"
    state = time_state_of(report, day)
    return "" if state in WAS_LATE else f"该报表目前为“{state.label}”，不能以逾期列入。"
