"""牵头 and 配合 per measure: bureau data beside the policy's own list, dated, never instead of it (¶7–13)."""

from django.db import IntegrityError, transaction

from tasks.kinds import Part
from tasks.models import Measure, Responsibility
from zhuzun.audit.services import record
from zhuzun.dated import integrity_message
from zhuzun.errors import DomainError


def set_responsibility(
    measure, *, part, valid_from, reason, actor, now, organisation=None, group=None, valid_to=None
) -> Responsibility:
    """Name a body or a group 牵头 or 配合 for a measure from `valid_from` on, with the reason (分工依据)."""
    actor.decide("tasks.set_responsibility").enforce()
    _check(measure, part, valid_from, valid_to, organisation, group)
    with transaction.atomic():
        last = measure.responsibilities.order_by("-position").first()
        row = Responsibility(
            paragraph=measure.paragraph,
            measure=measure,
            organisation=organisation,
            group=group,
            part=part,
            position=last.position + 1 if last else 1,
            reason=_reason(reason),
            valid_from=valid_from,
            valid_to=valid_to,
        )
        _save(row, f"设为{row.get_part_display()}：{reason}")
        span = f"{row.get_part_display()}，{valid_from} 起"
        detail = {_body(row): ["", span]}
        record("tasks.set_responsibility", actor=actor, now=now, obj=measure, reason=row.reason, detail=detail)
    return row


def end_responsibility(responsibility, *, valid_to, reason, actor, now) -> Responsibility:
    """End a 牵头 or 配合: `valid_to` is its last day. The policy's own list is not the bureau's to end."""
    actor.decide("tasks.set_responsibility").enforce()
    with transaction.atomic():
        row = Responsibility.objects.select_for_update(of=("self",)).select_related("measure").get(pk=responsibility.pk)
        _must_run(row, valid_to)
        row.valid_to = valid_to
        _save(row, f"终止：{_reason(reason)}")
        detail = {_body(row): [row.get_part_display(), f"至 {valid_to} 止"]}
        record("tasks.end_responsibility", actor=actor, now=now, obj=row.measure, reason=reason.strip(), detail=detail)
    return row


def _check(measure: Measure, part, valid_from, valid_to, organisation, group):
    if part not in (Part.LEAD, Part.ASSIST):
        raise DomainError("请选择牵头或配合。", "part")
    if (organisation is None) == (group is None):
        raise DomainError("请选择单位或分组，且只选其一。", "party")
    start = measure.paragraph.document.issued_on
    if valid_from < start:
        raise DomainError(f"起始日期不能早于文件成文日期 {start}。", "valid_from")
    if valid_to is not None and valid_to < valid_from:
        raise DomainError("截止日期不能早于起始日期，请核对起止日期。", "valid_to")
    if organisation is not None and not organisation.holds_on(valid_from):
        raise DomainError(f"“{organisation}”在 {valid_from} 尚未设立或已撤销，请核对起始日期。", "valid_from")


def _must_run(row, valid_to):
    if row.measure_id is None:
        raise DomainError("这是文件所列的责任单位，不能在此终止；市局设置的牵头、配合才可终止。")
    if row.valid_to is not None:
        raise DomainError(f"该分工已于 {row.valid_to} 终止，请刷新后核对。")
    if valid_to < row.valid_from:
        raise DomainError(f"终止日期不能早于起始日期 {row.valid_from}。", "valid_to")


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise DomainError("请填写依据或原因。", "reason")
    if len(text) > 200:
        raise DomainError("依据或原因最多 200 字。", "reason")
    return text


def _save(row, why):
    row._change_reason = why[:100]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise DomainError(integrity_message(error)) from error


def _body(row) -> str:
    return str(row.organisation or row.group)
