"""The one e-mail a day that names a person's new unread messages, where the office has a mail server.

Each person's digest is claimed by its row (unique by person and day) and sent after that is committed, so that no lock
is held while a mail server takes its time. If it cannot be sent, the claim is given back and the next run tries again;
a claim that nobody ended (the worker was killed) lapses after a quarter of an hour.
"""

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.urls import reverse

from zhuzun import clock
from zhuzun.accounts.models import User
from zhuzun.notices.models import DigestSent, Message
from zhuzun.ui.context import PORTAL_NAME

logger = logging.getLogger(__name__)

LAPSES = timedelta(minutes=15)
NAMED = 20  # so many titles in one e-mail; the rest is counted
MAIL_FAULTS = (SMTPException, OSError)


@dataclass
class Outcome:
    """What a run came to."""

    sent: int = 0
    failed: list[str] = field(default_factory=list)

    def __str__(self):
        words = f"发送邮件汇总 {self.sent} 封"
        return (
            f"{words}，未发出 {len(self.failed)} 封，下次再发：{'、'.join(self.failed)}"[:300] if self.failed else words
        )


def send_all(now) -> Outcome:
    """Send everybody's digest of today that is not sent yet; raises where the mail server does not answer at all."""
    outcome = Outcome()
    day = clock.day_of(now)
    done = DigestSent.objects.filter(day=day, sent_at__isnull=False).values("user")
    waiting = [
        (user, news)
        for user in User.objects.active_on(day).exclude(email="").exclude(pk__in=done).order_by("pk")
        if (news := _news(user, day, now))
    ]
    if not waiting:
        return outcome
    with get_connection() as server:
        for user, news in waiting:
            _send(user, news, server, outcome, now)
    return outcome


def _news(user, day, now) -> list[Message]:
    """What he has not read in any of his identities, unless his last digest named it already."""
    last = DigestSent.objects.filter(user=user, sent_at__isnull=False).order_by("-day").first()
    found = {}
    for assignment in user.roles_on(day):
        rows = Message.objects.for_holder(user, assignment).unread_by(user, assignment).filter(created_at__lte=now)
        rows = rows.filter(created_at__gt=last.claimed_at) if last else rows
        found |= {row.pk: row for row in rows}
    return sorted(found.values(), key=lambda row: (row.created_at, row.pk), reverse=True)


def _send(user, news, server, outcome, now):
    claim = _claim(user, len(news), now)
    if claim is None:
        return
    try:
        _letter(user, news, server, clock.day_of(now)).send()
    except MAIL_FAULTS as error:
        logger.warning("the digest of %s was not sent: %s", user.username, error)
        DigestSent.objects.filter(pk=claim.pk, sent_at__isnull=True).delete()
        outcome.failed.append(user.name)
        return
    DigestSent.objects.filter(pk=claim.pk).update(sent_at=now)
    outcome.sent += 1


def _claim(user, number, now) -> DigestSent | None:
    """The right to send today's digest to this person, or nothing where another worker has it."""
    day = clock.day_of(now)
    try:
        with transaction.atomic():
            return DigestSent.objects.create(user=user, day=day, claimed_at=now, messages=number)
    except IntegrityError:
        lapsed = DigestSent.objects.filter(user=user, day=day, sent_at__isnull=True, claimed_at__lte=now - LAPSES)
        taken = lapsed.update(claimed_at=now, messages=number)
        return DigestSent.objects.get(user=user, day=day) if taken else None


def _letter(user, news, server, day) -> EmailMessage:
    lines = [f"{n}. 【{row.kind_label}】{row.title}{_dated(row, day)}" for n, row in enumerate(news[:NAMED], 1)]
    if len(news) > NAMED:
        lines.append(f"……另有 {len(news) - NAMED} 条。")
    text = [f"{user.name}：", "", f"您在{PORTAL_NAME}有 {len(news)} 条新的未读通知：", *lines, "", "请登录查看："]
    text += [f"{settings.PORTAL_URL}{reverse('notices:inbox')}", "", "本邮件由系统自动发送，请勿回复。"]
    subject = f"{len(news)} 条未读通知 · {PORTAL_NAME}"
    return EmailMessage(subject, "\n".join(text), to=[user.email], connection=server)


def _dated(row, day) -> str:
    """The day of an earlier message: «今天截止» is read a day later."""
    written = clock.day_of(row.created_at)
    return "" if written == day else f"（{written.month}月{written.day}日）"
