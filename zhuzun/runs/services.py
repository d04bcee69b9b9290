"""When the scheduled jobs run: the administrator's word, once `zhuzun/schedule.py` has made the first row. Long work:
starting it, repeating it, taking away what nobody needs any more.
"""

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django_celery_beat.models import CrontabSchedule, PeriodicTask
from kombu.exceptions import OperationalError

from zhuzun.accounts.models import User
from zhuzun.errors import DomainError, Refused
from zhuzun.happenings import announce
from zhuzun.runs import results, work
from zhuzun.runs.models import SILENCE, Job, JobState
from zhuzun.runs.timetable import words_of

logger = logging.getLogger(__name__)

MOST_OPEN = 3  # of one person at a time
NO_QUEUE = "后台服务没有接到任务，请稍后重试；仍不成功的，请联系系统管理员。"


def reschedule(routine: PeriodicTask, *, enabled, hour, minute, reason, actor, now):
    """Let a job run daily at `hour`:`minute` (Asia/Shanghai), or not at all; the scheduler follows within seconds."""
    actor.decide("runs.change_schedule").enforce()
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


def start(*, kind, title, asked, actor, now) -> Job:
    """Start long work; the same that is still under way is not started twice, and nobody starts too much at once."""
    if not work.known(kind):
        raise ValueError(f"{kind!r} is no kind of long work: register it in zhuzun.runs.work")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=actor.pk)  # a double click waits here
        under_way = _under_way(actor, now)
        for job in under_way:
            if (job.kind, job.asked) == (kind, asked):
                return job
        if len(under_way) >= MOST_OPEN:
            raise DomainError(f"您已有 {len(under_way)} 项后台任务在办，请待其中一项完成后再发起。")
        facts = {"owner": actor, "acting": actor.acting, "asked_at": now, "kept_until": now + work.KEPT_FOR}
        job = Job.objects.create(kind=kind, title=title[:120], asked=asked, **facts)
        announce("job.start", actor=actor, now=now, obj=job, detail={"title": job.title})
        transaction.on_commit(lambda: _queue(job.pk))
    return job


def repeat(job, *, actor, now) -> Job:
    """Start it anew, with the identity in which the person acts now."""
    if job.owner_id != actor.pk:
        raise Refused("只有发起人可以重试。")
    with transaction.atomic():
        dead = Q(state__in=(JobState.WAITING, JobState.RUNNING)) & (
            Q(seen_at__lt=now - SILENCE) | Q(seen_at__isnull=True, asked_at__lt=now - SILENCE)
        )
        mine = Job.objects.filter(Q(state=JobState.FAILED) | dead, pk=job.pk)
        facts = {"state": JobState.WAITING, "acting": actor.acting, "asked_at": now, "kept_until": now + work.KEPT_FOR}
        if not mine.update(**facts, attempts=0, done=0, seen_at=None, ended_at=None, error=""):
            raise DomainError("该任务正在办理或已经完成，不必重试。")
        announce("job.repeat", actor=actor, now=now, obj=job, detail={"title": job.title})
        transaction.on_commit(lambda: _queue(job.pk))
    job.refresh_from_db()
    return job


def drop_stale(*, now) -> int:
    """Take away jobs and their files that nobody needs any more; how many went."""
    stale = list(Job.objects.stale(now))
    for job in stale:
        results.drop(job)
        job.delete()
    return len(stale)


def _under_way(actor, now) -> list[Job]:
    rows = Job.objects.visible_to(actor).filter(state__in=(JobState.WAITING, JobState.RUNNING))
    return [job for job in rows if not job.broken_off(now)]


def _queue(key):
    """Hand it to a worker; where the queue is out of reach, the row says so and the person may repeat it."""
    from zhuzun.runs.jobs import work as job  # it calls these services

    try:
        job.delay(str(key))
    except (OperationalError, OSError) as error:
        logger.error("job %s was not queued: %s", key, error)
        Job.objects.filter(pk=key, state=JobState.WAITING).update(state=JobState.FAILED, error=NO_QUEUE)
