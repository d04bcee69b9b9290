"""Both directions as one list, and the 收文登记簿."""

import django_tables2 as tables

from zhuzun.notices.incoming.kinds import IncomingState
from zhuzun.notices.incoming.models import IncomingPaper
from zhuzun.notices.papers.tables import ONE_LINE, TONES, PaperTable
from zhuzun.ui.badges import worded
from zhuzun.ui.tables import BadgeColumn, CodeColumn, CutColumn, DayColumn, Table

S = IncomingState
THEIR_TONES = worded(
    {
        S.REGISTERED: "soon",
        S.DISTRIBUTED: "good",
        S.CLOSED: "done",
        S.STRUCK: "ended",
    }
)


class AllTable(PaperTable):
    """One line for each paper of either direction, the last changed first."""

    caption = "公文：方向、文号、标题、文种、发文机关、主送或分送、状态和日期"

    number_text = CodeColumn("文号", orderable=False, empty_values=())
    sent_to = CutColumn("主送（分送）", orderable=False)
    state = BadgeColumn("状态", accessor="state", words={**TONES, **THEIR_TONES}, attrs=ONE_LINE)
    printed_on = DayColumn(verbose_name="印发（收文）")

    class Meta(PaperTable.Meta):
        pass

    def render_pick(self, record):
        """Only what the portal sets itself is packed: a paper of another's is its own file."""
        return "" if isinstance(record, IncomingPaper) else super().render_pick(record)

    def render_number_text(self, value, record):
        """Ours bears none before 登记编号, another's perhaps never."""
        return (value or "（无文号）") if isinstance(record, IncomingPaper) else record.number_or_mark


class ReceiptTable(Table):
    """The 收文登记簿: one line for each 收文号, the struck ones included."""

    caption = "收文登记簿：收文号、收文日期、来文机关、文号、标题、分送和办理结果"
    cards = True

    receipt = CodeColumn("收文号", order_by=("-registered_at",))
    received_on = DayColumn(verbose_name="收文日期")
    sender = tables.Column("来文机关", attrs={"td": {"class": "wrap"}})
    sender_number = CodeColumn("来文字号")
    title = tables.Column("标题", linkify=True, attrs={"td": {"class": "wrap paper-name"}})
    urgency = tables.Column("缓急", accessor="get_urgency_display", order_by="urgency", attrs=ONE_LINE)
    answer_by = DayColumn(verbose_name="要求回复")
    sent_to = CutColumn("分送", orderable=False)
    state = BadgeColumn("状态", accessor="state", words=THEIR_TONES, attrs=ONE_LINE)
    remark = tables.Column("办理结果", orderable=False, attrs={"td": {"class": "wrap"}})

    class Meta(Table.Meta):
        model = IncomingPaper
        fields = ()
