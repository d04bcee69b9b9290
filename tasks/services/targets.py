"""Setting yearly targets: in a draft agreement freely, in a signed one never lower than what was promised."""

from decimal import Decimal

from django.db import transaction

from pairing.agreement_kinds import AgreementState
from pairing.models import Agreement
from tasks.kinds import Course
from tasks.models import Target
from tasks.targets import course_words
from zhuzun.audit.services import record
from zhuzun.errors import DomainError
from zhuzun.ui.formats import thousands

FLOOR = "协议已签订，{place}的目标不得低于协议数 {value:f}；确需调低的，请先登记修订协议。"


def set_row(agreement, indicator, *, values, course, stages, reason, actor, now) -> list[Target]:
    """The targets of one indicator for several places: `values` is {place: figure}, nothing takes one away."""
    actor.decide("tasks.edit_target").enforce()
    _refuse_stages(course, stages)
    with transaction.atomic():
        agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
        if agreement.state == AgreementState.REVISED:
            raise DomainError("协议已修订，请在修订后的协议中设置目标。")
        old = {row.place_id: row for row in agreement.targets.filter(indicator=indicator)}
        if agreement.state == AgreementState.SIGNED:
            _refuse_lower(values, old)
            if not reason.strip():
                raise DomainError("协议已签订，调整目标请填写原因。", "reason")
        detail, courses = {}, _courses(values, old, course, stages)
        for place, value in values.items():
            if change := _set(agreement, indicator, place, value, course, stages, old.get(place.pk)):
                detail[str(place)] = change
        if detail:
            detail = {"指标": ["", indicator.name], **detail, **courses}
            record("target.set", actor=actor, now=now, obj=agreement, reason=reason, detail=detail)
    return list(agreement.targets.filter(indicator=indicator))


def _courses(values, old, course, stages) -> dict:
    """The change of the course, where the places set have had another, or none."""
    now = course_words(course, stages)
    rows = [old.get(place.pk) for place, value in values.items() if value is not None]
    was = {course_words(row.course, row.stages) if row else "" for row in rows} - {now}
    return {"进度安排": ["、".join(sorted(was)), now]} if was else {}


def copy_targets(old, new) -> int:
    """A revising agreement begins with what the old one promises."""
    facts = ("indicator_id", "place_id", "value", "course", "stages")
    rows = [Target(agreement=new, **{name: getattr(row, name) for name in facts}) for row in old.targets.all()]
    for row in rows:
        row.save()
    return len(rows)


def _set(agreement, indicator, place, value, course, stages, row):
    was = thousands(row.value, indicator.decimals) if row else ""
    if value is None:
        if row is not None:
            row.delete()
        return [was, ""] if row else None
    facts = {"value": value, "course": course, "stages": stages}
    if row is not None and all(getattr(row, name) == fact for name, fact in facts.items()):
        return None
    row = row or Target(agreement=agreement, indicator=indicator, place=place)
    for name, fact in facts.items():
        setattr(row, name, fact)
    row.save()
    return [was, thousands(value, indicator.decimals)]


def _refuse_lower(values, old):
    for place, value in values.items():
        row = old.get(place.pk)
        if row is not None and (value is None or value < row.value):
            raise DomainError(FLOOR.format(place=place, value=row.value.normalize()))


def _refuse_stages(course, stages):
    if course != Course.STAGES:
        return
    if not stages:
        raise DomainError("分阶段的目标请填写各阶段累计百分比，如 3:20 6:55 9:85。", "stages")
    numbers = [number for _, number in sorted((int(month), Decimal(value)) for month, value in stages.items())]
    if numbers != sorted(numbers):
        raise DomainError("各阶段为累计百分比，后一阶段不能小于前一阶段。", "stages")
    if numbers[-1] > 100:
        raise DomainError("各阶段为占年度目标的百分比，不能超过 100。", "stages")
