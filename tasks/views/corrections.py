"""更正 of frozen figures: the list, one of them, asking for it, and its steps."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from tasks import closings
from tasks.filters.corrections import CorrectionFilters
from tasks.forms.closing import AskCorrectionForm, CorrectionStepForm
from tasks.models import Correction, Entry
from tasks.services import corrections
from tasks.tables.corrections import TONES, CorrectionTable
from tasks.workflow import CORRECTION
from zhuzun import clock
from zhuzun.audit.wording import history_of
from zhuzun.ui.badges import badge
from zhuzun.ui.formats import moment
from zhuzun.ui.guards import require
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import DetailPage, ObjectFormPage
from zhuzun.workflow.pages import StepPage


def crumbs():
    """To the list."""
    return [("更正", reverse("tasks:corrections"))]


class CorrectionList(ListPage):
    """Every correction one may see."""

    permission = "tasks.view_correction"
    model = Correction
    title, unit = "更正", "件"
    table_class, filterset_class = CorrectionTable, CorrectionFilters
    empty_text = "没有您可以查看的更正"
    empty_hint = "定稿后补报、更正数据，由数源单位在汇总表中对本单位的数据提交申请。"

    def rows(self):
        """With what a line needs."""
        return super().rows().for_list()


class CorrectionPage(DetailPage):
    """One correction: old, new, why, the signed sheet, and what may be done."""

    model, permission = Correction, "tasks.view_correction"
    template_name = "tasks/correction_detail.html"

    def visible(self):
        """With names."""
        return super().visible().for_list()

    def get_breadcrumbs(self):
        """Back to the list."""
        return crumbs()

    def get_context_data(self, **kwargs):
        """Facts, history, and the steps with their reasons."""
        one, now = self.object, clock.now()
        steps = [
            (option.step, option.decision, reverse("tasks:correction_step", args=[one.pk, option.step.name]))
            for option in CORRECTION.options(one, actor=self.request.user, now=now)
        ]
        return super().get_context_data(
            state=badge(*TONES[one.state]), facts=self.facts(), history=history_of(one), steps=steps, **kwargs
        )

    def facts(self):
        """The summary band."""
        one = self.object
        facts = [
            ("报告期", one.period.label),
            ("数源单位", str(one.entry.section.report.filer)),
            ("县（市）", str(one.entry.place)),
            ("指标", str(one.entry.item)),
            ("原数", one.old_words),
            ("更正后", one.new_words),
            ("申请人", f"{one.asked_by.name} {moment(one.asked_at)}"),
        ]
        if above := closings.frozen_above(one.period):
            facts.append(("不受影响", f"{'、'.join(map(str, above))}已定稿，定稿数不变，页面注明本更正"))
        if one.decided_at:
            facts.append(("审定", f"{one.decided_by.name} {moment(one.decided_at)}"))
        return facts


class AskCorrection(ObjectFormPage):
    """申请更正: by the filer, for one cell of a closed period."""

    model, permission = Entry, "tasks.ask_correction"
    form_class = AskCorrectionForm
    template_name = "tasks/correction_ask.html"
    submit_label, done_message = "提交申请", "已提交更正申请，请送本单位分管领导审签。"

    def guard(self):
        """A cell one may see; asking is its filer's."""
        rows = Entry.objects.visible_to(self.request.user).select_related("period", "item", "place", "section__report")
        self.object = get_object_or_404(rows, pk=self.kwargs["pk"])
        require(self.request.user, self.permission, self.object.section.report)

    def get_title(self):
        """What, and of which figure."""
        return f"申请更正：{self.object.place} {self.object.item}（{self.object.period}）"

    def get_breadcrumbs(self):
        """Back to the cells behind the number."""
        period = self.object.period
        url = reverse("tasks:figure", args=[period.pk, self.object.indicator.code])
        return [(str(period), period.get_absolute_url()), (str(self.object.item), url)]

    def get_context_data(self, **kwargs):
        """What is frozen now, and why it may not be asked for."""
        old = corrections.frozen_words(self.object)
        facts = {"frozen": old, "why_not": corrections.why_not_ask(self.object)}
        return super().get_context_data(above=closings.frozen_above(self.object.period), **facts, **kwargs)

    def perform(self, form):
        """One service call."""
        return corrections.ask(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """The correction."""
        return result.get_absolute_url()


class CorrectionStep(StepPage):
    """审签, 线下审签, 审定, 不予更正."""

    model, permission, workflow = Correction, "tasks.view_correction", CORRECTION
    template_name = "tasks/correction_step.html"

    @property
    def question(self):
        """What it is about."""
        one = self.object
        return f"{one.entry.place} {one.entry.item}：原为 {one.old_words}，更正为 {one.new_words}。"

    @property
    def consequences(self):
        """What follows."""
        follows = {"approve": ["编排更正号，形成新一版定稿数；原版保留可查。", "告知数源单位和所在县（市）。"]}
        if above := closings.frozen_above(self.object.period):
            follows["approve"].append(f"{'、'.join(map(str, above))}已定稿，其定稿数不变，页面注明本更正。")
        return [f"更正原因：{self.object.reason}", *follows.get(self.step.name, [])]

    def get_breadcrumbs(self):
        """Back to the correction."""
        return [*crumbs(), (str(self.object), self.object.get_absolute_url())]

    def get_form(self, *args, **kwargs):
        """With the scan or the reason where the step wants it."""
        return CorrectionStepForm(*args, step=self.step.name, **kwargs)

    def perform(self, form):
        """One service call."""
        facts = dict(form.cleaned_data)
        if file := facts.pop("file", None):
            facts |= {"data": file.read(), "filename": file.name}
        take = corrections.STEPS[self.step.name]
        return take(self.object, actor=self.request.user, now=clock.now(), **facts)
