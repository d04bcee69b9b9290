"""Which papers the portal drafts of a period by itself, and which were drafted (公文起草安排, 本期公文)."""

from django.db import models
from django.db.models import Q

from tasks.kinds import PeriodPaperKind
from tasks.models.closing import PeriodSnapshot
from tasks.models.periods import ReportingPeriod
from tasks.querysets import PaperPlanQuerySet, PeriodPaperQuerySet
from zhuzun.notices.papers.models import IssuingIdentity, Paper
from zhuzun.periods.spans import SpanKind


class PaperPlan(models.Model):
    """Whether a kind of paper is drafted for a kind of period, and under whose name (公文起草安排).

    The 通报 and the 报告 are drafted when a period is closed, the 催报提醒 after its last due date. Starter: 通报 and
    报告 each quarter (¶16 定期通报制度), 催报提醒 each month and quarter; districts are not ranked.
    """

    kind = models.CharField("公文", max_length=10, choices=PeriodPaperKind)
    span = models.CharField("周期", max_length=10, choices=SpanKind)
    identity = models.ForeignKey(IssuingIdentity, models.PROTECT, related_name="+", verbose_name="发文身份")
    active = models.BooleanField("自动起草", default=False)
    since = models.DateField("启用日期", null=True, blank=True, help_text="此前定稿、到期的报告期不再自动起草。")
    ranked = models.BooleanField("各区排名", default=False, help_text="由局领导决定；不排名的，按附表次序列示。")

    objects = PaperPlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公文起草安排"
        ordering = ["kind", "span"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "span"], name="paperplan_once", violation_error_message="该周期的这种公文已有安排。"
            ),
            models.CheckConstraint(
                name="paperplan_only_circular_ranks",
                condition=Q(ranked=False) | Q(kind="circular"),
                violation_error_message="只有通报可以排名。",
            ),
        ]

    def __str__(self):
        return f"{self.get_span_display()}{self.get_kind_display()}"


class PeriodPaper(models.Model):
    """A paper drafted of a period: by the portal itself once, by hand as often as somebody asks."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="papers", verbose_name="报告期")
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="+", verbose_name="公文")
    kind = models.CharField("公文", max_length=10, choices=PeriodPaperKind)
    snapshot = models.ForeignKey(
        PeriodSnapshot, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="定稿数"
    )
    by_itself = models.BooleanField("自动起草", default=False)

    objects = PeriodPaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "本期公文"
        ordering = ["period", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "kind"],
                condition=Q(by_itself=True),
                name="periodpaper_by_itself_once",
                violation_error_message="系统已为该报告期起草过这种公文。",
            )
        ]

    def __str__(self):
        return f"{self.period} {self.get_kind_display()}"
