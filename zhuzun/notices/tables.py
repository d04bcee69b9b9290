"""The inbox as a list."""

import django_tables2 as tables
from django.utils.html import format_html

from zhuzun.notices.models import Message
from zhuzun.ui.tables import BadgeColumn, MomentColumn, Table

ONE_LINE = {"td": {"class": "nowrap"}}


def _weight(record) -> str:
    """What is not read stands out."""
    return "wrap fw-bold" if record.is_unread else "wrap"


class InboxTable(Table):
    """One line for each message, newest first."""

    caption = "收件箱：通知的状态、标题、类别、收件单位和时间"

    is_unread = BadgeColumn("状态", words={True: ("未读", "info"), False: ("已读", "idle")}, attrs=ONE_LINE)
    title = tables.Column("标题", linkify=True, attrs={"td": {"class": _weight}})
    kind = tables.Column("类别", accessor="kind_label", order_by="kind", attrs=ONE_LINE)
    organisation = tables.Column("收件单位", order_by="organisation__position", attrs=ONE_LINE)
    created_at = MomentColumn(verbose_name="时间")

    def render_title(self, record):
        """With what became of the paper that it tells of (`zhuzun.notices.inbox.mark_ended`)."""
        ended = getattr(record, "ended", "")
        return format_html("{}<br><small>本公文{}</small>", record.title, ended) if ended else record.title

    def value_title(self, value):
        """The title alone, for the export."""
        return value

    class Meta:
        model = Message
        fields = ("is_unread", "title", "kind", "organisation", "created_at")
