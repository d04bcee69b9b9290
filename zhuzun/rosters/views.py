"""Pages of the list of people: upload, preview, confirmation, template."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views import View

from zhuzun import clock
from zhuzun.accounts.views.slips import slips_page
from zhuzun.documents.services import OfAnother
from zhuzun.errors import DomainError
from zhuzun.rosters import exports, services
from zhuzun.rosters.applying import BAD, CHANGED, NEW, SAME
from zhuzun.rosters.forms import UploadForm
from zhuzun.ui import badges
from zhuzun.ui.guards import Guarded
from zhuzun.ui.pages import FormPage, Page
from zhuzun.ui.workbook import XLSX

IMPORT = "accounts.import_roster"
PEOPLE = "人员与账号"
WORDS = {NEW: ("新增", "good"), CHANGED: ("变更", "soon"), SAME: ("无变化", "idle"), BAD: ("有误", "late")}


class Upload(FormPage):
    """Hand in the list; nothing is saved but the file."""

    title = "导入花名册"
    permission = IMPORT
    form_class = UploadForm
    template_name = "rosters/upload.html"
    submit_label = "上传并预览"
    done_message = "文件已读取，尚未导入。请核对预览。"

    def get_breadcrumbs(self):
        """Below the list of people."""
        return [(PEOPLE, reverse("accounts:people"))]

    def perform(self, form):
        """Keep it for the preview."""
        file = form.cleaned_data["file"]
        return services.upload(file.read(), file.name, actor=self.request.user, now=clock.now())

    def done_url(self, result):
        """To the preview."""
        return reverse("rosters:preview", args=[result.pk])


class Template(Guarded, View):
    """The empty list to fill in."""

    permission = IMPORT

    def get(self, request):
        """The workbook."""
        headers = {"Content-Disposition": content_disposition_header(True, "花名册模板.xlsx")}
        return HttpResponse(exports.template(), content_type=XLSX, headers=headers)


class OwnUpload:
    """Of an upload that somebody else made nothing is said, not even that it is there."""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except OfAnother as error:
            raise Http404 from error


class Preview(OwnUpload, Page):
    """What each row of an uploaded list would do; confirmed, it is done and the slips of new people are the answer."""

    title = "核对花名册"
    permission = IMPORT
    template_name = "rosters/preview.html"

    def get_breadcrumbs(self):
        """Below the upload."""
        return [(PEOPLE, reverse("accounts:people")), ("导入花名册", reverse("rosters:upload"))]

    def get(self, request, pk):
        """The preview, or back to the upload where the file is gone."""
        try:
            found = services.preview(pk, actor=request.user, now=clock.now())
        except OfAnother:
            raise
        except DomainError as error:
            return _back(request, error)
        return self.render_to_response(self.get_context_data(**_context(*found)))

    def post(self, request, pk):
        """Bring the people in."""
        try:
            seen = request.POST.get("seen", "")
            slips = services.confirm(pk, seen=seen, actor=request.user, now=clock.now())
        except OfAnother:
            raise
        except DomainError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(reverse("rosters:preview", args=[pk]))
        if slips:
            return slips_page(request, slips, f"花名册已导入，新增 {len(slips)} 人")
        messages.success(request, "花名册已导入，没有新开的账号。")
        return HttpResponseRedirect(reverse("accounts:people"))


class Discard(OwnUpload, Guarded, View):
    """An uploaded list not wanted after all."""

    permission = IMPORT
    http_method_names = ("post",)

    def post(self, request, pk):
        """Drop it."""
        try:
            services.discard(pk, actor=request.user, now=clock.now())
        except OfAnother:
            raise
        except DomainError as error:
            return _back(request, error)
        messages.success(request, "已放弃导入，上传的文件已删除。")
        return HttpResponseRedirect(reverse("rosters:upload"))


def _back(request, error):
    messages.error(request, error.message)
    return HttpResponseRedirect(reverse("rosters:upload"))


def _context(pending, result, notes):
    return {
        "pending": pending,
        "notes": notes,
        "unknown": result.unknown,
        "keepers": services.keepers_of_bodies(clock.today()) if result.unknown else [],
        "lines": [(line, badges.badge(*WORDS[line.outcome])) for line in result.lines],
        "counts": [(word, result.count(outcome)) for outcome, (word, _) in WORDS.items()],
        "why_not": services.why_not(result),
        "seen": services.fingerprint(result),
    }
