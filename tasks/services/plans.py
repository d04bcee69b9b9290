"""Setting report plans up: change, add and take away parts, switch on, stop, copy; and who files which figure."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from tasks.kinds import FilerRule
from tasks.models import FigureSource, LadderStep, PlanBody, PlanItem, PlanNarrative, ReportPlan
from tasks.workflow import PLAN
from zhuzun.audit.services import record
from zhuzun.dated import integrity_message
from zhuzun.errors import DomainError
from zhuzun.periods.spans import SpanKind, checked_groups

EDIT = "tasks.edit_plan"
PARTS = {"bodies": PlanBody, "items": PlanItem, "narratives": PlanNarrative, "ladder": LadderStep}
SETTINGS = (
    "name",
    "span_groups",
    "first_day",
    "ends_on",
    "due_kind",
    "due_months",
    "due_day",
    "due_workdays",
    "due_shift",
    "up_months",
    "up_day",
    "soon_workdays",
    "grace_workdays",
    "review_workdays",
    "opinion",
    "opinion_workdays",
    "check_workdays",
    "sign_off",
    "head_review",
    "evidence",
    "note",
)


def change_plan(plan, *, changes, reason, actor, now) -> ReportPlan:
    """Change a plan's settings, with a reason; periods that are open keep their own copy."""
    actor.decide(EDIT).enforce()
    if not reason.strip():
        raise DomainError("请填写调整原因。", "reason")
    unknown = set(changes) - set(SETTINGS)
    if unknown:
        raise DomainError("编码、周期和状态不能在此修改。")
    with transaction.atomic():
        plan = PLAN.locked(plan)
        before = {name: getattr(plan, name) for name in changes}
        changed = {name: value for name, value in changes.items() if before[name] != value}
        if not changed:
            raise DomainError("内容没有变化。")
        for name, value in changed.items():
            setattr(plan, name, value)
        _check(plan)
        plan._change_reason = reason[:100]
        _save(plan)
        detail = {name: [str(before[name]), str(value)] for name, value in changed.items()}
        record("plan.save", actor=actor, now=now, obj=plan, reason=reason, detail=detail)
    return plan


def add_part(plan, part, *, values, actor, now):
    """Add a body, figure, text or reminder step to a plan."""
    actor.decide(EDIT).enforce()
    row = PARTS[part](plan=plan, **values)
    with transaction.atomic():
        PLAN.locked(plan)
        if part in ("items", "narratives"):
            row.position = getattr(plan, part).count() + 1
        _save(row)
        record("plan.save", actor=actor, now=now, obj=plan, detail={"增加": f"{row._meta.verbose_name}：{row}"})
    return row


def remove_part(row, *, actor, now):
    """Take a body, figure, text or reminder step out of a plan; open periods keep theirs."""
    actor.decide(EDIT).enforce()
    with transaction.atomic():
        plan = PLAN.locked(row.plan)
        detail = {"去掉": f"{row._meta.verbose_name}：{row}"}
        row.delete()
        record("plan.save", actor=actor, now=now, obj=plan, detail=detail)
    return plan


def activate(plan, *, starts_on, actor, now) -> ReportPlan:
    """Switch a plan on: it owes nothing before the first whole span from `starts_on` on."""
    with transaction.atomic():
        plan = PLAN.locked(plan)
        if plan.ends_on and plan.ends_on < starts_on:
            raise DomainError("开始日期不能晚于结束日期。", "starts_on")
        detail = {"starts_on": str(starts_on)}
        return PLAN.take(plan, "activate", actor=actor, now=now, detail=detail, starts_on=starts_on)


def stop(plan, *, reason, actor, now) -> ReportPlan:
    """Stop a plan: no further period opens, the open ones run on."""
    return PLAN.take(plan, "stop", actor=actor, now=now, reason=reason)


def copy_plan(plan, *, code, name, kind, actor, now, starts_on=None, ends_on=None) -> ReportPlan:
    """A new plan after the pattern of another, with all its parts, switched off."""
    actor.decide(EDIT).enforce()
    if kind == SpanKind.ONCE and (starts_on is None or ends_on is None):
        raise DomainError("一次性的报送任务须填写统计起止日期。", "starts_on")
    fields = [one.name for one in ReportPlan._meta.concrete_fields if one.name not in ("id", "code", "state")]
    facts = {one: getattr(plan, one) for one in fields}
    facts |= {"name": name, "kind": kind, "starts_on": starts_on, "ends_on": ends_on}
    if kind != plan.kind:
        facts["span_groups"] = []
    copy = ReportPlan(code=code, **facts)
    _check(copy)
    with transaction.atomic():
        _save(copy)
        for part, model in PARTS.items():
            rows = [_again(row, copy) for row in getattr(plan, part).all()]
            model.objects.bulk_create(rows)
        record("plan.save", actor=actor, now=now, obj=copy, detail={"参照": plan.name})
    return copy


def _again(row, plan):
    values = {
        one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if one.name not in ("id", "plan")
    }
    return type(row)(plan=plan, **values)


def set_source(*, indicator, channel, rule, body, places, check_every, valid_from, reason, actor, now) -> FigureSource:
    """Say who files and checks a figure from a day on; the row before it ends the day before (一数一源)."""
    actor.decide(EDIT).enforce()
    if not reason.strip():
        raise DomainError("请填写依据。", "reason")
    if rule == FilerRule.BODY and body is None:
        raise DomainError("请选择填报单位。", "body")
    with transaction.atomic():
        former = FigureSource.objects.select_for_update(of=("self",)).filter(indicator=indicator, channel=channel)
        for row in former.filter(valid_to__isnull=True, valid_from__lt=valid_from):
            row.valid_to = valid_from - timedelta(days=1)
            row._change_reason = reason[:100]
            row.save()
        source = FigureSource(
            indicator=indicator,
            channel=channel,
            rule=rule,
            body=body if rule == FilerRule.BODY else None,
            places=places,
            check_every=check_every,
            valid_from=valid_from,
            basis=reason,
            position=FigureSource.objects.count() + 1,
        )
        source._change_reason = reason[:100]
        _save(source)
        record("source.save", actor=actor, now=now, obj=source, reason=reason)
    return source


def _check(plan):
    """The rules must make sense together, before a period finds out."""
    if plan.kind != SpanKind.ONCE and plan.span_groups:
        checked_groups(plan.kind, plan.span_groups)
    _ = plan.due_rule, plan.up_rule


def _save(row):
    try:
        with transaction.atomic():
            row.full_clean(validate_unique=False, validate_constraints=False, exclude=["state"])
            row.save()
    except IntegrityError as error:
        raise DomainError(integrity_message(error)) from error
