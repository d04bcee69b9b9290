"""Keeping an uploaded table until its uploader confirms or discards it."""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from zhuzun.audit.services import record
from zhuzun.documents.models import PendingImport
from zhuzun.documents.sheets import MAX_BYTES
from zhuzun.errors import DomainError

KEPT_FOR = timedelta(hours=24)
_GONE = "这份上传文件已失效或不是由您上传，请重新上传。"
_CONFIRMED = "这份文件已经确认导入，不能重复导入。"


@transaction.atomic
def create_import(*, kind, data, filename, actor, now, preview=None, max_bytes=MAX_BYTES):
    """Keep the uploaded bytes for 24 hours as a pending import of `actor`; `kind` is an ASCII code such as "roster".

    Raises `DomainError` when the file is too large. Files nobody confirmed in time are dropped on the way.
    """
    if len(data) > max_bytes:
        raise DomainError(f"文件超过 {max_bytes // (1024 * 1024)} MB，请删除无关内容或分次上传。")
    PendingImport.objects.stale(now).delete()
    acting = actor.acting
    pending = PendingImport.objects.create(
        kind=kind,
        uploaded_by=actor,
        organisation=acting.organisation if acting else actor.home,
        filename=filename[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        preview=preview or {},
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    record("import.upload", actor=actor, now=now, obj=pending, detail=_facts(pending))
    return pending


def find_import(key, *, kind, actor, now):
    """The waiting import of `actor` with this key; raises `DomainError` when it is gone, done, or another's."""
    mine = PendingImport.objects.visible_to(actor).filter(kind=kind)
    pending = mine.filter(pk=key).first() if _is_key(key) else None
    if pending is not None and pending.confirmed_at:
        raise DomainError(_CONFIRMED)
    if pending is None or pending.expires_at <= now:
        raise DomainError(_GONE)
    return pending


@transaction.atomic
def confirm_import(pending, *, actor, now) -> bytes:
    """Take the previewed bytes for good, once: the caller imports them in the same transaction.

    Of two that confirm at the same moment the second is refused. The bytes leave the database.
    """
    data = find_import(pending.pk, kind=pending.kind, actor=actor, now=now).bytes
    claimed = PendingImport.objects.filter(pk=pending.pk, confirmed_at__isnull=True)
    if claimed.update(confirmed_at=now, data=b"") != 1:
        raise DomainError(_CONFIRMED)
    pending.confirmed_at, pending.data = now, b""
    record("import.confirm", actor=actor, now=now, obj=pending, detail=_facts(pending))
    return data


@transaction.atomic
def discard_import(pending, *, actor, now):
    """Drop an import that its uploader does not want."""
    found = find_import(pending.pk, kind=pending.kind, actor=actor, now=now)
    record("import.discard", actor=actor, now=now, obj=found, detail=_facts(found))
    found.delete()


def _facts(pending):
    return {"kind": pending.kind, "filename": pending.filename, "sha256": pending.sha256}


def _is_key(key) -> bool:
    try:
        return bool(UUID(str(key)))
    except ValueError:
        return False
