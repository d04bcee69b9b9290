"""拟定稿 → 科室审核 → 审定: the figures of a period are frozen, recorded as sent up, and corrected only by number.

Approving writes 定稿数（第1版） with a SHA-256 over the figures in canonical form; the database refuses to change or
delete what is frozen. Reports that are still with their filers are 缺报: a period can always be closed.
"""

import hashlib
import json

from django.db import transaction

from tasks import compiled, compiled_longer
from tasks.models import PeriodSnapshot, ProgressReport, ReportingPeriod, SnapshotFigure
from tasks.workflow import PERIOD
from zhuzun import clock
from zhuzun.audit.services import record
from zhuzun.errors import DomainError

NEED_REASON = ("withdraw", "refuse", "send_back")
FACTS = ("indicator", "channel", "place", "filer", "state", "value", "span_value", "check_state", "counted")


# --- the steps -------------------------------------------------------------------------------------------------------
def propose(period, *, actor, now, reason="", seen=None):
    """The officer lays the compiled tables before the section head."""
    return _step(period, "propose", actor=actor, now=now, reason=reason, seen=seen)


def withdraw(period, *, actor, now, reason, seen=None):
    """The officer takes them back."""
    return _step(period, "withdraw", actor=actor, now=now, reason=reason, seen=seen)


def check(period, *, actor, now, reason="", seen=None):
    """The section head has checked them."""
    return _step(period, "check", actor=actor, now=now, reason=reason, seen=seen)


def refuse(period, *, actor, now, reason, seen=None):
    """The section head gives them back to the officer."""
    return _step(period, "refuse", actor=actor, now=now, reason=reason, seen=seen)


def send_back(period, *, actor, now, reason, seen=None):
    """The bureau's leader wants them checked again."""
    return _step(period, "send_back", actor=actor, now=now, reason=reason, seen=seen)


def approve(period, *, actor, now, reason="", seen=None) -> PeriodSnapshot:
    """审定: the period is closed and its figures are frozen as 定稿数（第1版）."""
    seen = seen or period.state
    with transaction.atomic():
        period = hold(period)
        # Nobody files or accepts while the figures are read; whoever comes after finds the period closed.
        list(ProgressReport.objects.select_for_update(of=("self",)).filter(parts__form__period=period).order_by("pk"))
        period = PERIOD.take(period, "approve", actor=actor, now=now, reason=reason, seen=seen, closed_at=now)
        return freeze(period, rows_of(compiled_longer.whole(period)), actor=actor, now=now, reason=reason)


STEPS = {
    "propose": propose,
    "withdraw": withdraw,
    "check": check,
    "refuse": refuse,
    "approve": approve,
    "send_back": send_back,
}


def send_up(period, *, on, note="", actor, now) -> ReportingPeriod:
    """Record when the frozen figures went up to the province (已上报省), and which version."""
    actor.decide("tasks.compile_period", period).enforce()
    with transaction.atomic():
        period = hold(period)
        if not period.closed:
            raise DomainError("审定定稿后才能登记上报。")
        if on > clock.day_of(now):
            raise DomainError("上报日期不能晚于今天。", "on")
        if on < clock.day_of(period.closed_at):
            raise DomainError("上报日期不能早于定稿日期。", "on")
        version = compiled.latest_snapshot(period).version
        detail = {"sent_up_on": [str(period.sent_up_on or ""), str(on)], "版次": f"第{version}版"}
        period.sent_up_on, period.sent_up_note = on, note.strip()
        period.save(update_fields=["sent_up_on", "sent_up_note"])
        record("period.send_up", actor=actor, now=now, obj=period, reason=note, detail=detail)
    return period


def _step(period, name, *, actor, now, reason, seen):
    if name in NEED_REASON and not reason.strip():
        raise DomainError("请写明原因，经办人会看到。", "reason")
    return PERIOD.take(period, name, actor=actor, now=now, reason=reason, seen=seen)


def hold(period) -> ReportingPeriod:
    """The period as it stands now, held until the transaction ends."""
    return ReportingPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)


# --- freezing --------------------------------------------------------------------------------------------------------
def rows_of(figures) -> list[SnapshotFigure]:
    """The figures as they will be frozen."""
    facts = ("channel", "state", "value", "span_value", "check_state", "counted")
    return [
        SnapshotFigure(
            entry_id=one.entry,
            indicator=one.indicator,
            place=one.place,
            filer=one.filer,
            **{name: getattr(one, name) for name in facts},
        )
        for one in figures
    ]


def freeze(period, rows, *, actor, now, reason="") -> PeriodSnapshot:
    """Write the next version; the caller holds the period."""
    last = compiled.latest_snapshot(period)
    snapshot = PeriodSnapshot.objects.create(
        period=period,
        version=last.version + 1 if last else 1,
        taken_at=now,
        approved_by=actor,
        sha256=digest(period, rows),
        reason=reason.strip()[:300],
    )
    for row in rows:
        row.pk, row.snapshot = None, snapshot
    SnapshotFigure.objects.bulk_create(rows, batch_size=500)
    return snapshot


def digest(period, rows) -> str:
    """SHA-256 over the figures in canonical form: it changes if and only if a figure, or what is said of it, does."""
    head = [period.kind, str(period.start), str(period.end), period.label]
    body = sorted([_canonical(getattr(row, name)) for name in FACTS] for row in rows)
    text = json.dumps([head, body], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value) -> str:
    """A value as text that does not depend on how it was typed: 12, 12.0 and 12.0000 are one."""
    if value is None:
        return ""
    if hasattr(value, "code"):
        return value.code
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)


def intact(snapshot) -> bool:
    """Whether what is kept still gives the hash."""
    rows = snapshot.figures.select_related("indicator", "place", "filer")
    return digest(snapshot.period, rows) == snapshot.sha256
