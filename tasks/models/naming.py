"""拟通报名单: who was late in a period, for the bureau's leader to decide name by name; the machine names nobody."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tasks.kinds import NameVerdict
from tasks.models.periods import ReportingPeriod
from tasks.models.reports import ProgressReport
from tasks.querysets import NameLineQuerySet
from zhuzun.organisations.kinds import Relation


class NameList(models.Model):
    """The list of one period."""

    period = models.OneToOneField(ReportingPeriod, models.PROTECT, related_name="name_list", verbose_name="报告期")
    drawn_at = models.DateTimeField("形成时间")

    class Meta:
        verbose_name = verbose_name_plural = "拟通报名单"
        ordering = ["-drawn_at"]

    def __str__(self):
        return f"{self.period}拟通报名单"

    def get_absolute_url(self):
        """The page on which it is decided."""
        return reverse("tasks:names", args=[self.period_id])


class NameLine(models.Model):
    """One body that was late, and what the leader decided: 列入 or 不列入 with a reason."""

    list = models.ForeignKey(NameList, models.CASCADE, related_name="lines", verbose_name="拟通报名单")
    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="name_lines", verbose_name="进展报告")
    relation = models.CharField("与市局的关系", max_length=10, choices=Relation)
    due_on = models.DateField("截止日期")
    verdict = models.CharField("是否列入", max_length=10, choices=NameVerdict, default=NameVerdict.OPEN)
    reason = models.CharField("说明", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确定人"
    )
    decided_at = models.DateTimeField("确定时间", null=True, blank=True)

    objects = NameLineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "拟通报单位"
        ordering = ["list", "report__filer__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "report"], name="nameline_once", violation_error_message="该报表已在名单中。"
            ),
            models.CheckConstraint(
                name="nameline_never_separate",
                condition=~Q(relation__in=[Relation.SEPARATE, Relation.UPPER]),
                violation_error_message="不相隶属和上级单位不列入通报名单。",
            ),
            models.CheckConstraint(
                name="nameline_spared_has_reason",
                condition=~Q(verdict="spared") | ~Q(reason=""),
                violation_error_message="不列入的请写明理由。",
            ),
            models.CheckConstraint(
                name="nameline_decided_by_person",
                condition=Q(verdict="open") | Q(decided_by__isnull=False, decided_at__isnull=False),
                violation_error_message="列入与否须由局领导确定。",
            ),
        ]

    def __str__(self):
        return f"{self.report} {self.get_verdict_display()}"
