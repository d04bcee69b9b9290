"""The only log of scheduled runs: what the machine did by itself, when, and how it ended."""

from datetime import timedelta

from django.db import models
from django.db.models import Case, F, Q, Value, When

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
