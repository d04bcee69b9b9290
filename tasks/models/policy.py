"""The policy as a ledger: document → paragraph → measure, ¶7–13, duties of ¶14–16."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from tasks.kinds import Nature, Part
from tasks.querysets import (
    LedgerQuerySet,
    MeasureQuerySet,
    PolicyQuerySet,
    ResponsibilityQuerySet,
)
from zhuzun.dated import DatedModel, NoOverlap, ends_after_start
from zhuzun.organisations.models import Organisation, OrganisationGroup


class PolicyDocument(models.Model):
    """A policy that the portal carries out; a successor stands beside it without a migration."""

    code = models.CharField("编码", max_length=30, unique=True)
    number = models.CharField("发文字号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=200)
    plan_title = models.CharField("方案名称", max_length=200, blank=True)
    issuer = models.CharField("发文机关", max_length=100)
    printer = models.CharField("印发机关", max_length=100, blank=True)
    issued_on = models.DateField("成文日期")
    printed_on = models.DateField("印发日期", null=True, blank=True)
    recipients = models.TextField("主送机关", blank=True)
    covering_text = models.TextField("通知正文", blank=True)
    preamble = models.TextField("引言", blank=True)
    annex_title = models.CharField("附件", max_length=200, blank=True)
    upper_documents = models.JSONField("上位文件", default=list, blank=True)
    term_from = models.DateField("执行期起")
    term_to = models.DateField("执行期止", null=True, blank=True)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="接续的文件"
    )
    demonstration = models.BooleanField("演示数据", default=False)

    objects = PolicyQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="政策文件变更记录", related_name="changes")

    class Meta:
        verbose_name = verbose_name_plural = "政策文件"
        ordering = ["term_from", "pk"]

    def __str__(self):
        return self.number or self.title


class Paragraph(models.Model):
    """One numbered paragraph (条), verbatim."""

    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="paragraphs", verbose_name="政策文件")
    number = models.PositiveSmallIntegerField("条")
    part = models.CharField("部分", max_length=40)
    heading = models.CharField("标题", max_length=60)
    text = models.TextField("原文")

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "条文"
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="paragraph_once",
                violation_error_message="这份文件已有该条号的条文，条号不能重复。",
            )
        ]

    def __str__(self):
        return f"第{self.number}条 {self.heading}"

    def seen_beside(self):
        """What a form shows of the paragraph beside its own fields (zhuzun.ui.conflicts)."""
        return [duty.line for duty in self.duties.order_by("position")]


class TaskArea(models.Model):
    """One of the seven areas (七个方面, ¶7–13); not the fund uses of ¶15, nor an assessment's categories."""

    code = models.CharField("编码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=30)
    paragraph = models.OneToOneField(Paragraph, models.PROTECT, related_name="area", verbose_name="条文")
    position = models.PositiveSmallIntegerField("顺序")

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务领域"
        ordering = ["paragraph__document", "position"]

    def __str__(self):
        return self.name


class Measure(models.Model):
    """One measure (任务措施): an exact span of its paragraph's text."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="measures", verbose_name="条文")
    number = models.CharField("编号", max_length=10)
    position = models.PositiveSmallIntegerField("顺序")
    title = models.CharField("标题", max_length=40)
    span = models.TextField("原文")
    nature = models.CharField("性质", max_length=10, choices=Nature)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务措施"
        ordering = ["paragraph", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph", "number"],
                name="measure_once",
                violation_error_message="这一条文已有该编号的措施，编号不能重复。",
            )
        ]

    def __str__(self):
        return f"{self.number} {self.title}"


class Responsibility(DatedModel):
    """That a body or a group answers for a paragraph (the policy's bracket) or a measure (the bureau's 牵头/配合)."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="responsibilities", verbose_name="条文")
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="responsibilities", verbose_name="任务措施"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="responsibilities", verbose_name="单位"
    )
    group = models.ForeignKey(
        OrganisationGroup, models.PROTECT, null=True, blank=True, related_name="responsibilities", verbose_name="分组"
    )
    part = models.CharField("职责", max_length=12, choices=Part, default=Part.RESPONSIBLE)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    written_as = models.CharField("原文写法", max_length=60, blank=True)
    reason = models.CharField("依据", max_length=200, blank=True)

    objects = ResponsibilityQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="责任分工变更记录", related_name="changes")

    class Meta:
        verbose_name = verbose_name_plural = "责任分工"
        ordering = ["paragraph", "measure", "position"]
        constraints = [
            ends_after_start("responsibility_ends_after_start"),
            models.CheckConstraint(
                name="responsibility_body_or_group",
                condition=Q(organisation__isnull=False, group__isnull=True)
                | Q(organisation__isnull=True, group__isnull=False),
                violation_error_message="请选择单位或分组，且只选其一。",
            ),
            NoOverlap(
                name="responsibility_body_once",
                fields=["measure", "organisation"],
                violation_error_message="这段时间内该单位对这项措施已有分工。",
            ),
            NoOverlap(
                name="responsibility_group_once",
                fields=["measure", "group"],
                violation_error_message="这段时间内该分组对这项措施已有分工。",
            ),
        ]

    def __str__(self):
        return f"{self.organisation or self.group} · {self.get_part_display()}"


class Duty(models.Model):
    """A standing duty of ¶14–16 or of the covering notice (R0.1, R14.1 …): by whom and how often."""

    document = models.ForeignKey(PolicyDocument, models.PROTECT, related_name="duties", verbose_name="政策文件")
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="条文"
    )
    code = models.CharField("编号", max_length=10)
    position = models.PositiveSmallIntegerField("顺序")
    span = models.TextField("原文")
    actor = models.CharField("承担者", max_length=60, blank=True)
    periodicity = models.CharField("频次", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "保障职责"
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "code"],
                name="duty_once",
                violation_error_message="这份文件已有该编号的职责，编号不能重复。",
            )
        ]

    def __str__(self):
        return f"{self.code} {self.span[:20]}"

    @property
    def line(self) -> str:
        """As it is typed: «原文｜承担者｜频次»."""
        return f"{self.span}｜{self.actor}｜{self.periodicity}".rstrip("｜")
