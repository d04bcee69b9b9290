"""结对关系: the table as the annex prints it, as at any day, with the schematic beside it."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from pairing import annex, schematic
from zhuzun import clock
from zhuzun.audit.services import record
from zhuzun.ui import exports
from zhuzun.ui.forms import DayField
from zhuzun.ui.pages import Page
from zhuzun.ui.params import choice_from


def asked_day(request, today):
    """(day, error) for `?on=`: what cannot be read is said, and today is shown."""
    text = request.GET.get("on", "").strip()
    if not text:
        return today, ""
    try:
        return DayField().clean(text), ""
    except ValidationError:
        return today, f"“{text[:20]}”不是日期，请按 2026-11-23 填写。以下为今日的情况。"


class AnnexTable(Page):
    """The eight county pairings; the page is everybody's, opening a pairing is not."""

    permission = "pairing.view_table"
    title = "结对关系"
    template_name = "pairing/annex.html"

    def get(self, request, *args, **kwargs):
        self.day, self.error = asked_day(request, clock.today())
        self.annex = annex.annex_on(self.day, request.user)
        form = choice_from(request.GET, "export", exports.WRITERS, "")
        return self.export(form) if form else super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            annex=self.annex,
            picture=schematic.picture_of(self.annex),
            day=self.day,
            day_error=self.error,
            table_title=annex.TITLE,
            headings=annex.HEADINGS,
            shown=len(self.annex.rows),
            add_address=reverse("pairing:add"),
            **kwargs,
        )

    def export(self, form):
        """The table as a file."""
        columns, rows = annex.sheet(self.annex)
        content, kind = exports.WRITERS[form](annex.TITLE, columns, rows, annex.subtitle(self.annex))
        detail = {"title": annex.TITLE, "rows": len(self.annex.rows), "form": form, "on": str(self.day)}
        record("export", actor=self.request.user, now=clock.now(), detail=detail)
        name = f"{annex.TITLE}_{self.day:%Y%m%d}.{form}"
        headers = {"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "no-store"}
        return HttpResponse(content, content_type=kind, headers=headers)
