"""上线前数据: the list, the table to fill in, its upload and its preview."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views import View

from tasks.forms.filing import SheetForm
from tasks.models import OpeningFigure
from tasks.services import opening_figures as services
from tasks.tables.opening_figures import OpeningFigureTable
from zhuzun import clock
from zhuzun.errors import DomainError
from zhuzun.ui.guards import Guarded
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import FormPage, Page
from zhuzun.ui.workbook import XLSX

IMPORT = "tasks.import_opening"
NAME = "上线前数据"


class OpeningFigureList(ListPage):
    """What was brought in."""

    model = OpeningFigure
    permission = IMPORT
    title, unit = NAME, "项"
    table_class = OpeningFigureTable
    empty_text = "还没有上线前数据"
    empty_hint = "系统启用前的累计数、期末数由市局一次导入，填报时作为“上期”显示并标明“上线前数据”。"

    def rows(self):
        """With indicators, counties and people."""
        return super().rows().select_related("indicator", "place", "entered_by").prefetch_related("place__names")

    def main_action(self):
        """Bring in more."""
        return (self.request.user.decide(IMPORT), "导入上线前数据", reverse("tasks:opening_upload"), "upload")


class Template(Guarded, View):
    """The empty table to fill in."""

    permission = IMPORT

    def get(self, request):
        """The workbook."""
        headers = {"Content-Disposition": content_disposition_header(True, "上线前数据模板.xlsx")}
        return HttpResponse(services.template(today=clock.today()), content_type=XLSX, headers=headers)


class Upload(FormPage):
    """Hand in the table; nothing is saved but the file."""

    title = "导入上线前数据"
    permission = IMPORT
    form_class = SheetForm
    template_name = "tasks/opening_upload.html"
    submit_label = "上传并预览"
    done_message = "文件已读取，尚未导入。请核对预览。"

    def get_breadcrumbs(self):
        """Below the list."""
        return [(NAME, reverse("tasks:opening_figures"))]

    def perform(self, form):
        """Keep it for the preview."""
        file = form.cleaned_data["file"]
        return services.upload(file.read(), file.name, actor=self.request.user, now=clock.now())

    def done_url(self, result):
        """To the preview."""
        return reverse("tasks:opening_preview", args=[result.pk])


class Preview(Page):
    """What each cell would do; confirmed, all of it is brought in."""

    title = "核对上线前数据"
    permission = IMPORT
    template_name = "tasks/opening_preview.html"

    def get_breadcrumbs(self):
        """Below the upload."""
        return [(NAME, reverse("tasks:opening_figures")), ("导入上线前数据", reverse("tasks:opening_upload"))]

    def get(self, request, pk):
        """The preview, or back to the upload where the file is gone."""
        try:
            pending, found = services.preview(pk, actor=request.user, now=clock.now())
        except DomainError as error:
            return _back(request, error)
        return self.render_to_response(self.get_context_data(pending=pending, found=found))

    def post(self, request, pk):
        """Bring it in."""
        try:
            number = services.confirm(pk, seen=request.POST.get("seen", ""), actor=request.user, now=clock.now())
        except DomainError as error:
            return _back(request, error)
        messages.success(request, f"已导入上线前数据 {number} 项。")
        return HttpResponseRedirect(reverse("tasks:opening_figures"))


class Discard(Guarded, View):
    """A table not wanted after all."""

    permission = IMPORT
    http_method_names = ("post",)

    def post(self, request, pk):
        """Drop it."""
        try:
            services.discard(pk, actor=request.user, now=clock.now())
        except DomainError as error:
            return _back(request, error)
        messages.success(request, "已放弃导入，上传的文件已删除。")
        return HttpResponseRedirect(reverse("tasks:opening_upload"))


def _back(request, error):
    messages.error(request, error.message)
    return HttpResponseRedirect(reverse("tasks:opening_upload"))
