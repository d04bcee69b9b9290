"""报送任务 and 数源: what is asked of whom by when, looked at for a year before it is switched on."""

from datetime import timedelta

from django.shortcuts import get_object_or_404
from django.urls import reverse

from tasks import outlook
from tasks.filters.plans import PlanFilters, SourceFilters
from tasks.forms.plans import PART_FORMS, ActivateForm, CopyForm, PlanForm, SourceForm, groups_text
from tasks.models import FigureSource, ReportPlan
from tasks.services import plans as services
from tasks.services.plans import SETTINGS
from tasks.tables.plans import PLAN_WORDS, PlanTable, SourceTable
from tasks.workflow import PLAN
from zhuzun import clock
from zhuzun.audit.wording import history_of
from zhuzun.periods.services import current_calendar
from zhuzun.periods.spans import SpanKind
from zhuzun.ui.badges import badge
from zhuzun.ui.formats import span
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import ConfirmPage, DetailPage, FormPage, ObjectFormPage
from zhuzun.ui.params import whole_from

PLANS = "报送任务"


class PlanList(ListPage):
    """The plans."""

    model, permission = ReportPlan, "tasks.view_plan"
    table_class, filterset_class = PlanTable, PlanFilters
    title, unit = PLANS, "项"
    empty_text = "还没有报送任务"
    empty_hint = "初始的报送任务随政策数据载入。"

    def rows(self):
        """With their bodies."""
        return super().rows().prefetch_related("bodies__organisation__names", "bodies__group")


class PlanPage(DetailPage):
    """One plan: its rules in words, who owes what, the year's dates, the load."""

    model, permission, lookup = ReportPlan, "tasks.view_plan", "code"
    template_name = "tasks/plan_detail.html"

    def visible(self):
        """With its parts."""
        return super().visible().whole()

    def get_breadcrumbs(self):
        """Back to the list."""
        return [(PLANS, reverse("tasks:plans"))]

    def get_context_data(self, **kwargs):
        """Rules, parts, dates and load as at the year asked for."""
        now, plan = clock.now(), self.object
        day, calendar = clock.day_of(now), current_calendar()
        year = whole_from(self.request.GET, "year", day.year, low=2021, high=day.year + 2)
        dates = outlook.dates_of(plan, year, calendar)
        running = [plan, *ReportPlan.objects.visible_to(self.request.user).active().exclude(pk=plan.pk).whole()]
        return super().get_context_data(
            state=badge(*PLAN_WORDS[plan.state]),
            facts=facts_of(plan),
            options=PLAN.options(plan, actor=self.request.user, now=now),
            edit=self.request.user.decide("tasks.edit_plan"),
            year=year,
            years=range(day.year - 1, day.year + 2),
            dates=dates,
            gaps=outlook.calendar_gaps(dates, calendar),
            loads=outlook.loads([plan], year, calendar),
            totals={load.body.pk: load for load in outlook.loads(running, year, calendar)},
            sources=sources_of(plan, self.request.user, day),
            history=history_of(plan),
            day=day,
            **kwargs,
        )


def facts_of(plan):
    """The rules of a plan in words."""
    up = plan.up_rule.in_words() if plan.up_rule else "不上报"
    return [
        ("周期", plan.get_kind_display()),
        *_counted(plan),
        ("报送截止", plan.due_rule.in_words()),
        ("上报省时限", up),
        ("执行期", span(plan.starts_on, plan.ends_on) if plan.starts_on else "未启用"),
        ("审签", "须本单位审签" if plan.sign_off else "不须审签"),
        ("审核", "经办、科室负责人" if plan.head_review else "经办"),
        ("审核时限", f"{plan.review_workdays} 个工作日"),
        ("前方意见", plan.get_opinion_display()),
        ("核对时限", f"{plan.check_workdays} 个工作日"),
    ]


def _counted(plan):
    """What is counted: a one-off plan's own days, or which months."""
    if plan.kind == SpanKind.ONCE:
        return [("统计时段", span(plan.starts_on, plan.ends_on))]
    return [("统计时段", plan.get_first_day_display()), ("合并或跳过", groups_words(plan.span_groups))]


def groups_words(groups) -> str:
    """Which spans are one, for the page: 1—2合并，3、4、5单独报."""
    if not groups:
        return "每期都报"
    merged = [f"{one[0]}—{one[-1]}合并" for one in groups if len(one) > 1]
    single = "、".join(str(one[0]) for one in groups if len(one) == 1)
    return "，".join([*merged, *([f"{single}单独报"] if single else [])])


def sources_of(plan, user, day):
    """The plan's figures with who files and who checks them on `day`."""
    asked = [item.indicator_id for item in plan.items.all()]
    rows = FigureSource.objects.visible_to(user).on(day).filter(indicator__in=asked)
    by_indicator: dict[int, list] = {}
    for row in rows.select_related("body").prefetch_related("body__names"):
        by_indicator.setdefault(row.indicator_id, []).append(row)
    return [(item, by_indicator.get(item.indicator_id, [])) for item in plan.items.all()]


class PlanAction(ObjectFormPage):
    """Something done to a plan."""

    model, permission, lookup = ReportPlan, "tasks.edit_plan", "code"

    def get_title(self):
        """What, and to which plan."""
        return f"{self.title}：{self.object}"

    def get_breadcrumbs(self):
        """Back to the plan."""
        return [(PLANS, reverse("tasks:plans")), (str(self.object), self.done_url(None))]

    def done_url(self, result):
        """Back to the plan."""
        return reverse("tasks:plan", args=[self.object.code])


class ChangePlan(PlanAction):
    """Its rules."""

    title, form_class = "调整报送任务", PlanForm

    def get_initial(self):
        """As they are."""
        values = {name: getattr(self.object, name) for name in SETTINGS}
        return values | {"span_groups": groups_text(self.object.span_groups)}

    def perform(self, form):
        """One service call."""
        data = dict(form.cleaned_data)
        reason = data.pop("reason")
        return services.change_plan(self.object, changes=data, reason=reason, actor=self.request.user, now=clock.now())


class AddPart(PlanAction):
    """A body, figure, text or reminder step more."""

    done_message = "已增加。"
    submit_label = "增加"
    titles = {"bodies": "增加报送单位", "items": "增加指标", "narratives": "增加文字", "ladder": "增加催报步骤"}

    @property
    def title(self):
        """By the part."""
        return self.titles[self.kwargs["part"]]

    def get_form(self, *args, **kwargs):
        """By the part."""
        return PART_FORMS[self.kwargs["part"]](*args, plan=self.object, day=clock.today(), **kwargs)

    def perform(self, form):
        """One service call."""
        return services.add_part(
            self.object, self.kwargs["part"], values=form.cleaned_data, actor=self.request.user, now=clock.now()
        )


class RemovePart(PlanAction, ConfirmPage):
    """One less."""

    title, submit_label, done_message = "去掉", "去掉", "已去掉。"
    template_name = "generic/confirm.html"
    consequences = ["已开启的报告期不受影响。"]

    @property
    def row(self):
        """The part."""
        return get_object_or_404(getattr(self.object, self.kwargs["part"]), pk=self.kwargs["pk"])

    @property
    def question(self):
        """Which."""
        return f"确定从“{self.object}”中去掉“{self.row}”吗？"

    def perform(self, form):
        """One service call."""
        return services.remove_part(self.row, actor=self.request.user, now=clock.now())


class ActivatePlan(PlanAction):
    """Switch it on, after a look at the year's dates."""

    title, submit_label, done_message = "启用", "启用", "已启用。"
    form_class = ActivateForm

    def get_form(self, *args, **kwargs):
        """A one-off plan has its own days, which are not asked again."""
        form = super().get_form(*args, **kwargs)
        if self.object.kind == SpanKind.ONCE:
            del form.fields["starts_on"]
        return form

    def get_initial(self):
        """From the first of the next month on."""
        return {"starts_on": (clock.today().replace(day=1) + timedelta(days=31)).replace(day=1)}

    def perform(self, form):
        """One service call."""
        starts_on = form.cleaned_data.get("starts_on", self.object.starts_on)
        return services.activate(self.object, starts_on=starts_on, actor=self.request.user, now=clock.now())


class StopPlan(PlanAction, ConfirmPage):
    """No further periods."""

    title, submit_label, done_message = "停用", "停用", "已停用。"
    template_name = "generic/confirm.html"
    question = "确定停用这项报送任务吗？"
    consequences = ["不再开启新的报告期；已开启的照常办理。"]

    def perform(self, form):
        """One service call."""
        return services.stop(self.object, reason="", actor=self.request.user, now=clock.now())


class CopyPlan(PlanAction):
    """A further plan after this pattern (临时)."""

    title, submit_label, done_message = "参照新增", "新增", "已新增，尚未启用。"
    form_class = CopyForm

    def perform(self, form):
        """One service call."""
        return services.copy_plan(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """To the new plan."""
        return reverse("tasks:plan", args=[result.code if result else self.object.code])


class SourceList(ListPage):
    """Who files and who checks each figure."""

    model, permission = FigureSource, "tasks.view_plan"
    table_class, filterset_class = SourceTable, SourceFilters
    title, unit = "数源", "项"
    empty_text = "还没有设置数源"
    empty_hint = "初始的数源随政策数据载入。"

    def rows(self):
        """As at today, with names."""
        rows = super().rows().on(clock.today()).select_related("indicator", "body")
        return rows.prefetch_related("body__names")

    def main_action(self):
        """A new one, or another body from a day on."""
        decision = self.request.user.decide("tasks.edit_plan")
        return (decision, "设置数源", reverse("tasks:source_set"), "plus")


class SetSource(FormPage):
    """From a day on."""

    permission = "tasks.edit_plan"
    title, done_message = "设置数源", "已设置，下一次开启的报告期起执行。"

    def get_breadcrumbs(self):
        """Back to the list."""
        return [("数源", reverse("tasks:sources"))]

    def get_form(self, *args, **kwargs):
        """The bodies of today."""
        return SourceForm(*args, day=clock.today(), initial={"valid_from": clock.today()}, **kwargs)

    def perform(self, form):
        """One service call."""
        return services.set_source(actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """Back to the list."""
        return reverse("tasks:sources")
