"""What stands beside a report: the working group's word, and requests for a later date."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tasks.kinds import Verdict
from tasks.models.reports import ProgressReport, ReportRound
from tasks.workflow import EXTENSION
from zhuzun.organisations.models import Organisation


class Opinion(models.Model):
    """The working group's word on one county's figures in a report (前方意见); its silence holds nothing up."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="opinions", verbose_name="进展报告")
    team = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="县小组")
    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="县（市）")
    round = models.ForeignKey(ReportRound, models.PROTECT, related_name="opinions", verbose_name="报送轮次")
    verdict = models.CharField("意见", max_length=10, choices=Verdict)
    text = models.CharField("具体意见", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "前方意见"
        ordering = ["report", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "county"],
                name="opinion_once",
                violation_error_message="本次报送已有该县（市）的前方意见。",
            ),
            models.CheckConstraint(
                name="opinion_remark_has_text",
                condition=~Q(verdict="remark") | ~Q(text=""),
                violation_error_message="有意见的请写明具体意见。",
            ),
        ]

    def __str__(self):
        return f"{self.team} {self.get_verdict_display()}"


class ExtensionRequest(EXTENSION.base):
    """A request for a later date, made before it (延期申请): progress, reason, new date; the bureau decides."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="extensions", verbose_name="进展报告")
    progress = models.CharField("目前进展", max_length=300)
    reason = models.CharField("延期原因", max_length=300)
    wanted_on = models.DateField("申请延期至")
    state = EXTENSION.state_field()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decision = models.CharField("审批意见", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "延期申请"
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state="asked"),
                name="extension_one_waiting",
                violation_error_message="已有一份延期申请待审批。",
            )
        ]

    def __str__(self):
        return f"{self.report} 延期至 {self.wanted_on}"
