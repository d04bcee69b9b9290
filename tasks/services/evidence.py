"""佐证材料 of a report: attached and taken down by its filer while the report is in his hands."""

from django.db import transaction

from tasks.models import ProgressReport
from tasks.services.filing import hold
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attach, withdraw
from zhuzun.errors import DomainError


@transaction.atomic
def add_evidence(report, data, filename, *, note="", actor, now, behalf=False):
    """Hang a file on the report."""
    current = hold(report, actor=actor, now=now, behalf=behalf)
    return attach(data, filename, to=current, kind=AttachmentKind.EVIDENCE, actor=actor, now=now, note=note)


@transaction.atomic
def withdraw_evidence(attachment, *, reason, actor, now):
    """Take it down, with the reason."""
    report = attachment.subject
    if not isinstance(report, ProgressReport) or attachment.kind != AttachmentKind.EVIDENCE:
        raise DomainError("这不是报表的佐证材料。")
    hold(report, actor=actor, now=now)
    return withdraw(attachment, reason=reason, actor=actor, now=now)
