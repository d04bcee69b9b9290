"""Report plans and sources as lists."""

import django_tables2 as tables

from tasks.kinds import FilerRule, PlanState
from tasks.models import FigureSource, ReportPlan
from zhuzun.ui.badges import worded
from zhuzun.ui.tables import BadgeColumn, CodeColumn, DayColumn, Table

PLAN_WORDS = worded(
    {
        PlanState.DRAFT: "idle",
        PlanState.ACTIVE: "good",
        PlanState.STOPPED: "ended",
    }
)


class PlanTable(Table):
    """报送任务."""

    name = tables.Column("报送任务", linkify=("tasks:plan", {"code": tables.A("code")}))
    kind = tables.Column("周期")
    owes = tables.Column("报送单位", accessor="pk", orderable=False)
    due = tables.Column("报送截止", accessor="due_rule", orderable=False)
    state = BadgeColumn("状态", words=PLAN_WORDS)
    starts_on = DayColumn("开始日期")
    ends_on = DayColumn("结束日期")
    caption = "报送任务"

    class Meta(Table.Meta):
        model = ReportPlan
        fields = ()
        sequence = ("name", "kind", "owes", "due", "state", "starts_on", "ends_on")

    def render_owes(self, record):
        """Bodies and groups as named."""
        return "、".join(str(row) for row in record.bodies.all()) or "—"

    def render_due(self, value):
        """The rule in words."""
        return value.in_words()


class SourceTable(Table):
    """数源."""

    code = CodeColumn("编码", accessor="indicator__code", order_by="indicator__position")
    indicator = tables.Column("指标", accessor="indicator__name", order_by="indicator__position")
    channel = tables.Column("选派单位或渠道")
    filer = tables.Column("数源单位", accessor="rule", order_by=("rule", "body__position"))
    places = tables.Column("填报范围")
    check_every = tables.Column("县（市）核对", empty_values=())
    valid_from = DayColumn("起始日期")
    valid_to = DayColumn("截止日期")
    caption = "数源：每个指标、每个县（市）由谁填报、由谁核对"

    class Meta(Table.Meta):
        model = FigureSource
        fields = ()
        sequence = ("code", "indicator", "channel", "filer", "places", "check_every", "valid_from", "valid_to")

    def render_filer(self, record):
        """The body, or the rule that names it."""
        return str(record.body) if record.rule == FilerRule.BODY else record.get_rule_display()

    value_filer = render_filer

    def render_check_every(self, record):
        """每季度, or 不核对."""
        return record.get_check_every_display()
