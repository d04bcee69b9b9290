"""The export of a list: the columns shown and all rows the filters leave, as xlsx or csv, with a line in the trail."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from zhuzun import happenings
from zhuzun.ui import formats, workbook

MOST_ROWS = 100_000
DEMO_MARK = "演示数据，不得用于正式工作"


def xlsx(title, columns, rows, subtitle) -> tuple[bytes, str]:
    """A spreadsheet with title and remark above the heads."""
    return workbook.write_xlsx(title, columns, rows, subtitle=subtitle), workbook.XLSX


def csv(title, columns, rows, subtitle) -> tuple[bytes, str]:
    """Heads and rows only, as programs read it."""
    return workbook.write_csv(columns, rows), workbook.CSV


WRITERS = {"xlsx": xlsx, "csv": csv}


def respond(page, form: str, *, actor, now):
    """The file of the list `page` in the given form; too long a list goes back to the page with the reason."""
    title, count = page.get_title(), len(page.table.rows)
    if count > MOST_ROWS:
        return _too_long(page.request, count)
    columns = [
        workbook.Column(str(column.header), getattr(column.column, "sheet_kind", "text"))
        for column in page.table.columns.iterall()
        if column.visible and not column.column.exclude_from_export
    ]
    hidden = [column.name for column in page.table.columns.iterall() if not column.visible]
    rows = list(page.table.as_values(exclude_columns=hidden))[1:]
    content, content_type = WRITERS[form](title, columns, rows, _remark(actor, now))
    happenings.announce(
        "export",
        actor=actor,
        now=now,
        detail={"title": title, "rows": len(rows), "form": form, "address": page.request.get_full_path()[:500]},
    )
    name = f"{title}_{formats.as_date(now):%Y%m%d}.{form}"
    headers = {"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _remark(actor, now) -> str:
    parts = [f"导出时间 {formats.moment(now)}", f"导出人 {actor}"]
    return " · ".join(([DEMO_MARK] if settings.PORTAL_ENV == "demo" else []) + parts)


def _too_long(request, count: int):
    messages.error(request, f"共 {count:,} 条，一次最多导出 {MOST_ROWS:,} 条，请先筛选。")
    query = request.GET.copy()
    query.pop("export")
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
