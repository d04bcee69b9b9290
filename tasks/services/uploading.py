"""A filled form uploaded: kept for its uploader, shown cell by cell, and saved only when he confirms."""

from django.db import transaction

from tasks import reading, sheets
from tasks.services.filing import hold, save_cells
from zhuzun.documents.services import confirm_import, create_import, find_import
from zhuzun.errors import DomainError


def _kind(report) -> str:
    return f"report-{report.pk}"


@transaction.atomic
def upload(report, data, filename, *, actor, now, behalf=False):
    """Keep the file for the preview; a file that cannot be read is refused at once."""
    current = hold(report, actor=actor, now=now, behalf=behalf)
    sheets.read(current, data, filename)
    return create_import(kind=_kind(report), data=data, filename=filename, actor=actor, now=now)


def preview(report, key, *, actor, now):
    """The kept file and what it would change now."""
    pending = find_import(key, kind=_kind(report), actor=actor, now=now)
    return pending, sheets.read(report, pending.bytes, pending.filename)


@transaction.atomic
def confirm(report, key, *, seen, actor, now, behalf=False) -> int:
    """Save what was shown: `seen` is the mark of the preview, so that nothing else is saved than what was read."""
    current = hold(report, actor=actor, now=now, behalf=behalf)
    pending, found = preview(current, key, actor=actor, now=now)
    if mark(found) != seen:
        raise DomainError("预览以后数据有变动，请重新核对。")
    confirm_import(pending, actor=actor, now=now)
    outcomes = save_cells(current, found.changes, actor=actor, now=now, behalf=behalf)
    if bad := [outcome for outcome in outcomes if not outcome.kept]:
        raise DomainError(bad[0].message)
    report.refresh_from_db()
    reading.forget(report)
    return len(outcomes)


def mark(found) -> str:
    """What a preview showed, in short."""
    return ";".join(f"{line.change.entry}.{line.change.version}.{line.new}" for line in found.lines)
