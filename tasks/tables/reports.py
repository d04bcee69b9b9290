"""Reports as lists."""

import django_tables2 as tables

from tasks.board import waiting
from tasks.kinds import LIGHTS
from tasks.lights import light_badge, state_badge
from tasks.models import ProgressReport
from zhuzun.ui import badges
from zhuzun.ui.tables import DayColumn, Table

ONE_LINE = {"td": {"class": "nowrap"}}


class ReportTable(Table):
    """One line for each report: state and light are two columns, because they are two things."""

    title = tables.Column(
        "进展报告", linkify=True, order_by=("filer__position", "-first_due_on"), attrs={"td": {"class": "named"}}
    )
    filer = tables.Column("报送单位", order_by="filer__position", attrs=ONE_LINE, linkify=True)
    period = tables.Column("报告期", accessor="period__label", order_by="period__end", attrs=ONE_LINE)
    state = tables.Column("状态", attrs=ONE_LINE)
    light = tables.Column("时限", orderable=False, attrs=ONE_LINE)
    due_on = DayColumn("截止日期")
    extended_to = DayColumn("批准延期至")
    filed_on = DayColumn("首次报送")
    waiting = tables.Column("等候", accessor="pk", orderable=False, attrs=ONE_LINE)
    marks = tables.Column("标记", accessor="pk", orderable=False, attrs=ONE_LINE)
    caption = "进展报告"

    class Meta(Table.Meta):
        model = ProgressReport
        fields = ()
        order_by = ("-due_on", "title")
        sequence = (
            "title",
            "filer",
            "period",
            "state",
            "light",
            "due_on",
            "extended_to",
            "filed_on",
            "waiting",
            "marks",
        )

    def __init__(self, *args, day, calendar, **kwargs):
        self.day, self.work = day, calendar
        super().__init__(*args, **kwargs)

    def render_filer(self, value):
        """The name in use today."""
        return value.name_on(self.day)

    def render_state(self, record):
        """State, never alone in colour."""
        return state_badge(record)

    def value_state(self, record):
        """The word."""
        return record.get_state_display()

    def render_light(self, record):
        """How it stands to its day."""
        return light_badge(record, self.day, self.work)

    def value_light(self, record):
        """The word, as on the page."""
        return dict(LIGHTS)[record.light]

    def render_waiting(self, record):
        """With whom, and how long."""
        return waiting(record, self.day, self.work) or "—"

    def value_waiting(self, record):
        """With whom, and how long."""
        return waiting(record, self.day, self.work)

    def render_marks(self, record):
        """代录."""
        return badges.badge("代录", "info") if record.on_behalf else "—"

    def value_marks(self, record):
        """The words."""
        return "代录" if record.on_behalf else ""
