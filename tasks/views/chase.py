"""Chasing by hand, the record of reminders, and the list of whom to name."""

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from tasks import chased
from tasks.filters.chase import ReminderFilters
from tasks.forms.chase import ChaseForm, CopiedForm, NameForm
from tasks.kinds import NameVerdict
from tasks.lights import light_badge
from tasks.models import NameLine, ReportingPeriod
from tasks.services import chasing, naming
from tasks.tables.chase import ReminderTable
from zhuzun import clock
from zhuzun.periods.services import current_calendar
from zhuzun.ui.badges import badge
from zhuzun.ui.guards import Guarded
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import DetailPage, FormPage, ObjectFormPage
from zhuzun.ui.params import whole_from

BOARD = ("报送进度", "tasks:board")
VERDICT_TONES = {NameVerdict.OPEN: "soon", NameVerdict.NAMED: "info", NameVerdict.SPARED: "idle"}


class ChasePage(FormPage):
    """批量催报: who is missing; two acts on those ticked, writing to their inboxes and copying the list."""

    permission = "tasks.chase"
    title, submit_label = "批量催报", "发送催报"
    template_name = "tasks/chase.html"

    def get_breadcrumbs(self):
        """Back to the board."""
        return [(BOARD[0], reverse(BOARD[1]))]

    def period(self):
        """The period of the address bar, if it names one."""
        key = whole_from(self.request.GET, "period", 0, low=0)
        return ReportingPeriod.objects.visible_to(self.request.user).filter(pk=key).first()

    def get_form(self, *args, **kwargs):
        """Of what is missing, everything that may be chased and whose day is near or over is ticked."""
        rows, day = chased.missing(self.request.user, self.period()), clock.today()
        ticked = [report.pk for report in rows if chased.presses(report, day) and not chasing.why_not(report)]
        return ChaseForm(*args, rows=rows, initial={"reports": ticked}, **kwargs)

    def perform(self, form):
        """One service call."""
        outcome = chasing.chase(actor=self.request.user, now=clock.now(), **form.cleaned_data)
        self.done_message = f"{outcome}。"
        return outcome

    def done_url(self, result):
        """Back to the page: what was sent stands beside each report."""
        return self.request.get_full_path()

    def get_context_data(self, **kwargs):
        """The missing reports, and the text to copy."""
        day, calendar = clock.today(), current_calendar()
        period = self.period()
        rows = list(chased.missing(self.request.user, period))
        return super().get_context_data(
            lines=chased.lines(rows, day, calendar),
            period=period,
            periods=ReportingPeriod.objects.visible_to(self.request.user).open(),
            copied=CopiedForm(rows=chased.missing(self.request.user, period)),
            phone_text=chasing.phone_text(
                [report for report in rows if chased.presses(report, day)], day=day, calendar=calendar
            ),
            **kwargs,
        )


class Copied(Guarded, View):
    """复制催报名单: the text for 粤政易, 微信 or a call, and that it was taken."""

    permission = "tasks.chase"
    http_method_names = ("post",)

    def post(self, request):
        """Record, and give the text: to the script, or on a page to copy by hand."""
        form = CopiedForm(request.POST, rows=chased.missing(request.user))
        if not form.is_valid():
            return self.refuse(form)
        reports, now = form.cleaned_data["reports"], clock.now()
        chasing.copied(reports, channel=form.cleaned_data["channel"], actor=request.user, now=now)
        text = chasing.phone_text(reports, day=clock.day_of(now), calendar=current_calendar())
        message = f"名单已登记 {len(reports)} 份。"
        if request.accepts("text/html"):
            context = {"title": "催报名单", "text": text, "message": message, "breadcrumbs": self.crumbs()}
            return render(request, "tasks/chase_copied.html", context)
        return JsonResponse({"text": text, "message": message})

    def refuse(self, form):
        """Back to the list, with what is wrong."""
        errors = [str(error) for found in form.errors.values() for error in found]
        if not self.request.accepts("text/html"):
            return JsonResponse({"message": "".join(errors)}, status=422)
        messages.error(self.request, "".join(errors))
        return HttpResponseRedirect(reverse("tasks:chase"))

    def crumbs(self):
        """Back to the list."""
        return [(BOARD[0], reverse(BOARD[1])), ("批量催报", reverse("tasks:chase"))]


class ReminderList(ListPage):
    """催报记录."""

    permission = "tasks.view_reminders"
    title, unit = "催报记录", "条"
    table_class, filterset_class = ReminderTable, ReminderFilters
    empty_text = "还没有催报记录"
    empty_hint = "系统在工作日 9:00 按催报步骤提醒；市局也可在报送进度页批量催报。"

    def get_breadcrumbs(self):
        """Back to the board."""
        return [(BOARD[0], reverse(BOARD[1]))]

    def rows(self):
        """All about the cycle's records."""
        return chased.reminders(self.request.user)


class NamesPage(DetailPage):
    """拟通报名单 of a period: the leader decides name by name."""

    model, permission = ReportingPeriod, "tasks.view_reminders"
    template_name = "tasks/names.html"

    def get_title(self):
        """2026年10月 拟通报名单."""
        return f"{self.object} 拟通报名单"

    def get_breadcrumbs(self):
        """Back to the period."""
        return [(BOARD[0], reverse(BOARD[1])), (str(self.object), self.object.get_absolute_url())]

    def get_context_data(self, **kwargs):
        """The lines, each with how the report stands now."""
        user, day, calendar = self.request.user, clock.today(), current_calendar()
        rows = NameLine.objects.visible_to(user).filter(list__period=self.object).for_list()
        lines = [
            {
                "line": row,
                "name": row.report.filer.name_on(day),
                "light": light_badge(row.report, day, calendar),
                "verdict": badge(row.get_verdict_display(), VERDICT_TONES[row.verdict]),
                "act": "确定" if row.verdict == NameVerdict.OPEN else "更改",
            }
            for row in rows
        ]
        return super().get_context_data(lines=lines, confirm=user.decide("tasks.confirm_names"), **kwargs)


class DecideName(ObjectFormPage):
    """列入 or 不列入, one body."""

    model, permission = NameLine, "tasks.confirm_names"
    form_class = NameForm
    template_name = "tasks/name_decide.html"
    submit_label, done_message = "确定", "已确定。"

    def visible(self):
        """Lines of the bureau's lists."""
        return super().visible().for_list()

    def get_title(self):
        """Which body, which report."""
        return f"是否列入通报名单：{self.object.report}"

    def get_breadcrumbs(self):
        """Back to the list."""
        period = self.object.list.period
        return [(str(period), period.get_absolute_url()), ("拟通报名单", reverse("tasks:names", args=[period.pk]))]

    def get_context_data(self, **kwargs):
        """How late it is, and what was done before its name came up."""
        report = self.object.report
        return super().get_context_data(
            light=light_badge(report, clock.today(), current_calendar()),
            reminders=chased.reminders_of(report, self.request.user).order_by("at", "pk"),
            **kwargs,
        )

    def get_initial(self):
        """What was decided before."""
        return {"verdict": self.object.verdict, "reason": self.object.reason}

    def perform(self, form):
        """One service call."""
        return naming.decide(self.object, actor=self.request.user, now=clock.now(), **form.cleaned_data)

    def done_url(self, result):
        """Back to the list."""
        return reverse("tasks:names", args=[self.object.list.period_id])
