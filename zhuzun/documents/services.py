"""Keeping an uploaded table until its uploader confirms or discards it; attaching files to records.

Who may attach to a record or take a file down is the rule of the record's own room: its service asks the policy table,
locks the record, and calls `attach` or `withdraw` in the same transaction.
"""

import hashlib
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from zhuzun.audit.services import record
from zhuzun.documents import filetypes, vault
from zhuzun.documents.kinds import ERASED, AttachmentKind
from zhuzun.documents.models import Attachment, PendingImport
from zhuzun.documents.sheets import MAX_BYTES
from zhuzun.errors import DomainError


class OfAnother(DomainError):
    """The upload is somebody else's, and nobody but he may see it."""


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
    pending = PendingImport.objects.create(
        kind=kind,
        uploaded_by=actor,
        organisation=_body_of(actor),
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
    if pending is None and _is_key(key) and PendingImport.objects.filter(pk=key).exclude(uploaded_by=actor).exists():
        raise OfAnother(_GONE)
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


@transaction.atomic
def attach(data: bytes, filename: str, *, to, kind, actor, now, note="") -> Attachment:
    """Hang a file on the record `to`; raises `DomainError` (field `file`) where it may not be kept.

    The same file hung there again under the same kind (a double click, a second try) is the one that hangs there.
    """
    if kind not in AttachmentKind.values:
        raise ValueError(f"{kind!r} is no kind of attachment")
    found = filetypes.checked(data, filename)
    digest = hashlib.sha256(data).hexdigest()
    same = Attachment.objects.of(to).standing().filter(kind=kind, sha256=digest)
    if known := same.first():
        return known
    attachment = Attachment(
        id=uuid4(),
        object_type=ContentType.objects.get_for_model(to),
        object_id=str(to.pk),
        kind=kind,
        name=found.name,
        media_type=found.media_type,
        size=len(data),
        sha256=digest,
        note=note.strip()[:200],
        uploaded_by=actor,
        organisation=_body_of(actor),
        uploaded_at=now,
    )
    vault.write(attachment.pk, data)
    try:
        with transaction.atomic():
            attachment.save(force_insert=True)
    except BaseException as error:
        vault.drop(attachment.pk)
        if isinstance(error, IntegrityError) and (known := same.first()):
            return known  # somebody hung it there at the same moment
        raise
    detail = {"附件": ["", found.name], "类别": attachment.get_kind_display(), "sha256": digest}
    record("attachment.add", actor=actor, now=now, obj=to, reason=attachment.note, detail=detail)
    return attachment


@transaction.atomic
def withdraw(attachment, *, reason, actor, now) -> Attachment:
    """Take a file down (撤下): it stays listed with the reason and is not handed out; some kinds are erased."""
    if not reason.strip():
        raise DomainError("请填写撤下原因。", "reason")
    attachment = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if attachment.withdrawn_at:
        raise DomainError(f"“{attachment}”已经撤下，不必重复办理。")
    attachment.withdrawn_at, attachment.withdrawn_by = now, actor
    attachment.withdrawal_reason = reason.strip()[:500]
    attachment.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    detail = {"附件": [attachment.name, "撤下"], "类别": attachment.get_kind_display(), "sha256": attachment.sha256}
    record("attachment.withdraw", actor=actor, now=now, obj=attachment.subject, reason=reason, detail=detail)
    if attachment.kind in ERASED:
        transaction.on_commit(partial(vault.drop, attachment.pk))
    return attachment


def attachments_of(obj, kind=None):
    """The files of a record with what a list shows, the ones taken down included; `.standing()` leaves those out."""
    rows = Attachment.objects.of(obj).with_people()
    return rows if kind is None else rows.filter(kind=kind)


def _body_of(actor):
    """The body for which somebody acts."""
    return actor.acting.organisation if actor.acting else actor.home


def _facts(pending):
    return {"kind": pending.kind, "filename": pending.filename, "sha256": pending.sha256}


def _is_key(key) -> bool:
    try:
        return bool(UUID(str(key)))
    except ValueError:
        return False
