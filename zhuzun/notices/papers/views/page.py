"""The page of one paper: its way, what is next and why not, its text, who gets it, who has signed for it."""

from django.urls import reverse

from zhuzun import clock
from zhuzun.audit.wording import history_of
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.papers.title import pieces_of
from zhuzun.documents.services import attachments_of
from zhuzun.errors import DomainError
from zhuzun.notices.papers import addressing, cautions, proposing, registry, rendering, way
from zhuzun.notices.papers.blocks import shown
from zhuzun.notices.papers.kinds import DRAFTING, SERVED, UNDER_WAY, Channel, PaperState
from zhuzun.notices.papers.models import Paper, PaperDelivery
from zhuzun.notices.papers.tables import TONES
from zhuzun.notices.papers.views.lists import crumbs
from zhuzun.notices.papers.workflow import PAPER
from zhuzun.ui.badges import badge
from zhuzun.ui.formats import long_day
from zhuzun.ui.pages import DetailPage

# Steps that are one act for a person and two in the table: the page shows the first that may be taken.
SAME = {"check_cosign": "check"}
REGISTER = "notices.view_register"
# Steps that lead on; the first that the reader may take is the page's main action.
ONWARD = {"submit", "check", "check_cosign", "cosigned", "sign", "review", "number", "print", "issue", "file"}


class PaperPage(DetailPage):
    """One paper; a recipient reads it and signs for it, the bureau leads it on its way."""

    model, permission = Paper, "notices.view_paper"
    template_name = "notices/papers/paper.html"

    def visible(self):
        """With what the page shows."""
        return super().visible().for_page()

    def get_breadcrumbs(self):
        """Below the list."""
        return crumbs()

    def get_context_data(self, **kwargs):
        """What anybody sees, and what the bureau sees besides."""
        paper, user = self.object, self.request.user
        inside = user.has_perm(REGISTER)
        context = {
            "state": badge(*TONES[paper.state]),
            "facts": self.facts(inside),
            "inside": inside,
            "title_pieces": pieces_of(paper.title),
            "blocks": shown(paper.blocks),
            "annexes": [{"title": one["title"], "blocks": shown(one["blocks"])} for one in paper.printed_annexes],
            "own": self.own_delivery(),
            "takes_long": self.takes_long(),
            "served": paper.state in SERVED,
            "sealed": list(attachments_of(paper, AttachmentKind.SEALED).standing().order_by("-uploaded_at", "-pk")),
            "digests": rendering.digests(paper),
            "successor": self.seen([paper.replaced_by_id]).first(),
            "replaced": list(self.seen(paper.replaces.values("pk"))),
            "history": history_of(paper) if inside else None,
        }
        if inside:
            context |= self.inside()
        return super().get_context_data(**context, **kwargs)

    def takes_long(self):
        """Whether its PDF is still to be set; what cannot be set at all is told by whoever opens it."""
        try:
            return rendering.takes_long(self.object)
        except DomainError:
            return False

    def seen(self, keys):
        """Those of these papers that the reader may open."""
        return Paper.objects.visible_to(self.request.user).filter(pk__in=keys).prefetch_related("numbers")

    def facts(self, inside):
        """The summary band."""
        paper = self.object
        facts = [
            ("文种", paper.kind_label),
            ("发文字号", paper.number_text or "（登记编号后有）"),
            ("发文机关", paper.issuer),
            ("成文日期", long_day(paper.signed_on) or "（签发之日）"),
            ("印发日期", long_day(paper.printed_on) or "（印制之日）"),
            ("回复", f"{long_day(paper.reply_by)}前" if paper.reply_wanted else "不须回复"),
        ]
        if inside:
            facts += [("缓急", paper.get_urgency_display()), ("公开属性", paper.get_openness_display())]
        return facts

    def own_delivery(self):
        """What was served on the reader's own body."""
        rows = PaperDelivery.objects.visible_to(self.request.user).of_body(self.request.user).filter(paper=self.object)
        return rows.for_list().first()

    def inside(self) -> dict:
        """The way, the steps, the recipients with the rules' word, the receipts, the rounds."""
        paper, now = self.object, clock.now()
        judged = addressing.judged(paper, now)
        cosigners = list(paper.cosigners.select_related("organisation").prefetch_related("organisation__names"))
        rounds = list(paper.rounds.select_related("by"))
        deliveries = sorted(paper.deliveries.for_list(), key=lambda row: row.received_at is not None)
        return {
            "stations": way.stations(paper, bool(cosigners)),
            "options": self.options(now),
            "cautions": cautions.of(paper, cosigners),
            "news": registry.news_of(paper, self.request.user) if paper.state in (*DRAFTING, *UNDER_WAY) else [],
            "drafting": paper.state in DRAFTING,
            "proposals": bool(paper.annexes or proposing.groups_of(paper.snapshot.get("sections", []))),
            "main": [one for one in judged if one.part == "main"],
            "copies": [one for one in judged if one.part == "copy"],
            "cosigners": cosigners,
            "cosign_open": paper.cosign_open,
            "deliveries": deliveries,
            "today": clock.today(),
            "replied": sum(row.replied_at is not None for row in deliveries),
            "asked": sum(row.reply_wanted for row in deliveries),
            "received": sum(row.received_at is not None for row in deliveries),
            "outside": sum(row.channel == Channel.OUTSIDE and row.received_at is None for row in deliveries),
            "sealing": paper.spec.sealed and paper.state in (PaperState.PRINTING, PaperState.ISSUING),
            "rounds": rounds,
            "returned": rounds[-1] if paper.state == PaperState.RETURNED and rounds else None,
        }

    def options(self, now):
        """(label, decision, address, look) of each step from here."""
        options = PAPER.options(self.object, actor=self.request.user, now=now)
        taken = {option.step.name for option in options if option.decision.allowed}
        waiting = bool(self.object.waiting_cosigners())
        found = self.scan_first()
        for option in options:
            name = option.step.name
            if name == ("check" if waiting else "check_cosign") and name not in taken:
                continue  # the other of the two ways on from 核稿
            url = reverse("notices:paper_step", args=[self.object.pk, SAME.get(name, name)])
            kind = "primary" if option.decision.allowed and not found_main(found) and name in ONWARD else "plain"
            found.append((option.step.label, option.decision, url, kind))
        return found

    def scan_first(self):
        """Before 印发 the sealed scan is the next act, where it is not there yet."""
        paper = self.object
        if paper.state != PaperState.ISSUING or not paper.spec.sealed or paper.has_sealed_scan():
            return []
        decision = self.request.user.decide("notices.handle_paper", paper)
        kind = "primary" if decision.allowed else "plain"
        return [("上传用印件", decision, reverse("notices:paper_sealed", args=[paper.pk]), kind)]


def found_main(options) -> bool:
    """Whether the page has its main action already."""
    return any(kind == "primary" for *_, kind in options)
