"""A report as the office's form: on paper, and as a workbook to download and to upload with a preview."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from tasks import printed, sheets
from tasks.forms.filing import SheetForm
from tasks.models import ProgressReport
from tasks.services import uploading
from tasks.views.filing import Filling, address, behalf
from zhuzun import clock, happenings
from zhuzun.errors import DomainError
from zhuzun.ui.pages import ActionMixin, ObjectPage
from zhuzun.ui.params import whole_from
from zhuzun.ui.workbook import XLSX


class Form(ObjectPage):
    """The office's form; `?empty=1` without figures."""

    model, permission = ProgressReport, "tasks.view_report"

    def get(self, request, *args, **kwargs):
        """The workbook, with a line in the trail."""
        report, empty = self.object, request.GET.get("empty") == "1"
        name = f"{report.title}{'（空表）' if empty else ''}.xlsx"
        data = sheets.form(report, filled=not empty, filer=report.filer.name_on(report.period.end))
        detail = {"title": report.title, "form": "xlsx", "address": request.get_full_path()[:500]}
        happenings.announce("export", actor=request.user, now=clock.now(), detail=detail)
        headers = {"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "no-store"}
        return HttpResponse(data, content_type=XLSX, headers=headers)


class Print(ObjectPage):
    """The office's form on A4 landscape, filled or empty (`?empty=1`), whole or one section (`?section=3`)."""

    model, permission = ProgressReport, "tasks.view_report"
    template_name = "tasks/report_print.html"

    def get_title(self):
        """The printed sheet's title."""
        return self.object.title

    def get_breadcrumbs(self):
        """Below the report."""
        return [(str(self.object), self.object.get_absolute_url())]

    def get_context_data(self, **kwargs):
        """The sheet, and which part of it."""
        report, sections = self.object, list(self.object.sections.order_by("position", "pk"))
        asked = whole_from(self.request.GET, "section", 0, low=1)
        chosen = next((row for row in sections if row.pk == asked), None)
        empty = self.request.GET.get("empty") == "1"
        return super().get_context_data(
            sheet=printed.sheet(report, section=chosen, filled=not empty),
            sections=sections,
            chosen=chosen,
            empty=empty,
            printed_at=clock.now(),
            **kwargs,
        )


class Upload(Filling, ActionMixin, ObjectPage):
    """The filled form comes back."""

    model, permission = ProgressReport, "tasks.view_report"
    title, submit_label, done_message = "导入填好的报表", "上传并预览", "文件已读取，尚未保存。请核对预览。"
    form_class = SheetForm

    def get_breadcrumbs(self):
        """Below the report."""
        return [(str(self.object), address(self.object, self.request))]

    def perform(self, form):
        """Keep it for the preview."""
        file = form.cleaned_data["file"]
        facts = {"actor": self.request.user, "now": clock.now(), "behalf": behalf(self.request)}
        return uploading.upload(self.object, file.read(), file.name, **facts)

    def done_url(self, result):
        """To the preview."""
        more = "?behalf=1" if behalf(self.request) else ""
        return reverse("tasks:report_preview", args=[self.object.pk, result.pk]) + more


class Preview(Filling, ObjectPage):
    """Which cells the file would change, and which it cannot; nothing is saved until confirmed."""

    model, permission = ProgressReport, "tasks.view_report"
    title = "核对导入内容"
    template_name = "tasks/report_preview.html"

    def get_breadcrumbs(self):
        """Below the report."""
        return [(str(self.object), address(self.object, self.request))]

    def get(self, request, *args, **kwargs):
        """The preview, or back to the report where the file is gone."""
        try:
            facts = {"actor": request.user, "now": clock.now()}
            pending, found = uploading.preview(self.object, kwargs["key"], **facts)
        except DomainError as error:
            return self._back(error)
        seen = uploading.mark(found)
        context = {"pending": pending, "found": found, "seen": seen, "behalf": behalf(request)}
        return self.render_to_response(self.get_context_data(**context))

    def post(self, request, *args, **kwargs):
        """Save what was shown."""
        facts = {"actor": request.user, "now": clock.now(), "behalf": behalf(request)}
        try:
            number = uploading.confirm(self.object, kwargs["key"], seen=request.POST.get("seen", ""), **facts)
        except DomainError as error:
            return self._back(error)
        messages.success(request, f"已导入 {number} 项。")
        return HttpResponseRedirect(address(self.object, request))

    def _back(self, error):
        messages.error(self.request, error.message)
        return HttpResponseRedirect(address(self.object, self.request))
