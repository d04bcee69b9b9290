"""Corrections, and the periods that they correct, as lists."""

import django_tables2 as tables

from tasks.kinds import CorrectionState, PeriodState
from tasks.models import Correction, ReportingPeriod
from zhuzun.ui.badges import worded
from zhuzun.ui.formats import NOTHING
from zhuzun.ui.tables import BadgeColumn, CutColumn, DayColumn, MomentColumn, NumberColumn, Table

ONE_LINE = {"td": {"class": "nowrap"}}
TONES = worded(
    {
        CorrectionState.ASKED: "idle",
        CorrectionState.SIGNED: "soon",
        CorrectionState.APPROVED: "done",
        CorrectionState.REFUSED: "ended",
    }
)


class CorrectionTable(Table):
    """One line for each correction: old, new and why."""

    name = tables.Column("更正", accessor="pk", linkify=True, order_by=("-period__end", "number"), attrs=ONE_LINE)
    filer = tables.Column("数源单位", accessor="entry__section__report__filer", orderable=False, attrs=ONE_LINE)
    place = tables.Column("县（市）", accessor="entry__place", orderable=False, attrs=ONE_LINE)
    item = tables.Column("指标", accessor="entry__item", orderable=False)
    old = tables.Column("原数", accessor="old_words", orderable=False, attrs=ONE_LINE)
    new = tables.Column("更正后", accessor="new_words", orderable=False, attrs=ONE_LINE)
    reason = CutColumn("原因", orderable=False)
    state = BadgeColumn("状态", accessor="state", words=TONES)
    asked_at = MomentColumn("申请时间")
    caption = "更正"

    class Meta(Table.Meta):
        model = Correction
        fields = ()
        order_by = ("-asked_at",)

    def render_name(self, record):
        """2026年10月 更正第1号."""
        return str(record)

    def value_name(self, record):
        """The same, for the export."""
        return str(record)


PERIOD_TONES = worded(
    {
        PeriodState.OPEN: "idle",
        PeriodState.PROPOSED: "soon",
        PeriodState.CHECKED: "soon",
        PeriodState.CLOSED: "done",
    }
)


class PeriodTable(Table):
    """One line for each period: where it stands, its frozen version, and whether it went up."""

    label = tables.Column("报告期", linkify=True, order_by=("-end", "start"), attrs=ONE_LINE)
    state = BadgeColumn("状态", accessor="state", words=PERIOD_TONES)
    version = tables.Column("定稿数", order_by="frozen_at", empty_values=(), attrs=ONE_LINE)
    frozen_at = MomentColumn("审定时间")
    approved_by = tables.Column("审定人", orderable=False, attrs=ONE_LINE)
    corrections_waiting = NumberColumn("办理中的更正")
    up_on = DayColumn("上报省时限")
    sent_up_on = DayColumn("已上报省")
    figures = tables.Column(
        "汇总表",
        accessor="pk",
        linkify=("tasks:figures", [tables.A("pk")]),
        orderable=False,
        exclude_from_export=True,
    )
    caption = "汇总和定稿"

    class Meta(Table.Meta):
        model = ReportingPeriod
        fields = ()

    def render_version(self, record):
        """第1版, as the version in force."""
        return f"第{record.version}版" if record.version else NOTHING

    def value_version(self, record):
        """The same, for the export."""
        return f"第{record.version}版" if record.version else "未定稿"

    def render_figures(self):
        """Where the figures are."""
        return "查看"
