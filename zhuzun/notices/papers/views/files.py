"""The portal's own rendering of a paper: the file itself, PDF or .docx, at a plain address."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from zhuzun import clock, happenings
from zhuzun.documents.papers import docx, pdf
from zhuzun.errors import DomainError
from zhuzun.notices.papers import printing
from zhuzun.notices.papers.models import Paper
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

    def get(self, request, *args, **kwargs):
        """The file; where it cannot be set, the page with the reason."""
        try:
            data = self.file()
        except DomainError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(self.object.get_absolute_url())
        name = printing.file_name(self.object, self.ending)
        detail = {"title": self.object.title, "form": self.ending, "address": request.get_full_path()[:500]}
        happenings.announce("export", actor=request.user, now=clock.now(), detail=detail)
        headers = {"Content-Disposition": content_disposition_header(self.attached, name), "Cache-Control": "no-store"}
        return HttpResponse(data, content_type=self.content_type, headers=headers)


class PaperPdf(RenderedPaper):
    """To read and to print."""

    ending, content_type, attached = "pdf", "application/pdf", False

    def file(self):
        """Set in the child process."""
        return pdf.render(printing.sheet_of(self.object)).pdf


class PaperDocx(RenderedPaper):
    """To work on in WPS."""

    ending, content_type = "docx", DOCX

    def file(self):
        """With the same styles."""
        return docx.render(printing.sheet_of(self.object))
