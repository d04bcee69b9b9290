"""What the machine did by itself (`JobRun`, the one log of scheduled runs), and long work that people start (`Job`)."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from zhuzun.accounts.models import RoleAssignment

LONGEST_RUN = timedelta(hours=1)
BROKEN_OFF = "broken_off"  # shown, never stored


class RunState(models.TextChoices):
    """How a run stands."""

    RUNNING = "running", "运行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"


class JobRunQuerySet(models.QuerySet):
    """Runs."""

    def visible_to(self, user):
        """All of them to whoever keeps the work going, none to anybody else."""
        return self if user.has_perm("runs.view_jobrun") else self.none()

    def with_standing(self, now):
        """Adds `standing`: the state, or 中断 where nobody ended it (its worker was killed)."""
        broken = Q(state=RunState.RUNNING, started_at__lt=now - LONGEST_RUN)
        return self.annotate(standing=Case(When(broken, then=Value(BROKEN_OFF)), default=F("state")))


class JobRun(models.Model):
    """One run of one scheduled job (后台任务运行记录), readable by an officer: «03:10 清理过期会话 12 条»."""

    job = models.CharField("任务", max_length=60, db_index=True)
    started_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=RunState, default=RunState.RUNNING)
    result = models.CharField("结果", max_length=300, blank=True)
    error = models.TextField("错误", blank=True)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务运行记录"
        ordering = ["-started_at", "-pk"]

    def __str__(self):
        return f"{self.job} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def in_words(self) -> str:
        """What it did, or on one line why it did not; the whole error is kept for the administrator."""
        if self.state != RunState.FAILED:
            return self.result
        return f"出错，已办的有效，未办的由下次运行补办：{self.error.strip().rpartition(chr(10))[2]}"[:300]


SILENCE = timedelta(minutes=5)  # of a running job: nobody works on it any more


class JobState(models.TextChoices):
    """How long work stands."""

    WAITING = "waiting", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "未完成"


class JobQuerySet(models.QuerySet):
    """Long work."""

    def visible_to(self, user):
        """A person's own."""
        return self.filter(owner=user)

    def with_standing(self, now):
        """Adds `standing`: the state, or 中断 where nobody works on it any more (`Job.broken_off`)."""
        silent = Q(state__in=(JobState.WAITING, JobState.RUNNING), sign__lt=now - SILENCE)
        rows = self.annotate(sign=Coalesce("seen_at", "asked_at"))
        return rows.annotate(standing=Case(When(silent, then=Value(BROKEN_OFF)), default=F("state")))

    def stale(self, now):
        """Those that nobody needs any more at `now`."""
        return self.filter(kept_until__lte=now)


class Job(models.Model):
    """Long work that a person started (后台任务): how far it is, what came out, why it failed; it may be repeated.

    It runs with the rights of the person in the identity in which he started it, as they stand when it runs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=60)
    title = models.CharField("任务", max_length=120)
    asked = models.JSONField("要求", default=dict, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs", verbose_name="发起人")
    acting = models.ForeignKey(
        RoleAssignment, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="发起身份"
    )
    state = models.CharField("状态", max_length=10, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    done = models.PositiveIntegerField("已办", default=0)
    total = models.PositiveIntegerField("合计", default=0)
    doing = models.CharField("正在办", max_length=200, blank=True)
    error = models.CharField("未完成原因", max_length=500, blank=True)
    link = models.CharField("结果页面", max_length=300, blank=True)
    file_name = models.CharField("结果文件", max_length=120, blank=True)
    file_size = models.PositiveBigIntegerField("字节数", default=0)
    asked_at = models.DateTimeField("发起时间")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    seen_at = models.DateTimeField("最近进展", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    kept_until = models.DateTimeField("保留至", db_index=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["owner", "-asked_at"], name="job_of_owner")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Where its progress is seen."""
        return reverse("runs:job", args=[self.pk])

    @property
    def open(self) -> bool:
        """Whether something is still to come."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def percent(self) -> int:
        """How far it is, in whole percent."""
        return min(100, 100 * self.done // self.total) if self.total else 0

    def broken_off(self, now) -> bool:
        """Whether nobody works on it any more: its worker was killed, or there is none."""
        return self.open and (self.seen_at or self.asked_at) < now - SILENCE

    def repeatable(self, now) -> bool:
        """Whether it may be started anew."""
        return self.state == JobState.FAILED or self.broken_off(now)
