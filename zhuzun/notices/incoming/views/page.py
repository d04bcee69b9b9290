"""The page of a paper of another's: what was registered, its file, who got it, who has signed for it."""

from django.urls import reverse

from zhuzun import clock
from zhuzun.audit.wording import history_of
from zhuzun.notices.incoming.kinds import OPEN, IncomingState
from zhuzun.notices.incoming.models import IncomingDelivery, IncomingPaper
from zhuzun.notices.incoming.tables import THEIR_TONES
from zhuzun.notices.incoming.workflow import HANDLE, INCOMING
from zhuzun.notices.papers.kinds import Channel
from zhuzun.notices.papers.views.lists import crumbs
from zhuzun.ui.badges import badge
from zhuzun.ui.formats import long_day
from zhuzun.ui.pages import DetailPage

LOOKS = {IncomingState.REGISTERED: "distribute", IncomingState.DISTRIBUTED: "close"}


class IncomingPage(DetailPage):
    """Whoever it was distributed to reads it and signs for it; the bureau distributes and files it."""

    model, permission = IncomingPaper, "notices.view_paper"
    template_name = "notices/incoming/paper.html"

    def visible(self):
        """With the people the page names."""
        return super().visible().select_related("registered_by")

    def get_breadcrumbs(self):
        """Below the list."""
        return crumbs()

    def get_context_data(self, **kwargs):
        """What anybody sees, and what the bureau sees besides."""
        paper, user = self.object, self.request.user
        inside = user.has_perm("notices.view_register")
        own = IncomingDelivery.objects.visible_to(user).of_body(user).filter(paper=paper)
        context = {
            "state": badge(*THEIR_TONES[paper.state]),
            "facts": self.facts(inside),
            "inside": inside,
            "own": own.for_list().first(),
            "history": history_of(paper) if inside else None,
        }
        if inside:
            context |= self.inside()
        return super().get_context_data(**context, **kwargs)

    def facts(self, inside):
        """The summary band; the office's own remarks are the bureau's."""
        paper = self.object
        facts = [
            ("来文类别", paper.get_source_display()),
            ("来文机关", paper.sender),
            ("来文字号", paper.sender_number or "（无文号）"),
            ("成文日期", long_day(paper.dated_on)),
            ("收文日期", long_day(paper.received_on)),
            ("缓急程度", paper.get_urgency_display()),
        ]
        if inside:
            facts += [
                ("收文号", paper.receipt),
                ("要求回复", f"{long_day(paper.answer_by)}前" if paper.answer_by else "不须回复"),
                ("备注", paper.note or "—"),
                ("登记", paper.registered_by.name),
            ]
        return facts

    def inside(self) -> dict:
        """The steps, and who has signed for it."""
        paper = self.object
        deliveries = list(paper.deliveries.for_list())
        return {
            "open": paper.state in OPEN,
            "handle": self.request.user.decide(HANDLE, paper),
            "options": self.options(),
            "deliveries": deliveries,
            "today": clock.today(),
            "replied": sum(row.replied_at is not None for row in deliveries),
            "asked": sum(row.reply_wanted for row in deliveries),
            "received": sum(row.received_at is not None for row in deliveries),
            "outside": sum(row.channel == Channel.OUTSIDE and row.received_at is None for row in deliveries),
        }

    def options(self):
        """(label, decision, address, look) of each step from here."""
        paper = self.object
        options = INCOMING.options(paper, actor=self.request.user, now=clock.now())
        return [
            (
                option.step.label,
                option.decision,
                reverse(f"notices:incoming_{option.step.name}", args=[paper.pk]),
                "primary" if LOOKS.get(paper.state) == option.step.name else "plain",
            )
            for option in options
        ]
