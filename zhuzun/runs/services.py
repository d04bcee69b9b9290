"""When the scheduled jobs run: the administrator's word, once `zhuzun/schedule.py` has made the first row."""

from django.conf import settings
from django.db import transaction
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from zhuzun.errors import DomainError, Refused
from zhuzun.happenings import announce
from zhuzun.runs.timetable import words_of


def reschedule(routine: PeriodicTask, *, enabled, hour, minute, reason, actor, now):
    """Let a job run daily at `hour`:`minute` (Asia/Shanghai), or not at all; the scheduler follows within seconds."""
    decision = actor.decide("runs.change_schedule")
    if not decision.allowed:
        raise Refused(decision.reason)
    if not reason.strip():
        raise DomainError("请填写调整原因。", "change_reason")
    before = words_of(routine)
    with transaction.atomic():
        routine.crontab, _ = CrontabSchedule.objects.get_or_create(
            minute=str(minute), hour=str(hour), timezone=settings.TIME_ZONE
        )
        routine.enabled = enabled
        routine.save()
        detail = {"时间": [before, words_of(routine)]}
        announce("schedule.change", actor=actor, now=now, obj=routine, reason=reason, detail=detail)
    return routine
