"""The portal's own rendering of a paper: the file itself, PDF or .docx, at a plain address."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from zhuzun import clock, happenings
from zhuzun.errors import DomainError
from zhuzun.notices.papers import bundles, printing, rendering
from zhuzun.notices.papers.kinds import File
from zhuzun.notices.papers.models import Paper
from zhuzun.ui.guards import require
from zhuzun.ui.pages import ObjectPage

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class RenderedPaper(ObjectPage):
    """The paper as a file; a subclass says which."""

    model, permission = Paper, "notices.view_paper"
    which, ending, content_type = File.PDF, "pdf", "application/pdf"
    attached = False

    def visible(self):
        """With what stands on the paper."""
        return super().visible().for_page()

    def name(self) -> str:
        """What the file is called where it is kept."""
        return printing.file_name(self.object, self.ending)

    def get(self, request, *args, **kwargs):
        """The file; where it takes long, the page of the work; where it cannot be set, the paper with the reason."""
        try:
            if rendering.takes_long(self.object, self.which):
                return self.set_aside(request)
            data = rendering.file(self.object, self.which)
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

    def set_aside(self, request):
        """Set in the background; the reader sees how far it is."""
        job = bundles.start_one(self.object, self.which, actor=request.user, now=clock.now())
        messages.info(request, "篇幅较大，正在后台排印，完成后即可打开。")
        return HttpResponseRedirect(job.get_absolute_url())


class PaperPdf(RenderedPaper):
    """To read and to print."""


class PaperDocx(RenderedPaper):
    """To work on in WPS."""

    which, ending, content_type, attached = File.DOCX, "docx", DOCX, True


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
