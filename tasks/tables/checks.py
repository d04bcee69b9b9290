"""Check sheets and disputes as lists; calm words, for the counties owe nothing."""

import django_tables2 as tables

from tasks.checking import number_words
from tasks.kinds import FILED, CheckState
from tasks.models import CheckSheet, FigureCheck
from zhuzun.ui.badges import badge
from zhuzun.ui.tables import BadgeColumn, DayColumn, NumberColumn, Table

ONE_LINE = {"td": {"class": "nowrap"}}
STATES = {
    "waiting": ("待核对", "info"),
    "changing": ("填报单位修改中", "idle"),
    "frozen": ("已定稿", "ended"),
    "done": ("已核对", "done"),
}


def state_of(sheet) -> str:
    """How a sheet stands; reads `report` and `frozen`."""
    if sheet.finished_at:
        return "done"
    if sheet.frozen:
        return "frozen"
    return "waiting" if sheet.report.state in FILED else "changing"


class CheckTable(Table):
    """One line for each county and report."""

    report = tables.Column("核对单", linkify=lambda record: record.get_absolute_url(), order_by="report__title")
    county = tables.Column("县（市）", order_by="county__position", attrs=ONE_LINE)
    filer = tables.Column("填报单位", accessor="report__filer", order_by="report__filer__position")
    due_on = DayColumn("请于此日前核对")
    state = tables.Column("情况", accessor="pk", orderable=False, attrs=ONE_LINE)
    asked = NumberColumn("数据项数")
    said = NumberColumn("已核对")
    against = NumberColumn("有异议")
    on_behalf = tables.Column("标记", orderable=False, attrs=ONE_LINE)
    caption = "核对单"

    class Meta(Table.Meta):
        model = CheckSheet
        fields = ()
        order_by = ("-due_on",)

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)

    def render_county(self, value):
        """The name in use today."""
        return value.name_on(self.day)

    def render_filer(self, value):
        """The name in use today."""
        return value.name_on(self.day)

    def render_state(self, record):
        """With its word."""
        return badge(*STATES[state_of(record)])

    def value_state(self, record):
        """The word."""
        return STATES[state_of(record)][0]

    def render_on_behalf(self, value):
        """代录."""
        return badge("代录") if value else "—"

    def value_on_behalf(self, value):
        """The word."""
        return "代录" if value else ""


class DisputeTable(Table):
    """One line for each disputed figure."""

    item = tables.Column("指标", accessor="entry__item", linkify=("tasks:dispute", [tables.A("pk")]), orderable=False)
    county = tables.Column("县（市）", accessor="sheet__county", order_by="sheet__county__position", attrs=ONE_LINE)
    filer = tables.Column("填报单位", accessor="sheet__report__filer", orderable=False)
    period = tables.Column("报告期", accessor="entry__period__label", order_by="entry__period__end", attrs=ONE_LINE)
    filed = tables.Column("填报数", accessor="pk", orderable=False, attrs={"td": {"class": "num"}})
    other = tables.Column("核对方数", accessor="pk", orderable=False, attrs={"td": {"class": "num"}})
    reason = tables.Column("理由", orderable=False, attrs={"td": {"class": "wrap"}})
    state = BadgeColumn(
        "情况", words={CheckState.DISPUTED: ("待裁定", "soon"), CheckState.SETTLED: ("已裁定", "ended")}, attrs=ONE_LINE
    )
    at = DayColumn("提出日期")
    caption = "有异议的数据"

    class Meta(Table.Meta):
        model = FigureCheck
        fields = ()

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)

    def render_county(self, value):
        """The name in use today."""
        return value.name_on(self.day)

    def render_filer(self, value):
        """The name in use today."""
        return value.name_on(self.day)

    def render_filed(self, record):
        """The filer's figure about which it was said."""
        return number_words(record.seen_value, record.entry.item)

    def render_other(self, record):
        """The county's."""
        return number_words(record.other_value, record.entry.item)
