"""One round (稿次) of a paper, compared with the one before it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhuzun.notices.papers.comparing import compared, lines_of
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.views.lists import crumbs
from zhuzun.ui.guards import require
from zhuzun.ui.pages import DetailPage

CELLS = " ｜ "  # between the cells of a table's row


class RoundPage(DetailPage):
    """What the text said in this round, and what is different from the last."""

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
        """Line by line."""
        before = self.object.rounds.filter(number__lt=self.round.number).last()
        lines = compared(lines_of(before) if before else [], lines_of(self.round))
        url = lambda number: reverse("notices:paper_round", args=[self.object.pk, number])  # noqa: E731
        after = self.object.rounds.filter(number__gt=self.round.number).first()
        return super().get_context_data(
            round=self.round,
            before=before,
            before_url=url(before.number) if before else "",
            after_url=url(after.number) if after else "",
            lines=[(mark if before else "same", line.replace("\t", CELLS)) for mark, line in lines],
            changed=before is not None and any(mark != "same" for mark, _ in lines),
            **kwargs,
        )
