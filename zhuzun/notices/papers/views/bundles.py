"""Packing papers: those ticked in the list, or all that the filter leaves, as one zip."""

from django.urls import reverse

from zhuzun import clock
from zhuzun.notices.papers import bundles
from zhuzun.notices.papers.filters import PaperFilters
from zhuzun.notices.papers.forms import BundleForm
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.views.lists import crumbs
from zhuzun.ui.pages import FormPage
from zhuzun.ui.params import keys_from


class Bundle(FormPage):
    """Which papers stands in the address bar: `paper=3&paper=8`, or the filters of the list."""

    permission = "notices.view_paper"
    title = "打包下载公文"
    template_name = "notices/papers/bundle.html"
    form_class = BundleForm
    submit_label, done_message = "开始打包", "已登记打包任务，进度见下。"

    def get_breadcrumbs(self):
        """Below the list."""
        return crumbs()

    def papers(self):
        """Those that are meant, among those that one may see."""
        rows = Paper.objects.visible_to(self.request.user)
        if "paper" in self.request.GET:
            return rows.filter(pk__in=keys_from(self.request.GET.getlist("paper")))
        return PaperFilters(self.request.GET, queryset=rows, request=self.request).qs

    def get_context_data(self, **kwargs):
        """How many, and the first of them."""
        papers = self.papers()
        first = list(papers.for_list().order_by("-changed_at", "-pk")[:10])
        count = papers.count()
        return super().get_context_data(count=count, first=first, more=count - len(first), most=bundles.MOST, **kwargs)

    def perform(self, form):
        """One service call."""
        facts = {"contents": form.cleaned_data["contents"], "actor": self.request.user, "now": clock.now()}
        return bundles.start_zip(self.papers(), **facts)

    def done_url(self, result):
        """To its progress."""
        return reverse("runs:job", args=[result.pk])
