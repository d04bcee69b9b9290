"""The lists of bodies and divisions as tables."""

import django_tables2 as tables
from django.urls import reverse

from zhuzun.organisations.kinds import Relation
from zhuzun.ui.tables import BadgeColumn, CodeColumn, DayColumn, NumberColumn, Table

YES_NO = {True: ("是", "good"), False: ("否", "idle")}


class OrganisationTable(Table):
    """One row a body; names as at today."""

    shown_name = tables.Column("名称", linkify=lambda record: reverse("organisations:detail", args=[record.code]))
    shown_full_name = tables.Column("全称")
    kind = tables.Column("类别")
    above = tables.Column("上级单位", accessor="parent", order_by="parent__position")
    relation = tables.Column("行文关系", accessor="code", orderable=False)
    valid_to = DayColumn("截止日期")
    caption = "单位"

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)

    def render_above(self, value):
        """The name in use today."""
        return value.name_on(self.day)

    def render_relation(self, record):
        """As at today; empty where nobody entered it."""
        relation = record.relation_on(self.day)
        return Relation(relation).label if relation else ""

    value_relation = render_relation


class DivisionTable(Table):
    """One row a division; counts of what lies below it that is offered and counted."""

    code = CodeColumn("代码")
    gb2260 = CodeColumn("国标代码")
    name = tables.Column("名称", attrs={"td": {"class": "nowrap"}})
    kind = tables.Column("类型", attrs={"td": {"class": "nowrap"}})
    above = tables.Column("上级区划", accessor="parent", order_by="parent__position")
    towns = NumberColumn("乡镇（街道）")
    villages = NumberColumn("行政村")
    communities = NumberColumn("社区")
    kept = NumberColumn("保留不计数")
    offered = BadgeColumn("可选并计数", words=YES_NO)
    source = tables.Column("数据来源", attrs={"td": {"class": "wrap"}})
    as_at = DayColumn("数据截止")
    caption = "行政区划"
