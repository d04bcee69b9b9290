"""印发 and after: served on each recipient, one receipt a body, a reply where asked, a reminder, 线下送达."""

from django.db import transaction

from zhuzun import clock
from zhuzun.access.scopes import SPOKEN_FOR
from zhuzun.accounts.models import RoleAssignment
from zhuzun.accounts.roles import GUARDIANS, READERS
from zhuzun.audit.services import record
from zhuzun.errors import DomainError
from zhuzun.notices.papers import rendering, telling
from zhuzun.notices.papers.kinds import Channel
from zhuzun.notices.papers.models import Paper, PaperDelivery
from zhuzun.notices.papers.workflow import PAPER
from zhuzun.notices.services import remind_all
from zhuzun.ui.formats import long_day

ANSWER, SERVE = "notices.answer_paper", "notices.serve_paper"


def issue(paper, *, actor, now, reason="", seen=None) -> Paper:
    """印发: a delivery for each recipient, a message to each that has somebody here; the rest is served outside."""
    with transaction.atomic():
        facts = {"issued_at": now, "changed_at": now}
        paper = PAPER.take(paper, "issue", actor=actor, now=now, reason=reason, seen=seen, **facts)
        day = clock.day_of(now)
        rows = list(paper.recipients.select_related("organisation"))
        reached = with_people([row.organisation for row in rows], day)
        deliveries = [
            PaperDelivery(
                paper=paper,
                organisation=row.organisation,
                part=row.part,
                position=row.position,
                channel=Channel.PORTAL if row.organisation_id in reached else Channel.OUTSIDE,
                served_on=day if row.organisation_id in reached else None,
            )
            for row in rows
        ]
        PaperDelivery.objects.bulk_create(deliveries, batch_size=200)
        telling.served(paper, deliveries, actor, now)
        rendering.ahead(paper)
    return paper


def with_people(bodies, day) -> set[int]:
    """The bodies with somebody here who can sign for them: their own people, or those who speak for the place."""
    held = RoleAssignment.objects.on(day).exclude(role__in=(*GUARDIANS, *READERS))
    held = held.filter(user__is_active=True)
    seats = set(held.values_list("organisation_id", flat=True))
    places = set(held.filter(organisation__kind__in=SPOKEN_FOR).values_list("organisation__parent_id", flat=True))
    return {body.pk for body in bodies if body.pk in seats or body.pk in places or _spoken_for(body, seats)}


def _spoken_for(body, seats) -> bool:
    """A department for which the place above it has people."""
    return body.kind in SPOKEN_FOR and body.parent_id in seats


def receive(delivery, *, actor, now) -> PaperDelivery:
    """签收: one of the body's officers suffices; the second is told that it is done."""
    with transaction.atomic():
        row = _held(delivery, ANSWER, actor)
        if row.received_at:
            raise DomainError(_received(row))
        if row.closed:
            raise DomainError(row.closed)
        row.received_at, row.received_by = now, actor
        row.save(update_fields=["received_at", "received_by"])
        record("paper.receive", actor=actor, now=now, obj=row.paper, detail={"收文单位": ["", str(row.organisation)]})
    return row


def _received(row) -> str:
    """Who has signed for it already; what was handed over outside nobody signs for here."""
    if row.received_by:
        return f"{row.received_by.name}已签收，不必重复签收。"
    return f"已于{long_day(row.served_on)}登记线下送达，不必签收。"


def reply(delivery, *, words, actor, now) -> PaperDelivery:
    """The body's reply, which signs for the paper too."""
    if not words.strip():
        raise DomainError("请填写回复内容。", "words")
    with transaction.atomic():
        row = _held(delivery, ANSWER, actor)
        if not row.reply_wanted:
            raise DomainError("这份公文不须回复。")
        if not row.paper.in_force:
            raise DomainError(f"这份公文{row.paper.get_state_display()}，不必回复。")
        if row.replied_at:
            raise DomainError(f"{row.replied_by.name}已经回复。")
        row.reply, row.replied_at, row.replied_by = words.strip(), now, actor
        if not row.received_at:
            row.received_at, row.received_by = now, actor
        row.save()
        record("paper.reply", actor=actor, now=now, obj=row.paper, detail={"收文单位": ["", str(row.organisation)]})
        telling.replied(row, actor, now)
    return row


def serve_outside(delivery, *, on, note, actor, now) -> PaperDelivery:
    """线下送达: handed over on a day; for a body without an account this is its receipt too."""
    with transaction.atomic():
        row = _held(delivery, SERVE, actor)
        if row.received_at:
            raise DomainError("该单位已签收，不必登记线下送达。")
        if not row.sent_on <= on <= clock.day_of(now):
            raise DomainError(f"送达日期须在{row.SENT}之日（{long_day(row.sent_on)}）至今天之间。", "on")
        if not note.strip():
            raise DomainError("请写明送达方式和接收人，如“机要交换，对方收发室”。", "note")
        row.channel, row.served_on, row.served_by, row.served_note = Channel.OUTSIDE, on, actor, note.strip()
        row.received_at = now
        row.save()
        detail = {"收文单位": ["", str(row.organisation)], "送达日期": ["", on]}
        record("paper.serve_outside", actor=actor, now=now, obj=row.paper, detail=detail)
    return row


def remind(paper, *, actor, now) -> int:
    """Remind every body that has not signed for it or owes its reply, once a day each; how many were reminded."""
    actor.decide(SERVE, paper).enforce()
    if not paper.in_force:
        raise DomainError(f"公文目前是“{paper.get_state_display()}”，不催签收。")
    rows = list(paper.deliveries.for_list())
    unsigned = [row for row in rows if row.channel == Channel.PORTAL and not row.received_at]
    here = with_people([row.organisation for row in rows if row.owes_reply], clock.day_of(now))
    owing = [row for row in rows if row.owes_reply and row.organisation_id in here]  # by hand or not, it answers here
    facts = {"actor": actor, "now": now}
    sent = _remind(paper, unsigned, "receipt", "催签收", "请签收", lambda row: "，请签收。", **facts)
    asked = lambda row: f"，请回复；回复期限为{long_day(row.reply_by)}。"  # noqa: E731
    return sent + _remind(paper, owing, "reply", "催回复", "请回复", asked, **facts)


def _remind(paper, rows, step, label, word, asked, *, actor, now) -> int:
    served = paper.served_words if rows else ""
    sent = remind_all(
        [(row.organisation, f"{served}{asked(row)}") for row in rows],
        subject=paper,
        step=f"{step}-{clock.day_of(now):%Y%m%d}",
        label=label,
        title=f"{word}：{paper.title}",
        link=paper.get_absolute_url(),
        actor=actor,
        now=now,
    )
    return len(sent)


def _held(delivery, permission, actor) -> PaperDelivery:
    """The row as it stands, held: of one of our papers, or of another's (`zhuzun.notices.incoming`)."""
    rows = type(delivery).objects.select_for_update(of=("self",)).select_related("paper", "organisation")
    row = rows.get(pk=delivery.pk)
    actor.decide(permission, row).enforce()
    return row
