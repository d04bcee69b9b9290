"""Reporting periods (报告期): one for each span, shared by all plans that ask for it, with its copy of each form."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tasks.kinds import (
    BRIEF_PART,
    TEXT_PARTS,
    WITH_BUREAU,
    CheckEvery,
    EntryMode,
    FilerRule,
    OpinionRule,
    PeriodState,
    PlaceRule,
)
from tasks.models.indicators import Indicator
from tasks.models.plans import ReportPlan
from tasks.models.policy import TaskArea
from tasks.querysets import PeriodQuerySet
from tasks.workflow import PERIOD
from zhuzun.organisations.models import Organisation
from zhuzun.periods.spans import Span, SpanKind


class ReportingPeriod(PERIOD.base):
    """A span of time for which figures are collected, closed and frozen as one (2026年10月, 2026年第三季度)."""

    kind = models.CharField("周期", max_length=10, choices=SpanKind)
    year = models.PositiveSmallIntegerField("年份")
    first = models.PositiveSmallIntegerField("起始月")
    last = models.PositiveSmallIntegerField("截止月")
    start = models.DateField("统计起")
    end = models.DateField("统计止")
    label = models.CharField("名称", max_length=40)
    state = PERIOD.state_field()
    opened_at = models.DateTimeField("开启时间")
    closed_at = models.DateTimeField("定稿时间", null=True, blank=True)
    sent_up_on = models.DateField("上报省日期", null=True, blank=True)
    sent_up_note = models.CharField("上报说明", max_length=200, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报告期"
        ordering = ["-end", "kind"]
        indexes = [models.Index(fields=["state", "-end"], name="period_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "start", "end", "label"],
                name="period_once",
                violation_error_message="该报告期已开启。",
            ),
            models.CheckConstraint(
                name="period_ends_after_start",
                condition=Q(end__gte=models.F("start")),
                violation_error_message="统计止不能早于统计起。",
            ),
            models.CheckConstraint(
                name="period_closed_has_time",
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
                violation_error_message="定稿须记录时间。",
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        """The page of the period."""
        return reverse("tasks:period", args=[self.pk])

    @property
    def span(self) -> Span:
        """The span as `periods` reckons with it."""
        return Span(self.kind, self.year, self.first, self.last, self.start, self.end)

    @property
    def starts_year(self) -> bool:
        """Whether what is cumulated at its end was all added in it."""
        return self.span.starts_year

    @property
    def crosses_years(self) -> bool:
        """Whether it is a one-off over the turn of the year: 本年累计 and targets are then of the year it ends in."""
        return self.span.crosses_years

    @property
    def turn_note(self) -> str:
        """What 本年累计, 本期数 and the year's target mean over the turn of the year; empty for any other period."""
        if not self.crosses_years:
            return ""
        return (
            f"统计时段跨年（{self.start} 至 {self.end}）：本年累计填 {self.end.year} 年 1 月 1 日至统计止的累计数，"
            f"年度目标按 {self.end.year} 年；本期数填整个时段的发生数。两者互不折算，也不并入月、季、年的推算。"
        )

    @property
    def closed(self) -> bool:
        """Whether its figures are frozen (定稿)."""
        return self.state == PeriodState.CLOSED

    def waiting_for_review(self) -> int:
        """How many of its reports wait for the bureau."""
        waiting = self.forms.filter(parts__report__state__in=WITH_BUREAU, parts__report__excused=False)
        return waiting.order_by().values("parts__report").distinct().count()


class PeriodForm(models.Model):
    """A plan's form as it stood when the period opened; changing the plan changes nothing here."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="forms", verbose_name="报告期")
    plan = models.ForeignKey(ReportPlan, models.PROTECT, related_name="forms", verbose_name="报送任务")
    name = models.CharField("名称", max_length=60)
    due_on = models.DateField("报送截止")
    up_on = models.DateField("上报省时限", null=True, blank=True)
    soon_workdays = models.PositiveSmallIntegerField("临期提示（工作日）")
    grace_workdays = models.PositiveSmallIntegerField("宽限（工作日）")
    review_workdays = models.PositiveSmallIntegerField("市局审核时限（工作日）")
    opinion = models.CharField("前方意见", max_length=10, choices=OpinionRule)
    opinion_workdays = models.PositiveSmallIntegerField("前方意见时限（工作日）")
    check_workdays = models.PositiveSmallIntegerField("核对时限（工作日）")
    sign_off = models.BooleanField("须本单位审签")
    head_review = models.BooleanField("须科室负责人审核")
    evidence = models.BooleanField("须附佐证材料")
    ladder = models.JSONField("催报步骤", default=list)  # [{relation, offset, audience, via_group}]

    class Meta:
        verbose_name = verbose_name_plural = "本期表样"
        ordering = ["period", "plan__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "plan"], name="form_once", violation_error_message="该报送任务在本期已开启。"
            )
        ]

    def __str__(self):
        return f"{self.period} {self.name}"


class FormItem(models.Model):
    """A figure asked in a period, with its words, unit and source as they stood."""

    form = models.ForeignKey(PeriodForm, models.CASCADE, related_name="items", verbose_name="本期表样")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="form_items", verbose_name="指标")
    channel = models.CharField("选派单位或渠道", max_length=40, blank=True)
    name = models.CharField("指标", max_length=60)
    unit = models.CharField("单位", max_length=12)
    decimals = models.PositiveSmallIntegerField("小数位")
    definition = models.TextField("指标解释", blank=True)
    mode = models.CharField("填报口径", max_length=6, choices=EntryMode)
    required = models.BooleanField("必填")
    rule = models.CharField("数源单位", max_length=10, choices=FilerRule)
    body = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="指定单位"
    )
    places = models.CharField("填报范围", max_length=10, choices=PlaceRule)
    check_every = models.CharField("核对", max_length=10, choices=CheckEvery, blank=True)
    position = models.PositiveSmallIntegerField("顺序")

    class Meta:
        verbose_name = verbose_name_plural = "本期指标"
        ordering = ["form", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "indicator", "channel"],
                name="formitem_once",
                violation_error_message="该指标（该渠道）在本期表样中已有。",
            )
        ]

    def __str__(self):
        return f"{self.name}{f'（{self.channel}）' if self.channel else ''}"


class FormNarrative(models.Model):
    """A text asked in a period."""

    form = models.ForeignKey(PeriodForm, models.CASCADE, related_name="narratives", verbose_name="本期表样")
    area = models.ForeignKey(TaskArea, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="任务领域")
    title = models.CharField("名称", max_length=40)
    max_chars = models.PositiveIntegerField("字数上限")
    required = models.BooleanField("必填")
    own_areas_only = models.BooleanField("只向该领域责任单位征集")
    position = models.PositiveSmallIntegerField("顺序")

    class Meta:
        verbose_name = verbose_name_plural = "本期文字"
        ordering = ["form", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "title"],
                name="formnarrative_once",
                violation_error_message="本期表样已有同名的文字内容。",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def parts(self) -> dict[str, str]:
        """Its fields with their words: 主要做法 … of an area; one alone, under its own title, of a short text."""
        return dict(TEXT_PARTS) if self.area_id else {BRIEF_PART: self.title}
