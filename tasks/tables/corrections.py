"""Corrections as a list."""

import django_tables2 as tables

from tasks.kinds import CorrectionState
from tasks.models import Correction
from zhuzun.ui.tables import BadgeColumn, CutColumn, MomentColumn, Table

ONE_LINE = {"td": {"class": "nowrap"}}
TONES = {
    CorrectionState.ASKED: ("待本单位审签", "idle"),
    CorrectionState.SIGNED: ("待市局领导审定", "soon"),
    CorrectionState.APPROVED: ("已更正", "done"),
    CorrectionState.REFUSED: ("未予更正", "ended"),
}


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
