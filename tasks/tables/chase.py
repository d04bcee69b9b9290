"""Reminders as a list: what was sent when, to whom and by whom."""

import django_tables2 as tables

from zhuzun.notices.models import Reminder
from zhuzun.ui.tables import MomentColumn, Table

ONE_LINE = {"td": {"class": "nowrap"}}


class ReminderTable(Table):
    """One line for each, newest first."""

    at = MomentColumn(verbose_name="时间")
    organisation = tables.Column("对象单位", order_by="organisation__position", attrs=ONE_LINE)
    subject = tables.Column("事项", orderable=False, attrs={"td": {"class": "wrap"}})
    label = tables.Column("步骤", attrs=ONE_LINE)
    channel = tables.Column("方式", attrs=ONE_LINE)
    sent_by = tables.Column("发送人", order_by="sent_by__name", attrs=ONE_LINE, empty_values=())
    text = tables.Column("内容", orderable=False, attrs={"td": {"class": "wrap"}})
    caption = "催报记录"

    class Meta(Table.Meta):
        model = Reminder
        fields = ()
        order_by = ("-at",)
        sequence = ("at", "organisation", "subject", "label", "channel", "sent_by", "text")

    def render_sent_by(self, record):
        """Who, or the machine."""
        return record.sent_by.name if record.sent_by else "系统"
