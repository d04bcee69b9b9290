"""What waits: 待审核 for the bureau, 待我审签 for leaders, 待填前方意见 for the working group, 延期申请."""

import django_tables2 as tables
from django.contrib import messages
from django.db.models import Case, Count, Q, When
from django.urls import reverse

from tasks import waiting
from tasks.filters.chain import ExtensionFilters
from tasks.kinds import AskState, ReportState
from tasks.services import review
from tasks.views.board import BOARD, crumb
from zhuzun import clock
from zhuzun.periods.services import current_calendar
from zhuzun.ui.guards import require
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import Page
from zhuzun.ui.params import is_key
from zhuzun.ui.tables import BadgeColumn, DayColumn, NumberColumn, Table

MOST_TOGETHER = 200


class WaitingPage(Page):
    """A page of what waits for a person."""

    def get_breadcrumbs(self):
        """Below the board."""
        return [crumb(BOARD)]


class ReviewPage(WaitingPage):
    """待审核: oldest first; those without warnings or disputes go together."""

    permission = None  # one of three, see guard
    title = "待审核"
    template_name = "tasks/review.html"

    def guard(self):
        """The bureau's officer, section head or leader."""
        user = self.request.user
        if not any(user.decide(name) for name in waiting.REVIEWERS):
            require(user, waiting.REVIEWERS[0])

    def post(self, request, *args, **kwargs):
        """Each report for itself: what went through, and what did not and why."""
        seen = _ticked(request.POST.getlist("report"))
        results = review.accept_many(seen, actor=request.user, now=clock.now())
        if not results:
            messages.warning(request, "请先勾选要一并审核通过的报表。")
        return self.render_to_response(self.get_context_data(results=results, **kwargs))

    def get_context_data(self, **kwargs):
        """The rows, as at today."""
        day, calendar = clock.today(), current_calendar()
        rows = waiting.review_rows(self.request.user, day, calendar)
        together = sum(not row.hindrance for row in rows)
        return super().get_context_data(rows=rows, together=together, day=day, **kwargs)


def _ticked(values) -> dict[int, str]:
    """{report: state seen} from «12-review»; garbage counts as not ticked."""
    found = {}
    for value in values[:MOST_TOGETHER]:
        key, _, state = value.partition("-")
        if is_key(key) and state in ReportState.values:
            found[int(key)] = state
    return found


class SigningPage(WaitingPage):
    """待我审签: for the leaders of districts, units, and the group's for its teams."""

    permission = "tasks.sign_report"
    title = "待我审签"
    template_name = "tasks/signing.html"

    def get_context_data(self, **kwargs):
        """The reports with their lights, and what is missing or unusual in them."""
        rows = waiting.signing_rows(self.request.user, clock.today())
        return super().get_context_data(rows=rows, **kwargs)


class OpinionsPage(WaitingPage):
    """待填前方意见: for members of the working group and its leader."""

    permission = "tasks.give_opinion"
    title = "待填前方意见"
    template_name = "tasks/opinions.html"

    def get_context_data(self, **kwargs):
        """(report, county) with the window."""
        rows = waiting.opinion_rows(self.request.user, clock.today(), current_calendar())
        return super().get_context_data(rows=rows, **kwargs)


def _page_of(asked) -> str:
    """Where a request is decided; the report once it is."""
    waits = asked.state == AskState.ASKED
    return reverse("tasks:extension", args=[asked.pk]) if waits else asked.report.get_absolute_url()


class ExtensionTable(Table):
    """One line for each request."""

    report = tables.Column("进展报告", linkify=lambda record: _page_of(record), orderable=False)
    filer = tables.Column("报送单位", accessor="report__filer", orderable=False)
    state = BadgeColumn(
        "状态",
        words={
            AskState.ASKED: ("待审批", "soon"),
            AskState.APPROVED: ("已同意", "done"),
            AskState.REFUSED: ("不同意", "ended"),
        },
    )
    due_on = DayColumn("截止日期", accessor="report__due_on")
    wanted_on = DayColumn("申请延期至")
    reason = tables.Column("延期原因", attrs={"td": {"class": "wrap"}}, orderable=False)
    asked_at = DayColumn("申请日期")
    times = NumberColumn("该单位已获延期次数", orderable=False)
    caption = "延期申请"

    def render_filer(self, value):
        """The name in use today."""
        return value.name_on(clock.today())


class ExtensionList(ListPage):
    """Requests for a later date: the waiting ones first, and how often each body was given more time."""

    permission = "tasks.decide_extension"
    title, unit = "延期申请", "份"
    table_class, filterset_class = ExtensionTable, ExtensionFilters
    empty_text = "没有延期申请"

    def get_breadcrumbs(self):
        """Below the board."""
        return [crumb(BOARD)]

    def rows(self):
        """With the number of extensions that the body was given."""
        rows = waiting.extensions(self.request.user).select_related("report__filer", "report__period", "asked_by")
        given = Count(
            "report__filer__reports__extensions", filter=Q(report__filer__reports__extensions__state="approved")
        )
        return (
            rows.annotate(times=given)
            .prefetch_related("report__filer__names")
            .order_by(Case(When(state=AskState.ASKED, then=0), default=1), "-asked_at")
        )
