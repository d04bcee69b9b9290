"""Scheduled jobs: how each run is written down, and the housekeeping that belongs to no room of its own; the one job
that does what people started.
"""

import time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from celery import shared_task
from django.contrib.sessions.models import Session

from zhuzun import clock
from zhuzun.runs import services
from zhuzun.runs.models import SILENCE, JobRun, RunState
from zhuzun.runs.work import perform


def scheduled_job(name: str):
    """Make `body(now) -> str` a job called `name` for the schedule: each run leaves one row with its Chinese result.

    The body does all that is owed up to `now`, from the data, so that a missed or doubled run does no harm.
    """

    def decorate(body: Callable[[datetime], str]):
        @shared_task(name=name)
        @wraps(body)
        def job():
            run_and_record(name, body, now=clock.now())

        job.body = body
        return job

    return decorate


def run_and_record(name: str, body: Callable[[datetime], str], *, now: datetime) -> JobRun:
    """Run `body` and keep how it ended; an error is written down and raised again for the worker's own log."""
    run, begun = JobRun.objects.create(job=name, started_at=now), time.monotonic()
    try:
        run.result = body(now)
        run.state = RunState.DONE
    except Exception:
        run.state = RunState.FAILED
        run.error = traceback.format_exc()
        raise
    finally:
        run.ended_at = now + timedelta(seconds=time.monotonic() - begun)
        run.save(update_fields=["state", "result", "error", "ended_at"])
    return run


@scheduled_job("runs.clear_sessions")
def clear_sessions(now: datetime) -> str:
    """Delete sign-in sessions that ended before `now`."""
    deleted, _ = Session.objects.filter(expire_date__lt=now).delete()
    return f"清理过期会话 {deleted} 条"


@scheduled_job("runs.drop_jobs")
def drop_jobs(now: datetime) -> str:
    """Delete long work that ended a day ago, with the files that it made."""
    return f"清理到期的后台任务和打包文件 {services.drop_stale(now=now)} 项"


@shared_task(name="runs.work", bind=True)
def work(task, key: str):
    """Do what a person started. One handed out again while its first worker may still live is looked at later."""
    if not perform(key, now=clock.now) and (task.request.delivery_info or {}).get("redelivered"):
        task.apply_async((key,), countdown=SILENCE.total_seconds() + 1)
