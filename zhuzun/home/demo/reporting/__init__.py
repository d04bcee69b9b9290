"""The demonstration's reporting: the year's earlier months closed, the last one at different points of the chain.

Stages: `blank` (plans laid ready, nothing switched on), `collecting` (the last month's report fell due on the last
working day), `overdue` (eight working days ago), `closed` (the last month is frozen too). All of it is done by the
services with past moments and the real people; figures are plausible and made up.
"""

from datetime import timedelta

from tasks.jobs import open_periods, send_reminders
from tasks.models import ReportingPeriod
from zhuzun.clock import day_of
from zhuzun.home.demo import cast
from zhuzun.home.demo.calendar import moment
from zhuzun.home.demo.reporting import amends, months, promises, setting, stage
from zhuzun.home.demo.reporting.timeline import Timeline
from zhuzun.periods.spans import SpanKind
from zhuzun.runs.jobs import run_and_record

BLANK, COLLECTING, OVERDUE, CLOSED = STAGES = ("blank", "collecting", "overdue", "closed")


def build(now, name: str) -> None:
    """Everything up to `now` as the stage has it."""
    if name == BLANK:
        return
    today = day_of(now)
    times = Timeline.of(today, late=name == OVERDUE)
    setting.switch_on(times)
    promises.sign(times)
    for day in times.openings:
        run(open_periods, moment(day, 0, 20))
        for period in ReportingPeriod.objects.filter(end__lt=day, state="open").order_by("end", "-start"):
            earlier(period, times, name)
    cast.read_their_inboxes(moment(times.last.end, 18))
    amends.ask_and_approve(times)
    opened, filed = times.openings[-1], times.filed
    if name == CLOSED:
        mornings(opened, now, times)
        return
    last = ReportingPeriod.objects.get(label=times.last.label, kind=times.last.kind)
    stage.units(times)
    mornings(opened, moment(filed), times)
    stage.build(last, times, late=name == OVERDUE)
    mornings(filed + timedelta(days=1), now, times)


def earlier(period, times, name) -> None:
    """An earlier period goes through and is closed; what ends with the last month (the year) is filed in time."""
    if name == CLOSED or (period.end < times.last.start and not times.is_in_work(period)):
        months.run_and_close(period, times)
    elif not times.is_in_work(period):
        with_quarter = period.kind == SpanKind.YEAR and period.end == times.quarter.end
        months.run_through(period, times, without=(stage.IN_WORK,) if with_quarter else ())


def mornings(since, until, times) -> None:
    """What the machine did by itself from the day `since` to the moment `until`: the jobs, each run with its row."""
    day = since
    while moment(day, 0, 20) <= until:
        if day.day == 1 and day != times.openings[-1]:
            run(open_periods, moment(day, 0, 20))
            stage.units(times)
        if moment(day) <= until:
            run(send_reminders, moment(day))
        day += timedelta(days=1)


def run(job, now) -> None:
    """The same code as the scheduler's, at a past moment."""
    run_and_record(job.name, job.body, now=now)
