"""One round (稿次) of a paper, compared with the one before it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhuzun.notices.papers import rounds
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.views.lists import crumbs
from zhuzun.ui.guards import require
from zhuzun.ui.pages import DetailPage


class RoundPage(DetailPage):
    """All that the paper said in this round, and what is different from the last."""

    model, permission = Paper, "notices.view_paper"
    template_name = "notices/papers/round.html"

    def guard(self):
        """The paper one may see; its rounds are the issuing side's own affair."""
        super().guard()
        require(self.request.user, "notices.view_register")
        rows = self.object.rounds.select_related("by")
        self.round = get_object_or_404(rows, number=self.kwargs["number"])

    def get_title(self):
        """Which."""
        return f"{self.round}：{self.object}"

    def get_breadcrumbs(self):
        """Back to the paper."""
        return crumbs(self.object)

    def get_context_data(self, **kwargs):
        """Part by part; the first round is compared with itself."""
        before = self.object.rounds.filter(number__lt=self.round.number).last()
        after = self.object.rounds.filter(number__gt=self.round.number).first()
        parts = rounds.parts(before or self.round, self.round)
        url = lambda one: reverse("notices:paper_round", args=[self.object.pk, one.number]) if one else ""  # noqa: E731
        return super().get_context_data(
            round=self.round,
            before=before,
            before_url=url(before),
            after_url=url(after),
            short=[part for part in parts if not part.long],
            long=[part for part in parts if part.long],
            changed=[part for part in parts if part.changed],
            partly=before is not None and not (before.head and self.round.head),
            **kwargs,
        )
