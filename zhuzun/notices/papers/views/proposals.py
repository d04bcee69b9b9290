"""选定列入内容: what the portal proposes for a draft, ticked by its drafter; and the annexes that go with it."""

from zhuzun import clock
from zhuzun.notices.papers.forms import ProposalsForm
from zhuzun.notices.papers.services import drafting
from zhuzun.notices.papers.views.drafting import DraftPage


class Proposals(DraftPage):
    """Names, problems and quotations, one by one; none of them stands in the paper without a person's tick."""

    title, submit_label, done_message = "选定列入内容", "保存", "已按选定的内容更新正文。"
    template_name = "notices/papers/proposals.html"
    form_class = ProposalsForm

    def get_form(self, *args, **kwargs):
        """One field for each group."""
        return self.form_class(*args, paper=self.object, **kwargs)

    def perform(self, form):
        """One service call."""
        return drafting.choose(self.object, actor=self.request.user, now=clock.now(), **form.ticked())
