"""What may be done with cooperation agreements: enter, attach the scan, sign, revise; each asks the policy table."""

from collections.abc import Callable

from django.db import IntegrityError, transaction

from pairing.agreement_kinds import AGREEMENT
from pairing.models import Agreement
from zhuzun import clock
from zhuzun.audit.services import record
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attach
from zhuzun.errors import DomainError

EDIT = "pairing.edit_agreement"
# Called as (old, new) when a revising agreement is entered: upper apps add what it begins with, in `ready()`.
revised: list[Callable] = []
# Called as (agreement, user) → Section or nothing: what upper apps show on an agreement's page, in `ready()`.
sections: list[Callable] = []
AGAIN = "该年度双方已有协议，如有变动请登记修订协议。"


def add(*, level, east, west, year, title, number="", actor, now) -> Agreement:
    """Enter an agreement as 草拟."""
    actor.decide(EDIT).enforce()
    if east == west:
        raise DomainError("协议双方不能是同一个单位。", "west")
    facts = {"level": level, "east": east, "west": west, "year": year, "title": title, "number": number}
    try:
        with transaction.atomic():
            agreement = Agreement.objects.create(**facts)
            record("agreement.add", actor=actor, now=now, obj=agreement)
    except IntegrityError as error:
        raise DomainError(AGAIN, "year") from error
    return agreement


def attach_scan(agreement, *, data, filename, actor, now):
    """Hang the scan of the paper on it."""
    actor.decide(EDIT).enforce()
    with transaction.atomic():
        agreement = _hold(agreement)
        return attach(data, filename, to=agreement, kind=AttachmentKind.AGREEMENT, actor=actor, now=now)


def sign(agreement, *, signed_on, number, actor, now, seen=None) -> Agreement:
    """已签订: from now on its targets hold; the one it revises becomes 已修订."""
    if signed_on > clock.day_of(now):
        raise DomainError("签订日期不能晚于今天。", "signed_on")
    facts = {"signed_on": signed_on, "number": number.strip()}
    with transaction.atomic():
        agreement = AGREEMENT.take(agreement, "sign", actor=actor, now=now, seen=seen, **facts)
        if agreement.revises_id:
            AGREEMENT.take(agreement.revises, "supersede", actor=None, now=now, reason=agreement.reason)
    return agreement


def revise(agreement, *, reason, title, actor, now) -> Agreement:
    """A new agreement that revises a signed one: it begins as 草拟, and holds once it is signed with its document."""
    actor.decide(EDIT).enforce()
    if not reason.strip():
        raise DomainError("请填写修订原因。", "reason")
    with transaction.atomic():
        old = _hold(agreement)
        if old.state != "signed":
            raise DomainError(f"协议目前{old.get_state_display()}，已签订的协议才能修订。")
        if Agreement.objects.filter(revises=old).exists():
            raise DomainError("已有修订协议在办理。")
        facts = {name: getattr(old, name) for name in ("level", "east", "west", "year")}
        new = Agreement.objects.create(**facts, title=title, revises=old, reason=reason.strip())
        record("agreement.add", actor=actor, now=now, obj=new, reason=reason, detail={"修订": str(old)})
        for listener in revised:
            listener(old, new)
    return new


def _hold(agreement):
    return Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
