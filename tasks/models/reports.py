"""Progress reports (进展报告): what a body owes for a due day, its sections, cells, texts, and every round."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tasks import reading
from tasks.kinds import (
    EDITABLE,
    CellState,
    ReportState,
    RoundAct,
    SectionKind,
    SignOff,
)
from tasks.models.indicators import Indicator
from tasks.models.periods import FormItem, FormNarrative, PeriodForm, ReportingPeriod
from tasks.querysets import EntryQuerySet, ReportQuerySet
from tasks.workflow import REPORT
from zhuzun import clock
from zhuzun.access.scopes import Scope
from zhuzun.numbers import QuantityField
from zhuzun.organisations.kinds import Relation
from zhuzun.organisations.models import Organisation


class ProgressReport(REPORT.base):
    """What one body owes on one due day: two plans due together are one report.

    The state is stored and changed only by `tasks.workflow.REPORT`. Of the time only dates are stored; whether it is
    late is told by `zhuzun.periods.light` from them. `filed_on` is the day of the first filing and survives a return.
    """

    filer = models.ForeignKey(Organisation, models.PROTECT, related_name="reports", verbose_name="报送单位")
    title = models.CharField("名称", max_length=80)
    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="main_reports", verbose_name="报告期", help_text="先开启的一期"
    )
    relation = models.CharField("与市局的关系", max_length=10, choices=Relation)
    district = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所属区（功能区）"
    )
    readers = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="可查阅的区、县（市）")
    state = REPORT.state_field()
    # time
    first_due_on = models.DateField("原定截止日期", help_text="开启时确定，不再改变。")
    sequence = models.PositiveSmallIntegerField("同日第几份", default=0)
    due_on = models.DateField("截止日期")
    soon_on = models.DateField("临期日期")
    extended_to = models.DateField("批准延期至", null=True, blank=True)
    excused = models.BooleanField("免报", default=False)
    excuse_reason = models.CharField("免报原因", max_length=200, blank=True)
    filed_on = models.DateField("首次报送日期", null=True, blank=True)
    filed_at = models.DateTimeField("最近报送时间", null=True, blank=True)
    return_due_on = models.DateField("退回修改截止日期", null=True, blank=True)
    refiled_on = models.DateField("重新报送日期", null=True, blank=True)
    review_due_on = models.DateField("市局审核时限", null=True, blank=True)
    opinion_due_on = models.DateField("前方意见时限", null=True, blank=True)
    accepted_at = models.DateTimeField("审核通过时间", null=True, blank=True)
    # the chain
    sign_off_wanted = models.BooleanField("须本单位审签", default=True)
    signed_by = models.CharField("审签", max_length=10, choices=SignOff, blank=True)
    head_review = models.BooleanField("须科室负责人审核", default=True)
    on_behalf = models.BooleanField("代录", default=False)
    version = models.PositiveIntegerField("版本", default=0)

    objects = ReportQuerySet.as_manager()

    SCOPE_FIELDS = {
        Scope.DISTRICT: ("filer", "readers"),
        Scope.COUNTY: ("readers",),
        Scope.UNIT: ("filer",),
        Scope.BODY: ("filer",),
        Scope.BELOW: ("filer__parent",),
    }

    class Meta:
        verbose_name = verbose_name_plural = "进展报告"
        ordering = ["-first_due_on", "filer__position", "pk"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="report_state_due"),
            models.Index(fields=["filer", "-first_due_on"], name="report_of_body"),
            # for the lists of what is late, and for the reminders
            models.Index(fields=["due_on"], condition=Q(filed_on__isnull=True, excused=False), name="report_owed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["filer", "first_due_on", "sequence"],
                name="report_once",
                violation_error_message="该单位在这一截止日期已有报表。",
            ),
            models.CheckConstraint(
                name="report_excuse_has_reason",
                condition=Q(excused=False) | ~Q(excuse_reason=""),
                violation_error_message="免报须填写原因。",
            ),
            models.CheckConstraint(
                name="report_extension_is_later",
                condition=Q(extended_to__isnull=True) | Q(extended_to__gt=models.F("due_on")),
                violation_error_message="延期后的日期须晚于截止日期。",
            ),
            models.CheckConstraint(
                name="report_filed_has_date",
                condition=~Q(state__in=["review", "head", "accepted"])
                | Q(filed_on__isnull=False, filed_at__isnull=False),
                violation_error_message="已报送的报表须有报送日期。",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """The page of the report."""
        return reverse("tasks:report", args=[self.pk])

    @property
    def effective_due_on(self):
        """The date that counts: the extension's, else the due date."""
        return self.extended_to or self.due_on

    @property
    def filed_on_last(self):
        """The business date of the latest filing; empty before the first."""
        return clock.day_of(self.filed_at) if self.filed_at else None

    @property
    def editable(self) -> bool:
        """Whether cells and texts may be written now."""
        return self.state in EDITABLE and not self.excused

    # What the workflow's conditions ask; the answers lie in tasks/reading.py and read the cells once.
    def lacking(self) -> int:
        """How many required cells and texts are not filled."""
        return reading.lacking(self)

    def hard_errors(self) -> list:
        """What is wrong in the filer's own cells, as findings with text and place."""
        return reading.hard_errors(self)

    def unexplained(self) -> list:
        """Unusual figures that have no sentence yet."""
        return reading.unexplained(self)

    def has_signer(self, now) -> bool:
        """Whether somebody holds the leader's role for this body."""
        return reading.has_signer(self, now)

    def has_signed_sheet(self) -> bool:
        """Whether a signed sheet was attached since the last filing."""
        return reading.has_signed_sheet(self)

    def edited_after_signing(self):
        """When it was changed after the signed sheet was attached, or nothing."""
        return reading.edited_after_signing(self)

    def has_evidence(self) -> bool:
        """Whether the evidence that its forms ask for is attached."""
        return reading.has_evidence(self)

    def typed_by(self, user) -> bool:
        """Whether this person wrote in it or filed it."""
        return reading.typed_by(self, user)

    def passed_by(self, user) -> bool:
        """Whether this person did the officer's review of the last filing."""
        return reading.passed_by(self, user)

    def reviewed_since_filing(self) -> str:
        """What the bureau did since the last filing; empty where nothing."""
        return reading.reviewed_since_filing(self)

    def missing_opinions(self) -> list[str]:
        """County teams whose required opinion is not there."""
        return reading.missing_opinions(self)

    def closed_period(self) -> str:
        """The label of its frozen period where all of them are; empty while one of them is open."""
        periods = list(ReportingPeriod.objects.filter(forms__parts__report=self).distinct())
        return periods[0].label if periods and all(period.closed for period in periods) else ""


class ReportPart(models.Model):
    """That a report answers a form: what each body owes for a form exists exactly once."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="parts", verbose_name="进展报告")
    form = models.ForeignKey(PeriodForm, models.PROTECT, related_name="parts", verbose_name="本期表样")
    filer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="报送单位")

    class Meta:
        verbose_name = verbose_name_plural = "报表组成"
        ordering = ["report", "form"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "filer"], name="part_once", violation_error_message="该单位本期已有这项报送任务。"
            )
        ]

    def __str__(self):
        return f"{self.report} · {self.form}"


class ReportSection(models.Model):
    """A part of a report that can be handed to a colleague and returned by itself."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="sections", verbose_name="进展报告")
    form = models.ForeignKey(PeriodForm, models.PROTECT, related_name="sections", verbose_name="本期表样")
    kind = models.CharField("类型", max_length=10, choices=SectionKind)
    title = models.CharField("名称", max_length=60)
    place = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="县（市）",
        help_text="市级（不分县）的数据记在遵义市名下。",
    )
    narrative = models.ForeignKey(
        FormNarrative, models.PROTECT, null=True, blank=True, related_name="sections", verbose_name="本期文字"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="分工"
    )
    assigned_until = models.DateField("分工完成日期", null=True, blank=True)
    returned = models.BooleanField("须修改", default=False)
    comment = models.CharField("退回意见", max_length=500, blank=True)
    ticked_at = models.DateTimeField("标记完成时间", null=True, blank=True)
    unlocked_at = models.DateTimeField(
        "打开修改时间", null=True, blank=True, help_text="退回修改时，未被退回的部分由本单位打开后方可修改。"
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "报表部分"
        ordering = ["report", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "form", "place"],
                condition=Q(kind="figures"),
                name="section_place_once",
                violation_error_message="该县（市）的数据在报表中已有。",
            ),
            models.UniqueConstraint(
                fields=["report", "narrative"],
                condition=Q(kind="narrative"),
                name="section_narrative_once",
                violation_error_message="该文字内容在报表中已有。",
            ),
            models.CheckConstraint(
                name="section_place_or_narrative",
                condition=Q(kind="figures", place__isnull=False, narrative__isnull=True)
                | Q(kind="narrative", place__isnull=True, narrative__isnull=False),
                violation_error_message="数据须有县（市），文字须有名称。",
            ),
        ]

    def __str__(self):
        return self.title

    def is_open(self, report) -> bool:
        """Whether it may be written in: after a return only what was sent back, or what the filer opened himself."""
        if not report.editable:
            return False
        since_filing = self.unlocked_at and (report.filed_at is None or self.unlocked_at > report.filed_at)
        return report.state != ReportState.RETURNED or self.returned or bool(since_filing)

    def is_ticked(self, report) -> bool:
        """Whether a colleague said that it is done; a return takes that back."""
        if self.ticked_at is None:
            return False
        return not (self.returned and report.filed_at and self.ticked_at < report.filed_at)


class Entry(models.Model):
    """One cell: an indicator for a place in a period. 数值, 0（已确认）, 不适用 and 未填 are four different things.

    `value` is what was typed, in the item's mode (本年累计 as a rule); the span's own figure is computed.
    """

    section = models.ForeignKey(ReportSection, models.CASCADE, related_name="entries", verbose_name="报表部分")
    item = models.ForeignKey(FormItem, models.PROTECT, related_name="entries", verbose_name="本期指标")
    # copies that carry the rule «one figure, one source» and every total
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="entries", verbose_name="报告期")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="entries", verbose_name="指标")
    channel = models.CharField("选派单位或渠道", max_length=40, blank=True)
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="县（市）")
    state = models.CharField("填报情况", max_length=10, choices=CellState, default=CellState.MISSING)
    value = QuantityField("数值", null=True, blank=True)
    reason = models.CharField("不适用原因", max_length=200, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=0)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填表人"
    )
    updated_at = models.DateTimeField("填报时间", null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    SCOPE_FIELDS = {
        Scope.DISTRICT: ("section__report__filer", "section__report__district"),
        Scope.COUNTY: ("place",),
        Scope.UNIT: ("section__report__filer",),
        Scope.BODY: ("section__report__filer",),
        Scope.BELOW: ("section__report__filer__parent",),
    }

    class Meta:
        verbose_name = verbose_name_plural = "填报数据"
        ordering = ["section", "item__position", "pk"]
        indexes = [models.Index(fields=["indicator", "place", "period"], name="entry_series")]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "indicator", "place", "channel"],
                name="entry_one_source",
                violation_error_message="该指标在本期、该县（市）已有数源单位，一数一源。",
            ),
            models.CheckConstraint(
                name="entry_four_values",
                condition=Q(state="value", value__isnull=False)
                | Q(state="zero", value=0)
                | Q(state="na", value__isnull=True) & ~Q(reason="")
                | Q(state="missing", value__isnull=True),
                violation_error_message="数值、确认为零、不适用（须注明原因）、未填四者只能居其一。",
            ),
        ]

    def __str__(self):
        return f"{self.indicator.code} {self.place} {self.get_state_display()}"


class Narrative(models.Model):
    """The text of one section: 主要做法、成效、存在问题、下一步, or one short text."""

    section = models.OneToOneField(ReportSection, models.CASCADE, related_name="text", verbose_name="报表部分")
    practice = models.TextField("主要做法", blank=True)
    results = models.TextField("成效", blank=True)
    problems = models.TextField("存在问题", blank=True)
    next_steps = models.TextField("下一步", blank=True)
    nothing = models.BooleanField("本期无此项工作", default=False)
    version = models.PositiveIntegerField("版本", default=0)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填表人"
    )
    updated_at = models.DateTimeField("填报时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文字内容"
        ordering = ["section"]

    def __str__(self):
        return str(self.section)

    @property
    def blank(self) -> bool:
        """Whether nothing was written, nor said that there is nothing."""
        return not (self.nothing or any((self.practice, self.results, self.problems, self.next_steps)))


class ReportRound(models.Model):
    """One act on a report, kept for good: who, when, which sections, with which words and which figures."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="rounds", verbose_name="进展报告")
    number = models.PositiveSmallIntegerField("序号")
    act = models.CharField("事项", max_length=10, choices=RoundAct)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    by_name = models.CharField("姓名", max_length=60, blank=True)
    body_name = models.CharField("单位", max_length=100, blank=True)
    text = models.CharField("意见", max_length=500, blank=True)
    sections = models.JSONField("涉及部分", default=list, blank=True)  # [{"id", "title", "comment"}]
    due_on = models.DateField("要求日期", null=True, blank=True)
    signed_by = models.CharField("审签", max_length=10, choices=SignOff, blank=True)
    on_behalf = models.BooleanField("代录", default=False)
    snapshot = models.JSONField("当时的内容", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "报送轮次"
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], name="round_once", violation_error_message="已被他人处理，请刷新后查看。"
            )
        ]

    def __str__(self):
        return f"{self.report} {self.number} {self.get_act_display()}"
