"""报送进度: the board, the list of reports behind it, a period, and what the bureau may change of an open one."""

from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tasks import board, chased
from tasks.filters.reports import GROUPS, ReportFilters
from tasks.forms.periods import AddBodyForm, ExcuseForm, MoveForm
from tasks.kinds import LIGHTS
from tasks.models import ProgressReport, ReportingPeriod
from tasks.panels import closing, papers
from tasks.services import adjusting
from tasks.tables.reports import ReportTable
from zhuzun import clock
from zhuzun.audit.wording import history_of
from zhuzun.periods.services import current_calendar
from zhuzun.periods.spans import SpanKind
from zhuzun.ui.guards import require
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import DetailPage, ObjectFormPage, Page
from zhuzun.ui.params import choice_from

BOARD = ("报送进度", "tasks:board")
FILTERS = (  # of the board: (name in the address, label, choices)
    ("kind", "周期", SpanKind.choices),
    ("group", "单位类别", [(code, word) for code, (word, _) in GROUPS.items()]),
    ("light", "时限", LIGHTS),
)
PANELS = (
    closing,
    papers,
)  # modules of tasks.panels for a period's page; each has context(period, request, now) -> dict


def crumb(words_and_name) -> tuple[str, str]:
    """A breadcrumb from (word, name of the address)."""
    return words_and_name[0], reverse(words_and_name[1])


class BoardPage(Page):
    """Bodies × periods, within what the person may see."""

    permission = "tasks.view_board"
    title = "报送进度"
    template_name = "tasks/board.html"

    def get_context_data(self, **kwargs):
        """The board as at today."""
        day, calendar = clock.today(), current_calendar()
        chosen = {name: choice_from(self.request.GET, name, dict(choices), "") for name, _, choices in FILTERS}
        filers = GROUPS[chosen["group"]][1] if chosen["group"] else ()
        drawn = board.build(self.request.user, day, calendar, kind=chosen["kind"], filers=filers, light=chosen["light"])
        return super().get_context_data(
            board=drawn,
            day=day,
            filters=[(name, label, choices, chosen[name]) for name, label, choices in FILTERS],
            narrowed=urlencode({name: chosen[name] for name in ("group", "light") if chosen[name]}),
            missing=self.missing(day),
            calendar_known=calendar.knows(day.year),
            **kwargs,
        )

    def missing(self, day):
        """What is missing of all open periods and due soon or over, for whoever chases it."""
        user = self.request.user
        if not user.decide("tasks.chase").allowed:
            return []
        return [report for report in chased.missing(user) if chased.presses(report, day)]


class ReportList(ListPage):
    """Every report one may see, with filters, and taken away as shown."""

    permission = "tasks.view_board"
    model = ProgressReport
    title, unit = "进展报告", "份"
    table_class, filterset_class = ReportTable, ReportFilters
    empty_text = "没有您可以查看的进展报告"
    empty_hint = "报告期在统计时段结束后第一天自动开启；由市乡村振兴局启用报送任务。"

    def get_breadcrumbs(self):
        """Back to the board."""
        return [crumb(BOARD)]

    def rows(self):
        """With bodies, names and lights."""
        return super().rows().for_list().with_light(clock.today())

    def get_filterset(self):
        """The filters know the day."""
        return self.filterset_class(self.request.GET, queryset=self.rows(), request=self.request, day=clock.today())

    def get_table_kwargs(self):
        """So does the table."""
        return {"day": clock.today(), "calendar": current_calendar()}


class PeriodPage(DetailPage):
    """One period: its forms with their dates, the reports one may see, and what is done with it as a whole."""

    model, permission = ReportingPeriod, "tasks.view_board"
    template_name = "tasks/period_detail.html"

    def get_breadcrumbs(self):
        """Back to the board."""
        return [crumb(BOARD)]

    def get_context_data(self, **kwargs):
        """Facts, forms, reports, and what each panel adds."""
        now, user = clock.now(), self.request.user
        day, calendar, period = clock.day_of(now), current_calendar(), self.object
        visible = ProgressReport.objects.visible_to(user)
        reports = visible.in_period(period).for_list().with_light(day)
        other_day = Q(parts__report__in=visible.values("pk")) & ~Q(parts__report__due_on=F("due_on"))
        look = {"day": day, "calendar": calendar, "exclude": ("title", "period", "extended_to"), "orderable": False}
        table = ReportTable(reports.order_by("filer__position"), **look)
        table.request = self.request
        context = super().get_context_data(
            facts=self.facts(),
            forms=period.forms.select_related("plan").annotate(moved=Count("parts", filter=other_day)),
            table=table,
            day=day,
            now=now,
            adjust=user.decide("tasks.adjust_period"),
            history=history_of(period),
            **kwargs,
        )
        for panel in PANELS:
            context |= panel.context(period, self.request, now)
        return context

    def facts(self):
        """The summary band."""
        period = self.object
        facts = [("统计时段", f"{period.start} 至 {period.end}"), ("状态", period.get_state_display())]
        if period.turn_note:
            facts.append(("跨年", period.turn_note))
        if period.sent_up_on:
            facts.append(("已上报省", f"{period.sent_up_on} {period.sent_up_note}".strip()))
        return facts


class FormAction(ObjectFormPage):
    """Something the bureau does to one form of an open period."""

    model, permission = ReportingPeriod, "tasks.adjust_period"

    def guard(self):
        """The period is known to whoever reports; changing it is the bureau's."""
        self.object = get_object_or_404(self.visible(), pk=self.kwargs["pk"])
        self.form_row = get_object_or_404(self.object.forms, pk=self.kwargs["form"])
        require(self.request.user, self.permission)

    def get_title(self):
        """What, and for which form."""
        return f"{self.title}：{self.form_row}"

    def get_breadcrumbs(self):
        """Back to the period."""
        return [crumb(BOARD), (str(self.object), self.object.get_absolute_url())]

    def done_url(self, result):
        """Back to the period."""
        return self.object.get_absolute_url()


class MoveAll(FormAction):
    """统一顺延."""

    title, submit_label, done_message = "统一调整截止日期", "调整", "已调整未报送单位的截止日期。"
    form_class = MoveForm

    def perform(self, form):
        """One service call."""
        return adjusting.move_all(self.form_row, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class AddBody(FormAction):
    """增加报送单位."""

    title, submit_label, done_message = "增加报送单位", "增加", "已增加报送单位。"

    def get_form(self, *args, **kwargs):
        """The bodies that do not owe it yet."""
        return AddBodyForm(*args, form=self.form_row, day=clock.today(), **kwargs)

    def perform(self, form):
        """One service call."""
        return adjusting.add_body(self.form_row, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class ReportAction(ObjectFormPage):
    """Something the bureau does to one report's dates."""

    model, permission = ProgressReport, "tasks.adjust_period"

    def get_title(self):
        """What, and of which report."""
        return f"{self.title}：{self.object}"

    def get_breadcrumbs(self):
        """Back to the report."""
        return [crumb(BOARD), (str(self.object), self.object.get_absolute_url())]

    def done_url(self, result):
        """Back to the report."""
        return self.object.get_absolute_url()


class MoveOne(ReportAction):
    """Another due date for one body."""

    title, submit_label, done_message = "调整截止日期", "调整", "已调整截止日期。"
    form_class = MoveForm

    def perform(self, form):
        """One service call."""
        return adjusting.move_due(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)


class Excuse(ReportAction):
    """免报."""

    title, submit_label, done_message = "免报", "免报", "已登记免报。"
    form_class = ExcuseForm

    def perform(self, form):
        """One service call."""
        return adjusting.excuse(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)
