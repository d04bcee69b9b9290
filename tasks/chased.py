"""What the pages of chasing read: reports that are missing, reminders about the cycle's records, the list of names."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType

from tasks.kinds import ReportState
from tasks.lights import light_badge, return_words, state_badge
from tasks.models import CheckSheet, PeriodForm, ProgressReport
from tasks.services.chasing import why_not
from zhuzun.access.policy import scope_for
from zhuzun.notices.kinds import Channel
from zhuzun.notices.models import Reminder
from zhuzun.organisations.kinds import Relation
from zhuzun.periods.light import TimeState, time_state_of

PRESSING = (TimeState.SOON, TimeState.LATE)
ABOUT = (ProgressReport, PeriodForm, CheckSheet)


def missing(user, period=None):
    """The reports of open periods that are still in their filers' hands; the bureau's own are nobody's to chase."""
    rows = ProgressReport.objects.visible_to(user).in_hand().exclude(relation=Relation.SELF)
    rows = rows.in_period(period) if period else rows
    return rows.for_list().order_by("due_on", "filer__position", "pk")


def presses(report, day) -> bool:
    """Whether it is time to chase: the day is near or over, or that of the return is."""
    if report.filed_on:
        return report.return_due_on is not None and report.return_due_on < day
    return time_state_of(report, day) in PRESSING


@dataclass
class Line:
    """One missing report on the page of chasing."""

    report: ProgressReport
    name: str
    state: str
    light: str
    returned: str
    why_not: str
    last: Reminder | None


def lines(rows, day, calendar) -> list[Line]:
    """Each with its lights and the last reminder, those that press first: a constant number of queries."""
    rows = sorted(rows, key=lambda report: not presses(report, day))
    last = _last(rows)
    return [
        Line(
            report=report,
            name=report.filer.name_on(day),
            state=state_badge(report),
            light=light_badge(report, day, calendar),
            returned=return_words(report, day, calendar) if report.state == ReportState.RETURNED else "",
            why_not=why_not(report),
            last=last.get(str(report.pk)),
        )
        for report in rows
    ]


def _last(rows) -> dict:
    kind = ContentType.objects.get_for_model(ProgressReport)
    found = Reminder.objects.filter(object_type=kind, object_id__in=[str(row.pk) for row in rows])
    return {row.object_id: row for row in found.order_by("at", "pk")}


def reminders(user):
    """Everything that went out about reports, forms and check sheets: the bureau's to read."""
    if scope_for("tasks.view_reminders", user.acting) is None:
        return Reminder.objects.none()
    kinds = [ContentType.objects.get_for_model(model) for model in ABOUT]
    rows = Reminder.objects.filter(object_type__in=kinds).select_related("organisation", "sent_by")
    return rows.prefetch_related("organisation__names", "subject")


def reminders_of(report, user):
    """Those about one report: the bureau reads all; others what came to the filer's inbox."""
    rows = Reminder.objects.about(report).select_related("organisation", "sent_by")
    if not user.decide("tasks.view_reminders").allowed:
        rows = rows.filter(channel=Channel.INBOX, organisation=report.filer_id)
    return rows.prefetch_related("organisation__names")
