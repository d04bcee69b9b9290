"""The demonstration's papers of others: one from above with receipts, one letter from 遵义 that waits for 分送.

Made up, and they say so; the numbers bear the word 演示 in place of a 代字. None bears a 密级: such a paper would be
refused here as anywhere.
"""

from datetime import timedelta

from zhuzun.accounts.models import User
from zhuzun.home.demo.calendar import moment
from zhuzun.home.demo.scan import SCAN
from zhuzun.notices.incoming.kinds import Handling, Source
from zhuzun.notices.incoming.models import IncomingDelivery
from zhuzun.notices.incoming.services import registering, serving
from zhuzun.notices.papers.kinds import Urgency
from zhuzun.organisations.models import Organisation
from zhuzun.periods.services import current_calendar

DISTRICTS = ("zh-xiangzhou", "zh-jinwan", "zh-doumen", "zh-gaoxin")
UNITS = ("zh-renshe", "zh-jiaoyu")
ONLY_READ = ("zh-hengqin",)


def build(today) -> None:
    """Registered within the last days."""
    days = [current_calendar().plus(today, -number) for number in (6, 5, 4, 1)]
    _from_above(days, today)
    _from_zunyi(days[3])


def _register(day, **facts):
    clerk = User.objects.get(username="wenshu")
    return registering.register(
        actor=clerk, now=moment(day, 9), received_on=day, urgency=Urgency.NONE, data=SCAN, **facts
    )


def _from_above(days, today):
    """Distributed to whoever has to contribute; some have signed for it, one has answered."""
    paper = _register(
        days[0],
        source=Source.UPPER,
        sender="广东省乡村振兴局",
        sender_number=f"演示〔{days[0].year}〕21号",
        title="关于报送东西部协作典型做法的通知（演示）",
        dated_on=days[0] - timedelta(days=3),
        answer_by=today + timedelta(days=10),
        note="附报送提纲1份",
        filename="来文（演示）.pdf",
    )
    clerk = User.objects.get(username="wenshu")
    for codes, part, opinion in (
        ((*DISTRICTS, *UNITS), Handling.ACT, "请结合职责提供典型做法，每篇不超过1000字"),
        (ONLY_READ, Handling.READ, ""),
    ):
        serving.distribute(
            paper,
            bodies=list(Organisation.objects.filter(code__in=codes)),
            part=part,
            opinion=opinion,
            reply_by=today + timedelta(days=5) if part == Handling.ACT else None,
            actor=clerk,
            now=moment(days[1], 10),
        )
    for name, words in (("xiangzhou", ""), ("jinwan", ""), ("renshe", "已报送典型做法1篇，请查收。")):
        person = User.objects.get(username=name)
        row = IncomingDelivery.objects.of_body(person).get(paper=paper)
        facts = {"actor": person, "now": moment(days[2], 11)}
        serving.reply(row, words=words, **facts) if words else serving.receive(row, **facts)


def _from_zunyi(day):
    """A letter of yesterday; the clerk distributes it next."""
    _register(
        day,
        source=Source.SEPARATE,
        sender="遵义市东西部协作工作专班",
        sender_number=f"演示函〔{day.year}〕7号",
        title="关于商请协助组织劳务协作对接活动的函（演示）",
        dated_on=day - timedelta(days=2),
        answer_by=day + timedelta(days=14),
        note="联系人见来函",
        filename="来函（演示）.pdf",
    )
