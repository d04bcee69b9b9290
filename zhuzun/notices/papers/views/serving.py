"""Receipts: 签收, 回复, 线下送达, 催签收."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views import View

from zhuzun import clock
from zhuzun.errors import DomainError
from zhuzun.notices.papers import forms
from zhuzun.notices.papers.kinds import Channel
from zhuzun.notices.papers.models import Paper, PaperDelivery
from zhuzun.notices.papers.services import serving
from zhuzun.notices.papers.views.lists import crumbs
from zhuzun.ui.guards import Guarded, require
from zhuzun.ui.pages import ConfirmPage, ObjectFormPage


class Receive(Guarded, View):
    """签收: one of the body's officers suffices."""

    model, permission = PaperDelivery, "notices.answer_paper"
    http_method_names = ("post",)

    def guard(self):
        """404 for another's delivery, 403 with the reason for whoever may not sign."""
        rows = self.model.objects.visible_to(self.request.user).select_related("paper")
        self.object = get_object_or_404(rows, pk=self.kwargs["pk"])
        require(self.request.user, self.permission, self.object)

    def post(self, request, pk):
        """Sign, and say so."""
        try:
            serving.receive(self.object, actor=request.user, now=clock.now())
            messages.success(request, "已签收。")
        except DomainError as error:
            messages.warning(request, error.message)
        return HttpResponseRedirect(self.object.paper.get_absolute_url())


class DeliveryForm(ObjectFormPage):
    """A form about one delivery."""

    model = PaperDelivery

    def visible(self):
        """With the paper and the body's names."""
        return super().visible().for_list().select_related("paper", "organisation")

    def get_breadcrumbs(self):
        """Back to the paper."""
        return crumbs(self.object.paper)

    def told_of(self):
        """The paper's history tells."""
        return self.object.paper

    def done_url(self, result):
        """Back to the paper."""
        return self.object.paper.get_absolute_url()


class Reply(DeliveryForm):
    """A body's reply."""

    permission = "notices.answer_paper"
    form_class = forms.ReplyForm
    submit_label, done_message = "回复", "已回复。"

    def get_title(self):
        """To what."""
        return f"回复：{self.object.paper}"

    def perform(self, form):
        """One service call."""
        words = form.cleaned_data["words"]
        return serving.reply(self.object, words=words, actor=self.request.user, now=clock.now())


class ServeOutside(DeliveryForm):
    """线下送达."""

    permission = "notices.serve_paper"
    form_class = forms.ServeForm
    submit_label, done_message = "登记送达", "已登记线下送达。"

    def get_title(self):
        """To whom."""
        return f"登记线下送达：{self.object.organisation}"

    def get_initial(self):
        """Today."""
        return {"on": clock.today()}

    def perform(self, form):
        """One service call."""
        return serving.serve_outside(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class Remind(ConfirmPage):
    """催签收、催回复: everybody who has not signed, or owes his reply, once a day each."""

    model, permission = Paper, "notices.serve_paper"
    submit_label = "发出提醒"
    danger = False
    consequences = ["每个单位每天至多提醒一次，记入催报记录。"]

    @cached_property
    def rows(self):
        """Whom it was served on."""
        return list(self.object.deliveries.select_related("paper"))

    def get_title(self):
        """As the button that led here is called."""
        awaited = any(row.reply_wanted and not row.replied_at for row in self.rows)
        return "催签收、催回复" if awaited else "催签收"

    @property
    def question(self):
        """How many."""
        unsigned, owing = sum(not row.received_at for row in self.rows), sum(row.owes_reply for row in self.rows)
        words = [f"{unsigned} 个单位没有签收" if unsigned else "", f"{owing} 个单位没有回复" if owing else ""]
        return (
            f"《{self.object}》尚有 {'、'.join(filter(None, words)) or '0 个单位没有签收'}，向在系统内的单位发出提醒？"
        )

    @property
    def done_message(self):
        """How many were reminded."""
        if self.sent:
            return f"已提醒 {self.sent} 个单位。"
        unsigned = [row for row in self.object.deliveries.all() if not row.received_at]
        if unsigned and all(row.channel == Channel.OUTSIDE for row in unsigned):
            return f"没有签收的 {len(unsigned)} 个单位在系统内没有办理人，没有发出提醒，请线下送达。"
        return "今天已经提醒过，或没有待签收、待回复的单位。"

    def get_breadcrumbs(self):
        """Back to the paper."""
        return crumbs(self.object)

    def perform(self, form):
        """One service call."""
        self.sent = serving.remind(self.object, actor=self.request.user, now=clock.now())
        return self.sent

    def done_url(self, result):
        """Back to the paper."""
        return self.object.get_absolute_url()
