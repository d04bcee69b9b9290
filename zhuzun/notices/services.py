"""Telling bodies and people something, reminding them once, and marking what was read.

All of it are rows in the transaction of the act that they tell of: nothing here waits for a queue, a cache or a mail
server. What is sent by e-mail is read from the rows later (`zhuzun.notices.digests`).
"""

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from zhuzun.audit.services import record
from zhuzun.notices import inbox, kinds
from zhuzun.notices.kinds import Channel
from zhuzun.notices.models import Message, MessageRead, Reminder, packed
from zhuzun.ui.formats import one_line


def notify(*, to, title, text, link, kind, now, subject=None, user=None, roles=None, actor=None) -> Message:
    """Put a message into the inbox of the body `to`, for all its business people or those in one of `roles`.

    `user` makes it one person's alone (a body of his is still named). `link` is a path of the portal, or empty.
    """
    facts = {"link": link, "kind": kind, "now": now, "subject": subject, "roles": roles, "actor": actor}
    (message,) = notify_all([(to, text)], title=title, user=user, **facts)
    return message


def notify_all(told, *, title, link, kind, now, subject=None, user=None, roles=None, actor=None) -> list[Message]:
    """The same to many bodies in a few statements; `told` is [(body, text)]."""
    if not kinds.known(kind):
        raise ValueError(f"{kind!r} is no kind of message: register it in zhuzun.notices.kinds")
    if link and (not link.startswith("/") or link[1:2] in ("/", "\\")):
        raise ValueError(f"{link!r} is no path of the portal")
    facts = {"user": user, "roles": packed(roles or ()), "kind": kind, "title": one_line(title)[:120], "link": link}
    facts |= {"sent_by": actor, "created_at": now, **_about(subject)}
    rows = [Message(organisation=body, text=text.strip(), **facts) for body, text in told]
    return Message.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def remind_once(
    *, subject, step, label, to, title, text, link, actor, now, channel=Channel.INBOX, roles=None
) -> Reminder | None:
    """Remind the body `to` of `subject` at this step, if nobody and nothing has yet; nothing where it has been done.

    Two at the same moment: the unique row decides. Through the inbox it writes the message in the same transaction; by
    copied text, telephone or otherwise it records what was told.
    """
    reminder = _claim(
        Reminder(
            step=step,
            label=label,
            organisation=to,
            at=now,
            sent_by=actor,
            channel=Channel(channel),
            text=text.strip(),
            **_about(subject),
        )
    )
    if reminder is None:
        return None
    if reminder.channel == Channel.INBOX:
        facts = {"subject": subject, "roles": roles, "actor": actor, "now": now}
        reminder.message = notify(to=to, title=title, text=text, link=link, kind="reminder", **facts)
        reminder.save(update_fields=["message"])
    detail = {"单位": ["", str(to)], "步骤": label, "方式": reminder.get_channel_display()}
    record("reminder.send", actor=actor, now=now, obj=subject, detail=detail)
    return reminder


@transaction.atomic
def remind_all(told, *, subject, step, label, title, link, actor, now) -> list[Reminder]:
    """Remind many bodies through the inbox in a few statements; `told` is [(body, text)]. Who was is not again.

    Of two at the same moment the second waits for the first, and then reminds whoever is left: its second try sees
    the rows that stopped it. One event names all.
    """
    facts = {"step": step, "label": label, "at": now, "sent_by": actor, "channel": Channel.INBOX, **_about(subject)}
    try:
        with transaction.atomic():
            sent = _remind_rest(told, facts, subject=subject, title=title, link=link, actor=actor, now=now)
    except IntegrityError:
        sent = _remind_rest(told, facts, subject=subject, title=title, link=link, actor=actor, now=now)
    if sent:
        bodies = "、".join(str(row.organisation) for row in sent)
        detail = {"单位": ["", bodies], "步骤": label, "方式": Channel.INBOX.label}
        record("reminder.send", actor=actor, now=now, obj=subject, detail=detail)
    return sent


def _remind_rest(told, facts, **message) -> list[Reminder]:
    """The messages and the rows of those that have none at this step."""
    done = set(
        Reminder.objects.about(message["subject"]).filter(step=facts["step"]).values_list("organisation", flat=True)
    )
    rest = [(body, text) for body, text in told if body.pk not in done]
    messages = notify_all(rest, kind="reminder", **message)
    rows = [Reminder(organisation=one.organisation, text=one.text, message=one, **facts) for one in messages]
    return Reminder.objects.bulk_create(rows, batch_size=500)


def mark_read(message, *, actor, now):
    """Mark a message read for the person who opened it."""
    _mark([message.pk], actor, now)


def mark_all_read(*, actor, now) -> int:
    """Mark everything unread in the inbox of the person's present identity; how many that were."""
    keys = list(inbox.unread_of(actor).filter(created_at__lte=now).values_list("pk", flat=True))
    _mark(keys, actor, now)
    return len(keys)


def _claim(reminder) -> Reminder | None:
    try:
        with transaction.atomic():
            reminder.save(force_insert=True)
    except IntegrityError:
        if Reminder.objects.about(reminder.subject).filter(step=reminder.step, organisation=reminder.organisation):
            return None
        raise
    return reminder


def _mark(keys, user, now):
    """Two tabs that open the same message make one mark."""
    rows = [MessageRead(message_id=key, user=user, read_at=now) for key in keys]
    MessageRead.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _about(subject) -> dict:
    if subject is None:
        return {}
    return {"object_type": ContentType.objects.get_for_model(subject), "object_id": str(subject.pk)}
