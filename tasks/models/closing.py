"""Frozen figures (定稿数) with their numbered corrections (更正), and figures from before the portal (上线前数据)."""

from calendar import monthrange
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tasks import figures
from tasks.kinds import CellState, CheckState
from tasks.models.indicators import Indicator
from tasks.models.periods import ReportingPeriod
from tasks.models.reports import Entry
from tasks.querysets import (
    CorrectionQuerySet,
    OpeningFigureQuerySet,
    SnapshotFigureQuerySet,
    SnapshotQuerySet,
)
from tasks.workflow import CORRECTION
from zhuzun.access.scopes import Scope
from zhuzun.numbers import QuantityField
from zhuzun.organisations.models import Organisation


class PeriodSnapshot(models.Model):
    """定稿数（第n版）of a period: frozen, with hash, who approved it and when; never changed."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="snapshots", verbose_name="报告期")
    version = models.PositiveSmallIntegerField("版次")
    taken_at = models.DateTimeField("定稿时间")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审定人")
    sha256 = models.CharField("校验值", max_length=64)
    reason = models.CharField("说明", max_length=300, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "定稿数"
        ordering = ["period", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "version"], name="snapshot_once", violation_error_message="该版定稿数已存在。"
            )
        ]

    def __str__(self):
        return f"{self.period} 定稿数（第{self.version}版）"


class SnapshotFigure(models.Model):
    """One frozen cell with its mark: 缺报, 待核 and 未核对 stand beside the totals and are never zero."""

    snapshot = models.ForeignKey(PeriodSnapshot, models.CASCADE, related_name="figures", verbose_name="定稿数")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name="填报数据")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name="指标")
    channel = models.CharField("选派单位或渠道", max_length=40, blank=True)
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="县（市）")
    filer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="数源单位")
    state = models.CharField("填报情况", max_length=10, choices=CellState)
    value = QuantityField("累计或期末数", null=True, blank=True)
    span_value = QuantityField("本期数", null=True, blank=True)
    check_state = models.CharField("核对", max_length=10, choices=CheckState, blank=True)
    counted = models.BooleanField("计入汇总", default=True)

    objects = SnapshotFigureQuerySet.as_manager()

    SCOPE_FIELDS = {scope: tuple(f"entry__{path}" for path in paths) for scope, paths in Entry.SCOPE_FIELDS.items()}

    class Meta:
        verbose_name = verbose_name_plural = "定稿数据"
        ordering = ["snapshot", "indicator", "place", "channel"]
        indexes = [models.Index(fields=["snapshot", "indicator", "place"], name="snapshotfigure_series")]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "indicator", "place", "channel"],
                name="snapshotfigure_once",
                violation_error_message="该数据在定稿数中已有。",
            )
        ]

    def __str__(self):
        return f"{self.snapshot} {self.indicator.code} {self.place}"


class Correction(CORRECTION.base):
    """A numbered correction (更正第n号) of a frozen figure: old, new and why stay visible."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="corrections", verbose_name="报告期")
    number = models.PositiveSmallIntegerField("号", null=True, blank=True, help_text="审定时编排。")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="corrections", verbose_name="填报数据")
    state = CORRECTION.state_field()
    old_state = models.CharField("原填报情况", max_length=10, choices=CellState)
    old_value = QuantityField("原数值", null=True, blank=True)
    new_state = models.CharField("更正后填报情况", max_length=10, choices=CellState)
    new_value = QuantityField("更正后数值", null=True, blank=True)
    new_reason = models.CharField("不适用原因", max_length=200, blank=True)
    reason = models.CharField("更正原因", max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审定人"
    )
    decided_at = models.DateTimeField("审定时间", null=True, blank=True)
    decision = models.CharField("审定意见", max_length=300, blank=True)
    snapshot = models.OneToOneField(
        PeriodSnapshot, models.PROTECT, null=True, blank=True, related_name="correction", verbose_name="形成的定稿数"
    )

    objects = CorrectionQuerySet.as_manager()

    SCOPE_FIELDS = {
        Scope.DISTRICT: ("entry__section__report__filer", "entry__section__report__district"),
        Scope.UNIT: ("entry__section__report__filer",),
        Scope.BODY: ("entry__section__report__filer",),
        Scope.BELOW: ("entry__section__report__filer__parent",),
        Scope.COUNTY: ("entry__place",),
    }

    class Meta:
        verbose_name = verbose_name_plural = "更正"
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "number"],
                condition=Q(number__isnull=False),
                name="correction_number_once",
                violation_error_message="更正编号重复。",
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state__in=["asked", "signed"]),
                name="correction_one_waiting",
                violation_error_message="这一数据已有更正申请在办理。",
            ),
            models.CheckConstraint(
                name="correction_four_values",
                condition=Q(new_state="value", new_value__isnull=False)
                | Q(new_state="zero", new_value=0)
                | Q(new_state="na", new_value__isnull=True) & ~Q(new_reason=""),
                violation_error_message="更正后须为数值、确认为零或不适用（须注明原因）。",
            ),
            models.CheckConstraint(
                name="correction_has_reason",
                condition=~Q(reason=""),
                violation_error_message="更正须填写原因。",
            ),
        ]

    def __str__(self):
        return f"{self.period} 更正第{self.number}号" if self.number else f"{self.period} 更正申请"

    def get_absolute_url(self):
        """The page of the correction."""
        return reverse("tasks:correction", args=[self.pk])

    @property
    def old_words(self) -> str:
        """What was frozen, in words."""
        return figures.in_words(self.old_state, self.old_value, self.entry.item)

    @property
    def new_words(self) -> str:
        """What it becomes, in words."""
        return figures.in_words(self.new_state, self.new_value, self.entry.item)


class OpeningFigure(models.Model):
    """A figure from before the portal (上线前数据): the state of an indicator at the end of a month."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="opening_figures", verbose_name="指标")
    channel = models.CharField("选派单位或渠道", max_length=40, blank=True)
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="县（市）")
    year = models.PositiveSmallIntegerField("年份")
    month = models.PositiveSmallIntegerField("截至月")
    value = QuantityField("累计或期末数")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    entered_at = models.DateTimeField("导入时间")
    note = models.CharField("说明", max_length=200, blank=True)

    objects = OpeningFigureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "上线前数据"
        ordering = ["-year", "-month", "indicator", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "channel", "place", "year", "month"],
                name="openingfigure_once",
                violation_error_message="该指标、县（市）、月份已有上线前数据。",
            ),
            models.CheckConstraint(
                name="openingfigure_month",
                condition=Q(month__gte=1, month__lte=12),
                violation_error_message="月份应为1至12。",
            ),
        ]

    def __str__(self):
        return f"{self.indicator.code} {self.place} {self.year}-{self.month:02d}"

    @property
    def ended_on(self) -> date:
        """The month's last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])
