"""Yearly targets (年度目标) that agreements promise, by indicator and place, with the course of each."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from pairing.models import Agreement
from tasks.kinds import Course
from tasks.models.indicators import Indicator
from tasks.querysets import TargetQuerySet
from zhuzun.numbers import QuantityField
from zhuzun.organisations.models import Organisation


class Target(models.Model):
    """What an agreement promises of an indicator for a place: the city (遵义市), a district or a county."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="targets", verbose_name="协作协议")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets", verbose_name="指标")
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="市、区、县（市）")
    value = QuantityField("年度目标")
    course = models.CharField("进度安排", max_length=10, choices=Course, default=Course.EVEN)
    # {"3": "20", "6": "55"}: by month, the cumulative per cent of the year's target; so one course fits every place.
    stages = models.JSONField("分阶段目标", default=dict, blank=True)

    objects = TargetQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="目标变更记录", related_name="changes")

    class Meta:
        verbose_name = verbose_name_plural = "年度目标"
        ordering = ["agreement", "indicator__position", "place__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "indicator", "place"],
                name="target_once",
                violation_error_message="该协议对该指标、该地已有目标。",
            ),
            models.CheckConstraint(
                name="target_not_negative",
                condition=Q(value__gte=0),
                violation_error_message="目标不能为负数。",
            ),
        ]

    def __str__(self):
        return f"{self.agreement.year}年 {self.indicator.name} {self.place}"
