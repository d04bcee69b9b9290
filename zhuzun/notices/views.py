"""The inbox: the list, a message, and marking all as read."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views import View

from zhuzun import clock
from zhuzun.notices import inbox, services
from zhuzun.notices.filters import InboxFilter
from zhuzun.notices.models import Message
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.tables import InboxTable
from zhuzun.ui import formats
from zhuzun.ui.guards import Guarded
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import DetailPage

TITLE = "收件箱"
VIEW = "notices.view_inbox"


class Inbox(ListPage):
    """What this person, in the identity he acts in, has been told."""

    model = Message
    permission = VIEW
    title, unit = TITLE, "条"
    table_class, filterset_class = InboxTable, InboxFilter
    template_name = "notices/inbox.html"
    empty_text = "收件箱里还没有通知"
    empty_hint = "报送、审核、催报等事项有进展时，系统会在这里通知您。"

    def rows(self):
        """With his own marks."""
        return inbox.messages_of(self.request.user)

    def get_context_data(self, **kwargs):
        """Whether there is anything to mark; which of the papers on this page are no longer valid."""
        context = super().get_context_data(unread=inbox.count_unread(self.request.user), **kwargs)
        inbox.mark_ended([row.record for row in self.table.page])
        return context


class MessagePage(DetailPage):
    """One message; opening it marks it read for this person."""

    model = Message
    permission = VIEW
    template_name = "notices/message.html"

    def get_breadcrumbs(self):
        """Below the inbox."""
        return [(TITLE, reverse("notices:inbox"))]

    def get(self, request, *args, **kwargs):
        """Mark, then show."""
        services.mark_read(self.object, actor=request.user, now=clock.now())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """What it is, whose, when, from whom."""
        message = self.object
        facts = [
            ("类别", message.kind_label),
            ("收件单位", message.organisation),
            ("时间", formats.moment(message.created_at)),
            ("发送", message.sent_by or "系统自动发送"),
        ]
        return super().get_context_data(facts=facts, **self.standing(), **kwargs)

    def standing(self) -> dict:
        """Whether the paper it tells of is still valid, for `notices/papers/_standing.html`."""
        paper = self.object.subject
        if not isinstance(paper, Paper) or not paper.ended_on:
            return {}
        seen = Paper.objects.visible_to(self.request.user)
        return {"paper": paper, "successor": seen.successors([paper]).get(paper.replaced_by_id)}


class ReadAll(Guarded, View):
    """全部标为已读."""

    permission = VIEW
    http_method_names = ("post",)

    def post(self, request):
        """Mark, and say how many."""
        number = services.mark_all_read(actor=request.user, now=clock.now())
        messages.success(request, f"已将 {number} 条通知标为已读。" if number else "没有未读通知。")
        return HttpResponseRedirect(reverse("notices:inbox"))
