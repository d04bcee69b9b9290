"""结对关系: the table as the annex prints it, as at any day, with the schematic beside it."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from pairing import annex, schematic
from pairing.views.files import asked_form, respond
from zhuzun import clock
from zhuzun.ui.forms import DayField
from zhuzun.ui.pages import Page


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
        if form := asked_form(request):
            return respond(request, form, annex.TITLE, annex.sheet(self.annex), self.day)
        return super().get(request, *args, **kwargs)

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
