"""The page to which the QR code of a paper leads: whether the copy in hand is current."""

from django.shortcuts import get_object_or_404

from zhuzun.notices.papers import printing
from zhuzun.notices.papers.checking import verdict
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.views.lists import crumbs
from zhuzun.ui.badges import badge
from zhuzun.ui.formats import long_day
from zhuzun.ui.guards import require
from zhuzun.ui.pages import ObjectPage


class CheckPaper(ObjectPage):
    """For those who may see the paper; to anybody else there is no such paper, whatever its number."""

    model, permission = Paper, "notices.view_paper"
    title = "核对公文"
    template_name = "notices/papers/check.html"

    def guard(self):
        """Found by any number that it bears or bore."""
        self.object = get_object_or_404(self.visible().for_page(), numbers__text=self.kwargs["number"])
        require(self.request.user, self.permission, self.object)

    def get_breadcrumbs(self):
        """Below the list."""
        return crumbs()

    def get_context_data(self, **kwargs):
        """The verdict first, then what the portal holds."""
        paper = self.object
        found = verdict(paper, self.kwargs["digest"], printing.digest_of(paper))
        word, tone, sentence = found.value
        facts = [
            ("文种", paper.kind_label),
            ("发文字号", self.kwargs["number"]),
            ("发文机关", paper.issuer),
            ("成文日期", long_day(paper.signed_on)),
            ("印发日期", long_day(paper.printed_on)),
        ]
        successor = Paper.objects.visible_to(self.request.user).filter(pk=paper.replaced_by_id)
        return super().get_context_data(
            verdict=found,
            badge=badge(word, tone),
            sentence=sentence,
            facts=facts,
            successor=successor.prefetch_related("numbers").first(),
            **kwargs,
        )
