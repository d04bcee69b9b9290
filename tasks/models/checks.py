"""The other side's check (核对): both sides sign the same number; silence is 未核对, never agreement."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tasks.kinds import CellState, CheckState
from tasks.models.reports import Entry, ProgressReport
from tasks.querysets import CheckSheetQuerySet
from zhuzun.access.scopes import Scope
from zhuzun.numbers import QuantityField
from zhuzun.organisations.models import Organisation


class CheckSheet(models.Model):
    """The cells of one report that one county checks, with the window in which it is asked to (核对单)."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="check_sheets", verbose_name="进展报告")
    county = models.ForeignKey(Organisation, models.PROTECT, related_name="check_sheets", verbose_name="县（市）")
    opened_on = models.DateField("开始日期")
    due_on = models.DateField("核对截止")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    on_behalf = models.BooleanField("代录", default=False)

    objects = CheckSheetQuerySet.as_manager()

    SCOPE_FIELDS = {
        Scope.COUNTY: ("county",),
        Scope.DISTRICT: ("report__filer", "report__district"),
        Scope.UNIT: ("report__filer",),
    }

    class Meta:
        verbose_name = verbose_name_plural = "核对单"
        ordering = ["-due_on", "county__position", "pk"]
        indexes = [models.Index(fields=["county", "-due_on"], name="checksheet_of_county")]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "county"], name="checksheet_once", violation_error_message="该报表已有此县的核对单。"
            )
        ]

    def __str__(self):
        return f"{self.report} · {self.county}核对"

    def get_absolute_url(self):
        """The page on which the county checks."""
        return reverse("tasks:check", args=[self.pk])


class FigureCheck(models.Model):
    """What the county said of one cell, about which figure exactly; a cell that changed is asked again."""

    sheet = models.ForeignKey(CheckSheet, models.CASCADE, related_name="lines", verbose_name="核对单")
    entry = models.OneToOneField(Entry, models.CASCADE, related_name="check_line", verbose_name="填报数据")
    state = models.CharField("核对结果", max_length=10, choices=CheckState, default=CheckState.UNCHECKED)
    seen_state = models.CharField("核对时的填报情况", max_length=10, choices=CellState, blank=True)
    seen_value = QuantityField("核对时的数值", null=True, blank=True)
    on_behalf = models.BooleanField("代录", default=False)
    other_value = QuantityField("核对方数值", null=True, blank=True)
    reason = models.CharField("异议理由", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核对人"
    )
    at = models.DateTimeField("核对时间", null=True, blank=True)
    settled_value = QuantityField("裁定数值", null=True, blank=True)
    settlement = models.CharField("裁定理由", max_length=300, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="裁定人"
    )
    settled_at = models.DateTimeField("裁定时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "核对结果"
        ordering = ["sheet", "entry__item__position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="check_dispute_has_words",
                condition=~Q(state="disputed") | (Q(other_value__isnull=False) & ~Q(reason="")),
                violation_error_message="有异议的请填写核对方数值和理由。",
            ),
            models.CheckConstraint(
                name="check_settled_has_reason",
                condition=~Q(state="settled")
                | (Q(settled_value__isnull=False) | Q(seen_state=CellState.NOT_APPLICABLE)) & ~Q(settlement=""),
                violation_error_message="裁定须填写数值和理由。",
            ),
        ]

    def __str__(self):
        return f"{self.entry} {self.get_state_display()}"
