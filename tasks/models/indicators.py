"""The indicator catalogue: one figure, one unit, one direction, one way of counting (domain.md C.2)."""

from django.db import models
from simple_history.models import HistoricalRecords

from tasks.kinds import Direction, Family, Flow, Source
from tasks.models.policy import TaskArea
from tasks.querysets import IndicatorQuerySet
from zhuzun.dated import DatedModel, DatedQuerySet, NoOverlap, ends_after_start


class Indicator(models.Model):
    """One figure of the catalogue: one unit, one direction, one way of counting."""

    code = models.CharField("编码", max_length=30, unique=True)
    name = models.CharField("指标", max_length=60)
    family = models.CharField("类别", max_length=6, choices=Family)
    area = models.ForeignKey(
        TaskArea, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name="任务领域"
    )
    unit = models.CharField("单位", max_length=12)
    decimals = models.PositiveSmallIntegerField("小数位", default=0)
    flow = models.CharField("口径", max_length=12, choices=Flow)
    direction = models.CharField("方向", max_length=2, choices=Direction, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="其中（合计项）"
    )
    source = models.CharField("来源", max_length=10, choices=Source, default=Source.REPORTED)
    formula = models.CharField("计算方法", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    active = models.BooleanField("启用", default=True)

    objects = IndicatorQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="指标变更记录", related_name="changes")

    class Meta:
        verbose_name = verbose_name_plural = "指标"
        ordering = ["position", "code"]

    def __str__(self):
        return f"{self.code} {self.name}"


class IndicatorDefinition(DatedModel):
    """What exactly is counted (指标解释), from a day on: a changed definition never changes an old figure's."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="definitions", verbose_name="指标")
    text = models.TextField("指标解释")
    basis = models.CharField("依据", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指标解释"
        ordering = ["indicator", "valid_from"]
        constraints = [
            ends_after_start("definition_ends_after_start"),
            NoOverlap(
                name="definition_one_a_day",
                fields=["indicator"],
                violation_error_message="这段时间内该指标已有解释，请先填写原解释的截止日期。",
            ),
        ]

    def __str__(self):
        return self.text[:40]
