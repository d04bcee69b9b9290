"""The demonstration's official papers: those of its periods, one issued of each kind with receipts,
a draft at each step of the way, and one that ended in each way there is.

Texts are made up and say so; numbers that the office's own OA would give bear the word 演示 where no 代字 is known.
"""

from datetime import timedelta

from tasks.kinds import PeriodState
from tasks.models import ReportingPeriod
from tasks.services.papers import draft_due
from zhuzun.clock import day_of
from zhuzun.documents.papers.text import Heading, Paragraph, Table
from zhuzun.home.demo.calendar import moment
from zhuzun.home.demo.cast import person, read_their_inboxes
from zhuzun.home.demo.scan import SCAN
from zhuzun.notices.papers.kinds import Channel, NumberMode, PaperState, Urgency
from zhuzun.notices.papers.models import IssuingIdentity, Paper
from zhuzun.notices.papers.services import chain, drafting, identities, serving
from zhuzun.organisations.models import Organisation
from zhuzun.periods.services import current_calendar
from zhuzun.periods.spans import SpanKind

DISTRICTS = ("zh-xiangzhou", "zh-jinwan", "zh-doumen", "zh-gaoxin")
UNITS = ("zh-jiaoyu", "zh-renshe", "zh-shangwu")
FRESH = 20  # working days for which what the portal drafted lies with its drafter
FIRST = 10  # the number with which papers begin that are drafted of no period
PERIOD_RECEIVERS = {
    "circular": ("xiangzhou", "jinwan", "doumen", "gaoxin", "hengqin", "jiaoyu", "renshe"),
    "report": (),
}
WORD = "演示"  # in place of a 代字 that its office has still to name
SIGNERS = ("市领导（演示）", "市局领导（演示）")
ANSWER = "数据已核对，未发现差异（演示）。"
OPENING = "本文为演示文稿，内容均为示例。"
# (kind, identity, title, 主送, 抄送, who signs for it)
ISSUED = (
    (
        "circular",
        "leading-group",
        "关于东西部协作工作进展情况的通报",
        DISTRICTS,
        ("zh-hengqin",),
        ("xiangzhou", "jinwan"),
    ),
    ("notice", "leading-group", "关于做好东西部协作年终总结工作的通知", DISTRICTS, ("zh-hengqin",), ("xiangzhou",)),
    ("letter", "bureau", "关于商请协助核对协作数据的函", ("zy-xiezuoban",), (), ("zunyi",)),
    ("report", "bureau", "关于东西部协作工作进展情况的报告", ("gd-nongcun-ldxz",), (), ()),
    ("minutes", "office", "东西部协作工作调度会议纪要", UNITS, (), ("jiaoyu", "renshe")),
    ("supervision", "bureau", "关于督办协作资金拨付进度的事项", ("zh-doumen-zhenxing",), (), ("doumen",)),
    (
        "reminder",
        "bureau",
        "关于尽快报送月度进展报告的提醒",
        ("zh-jinwan-zhenxing", "zh-gaoxin-zhenxing"),
        (),
        ("jinwan",),
    ),
)
# (where it stands, title)
ON_THE_WAY = (
    (PaperState.DRAFT, "关于召开东西部协作工作推进会的通知"),
    (PaperState.RETURNED, "关于报送协作项目计划的通知"),
    (PaperState.CHECKING, "关于开展消费协作活动的通知"),
    (PaperState.COSIGNING, "关于做好劳务协作对接工作的通知"),
    (PaperState.SIGNING, "关于加强协作资金监管的通知"),
    (PaperState.REVIEWING, "关于开展协作项目自查的通知"),
    (PaperState.NUMBERING, "关于报送人才选派计划的通知"),
    (PaperState.PRINTING, "关于做好结对帮扶走访工作的通知"),
    (PaperState.ISSUING, "关于组织协作企业对接的通知"),
)
# One for each way in which a paper ends, and the one that holds in place of the one withdrawn.
ENDED = (
    "关于建立东西部协作联络员制度的通知",
    "关于召开东西部协作现场会的通知",
    "关于做好协作数据季度核对的通知",
    "关于报送协作项目清单的通知",
    "关于重新报送协作项目清单的通知",
)


def build(today) -> None:
    """What the portal drafted of its periods; others issued over the last weeks, or drafted within the last days."""
    desk = Desk(today)
    drafted = desk.of_periods()
    desk.day = desk.back(20)
    desk.name_signers()
    for number, (kind, identity, title, main, copies, receivers) in enumerate(ISSUED, FIRST):
        if kind in drafted:
            continue
        desk.day = desk.back(20 + FIRST - 1 - number)
        paper = desk.draft(kind, identity, title, main, copies)
        desk.issue(desk.lead_on(paper, PaperState.ISSUING, number), receivers)
    for number, (state, title) in enumerate(ON_THE_WAY, FIRST + len(ISSUED)):
        desk.day = desk.back(3)
        desk.lead_on(desk.notice(title), state, number)
    desk.day = desk.back(FRESH)
    desk.end_some(FIRST + len(ISSUED) + len(ON_THE_WAY))


class Desk:
    """Who does which step, on the day that is set."""

    def __init__(self, today):
        self.today, self.calendar, self.day = today, current_calendar(), today
        self.officer, self.head, self.leader, self.clerk = map(
            person, ("bureau", "bureau-head", "bureau-lead", "wenshu")
        )

    def back(self, workdays):
        """So many working days before today."""
        return self.calendar.plus(self.today, -workdays)

    def at(self, hour):
        """That hour of the day."""
        return moment(self.day, hour)

    def name_signers(self):
        """Who signs outside the portal, for the clerk to choose from."""
        for one in IssuingIdentity.objects.all():
            series = {row.series: (row.word, row.mode, row.qr) for row in one.series.all()}
            facts = {"masthead": one.masthead, "joining": one.joining, "series": series}
            identities.change(one, signers=list(SIGNERS), actor=self.clerk, now=self.at(8), **facts)

    def of_periods(self) -> set[str]:
        """通报 and 报告 of each closed quarter, issued unless it was closed of late; a 催报提醒 where somebody is late.

        Gives the kinds of which one was issued.
        """
        closed = list(ReportingPeriod.objects.filter(kind=SpanKind.QUARTER, state=PeriodState.CLOSED).order_by("end"))
        issued = []
        for period in closed:
            draft_due(now=period.closed_at + timedelta(minutes=5))
            self.day = self.calendar.plus(day_of(period.closed_at), 2)
            if self.back(FRESH) < self.day:
                break
            for row in period.papers.select_related("paper").order_by("pk"):
                issued.append(row.kind)
                self.issue(self.lead_on(row.paper, PaperState.ISSUING, len(issued)), PERIOD_RECEIVERS[row.kind])
            read_their_inboxes(moment(self.day, 18))
        draft_due(now=moment(self.today, 8))
        return set(issued)

    def draft(self, kind, identity, title, main, copies):
        """A text to its recipients."""
        facts = {"actor": self.officer, "now": self.at(9)}
        office = IssuingIdentity.objects.get(code=identity)
        urgent = Urgency.URGENT if kind == "reminder" else Urgency.NONE
        reply = {"reply_wanted": True, "reply_by": self.day + timedelta(days=14)} if kind == "letter" else {}
        paper = drafting.draft(
            kind=kind, identity=office, title=f"{title}（演示）", blocks=text_of(kind), urgency=urgent, **reply, **facts
        )
        bodies = {row.code: row for row in Organisation.objects.filter(code__in=(*main, *copies))}
        return drafting.address(
            paper, main=[bodies[code] for code in main], copies=[bodies[code] for code in copies], **facts
        )

    def notice(self, title):
        """A 通知 of the leading group to the districts."""
        return self.draft("notice", "leading-group", title, DISTRICTS, ("zh-hengqin",))

    def end_some(self, first):
        """One was filed, one voided before it went out, one repealed, one withdrawn for a mistake."""
        filed, voided, repealed, wrong, right = (
            self.lead_on(self.notice(title), PaperState.ISSUING, number) for number, title in enumerate(ENDED, first)
        )
        chain.void(voided, reason="现场会因故取消，不再印发。", actor=self.clerk, now=self.at(16))
        filed, repealed, wrong, right = (self.issue(paper, ("xiangzhou",)) for paper in (filed, repealed, wrong, right))
        clerk = {"actor": self.clerk, "now": self.at(17)}
        chain.file_away(filed, filed_as=f"{WORD}-{self.day.year}-{first}", **clerk)
        chain.end(repealed, "repeal", reason="核对安排已有调整，本通知不再执行。", **clerk)
        chain.end(wrong, "revoke", reason="所附清单格式有误，已重新印发。", replaced_by=right, **clerk)

    def lead_on(self, paper, state, serial):
        """As far as `state`, each step by its own person."""
        if state == PaperState.COSIGNING:
            body = Organisation.objects.get(code="zh-renshe")
            drafting.ask_cosigners(paper, bodies=[body], actor=self.officer, now=self.at(9))
        for step in self._way(state, serial):
            if Paper.objects.get(pk=paper.pk).state == state:
                break
            step(Paper.objects.get(pk=paper.pk))
        return Paper.objects.get(pk=paper.pk)

    def _way(self, state, serial):
        clerk = {"actor": self.clerk, "now": self.at(15)}
        yield lambda paper: chain.submit(paper, actor=self.officer, now=self.at(10))
        if state == PaperState.RETURNED:
            why = "请补充报送时限和联系人。"
            yield lambda paper: chain.give_back(paper, reason=why, actor=self.head, now=self.at(11))
        yield lambda paper: chain.check(paper, actor=self.head, now=self.at(11))
        yield lambda paper: chain.sign(paper, actor=self.leader, now=self.at(14))
        yield lambda paper: chain.review(paper, **clerk)
        yield lambda paper: self._number(paper, serial, clerk)
        yield lambda paper: chain.mark_printed(paper, on=self.day, **clerk)

    def _number(self, paper, serial, clerk):
        series = paper.identity.series_of(paper.spec)
        typed = {} if series.mode == NumberMode.INTERNAL else {"word": series.word or WORD, "serial": serial}
        return chain.number(paper, **typed, **clerk)

    def issue(self, paper, receivers):
        """Served; some have signed for it, and what has no account was handed over."""
        if paper.spec.sealed:
            chain.file_sealed(paper, data=SCAN, filename="用印件（演示）.pdf", actor=self.clerk, now=self.at(16))
        paper = serving.issue(paper, actor=self.clerk, now=self.at(16))
        self.day = self.calendar.plus(self.day, 1)
        for name in receivers:
            receiver = person(name)
            row = paper.deliveries.visible_to(receiver).of_body(receiver).first()
            facts = {"actor": receiver, "now": self.at(10)}
            if row.reply_wanted:
                serving.reply(row, words=ANSWER, **facts)
            else:
                serving.receive(row, **facts)
        for row in paper.deliveries.filter(channel=Channel.OUTSIDE, received_at__isnull=True):
            serving.serve_outside(row, on=self.day, note="机要交换（演示）", actor=self.clerk, now=self.at(11))
        return Paper.objects.get(pk=paper.pk)


def text_of(kind) -> list:
    """A short text with the hierarchy of an official paper; a 通报 with a table."""
    blocks = [
        Paragraph(f"{OPENING}现将有关事项告知如下。"),
        Heading(1, "工作情况"),
        Paragraph("各单位按照年度协议和责任分工推进，有关数据以定稿数为准，本演示文稿不列数字。"),
        Heading(1, "下一步工作"),
        Heading(2, "加强对接"),
        Paragraph("及时与协作县（市）沟通，按时报送进展情况。"),
        Heading(2, "落实责任"),
        Paragraph("明确责任人和完成时限，遇有问题及时报告。"),
    ]
    if kind == "minutes":
        blocks += [Paragraph("出席：市教育局、市人力资源社会保障局有关负责同志。"), Paragraph("请假：市商务局。")]
    if kind == "circular":
        head = (("任务领域", "责任单位"),)
        rows = (("劳务协作", "市人力资源社会保障局等"), ("产业协作", "市商务局等"), ("人才支援与交流", "市委组织部等"))
        blocks.insert(3, Table("部分任务领域责任单位（示例）", "", head, rows))
    return blocks
