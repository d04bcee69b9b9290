"""The list of people."""

import django_tables2 as tables
from django.utils.html import format_html

from zhuzun.accounts import states
from zhuzun.ui import badges
from zhuzun.ui.tables import CodeColumn, DayColumn, MomentColumn, Table

NO_ROLE = "无有效角色"


class StateColumn(tables.Column):
    """How the account stands; the view hands over all states at once."""

    def render(self, record, table):
        """The badge."""
        return badges.badge(*states.WORDS[table.states[record.pk]])

    def value(self, record, table):
        """The word."""
        return states.WORDS[table.states[record.pk]][0]


class PeopleTable(Table):
    """People with the roles they hold today."""

    caption = "人员与账号"

    username = CodeColumn(verbose_name="用户名", linkify=("accounts:person", {"pk": tables.A("pk")}))
    name = tables.Column(verbose_name="姓名")
    home = tables.Column(verbose_name="所在单位", order_by=("home__position", "home__code"))
    roles = tables.Column(verbose_name="现任角色", accessor="held_today", orderable=False, empty_values=())
    phone = CodeColumn(verbose_name="联系电话")
    ends_on = DayColumn(verbose_name="账号截止")
    last_login = MomentColumn(verbose_name="最近登录")
    state = StateColumn(verbose_name="状态", accessor="pk", orderable=False)

    class Meta(Table.Meta):
        order_by = ("home", "username")

    def __init__(self, *args, states, **kwargs):
        super().__init__(*args, **kwargs)
        self.states = states

    def render_roles(self, record):
        """One role a line; none is said."""
        if not record.held_today:
            return NO_ROLE
        return format_html("<br>".join(["{}"] * len(record.held_today)), *record.held_today)

    def value_roles(self, record):
        """The roles on one line."""
        return "；".join(map(str, record.held_today)) or NO_ROLE
