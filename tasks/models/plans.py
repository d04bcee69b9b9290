"""Report plans: what is asked of whom, how often, by when; and who files each figure (一数一源)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from tasks.kinds import (
    Audience,
    CheckEvery,
    EntryMode,
    FilerRule,
    OpinionRule,
    PlaceRule,
)
from tasks.models.indicators import Indicator
from tasks.models.policy import TaskArea
from tasks.querysets import PlanQuerySet, SourceQuerySet
from tasks.workflow import PLAN
from zhuzun.dated import DatedModel, NoOverlap, ends_after_start
from zhuzun.organisations.kinds import Relation
from zhuzun.organisations.models import Organisation, OrganisationGroup
from zhuzun.periods.due import DueKind, DueRule, Shift
from zhuzun.periods.spans import SpanKind


class ReportPlan(PLAN.base):
    """A standing order to report (报送任务): 区月报, 工作组月报 … Changing it never changes an opened period.

    统计时段 (the span counted), 报送截止 (when it is due) and 上报省时限 (when the bureau sends it up) are three rules.
    """

    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("周期", max_length=10, choices=SpanKind)
    state = PLAN.state_field()
    # the span counted
    span_groups = models.JSONField(
        "合并或跳过", default=list, blank=True, help_text="如 [[1, 2], [3], …, [12]] 表示1—2月合并；留空为每期都报。"
    )
    first_day = models.PositiveSmallIntegerField(
        "统计起始日", default=1, choices=[(1, "自然月"), (26, "上月26日至本月25日")]
    )
    starts_on = models.DateField("开始日期", null=True, blank=True, help_text="从这一天起的第一个完整时段开始报送。")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    # 报送截止
    due_kind = models.CharField("截止规则", max_length=10, choices=DueKind, default=DueKind.DAY)
    due_months = models.PositiveSmallIntegerField("期末后第几个月", default=1, validators=[MaxValueValidator(12)])
    due_day = models.PositiveSmallIntegerField(
        "截止日", default=5, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    due_workdays = models.PositiveSmallIntegerField("期末后第几个工作日", default=3, validators=[MaxValueValidator(60)])
    due_shift = models.CharField("遇非工作日", max_length=10, choices=Shift, default=Shift.NEXT)
    # 上报省时限
    up_months = models.PositiveSmallIntegerField("上报省：期末后第几个月", null=True, blank=True)
    up_day = models.PositiveSmallIntegerField("上报省：日", null=True, blank=True)
    # limits, in working days
    soon_workdays = models.PositiveSmallIntegerField("临期提示（工作日）", default=2)
    grace_workdays = models.PositiveSmallIntegerField(
        "宽限（工作日）", default=0, help_text="只推迟拟通报名单，不改变截止日期，不向填报单位显示。"
    )
    review_workdays = models.PositiveSmallIntegerField("市局审核时限（工作日）", default=3)
    opinion = models.CharField("前方意见", max_length=10, choices=OpinionRule, default=OpinionRule.WINDOW)
    opinion_workdays = models.PositiveSmallIntegerField("前方意见时限（工作日）", default=2)
    check_workdays = models.PositiveSmallIntegerField("核对时限（工作日）", default=5)
    # the chain
    sign_off = models.BooleanField("报送前须本单位审签", default=True)
    head_review = models.BooleanField("须科室负责人审核", default=True)
    evidence = models.BooleanField("须附佐证材料", default=False)
    excused_kinds = models.JSONField(
        "无数据即免报的单位类别", default=list, blank=True, help_text="如 party_unit：没有数据任务的党委口单位免报。"
    )
    note = models.CharField("说明", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="报送任务变更记录", related_name="changes")

    class Meta:
        verbose_name = verbose_name_plural = "报送任务"
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                name="plan_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                name="plan_active_has_start",
                condition=~Q(state="active") | Q(starts_on__isnull=False),
                violation_error_message="启用前须填写开始日期。",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def due_rule(self) -> DueRule:
        """报送截止."""
        return DueRule(
            kind=self.due_kind,
            months=self.due_months,
            day=self.due_day,
            workdays=self.due_workdays,
            shift=self.due_shift,
        )

    @property
    def up_rule(self) -> DueRule | None:
        """上报省时限; the bureau's own date, brought forward where it falls on a free day."""
        if self.up_day is None:
            return None
        return DueRule(kind=DueKind.DAY, months=self.up_months or 0, day=self.up_day, workdays=0, shift=Shift.PREVIOUS)


class PlanBody(models.Model):
    """Who owes a plan's reports (报送单位): a body, or a group that expands as at the period's last day."""

    plan = models.ForeignKey(ReportPlan, models.CASCADE, related_name="bodies", verbose_name="报送任务")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    group = models.ForeignKey(
        OrganisationGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="分组"
    )

    class Meta:
        verbose_name = verbose_name_plural = "报送单位"
        ordering = ["plan", "pk"]
        constraints = [
            models.CheckConstraint(
                name="planbody_body_or_group",
                condition=Q(organisation__isnull=False, group__isnull=True)
                | Q(organisation__isnull=True, group__isnull=False),
                violation_error_message="请选择单位或分组，且只选其一。",
            ),
            models.UniqueConstraint(
                fields=["plan", "organisation"],
                condition=Q(organisation__isnull=False),
                name="planbody_body_once",
                violation_error_message="该单位已在报送单位中。",
            ),
            models.UniqueConstraint(
                fields=["plan", "group"],
                condition=Q(group__isnull=False),
                name="planbody_group_once",
                violation_error_message="该分组已在报送单位中。",
            ),
        ]

    def __str__(self):
        return str(self.organisation or self.group)


class PlanItem(models.Model):
    """A figure that a plan asks for (报送指标)."""

    plan = models.ForeignKey(ReportPlan, models.CASCADE, related_name="items", verbose_name="报送任务")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="plan_items", verbose_name="指标")
    mode = models.CharField("填报口径", max_length=6, choices=EntryMode, default=EntryMode.YEAR_TO_DATE)
    required = models.BooleanField("必填", default=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "报送指标"
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "indicator"],
                name="planitem_once",
                violation_error_message="该指标已在这项报送任务中。",
            )
        ]

    def __str__(self):
        return str(self.indicator)


class PlanNarrative(models.Model):
    """A text that a plan asks for: 主要做法、成效、存在问题、下一步 of one area, or a short 工作动态."""

    plan = models.ForeignKey(ReportPlan, models.CASCADE, related_name="narratives", verbose_name="报送任务")
    area = models.ForeignKey(TaskArea, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="任务领域")
    title = models.CharField("名称", max_length=40)
    max_chars = models.PositiveIntegerField("字数上限", default=1500)
    required = models.BooleanField("必填", default=False)
    own_areas_only = models.BooleanField("只向该领域责任单位征集", default=False)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "报送文字"
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "title"],
                name="plannarrative_once",
                violation_error_message="这项报送任务已有同名的文字内容。",
            )
        ]

    def __str__(self):
        return self.title


class LadderStep(models.Model):
    """A step of the reminder ladder (催报): so many working days before or after the due date, to whom, by relation."""

    plan = models.ForeignKey(ReportPlan, models.CASCADE, related_name="ladder", verbose_name="报送任务")
    relation = models.CharField("适用关系", max_length=10, choices=Relation)
    offset = models.SmallIntegerField("相对截止日期（工作日）", help_text="负数为截止前，0为当日，正数为逾期后。")
    audience = models.CharField("提醒对象", max_length=10, choices=Audience)
    via_group = models.BooleanField("经工作组转达", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "催报步骤"
        ordering = ["plan", "relation", "offset", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "relation", "offset", "audience"],
                name="ladder_once",
                violation_error_message="这一步已设置。",
            )
        ]

    def __str__(self):
        return f"{self.get_relation_display()}：{self.when}，{self.get_audience_display()}"

    @property
    def when(self) -> str:
        """截止前2个工作日, 截止当日, 逾期1个工作日."""
        if not self.offset:
            return "截止当日"
        return f"截止前{-self.offset}个工作日" if self.offset < 0 else f"逾期{self.offset}个工作日"


class FigureSource(DatedModel):
    """Who files a figure and who checks it (一数一源): one row for each indicator and channel, by rule.

    Because the rule gives each place one body, each indicator × place × channel has exactly one filer. Where bodies
    truly add up, the rows are split by `channel` (选派单位、采购渠道) and summed.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="sources", verbose_name="指标")
    channel = models.CharField("选派单位或渠道", max_length=40, blank=True, help_text="由几家分别填报、相加时填写。")
    rule = models.CharField("数源单位", max_length=10, choices=FilerRule)
    body = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="figure_sources", verbose_name="指定单位"
    )
    places = models.CharField("填报范围", max_length=10, choices=PlaceRule, default=PlaceRule.COUNTIES)
    check_every = models.CharField(
        "核对",
        max_length=10,
        choices=CheckEvery,
        blank=True,
        default=CheckEvery.NEVER,
        help_text="由对应县（市）核对。",
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)
    basis = models.CharField("依据", max_length=200, blank=True)

    objects = SourceQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="数源变更记录", related_name="changes")

    class Meta:
        verbose_name = verbose_name_plural = "数源"
        ordering = ["position", "indicator", "channel"]
        constraints = [
            ends_after_start("source_ends_after_start"),
            models.CheckConstraint(
                name="source_names_body",
                condition=Q(rule="body", body__isnull=False) | (~Q(rule="body") & Q(body__isnull=True)),
                violation_error_message="“指定单位”须选择单位，其他规则不选。",
            ),
            models.CheckConstraint(
                name="source_city_by_body",
                condition=Q(rule="body") | Q(places="counties"),
                violation_error_message="市级（不分县）的数据只能由指定单位填报。",
            ),
            NoOverlap(
                name="source_one_filer",
                fields=["indicator", "channel"],
                violation_error_message="这段时间内该指标（该渠道）已有数源单位，一数一源。",
            ),
        ]

    def __str__(self):
        return f"{self.indicator}{f'（{self.channel}）' if self.channel else ''}"
