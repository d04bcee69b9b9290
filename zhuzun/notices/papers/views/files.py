"""The portal's own rendering of a paper: the file itself, PDF or .docx, at a plain address."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from zhuzun import clock, happenings
from zhuzun.documents.filetypes import MEDIA_TYPES
from zhuzun.errors import DomainError
from zhuzun.notices.papers import bundles, printing, rendering
from zhuzun.notices.papers.kinds import File
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.views.lists import crumbs
from zhuzun.ui.guards import require
from zhuzun.ui.pages import ObjectPage

RETRY_SECONDS = 30


class RenderedPaper(ObjectPage):
    """The paper as a file; a subclass says which."""

    model, permission = Paper, "notices.view_paper"
    which, ending, content_type = File.PDF, "pdf", "application/pdf"
    attached = False

    def visible(self):
        """With what stands on the paper."""
        return super().visible().for_page()

    def get_breadcrumbs(self):
        """Back to the paper."""
        return crumbs(self.object)

    def name(self) -> str:
        """What the file is called where it is kept."""
        return printing.file_name(self.object, self.ending)

    def get(self, request, *args, **kwargs):
        """The file; where it cannot be set, the paper with the reason; while it is being set, when to come again."""
        try:
            data = rendering.for_reader(self.object, self.which)
        except rendering.Later:
            return self.later()
        except DomainError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(self.object.get_absolute_url())
        detail = {"title": self.object.title, "form": self.ending, "address": request.get_full_path()[:500]}
        happenings.announce("export", actor=request.user, now=clock.now(), detail=detail)
        headers = {
            "Content-Disposition": content_disposition_header(self.attached, self.name()),
            "Cache-Control": "no-store",
        }
        return HttpResponse(data, content_type=self.content_type, headers=headers)

    def later(self):
        """No file yet: a page that says so, and offers to have the reader told."""
        context = self.get_context_data(which=self.which, wait=RETRY_SECONDS) | {"title": "正在排印"}
        headers = {"Retry-After": str(RETRY_SECONDS)}
        return self.response_class(self.request, "notices/papers/later.html", context, status=503, headers=headers)


class PaperPdf(RenderedPaper):
    """To read and to print."""


class PaperDocx(RenderedPaper):
    """To work on in WPS."""

    which, ending, content_type, attached = File.DOCX, "docx", MEDIA_TYPES[".docx"], True


class SlipPdf(RenderedPaper):
    """The 发文稿纸, at every step: the issuing side's own affair, like the rounds."""

    which = File.SLIP

    def guard(self):
        """The paper one may see; its 发文稿纸 whoever keeps the register."""
        super().guard()
        require(self.request.user, "notices.view_register")

    def name(self):
        """发文稿纸 珠委农组〔2026〕8号 关于……的通报.pdf"""
        return f"发文稿纸 {super().name()}"


class PreparePaper(ObjectPage):
    """Have a heavy paper set in the background, and be told: the page of the work shows how far it is."""

    model, permission = Paper, "notices.view_paper"
    http_method_names = ("post",)

    def guard(self):
        """What one may open, one may have set."""
        super().guard()
        self.which = File.SLIP if self.request.POST.get("which") == File.SLIP else File.PDF
        if self.which == File.SLIP:
            require(self.request.user, "notices.view_register")

    def post(self, request, pk):
        """One service call."""
        try:
            job = bundles.start_one(self.object, self.which, actor=request.user, now=clock.now())
        except DomainError as error:
            messages.warning(request, error.message)
            return HttpResponseRedirect(self.object.get_absolute_url())
        messages.info(request, "已登记排印任务，进度见下。")
        return HttpResponseRedirect(job.get_absolute_url())
