"""分送 and after: one receipt a body, a reply where asked, 线下送达, a reminder: as with our own papers."""

from django.db import transaction

from zhuzun import clock
from zhuzun.documents import secrecy
from zhuzun.errors import DomainError
from zhuzun.notices.incoming.kinds import Handling
from zhuzun.notices.incoming.models import IncomingDelivery, IncomingPaper
from zhuzun.notices.incoming.workflow import HANDLE, INCOMING
from zhuzun.notices.papers import addressing
from zhuzun.notices.papers.kinds import Channel
from zhuzun.notices.papers.services import serving
from zhuzun.notices.services import notify
from zhuzun.organisations.kinds import Relation
from zhuzun.organisations.models import Organisation
from zhuzun.ui.formats import long_day

KIND = "paper"
# Whom nobody here may ask to do something with a paper: counties and Zunyi are nobody's subordinates.
ONLY_TO_READ = (Relation.SEPARATE, Relation.UPPER)

# receipts are those of our own papers
receive, remind = serving.receive, serving.remind


def distribute(paper, *, bodies, part, opinion, reply_by, actor, now, seen=None) -> IncomingPaper:
    """分送: to act on (阅办) or to read (阅知); each body with people here is told, the rest is served outside."""
    actor.decide(HANDLE, paper).enforce()
    secrecy.refuse_words(拟办意见=opinion)
    day, part = clock.day_of(now), Handling(part)
    if reply_by and part == Handling.READ:
        raise DomainError("阅知的单位不须反馈，请不填反馈期限，或改为阅办。", "reply_by")
    if reply_by and reply_by < day:
        raise DomainError("反馈期限不能早于今天。", "reply_by")
    with transaction.atomic():
        paper = INCOMING.take(
            paper,
            "distribute",
            actor=actor,
            now=now,
            reason=opinion,
            seen=seen,
            changed_at=now,
            detail={"分送方式": part.label, "单位": ["", "、".join(str(body) for body in bodies)]},
        )
        new = _new(paper, bodies, part, day)
        reached = serving.with_people(new, day)
        rows = [
            IncomingDelivery(
                paper=paper,
                organisation=body,
                part=part,
                opinion=opinion.strip(),
                reply_by=reply_by,
                distributed_at=now,
                channel=Channel.PORTAL if body.pk in reached else Channel.OUTSIDE,
                served_on=day if body.pk in reached else None,
            )
            for body in new
        ]
        IncomingDelivery.objects.bulk_create(rows, batch_size=200)
        for row in rows:
            if row.channel == Channel.PORTAL:
                _tell(row, actor, now)
    return paper


def reply(delivery, *, words, actor, now) -> IncomingDelivery:
    """The body's reply."""
    secrecy.refuse_words(回复内容=words)
    return serving.reply(delivery, words=words, actor=actor, now=now)


def serve_outside(delivery, *, on, note, actor, now) -> IncomingDelivery:
    """线下送达."""
    secrecy.refuse_words(送达说明=note)
    return serving.serve_outside(delivery, on=on, note=note, actor=actor, now=now)


def _new(paper, bodies, part, day) -> list[Organisation]:
    """Those that have not got it yet, where each may get it so."""
    known = set(paper.deliveries.values_list("organisation_id", flat=True))
    keys = [body.pk for body in bodies if body.pk not in known]
    if not keys:
        raise DomainError("请选择还没有分送的单位。", "bodies")
    new = list(addressing.with_relations(Organisation.objects.filter(pk__in=keys)).order_by("position"))
    not_ours = [str(body) for body in new if addressing.relation_of(body, day) in ONLY_TO_READ]
    if part == Handling.ACT and not_ours:
        names = "、".join(not_ours)
        raise DomainError(f"{names}不是本市下级或平级单位，只能送阅知；需其办理的，请另行去函。", "part")
    return new


def _tell(row, actor, now):
    paper = row.paper
    number = f"（{paper.sender_number}）" if paper.sender_number else ""
    answer = f"请于{long_day(row.reply_by)}前反馈。" if row.reply_by else ""
    opinion = f"拟办意见：{row.opinion}。" if row.opinion else ""
    text = f"{paper.sender}来文{number}，{row.served_as}，请签收。{opinion}{answer}"
    link = paper.get_absolute_url()
    notify(
        to=row.organisation,
        title=f"来文：{paper.title}",
        text=text,
        link=link,
        kind=KIND,
        subject=paper,
        actor=actor,
        now=now,
    )
