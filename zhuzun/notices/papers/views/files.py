"""The portal's own rendering of a paper: the file itself, PDF or .docx, at a plain address."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from zhuzun import clock, happenings
from zhuzun.documents.papers import docx, pdf, slip
from zhuzun.errors import DomainError
from zhuzun.notices.papers import printing, slips
from zhuzun.notices.papers.models import Paper
from zhuzun.ui.guards import require
from zhuzun.ui.pages import ObjectPage

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class RenderedPaper(ObjectPage):
    """The paper as a file; a subclass says which."""

    model, permission = Paper, "notices.view_paper"
    ending, content_type = "", ""
    attached = True

    def visible(self):
        """With what stands on the paper."""
        return super().visible().for_page()

    def file(self) -> bytes:
        """Its bytes."""
        raise NotImplementedError

    def name(self) -> str:
        """What the file is called where it is kept."""
        return printing.file_name(self.object, self.ending)

    def get(self, request, *args, **kwargs):
        """The file; where it cannot be set, the page with the reason."""
        try:
            data = self.file()
        except DomainError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(self.object.get_absolute_url())
        name = self.name()
        detail = {"title": self.object.title, "form": self.ending, "address": request.get_full_path()[:500]}
        happenings.announce("export", actor=request.user, now=clock.now(), detail=detail)
        headers = {"Content-Disposition": content_disposition_header(self.attached, name), "Cache-Control": "no-store"}
        return HttpResponse(data, content_type=self.content_type, headers=headers)


class PaperPdf(RenderedPaper):
    """To read and to print."""

    ending, content_type, attached = "pdf", "application/pdf", False

    def file(self):
        """Set in the child process."""
        return pdf.file(printing.sheet_of(self.object))


class PaperDocx(RenderedPaper):
    """To work on in WPS."""

    ending, content_type = "docx", DOCX

    def file(self):
        """With the same styles."""
        return docx.file(printing.sheet_of(self.object))


class SlipPdf(PaperPdf):
    """The 发文稿纸, at every step: the issuing side's own affair, like the rounds."""

    def guard(self):
        """The paper one may see; its 发文稿纸 whoever keeps the register."""
        super().guard()
        require(self.request.user, "notices.view_register")

    def name(self):
        """发文稿纸 珠委农组〔2026〕8号 关于……的通报.pdf"""
        return f"发文稿纸 {super().name()}"

    def file(self):
        """The form with the draft behind it."""
        return slip.file(slips.slip_of(self.object))
