"""Compiled figures of a period: tables, the cells behind a number, and what closes the period."""

from functools import cached_property

from django.shortcuts import get_object_or_404
from django.urls import reverse

from tasks import closings, compiled, compiled_cells, compiled_export, compiled_longer, compiled_tables, target_tables
from tasks.filters.corrections import PeriodFilters
from tasks.forms.closing import SendUpForm, StepForm
from tasks.models import Correction, Indicator, ReportingPeriod, SnapshotFigure
from tasks.panels.closing import basis, basis_words
from tasks.services import closing
from tasks.tables.corrections import PeriodTable
from tasks.workflow import PERIOD
from zhuzun import clock
from zhuzun.runs.waking import wake
from zhuzun.ui.guards import require
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import ObjectFormPage, ObjectPage
from zhuzun.ui.params import choice_from, whole_from
from zhuzun.workflow.pages import StepPage

LIST = ("汇总和定稿", "tasks:periods")
DRAFT_PAPERS = "tasks.draft_papers"  # the job that drafts 通报 and 报告 of a closed period


class PeriodList(ListPage):
    """汇总和定稿: every period, where it stands, and the way to its compiled tables."""

    permission = "tasks.view_compiled"
    model = ReportingPeriod
    title, unit = "汇总和定稿", "期"
    table_class, filterset_class = PeriodTable, PeriodFilters
    empty_text = "没有报告期"
    empty_hint = "报告期在统计时段结束后第一天自动开启；由市乡村振兴局启用报送任务。"

    def rows(self):
        """With the version in force."""
        return super().rows().for_list(self.request.user)

    def get_filterset(self):
        """The filters know the day."""
        return self.filterset_class(self.request.GET, queryset=self.rows(), request=self.request, day=clock.today())


class OfPeriod(ObjectPage):
    """A page below a period."""

    model = ReportingPeriod

    def guard(self):
        """The period is known to whoever reports; the page asks for its own permission."""
        self.object = get_object_or_404(self.visible(), pk=self.kwargs["pk"])
        require(self.request.user, self.permission)

    def get_breadcrumbs(self):
        """Back to the period."""
        return [(LIST[0], reverse(LIST[1])), (str(self.object), self.object.get_absolute_url())]

    def figures(self):
        """What one may see of the figures, and the frozen version used: the one asked for, or that in force."""
        user = self.request.user
        version = whole_from(self.request.GET, "version", 0, low=1)
        snapshot = self.object.snapshots.select_related("approved_by").filter(version=version).first()
        if snapshot is None:
            return compiled_longer.visible(self.object, user)
        return compiled.frozen(snapshot, SnapshotFigure.objects.visible_to(user)), snapshot


class FiguresPage(OfPeriod):
    """汇总表: by area, county or district, within what one may see; printed and taken away as shown."""

    permission = "tasks.view_compiled"
    template_name = "tasks/figures.html"

    def get_title(self):
        """2026年10月 汇总表."""
        return f"{self.object} 汇总表"

    def get(self, request, *args, **kwargs):
        """The page, or the file."""
        now = clock.now()
        by = choice_from(request.GET, "by", compiled_tables.BY, "area")
        figures, snapshot = self.figures()
        only_span = any(one.span_value is not None for one in figures) and all(one.value is None for one in figures)
        usual = "span_value" if only_span else "value"  # a one-off that counts nothing but its own days
        look = choice_from(request.GET, "measure", compiled_tables.LOOKS, usual) if by != "area" else "value"
        whose = target_tables.whose(request.user, self.object.end)
        table = compiled_tables.build(self.object, figures, by=by, look=look, whose=whose)
        below = closings.below_words(self.object, request.user)
        if request.GET.get("export") == "xlsx":
            words = "；".join(filter(None, [basis_words(snapshot, now), below]))
            return compiled_export.respond(self.object, table, words, request=request, now=now)
        found = {"table": table, "basis": basis(snapshot, now), "overview": compiled.overview(figures), "below": below}
        choices = {"bys": compiled_tables.BY.items(), "looks": compiled_tables.LOOKS.items()}
        return self.render_to_response(self.get_context_data(**found, **choices))


class FigurePage(OfPeriod):
    """The cells behind a number: who filed each, in which report (with its rounds and evidence), and its check."""

    permission = "tasks.view_compiled"
    template_name = "tasks/figure.html"

    def get_title(self):
        """The indicator."""
        return f"{self.indicator.name}（{self.object}）"

    def guard(self):
        """The indicator is one of the catalogue."""
        super().guard()
        rows = Indicator.objects.visible_to(self.request.user)
        self.indicator = get_object_or_404(rows, code=self.kwargs["code"])

    def get_breadcrumbs(self):
        """Back to the tables."""
        return [*super().get_breadcrumbs(), ("汇总表", reverse("tasks:figures", args=[self.object.pk]))]

    def get_context_data(self, **kwargs):
        """The cells, or the parts of a computed figure."""
        figures, snapshot = self.figures()
        found = compiled_cells.behind(self.object, figures, self.indicator, self.request.user)
        basis_of = basis(snapshot, clock.now())
        rows = Correction.objects.visible_to(self.request.user).for_list().order_by("asked_at")
        rows = rows.filter(period=self.object, entry__indicator=self.indicator)
        below = closings.corrections_below(self.object, self.request.user).filter(entry__indicator=self.indicator)
        facts = {"indicator": self.indicator, "basis": basis_of, "corrections": rows, "below": below}
        return super().get_context_data(**facts, **found, **kwargs)


QUESTIONS = {
    "propose": "将{}的汇总数据拟为定稿，送科室负责人审核？",
    "withdraw": "撤回{}的拟定稿，继续汇总？",
    "check": "{}的汇总数据审核无误，送市局领导审定？",
    "refuse": "将{}的汇总数据退回经办？",
    "approve": "审定{}的汇总数据，予以定稿？",
    "send_back": "将{}的汇总数据退回，重新核对？",
}


class PeriodStep(StepPage, OfPeriod):
    """拟定稿, 科室审核, 审定, and the ways back: with the very figures, who has not filed, and what is disputed."""

    permission, workflow = "tasks.compile_period", PERIOD
    template_name = "tasks/period_step.html"

    @property
    def done_message(self):
        """That it is done."""
        return f"{self.object} 已{self.step.label}。"

    @property
    def question(self):
        """Whether to do it."""
        return QUESTIONS[self.step.name].format(self.object)

    @property
    def consequences(self):
        """What is not there yet, and what follows."""
        return compiled_cells.consequences(self.step.name, self.whole)

    @cached_property
    def whole(self):
        """Everybody's figures, as they would be frozen now."""
        return compiled_longer.whole(self.object)

    def get_context_data(self, **kwargs):
        """What is approved."""
        whose = target_tables.whose(self.request.user, self.object.end)
        facts = {"missing": compiled_cells.not_filed(self.object), "disputed": compiled_cells.disputed(self.object)}
        table = compiled_tables.build(self.object, self.whole, by="area", whose=whose)
        return super().get_context_data(table=table, **facts, **kwargs)

    def get_form(self, *args, **kwargs):
        """With a reason where the step gives something back."""
        return StepForm(*args, needs_reason=self.step.name in closing.NEED_REASON, **kwargs)

    def perform(self, form):
        """One service call."""
        take = closing.STEPS[self.step.name]
        done = take(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)
        if self.step.name == "approve":
            wake(DRAFT_PAPERS)
        return done


class SendUp(OfPeriod, ObjectFormPage):
    """登记上报省."""

    permission = "tasks.compile_period"
    form_class = SendUpForm
    submit_label, done_message = "登记", "已登记上报。"

    def get_title(self):
        """What, and for which period."""
        return f"登记上报省：{self.object}"

    def perform(self, form):
        """One service call."""
        return closing.send_up(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """Back to the period."""
        return self.object.get_absolute_url()
