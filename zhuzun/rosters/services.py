"""Bringing people in from the office's list: upload, preview, confirmation, all or nothing."""

import hashlib

from django.db import transaction

from zhuzun import clock
from zhuzun.accounts.models import RoleAssignment, User
from zhuzun.accounts.passwords import Slip
from zhuzun.accounts.roles import Role
from zhuzun.audit.services import record
from zhuzun.documents.services import confirm_import, create_import, discard_import, find_import
from zhuzun.errors import DomainError
from zhuzun.rosters import applying, reading
from zhuzun.rosters.applying import BAD, CHANGED, NEW, SAME, Result

KIND = "roster"


def upload(data: bytes, filename: str, *, actor, now):
    """Keep an uploaded list for preview; raises `DomainError` where it cannot be read. Nobody is brought in yet."""
    reading.read(data, filename)
    return create_import(kind=KIND, data=data, filename=filename, actor=actor, now=now)


def preview(key, *, actor, now) -> tuple:
    """The pending list, what its rows would do, and remarks of the reader: carried out and taken back."""
    pending = find_import(key, kind=KIND, actor=actor, now=now)
    sheet = reading.read(pending.bytes, pending.filename)
    with transaction.atomic():
        result = applying.apply(sheet, actor=actor, now=now, today=clock.day_of(now))
        transaction.set_rollback(True)
    return pending, result, sheet.notes


def keepers_of_bodies(day) -> list:
    """Who registers a body that a list names and the portal does not know."""
    held = RoleAssignment.objects.on(day).filter(role=Role.SYSTEM_ADMIN)
    return list(User.objects.active_on(day).filter(pk__in=held.values("user")).order_by("pk"))


def fingerprint(result: Result) -> str:
    """What a preview showed, in short: an import that would do something else is shown again first."""
    return hashlib.sha256(repr([line.facts for line in result.lines]).encode()).hexdigest()


def why_not(result: Result) -> str:
    """Why the list cannot be brought in; empty when it can."""
    if bad := result.count(BAD):
        return f"有 {bad} 行有误，请在表中改正后重新上传；没有导入任何一行。"
    if result.count(SAME) == len(result.lines):
        return "所有人员都与系统中一致，没有需要导入的内容。"
    return ""


@transaction.atomic
def confirm(key, *, seen, actor, now) -> list[Slip]:
    """Bring in what the preview with the fingerprint `seen` showed; gives the slips of new people."""
    pending = find_import(key, kind=KIND, actor=actor, now=now)
    data = confirm_import(pending, actor=actor, now=now)
    sheet = reading.read(data, pending.filename)
    result = applying.apply(sheet, actor=actor, now=now, today=clock.day_of(now))
    if reason := why_not(result):
        raise DomainError(reason)
    if fingerprint(result) != seen:
        raise DomainError("预览之后人员或单位有变化，请核对新的预览后再确认。")
    counts = {word: result.count(outcome) for word, outcome in (("新增", NEW), ("变更", CHANGED), ("无变化", SAME))}
    record("roster.import", actor=actor, now=now, obj=pending, detail={"filename": pending.filename, **counts})
    return result.slips


def discard(key, *, actor, now) -> None:
    """Drop an uploaded list that is not wanted after all."""
    discard_import(find_import(key, kind=KIND, actor=actor, now=now), actor=actor, now=now)
