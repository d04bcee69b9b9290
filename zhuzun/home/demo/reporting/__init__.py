"""The demonstration's reporting: the year's earlier months closed, the last one at different points of the chain.

Stages: `blank` (plans laid ready, nothing switched on), `collecting` (the last month's report fell due on the last
working day), `overdue` (eight working days ago), `closed` (the last month is frozen too). All of it is done by the
services with past moments and the real people; figures are plausible and made up.
"""

from tasks.models import ReportingPeriod
from tasks.services.opening import open_due
from zhuzun.home.demo.calendar import moment
from zhuzun.home.demo.reporting import cast, months, setting, stage
from zhuzun.home.demo.reporting.timeline import Timeline

BLANK, COLLECTING, OVERDUE, CLOSED = STAGES = ("blank", "collecting", "overdue", "closed")


def build(today, name: str) -> None:
    """Everything up to `today` as the stage has it."""
    if name == BLANK:
        return
    cast.begin()
    times = Timeline.of(today, late=name == OVERDUE)
    setting.switch_on(times)
    for day in times.openings:
        open_due(now=moment(day, 0, 20))
        for period in ReportingPeriod.objects.filter(end__lt=day, state="open").order_by("end", "-start"):
            if name == CLOSED or (period.end < times.last.start and not times.is_last_quarter(period)):
                months.run_and_close(period, times)
    cast.read_their_inboxes(moment(times.last.end, 18))
    if name != CLOSED:
        last = ReportingPeriod.objects.get(label=times.last.label, kind=times.last.kind)
        stage.build(last, times, late=name == OVERDUE)
    open_due(now=moment(today, 0, 20))
