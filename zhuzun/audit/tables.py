"""The trail as a list."""

import django_tables2 as tables

from zhuzun.audit import wording
from zhuzun.audit.actions import label_of
from zhuzun.audit.models import Event
from zhuzun.ui.tables import BadgeColumn, MomentColumn, Table

OUTCOME_WORDS = {True: ("成功", "good"), False: ("失败", "late")}

ONE_LINE = {"td": {"class": "nowrap"}}
# Only where the window is wide; the export and the page of the act have it in any case.
WIDE = {part: {"class": "d-none d-xxl-table-cell"} for part in ("th", "td")}


class EventTable(Table):
    """One line for each act, newest first."""

    caption = "审计记录：何时、何人、以何身份、对何对象做了什么、为什么"

    at = MomentColumn(verbose_name="时间", linkify=("audit:event", {"pk": tables.A("pk")}))
    actor_name = tables.Column("姓名", empty_values=())
    username = tables.Column("用户名", attrs=WIDE)
    role = tables.Column("身份", empty_values=(), attrs=ONE_LINE)
    organisation_name = tables.Column("单位")
    action = tables.Column("动作", attrs=ONE_LINE)
    object_label = tables.Column("对象", empty_values=())
    reason = tables.Column("理由")
    succeeded = BadgeColumn(words=OUTCOME_WORDS, verbose_name="结果")
    address = tables.Column("来源地址", attrs=WIDE)

    class Meta(Table.Meta):
        model = Event
        fields = ()
        sequence = (
            "at",
            "actor_name",
            "username",
            "role",
            "organisation_name",
            "action",
            "object_label",
            "reason",
            "succeeded",
            "address",
        )

    def render_actor_name(self, record):
        """The name, or the machine itself where nobody acted."""
        return record.actor_name or record.username or "系统"

    def render_action(self, record):
        """The act in Chinese, not its code."""
        return label_of(record.action)

    def render_object_label(self, record):
        """The record; for an export the name of the list that was taken away."""
        return record.object_label or record.detail.get("title") or "—"

    def render_role(self, record):
        """The role in Chinese."""
        return wording.role_of(record) or "—"
