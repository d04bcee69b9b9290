"""Papers and the register as lists."""

import django_tables2 as tables
from django.utils.html import format_html

from zhuzun.notices.papers.kinds import PaperState, Part
from zhuzun.notices.papers.models import Paper, PaperNumber
from zhuzun.ui.badges import worded
from zhuzun.ui.tables import BadgeColumn, CodeColumn, CutColumn, DayColumn, NumberColumn, Table

S = PaperState
ONE_LINE = {"td": {"class": "nowrap"}}
PICK = {"th": {"class": "no-print"}, "td": {"class": "no-print card-pick"}}
TONES = worded(
    {
        S.DRAFT: "idle",
        S.RETURNED: "returned",
        S.CHECKING: "soon",
        S.COSIGNING: "soon",
        S.SIGNING: "soon",
        S.REVIEWING: "soon",
        S.NUMBERING: "soon",
        S.PRINTING: "soon",
        S.ISSUING: "soon",
        S.ISSUED: "good",
        S.FILED: "done",
        S.VOID: "ended",
        S.REVOKED: "ended",
        S.REPEALED: "ended",
    }
)
DIRECTIONS = {True: ("发文", "info"), False: ("来文", "key")}


class PaperTable(Table):
    """One line for each paper, the last changed first."""

    caption = "公文：方向、文号、标题、文种、发文机关、主送、状态和日期"
    cards = True

    pick = tables.Column("选", accessor="pk", orderable=False, exclude_from_export=True, attrs=PICK)
    sent = BadgeColumn("方向", accessor="sent", words=DIRECTIONS, orderable=False, attrs=ONE_LINE)
    number_text = CodeColumn("发文字号", orderable=False, empty_values=())
    title = tables.Column("标题", linkify=True, attrs={"td": {"class": "wrap paper-name"}})
    kind = tables.Column("文种", accessor="kind_label", order_by="kind", attrs=ONE_LINE)
    identity = CutColumn("发文机关", orderable=False)
    sent_to = CutColumn("主送", orderable=False)
    state = BadgeColumn("状态", accessor="state", words=TONES, attrs=ONE_LINE)
    signed_on = DayColumn(verbose_name="成文日期")
    printed_on = DayColumn(verbose_name="印发日期")

    class Meta(Table.Meta):
        model = Paper
        fields = (
            "pick",
            "title",
            "number_text",
            "sent",
            "kind",
            "identity",
            "sent_to",
            "state",
            "signed_on",
            "printed_on",
        )

    def render_pick(self, record):
        """A box of the form that packs papers; the form itself stands above the table."""
        box = '<input type="checkbox" class="form-check-input" form="bundle" name="paper" value="{}" aria-label="{}">'
        return format_html(box, record.pk, f"选择 {record.title}")

    def render_state(self, record, bound_column):
        """With the paper that is valid in its place; a link for whoever may open that one."""
        state, instead = bound_column.column.render(record, bound_column), getattr(record, "instead", "")
        if not instead:
            return state
        successor, number = getattr(record, "successor", None), record.replaced_by.number_text
        if successor is None:
            return format_html('{}<br><small class="instead">以{}为准</small>', state, number)
        url = successor.get_absolute_url()
        return format_html('{}<br><small class="instead">以<a href="{}">{}</a>为准</small>', state, url, number)

    def render_number_text(self, record):
        """Before 登记编号 a paper has no number and says 草稿."""
        return record.number_or_mark

    def value_number_text(self, value):
        """The same, for the export."""
        return value


class RegisterTable(Table):
    """The 发文登记簿: one line for each number, the voided ones included."""

    caption = "发文登记簿：文号、标题、文种、主送、签发人和日期"
    cards = True

    text = CodeColumn("发文字号", order_by=("-year", "word", "-number"))
    title = tables.Column(
        "标题",
        accessor="paper__title",
        linkify=lambda record: record.paper.get_absolute_url(),
        attrs={"td": {"class": "wrap paper-name"}},
    )
    kind = tables.Column("文种", accessor="paper__kind_label", order_by="paper__kind", attrs=ONE_LINE)
    main = CutColumn("主送", accessor="paper__addressed_to", orderable=False)
    copied = CutColumn("抄送", accessor="paper", orderable=False, attrs={"td": {"class": "cut"}})
    signer = tables.Column("签发人", accessor="paper__signer_name", attrs=ONE_LINE)
    signed_on = DayColumn(verbose_name="成文日期", accessor="paper__signed_on")
    printed_on = DayColumn(verbose_name="印发日期", accessor="paper__printed_on")
    copies = NumberColumn("份数", accessor="paper__copies")
    remark = tables.Column("备注", accessor="remark", orderable=False, attrs={"td": {"class": "wrap remark"}})

    class Meta(Table.Meta):
        model = PaperNumber
        fields = ()

    def render_copied(self, value):
        """The bodies that get a copy."""
        return "、".join(value.named(Part.COPY)) or "—"

    def value_copied(self, value):
        """The same, for the export."""
        return "、".join(value.named(Part.COPY))
