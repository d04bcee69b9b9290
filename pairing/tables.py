"""Lists of pairings and of covered places as tables."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from pairing.kinds import PairingState
from pairing.querysets import BY_KIND
from zhuzun.ui import badges
from zhuzun.ui.tables import CodeColumn, CutColumn, DayColumn, Table

STATE_TONES = {
    PairingState.RUNNING: "good",
    PairingState.ENDING: "soon",
    PairingState.ENDED: "ended",
    PairingState.COMING: "idle",
}


def state_badge(pairing, day):
    """The state of a pairing on a day, in word and icon."""
    state = pairing.state_on(day)
    return badges.badge(state.label, STATE_TONES[state])


class DatedTable(Table):
    """A table that shows names and states as at `day`."""

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)


class SubTable(DatedTable):
    """Pairings below the county level."""

    number = CodeColumn("编号", linkify=True)
    kind = tables.Column("类型", attrs={"td": {"class": "nowrap"}})
    east = tables.Column("珠海方", order_by="east_name")
    district = tables.Column("所属区（功能区）", order_by="district__position", attrs={"td": {"class": "nowrap"}})
    west = tables.Column("遵义方", order_by="west_name")
    county = tables.Column("所属县（市）", order_by="county__position", attrs={"td": {"class": "nowrap"}})
    valid_from = DayColumn("起始日期")
    valid_to = DayColumn("截止日期")
    state = tables.Column("状态", accessor="pk", orderable=False)
    basis = CutColumn("依据文件")
    caption = "下级结对"

    def order_kind(self, rows, is_descending):
        """In the office's order, not that of the stored codes."""
        return rows.order_by(BY_KIND.desc() if is_descending else BY_KIND.asc(), "number"), True

    def render_east(self, value):
        """The name in use today."""
        return value.name_on(self.day)

    render_west = render_district = render_county = render_east

    def render_state(self, record):
        """As at today."""
        return state_badge(record, self.day)

    def value_state(self, record):
        """The word alone."""
        return record.state_on(self.day).label


class PlaceTable(DatedTable):
    """Townships, villages or communities of a county with their partners."""

    code = CodeColumn("区划代码", accessor="division__code", order_by="division__code")
    name = tables.Column("名称", accessor="pk", order_by="position")
    above = tables.Column("上级区划", accessor="parent", order_by="parent__position")
    partners = tables.Column("结对单位", accessor="pk", orderable=False, attrs={"td": {"class": "wrap"}})
    caption = "乡镇（街道）、村（社区）结对情况"

    def __init__(self, *args, pairings, **kwargs):
        self.pairings = pairings
        super().__init__(*args, **kwargs)

    def render_name(self, record):
        """The official name, as in the list of divisions."""
        return record.full_name_on(self.day)

    def render_above(self, value):
        """The township's name."""
        return value.name_on(self.day)

    def render_partners(self, record):
        """Each partner with a link to the pairing, or that there is none."""
        found = self.pairings.get(record.pk, [])
        if not found:
            return badges.badge("尚无", "idle")
        lines = ((one.get_absolute_url(), one.east.name_on(self.day), one.get_kind_display()) for one in found)
        return format_html("{}", format_html_join("、", '<a href="{}">{}</a>（{}）', lines))

    def value_partners(self, record):
        """The names alone."""
        found = self.pairings.get(record.pk, [])
        return "、".join(f"{one.east.name_on(self.day)}（{one.get_kind_display()}）" for one in found)


class ContactTable(DatedTable):
    """Contacts of many bodies, one row a body (rows are pairing.contacts.Card)."""

    name = tables.Column("单位", linkify=lambda record: reverse("organisations:detail", args=[record.body.code]))
    kind = tables.Column("类别", accessor="body__get_kind_display")
    leader = tables.Column("分管领导", accessor="seats", orderable=False)
    liaison = tables.Column("联络员", accessor="seats", orderable=False)
    lacking = tables.Column("待补", accessor="lacking", orderable=False)
    caption = "对接联系人"

    def _people(self, seat):
        return "；".join(" ".join(filter(None, (one.name, one.post, one.phone))) for one in seat.present)

    def render_leader(self, value):
        """Name, post, telephone."""
        return self._people(value[0]) or "—"

    def render_liaison(self, value):
        """Name, post, telephone."""
        return self._people(value[1]) or "—"

    def render_lacking(self, value):
        """The parts that nobody holds."""
        return badges.badge("、".join(value), "idle") if value else "—"

    def value_lacking(self, record):
        """The words alone."""
        return "、".join(record.lacking)
