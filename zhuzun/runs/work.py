"""Long work that a person starts: a page starts it, a worker does it, the person sees how far it is.

    def zip_papers(job, progress): …        # progress(3, 12, "珠委农组〔2026〕8号"); progress.file: where to write
        return Made(file_name="公文 12 件.zip")
    work.register(Work("notices.zip_papers", zip_papers, finished=tell))        # in `ready()`

The body does the whole work whenever it is called: a job that failed, or whose worker was killed, is repeated. Two that
work on one job cannot be: each attempt has its number, and whoever finds another's in the row stops.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from zhuzun import clock
from zhuzun.errors import DomainError
from zhuzun.runs import results
from zhuzun.runs.models import SILENCE, Job, JobState

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=1)
MOST_ATTEMPTS = 5
FAULT = "程序出错，没有完成，请重试；再次出现请联系系统管理员。"
ROLE_ENDED = "发起时的身份已经失效，请以现在的身份重新发起。"
TOO_OFTEN = f"已试 {MOST_ATTEMPTS} 次，没有完成。请减少内容后重新发起，或联系系统管理员。"


@dataclass(frozen=True)
class Made:
    """What came out: a file, or a page to go on to."""

    file_name: str = ""
    link: str = ""


@dataclass(frozen=True)
class Work:
    """A kind of long work; `finished` tells the person, in whatever way the room above has."""

    code: str
    body: Callable[[Job, "Progress"], Made]
    finished: Callable[[Job, datetime], None] | None = None


class OutOfDate(Exception):
    """Somebody else works on this job now."""


_works: dict[str, Work] = {}


def register(work: Work):
    """Add a kind; called once, from an app's `ready()`."""
    _works[work.code] = work


def known(code: str) -> bool:
    """Whether there is such a kind."""
    return code in _works


class Progress:
    """How a body tells how far it is; it also shows that somebody still works."""

    def __init__(self, job: Job, now: Callable[[], datetime]):
        self.job, self.now = job, now

    def __call__(self, done: int, total: int, doing: str = ""):
        """So many of so many; `doing`: what comes now."""
        keep(self.job, done=done, total=total, doing=doing[:200], seen_at=self.now())

    @property
    def file(self):
        """Where the result is written; it becomes the job's file when the body has come to its end."""
        part = results.part_of(self.job)
        part.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        return part


def keep(job: Job, **facts):
    """Write facts of a running attempt; raises `OutOfDate` where another attempt has taken over."""
    attempt = {"attempts": job.attempts, "started_at": job.started_at}  # a person who repeats it counts from one again
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, **attempt)
    if mine.update(**facts) != 1:
        raise OutOfDate
    for name, value in facts.items():
        setattr(job, name, value)


def claim(key, now) -> Job | None:
    """The job, for whoever comes first; one that runs only where nobody has shown a sign of life."""
    waiting = Job.objects.filter(pk=key, state=JobState.WAITING)
    dead = Job.objects.filter(pk=key, state=JobState.RUNNING, seen_at__lt=now - SILENCE)
    facts = {"state": JobState.RUNNING, "attempts": F("attempts") + 1, "started_at": now, "seen_at": now}
    if waiting.update(**facts, error="") or dead.update(**facts, error=""):
        return Job.objects.select_related("owner", "acting").get(pk=key)
    return None


def perform(key, *, now: Callable[[], datetime]) -> bool:
    """Do the work of a job; whether it was there to be done."""
    job = claim(key, now())
    if job is None:
        return False
    try:
        _keep_end(job, now(), **_outcome(job, now))
    except OutOfDate:
        logger.info("job %s: another attempt has taken over", key)
    else:
        if finished := _works[job.kind].finished:
            finished(job, now())
    return True


def _outcome(job, now) -> dict:
    """What came out, or why nothing did."""
    try:
        return {"state": JobState.DONE, **_done(job, now)}
    except OutOfDate:
        raise
    except DomainError as error:
        return {"state": JobState.FAILED, "error": error.message[:500]}
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        return {"state": JobState.FAILED, "error": FAULT}


def _done(job, now) -> dict:
    """Do it, with the rights of its owner as they are now."""
    if job.attempts > MOST_ATTEMPTS:
        raise DomainError(TOO_OFTEN)
    if job.acting is not None:
        if job.acting not in job.owner.roles_on(clock.day_of(now())):
            raise DomainError(ROLE_ENDED)
        job.owner.act_as(job.acting)
    progress = Progress(job, now)
    try:
        made = _works[job.kind].body(job, progress)
        keep(job, seen_at=now())  # who was overtaken puts nothing in the other's place
        return {"link": made.link, "file_name": made.file_name[-120:], "file_size": _published(job, made)}
    except OSError as error:
        raise results.refusal(error) from error
    finally:
        results.part_of(job).unlink(missing_ok=True)


def _published(job, made) -> int:
    if not made.file_name:
        return 0
    part = results.part_of(job)
    size = part.stat().st_size
    part.replace(results.place_of(job))
    return size


def _keep_end(job: Job, now, **facts):
    """How it ended; its file is kept for a day from now."""
    keep(job, ended_at=now, seen_at=now, doing="", kept_until=now + KEPT_FOR, **facts)
