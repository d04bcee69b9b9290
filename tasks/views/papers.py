"""The papers of a period: what is drafted by itself, and what the bureau asks for."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tasks.forms.papers import ArrangeForm, ChaseForm
from tasks.kinds import PeriodPaperKind
from tasks.models import PaperPlan, ReportingPeriod
from tasks.services import papers as services
from zhuzun import clock
from zhuzun.ui.forms import Form
from zhuzun.ui.guards import require
from zhuzun.ui.pages import ConfirmPage, ObjectFormPage, Page

LIST = ("公文起草安排", "tasks:paper_plans")


class PaperPlans(Page):
    """公文起草安排: for each kind of paper and of period whether it is drafted by itself, and under whose name."""

    permission = "tasks.view_plan"
    title = LIST[0]
    template_name = "tasks/paper_plans.html"

    def get_context_data(self, **kwargs):
        """Every row; there are as many as kinds and spans."""
        rows = PaperPlan.objects.visible_to(self.request.user).select_related("identity__organisation")
        order = list(PeriodPaperKind.values)
        plans = sorted(
            rows.prefetch_related("identity__organisation__names"), key=lambda one: (order.index(one.kind), one.pk)
        )
        user = self.request.user
        decisions = {"arrange": user.decide(services.ARRANGE), "rank": user.decide(services.RANK)}
        return super().get_context_data(plans=plans, **decisions, **kwargs)


class OfPlan(ObjectFormPage):
    """A form about one row."""

    model = PaperPlan

    def guard(self):
        """Known to whoever may read plans; changing is asked for by name."""
        rows = PaperPlan.objects.visible_to(self.request.user).select_related("identity__organisation")
        self.object = get_object_or_404(rows, pk=self.kwargs["pk"])
        require(self.request.user, self.permission)

    def get_title(self):
        """What, and for which kind of period."""
        return f"{self.title}：{self.object}"

    def get_breadcrumbs(self):
        """Back to the list."""
        return [(LIST[0], reverse(LIST[1]))]

    def done_url(self, result):
        """Back to the list."""
        return reverse(LIST[1])


class Arrange(OfPlan):
    """Whether it is drafted by itself, and under whose name."""

    permission = services.ARRANGE
    title, done_message = "起草安排", "已保存起草安排。"
    form_class = ArrangeForm

    def get_initial(self):
        """As it stands."""
        return {"active": self.object.active, "identity": self.object.identity}

    def perform(self, form):
        """One service call."""
        return services.arrange(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class Rank(OfPlan, ConfirmPage):
    """Whether the 通报 ranks districts."""

    permission = services.RANK
    title, done_message, danger = "各区排名", "已保存。", False
    form_class = Form

    def guard(self):
        """Only a 通报 ranks."""
        super().guard()
        if self.object.kind != PeriodPaperKind.CIRCULAR:
            raise Http404

    @property
    def submit_label(self):
        """What it will be."""
        return "不再排名" if self.object.ranked else "排名"

    @property
    def question(self):
        """What is asked."""
        return f"以后的{self.object}{'不再' if self.object.ranked else ''}对各区排名？"

    @property
    def consequences(self):
        """What follows."""
        return [
            "排名按各项年度目标的平均完成比例，保留两位小数，相同的并列；不相隶属单位和各县（市）不参加排名。",
            "已起草的公文不受影响。",
        ]

    def perform(self, form):
        """One service call."""
        return services.rank(self.object, ranked=not self.object.ranked, actor=self.request.user, now=clock.now())


class OfPeriod(ObjectFormPage):
    """A form below a period."""

    model, permission = ReportingPeriod, services.DRAFT

    def guard(self):
        """The period is known to whoever reports; drafting is the bureau's."""
        self.object = get_object_or_404(self.visible(), pk=self.kwargs["pk"])
        require(self.request.user, self.permission)

    def get_breadcrumbs(self):
        """Back to the period."""
        return [("汇总和定稿", reverse("tasks:periods")), (str(self.object), self.object.get_absolute_url())]

    def done_url(self, result):
        """The draft."""
        return result.get_absolute_url()


class DraftByHand(OfPeriod, ConfirmPage):
    """起草通报, 报告 or 催报提醒 of a period."""

    danger = False
    form_class = Form
    submit_label = "起草"

    def guard(self):
        """A kind that is drafted of a period."""
        super().guard()
        if self.kwargs["kind"] not in PeriodPaperKind.values:
            raise Http404
        self.kind = PeriodPaperKind(self.kwargs["kind"])

    def get_title(self):
        """What, of which period."""
        return f"起草{self.kind.label}：{self.object}"

    @property
    def done_message(self):
        """What is next."""
        return f"已起草，{services.to_do(self.kind)}"

    @property
    def question(self):
        """What is asked."""
        return f"起草{self.object}的{self.kind.label}？"

    @property
    def consequences(self):
        """What it is drafted from, and what is there already."""
        there = self.object.papers.filter(kind=self.kind).count()
        words = ["草稿用起草时的数据，以后数据有变动的，草稿不随之改变。"]
        return [f"本期已起草过 {there} 件{self.kind.label}，将另起一件。", *words] if there else words

    def perform(self, form):
        """One service call."""
        return services.draft_by_hand(self.object, kind=self.kind, actor=self.request.user, now=clock.now())


class ChaseByPaper(OfPeriod):
    """以公文催报."""

    title, submit_label, done_message = "以公文催报", "起草", "已起草，请核对后送核稿。"
    form_class = ChaseForm

    def get_title(self):
        """Of which period."""
        return f"{self.title}：{self.object}"

    def perform(self, form):
        """One service call."""
        return services.chase_by_paper(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)
