"""Tables of this app as files: the annex and coverage, which are no plain lists."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from zhuzun import clock
from zhuzun.audit.services import record
from zhuzun.ui import exports
from zhuzun.ui.params import choice_from


def asked_form(request) -> str:
    """xlsx or csv when a file is asked for, otherwise nothing."""
    return choice_from(request.GET, "export", exports.WRITERS, "")


def respond(request, form, title, table, day):
    """The file of `table` (columns, rows) as at `day`, with a line in the trail."""
    columns, rows = table
    content, kind = exports.WRITERS[form](title, columns, rows, f"截至 {day:%Y-%m-%d}")
    detail = {"title": title, "rows": len(rows), "form": form, "on": str(day)}
    record("export", actor=request.user, now=clock.now(), detail=detail)
    name = f"{title}_{day:%Y%m%d}.{form}"
    headers = {"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
