"""撤下 of a file that hangs on one of our own papers by mistake, before it goes out."""

from django.http import Http404

from zhuzun import clock
from zhuzun.documents import viewers
from zhuzun.documents.forms import WithdrawForm
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.services import chain, drafting
from zhuzun.notices.papers.views.lists import crumbs
from zhuzun.ui.guards import require
from zhuzun.ui.pages import ConfirmPage

# kind → (who may, the service)
ACTS = {
    AttachmentKind.ENCLOSED: (drafting.DRAFT, drafting.take_down),
    AttachmentKind.SEALED: ("notices.handle_paper", chain.take_down_sealed),
}


class WithdrawFile(ConfirmPage):
    """An annex of a draft, or a sealed scan before 印发."""

    permission = None  # asked of the paper, by kind
    submit_label, done_message = "撤下", "已撤下。"
    form_class = WithdrawForm
    consequences = ["文件内容从服务器删除，不能恢复；办理记录中保留文件名、撤下人和原因。"]

    def guard(self):
        """A file of a paper that one may see."""
        self.object = viewers.find(self.request.user, self.kwargs["pk"])
        if self.object is None or not isinstance(self.object.subject, Paper) or self.object.kind not in ACTS:
            raise Http404
        self.paper = self.object.subject
        permission, self.act = ACTS[self.object.kind]
        require(self.request.user, permission, self.paper)

    def get_title(self):
        """What."""
        return f"撤下{self.object.get_kind_display()}"

    @property
    def question(self):
        """Which one."""
        return f"从《{self.paper}》撤下“{self.object}”吗？"

    def told_of(self):
        """The paper's history tells."""
        return self.paper

    def get_breadcrumbs(self):
        """Back to the paper."""
        return crumbs(self.paper)

    def perform(self, form):
        """One service call."""
        return self.act(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """Back to the paper."""
        return self.paper.get_absolute_url()
