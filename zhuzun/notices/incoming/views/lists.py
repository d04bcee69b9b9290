"""The one list of papers, and the 收文登记簿."""

from django.db.models import BooleanField, Value
from django.urls import reverse

from zhuzun.notices.incoming.filters import OurFilters, ReceiptFilters, TheirFilters
from zhuzun.notices.incoming.listing import BothDirections
from zhuzun.notices.incoming.models import IncomingPaper
from zhuzun.notices.incoming.tables import AllTable, ReceiptTable
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.views.lists import PAPERS, crumbs
from zhuzun.ui.lists import ListPage


class PaperList(ListPage):
    """All papers that one may see, with their direction: 发文 are the reader's own side's, 来文 what came to him."""

    model, permission = Paper, "notices.view_paper"
    title, unit = PAPERS[0], "件"
    table_class, filterset_class = AllTable, OurFilters
    template_name = "notices/papers/list.html"
    empty_text = "还没有公文"
    empty_hint = "印发、分送给您单位的公文会列在这里，并在收件箱中通知。"

    def lines(self, rows):
        """Our own as the filters leave them, and those of others that the same filters leave."""
        self.ours = rows
        theirs = TheirFilters(self.request.GET, queryset=self.theirs(), request=self.request)
        return self.both(rows, theirs.qs)

    def get_context_data(self, **kwargs):
        """How many of those that the filters leave can be packed: our own."""
        return super().get_context_data(packable=self.ours.count(), **kwargs)

    def count_all(self):
        """Of both."""
        return len(self.both(self.rows(), self.theirs()))

    def theirs(self):
        """Papers of others that one may see."""
        return IncomingPaper.objects.visible_to(self.request.user)

    def both(self, ours, theirs):
        """As one list."""
        return BothDirections(ours, theirs, load_ours=self.load_ours, load_theirs=self.load_theirs)

    def load_ours(self, keys):
        """With what a line needs, and the direction as this reader sees it."""
        sent = self.request.user.has_perm("notices.view_register")
        rows = Paper.objects.visible_to(self.request.user).for_list()
        found = rows.annotate(sent=Value(sent, output_field=BooleanField())).in_bulk(keys)
        successors = Paper.objects.visible_to(self.request.user).successors(found.values())
        for paper in found.values():
            paper.successor = successors.get(paper.replaced_by_id)
        return found

    def load_theirs(self, keys):
        """With what a line needs."""
        return self.theirs().for_list(self.request.user).in_bulk(keys)

    def main_action(self):
        """A new draft, for those who draft; else 来文登记, for those who register."""
        drafts = self.request.user.decide("notices.draft_paper")
        if drafts.allowed:
            return (drafts, "拟稿", reverse("notices:paper_new"), "plus")
        registers = self.request.user.decide("notices.handle_incoming")
        return (registers, "来文登记", reverse("notices:incoming_new"), "plus") if registers.allowed else ()


class ReceiptRegister(ListPage):
    """收文登记簿: every 收文号, the struck ones included; prints and exports."""

    model, permission = IncomingPaper, "notices.view_register"
    title, unit = "收文登记簿", "件"
    table_class, filterset_class = ReceiptTable, ReceiptFilters
    template_name = "notices/papers/register.html"
    empty_text = "还没有登记的来文"
    empty_hint = "收到上级、平级、下级来文和遵义等地来函，由文秘或市局经办登记；带密级的文件不得在本系统登记。"

    def rows(self):
        """With what a line needs."""
        return super().rows().for_list(self.request.user)

    def get_breadcrumbs(self):
        """Below the papers."""
        return crumbs()

    def main_action(self):
        """来文登记."""
        decision = self.request.user.decide("notices.handle_incoming")
        return (decision, "来文登记", reverse("notices:incoming_new"), "plus") if decision.allowed else ()
