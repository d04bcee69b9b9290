"""The bureau switches the starter plans on, due on the demonstration's day, with the county check every month."""

from datetime import date

from tasks.kinds import CheckEvery
from tasks.models import FigureSource, ReportPlan
from tasks.services import plans
from zhuzun.home.demo.calendar import moment
from zhuzun.home.demo.cast import person

MONTHLY = ("district-month", "team-month", "district-quarter")
REASON = "演示：按建立演示的日期设定"


def switch_on(times) -> None:
    """Dates, checks, and on."""
    bureau = person("bureau")
    now = moment(times.calendar.previous_workday(date(times.last.year - 1, 12, 20)))
    for code in MONTHLY:
        plan = ReportPlan.objects.get(code=code)
        changes = {"due_months": times.due_months, "due_day": times.due.day}
        changes |= {"up_months": times.due_months, "up_day": min(times.due.day + 5, 31)}
        if any(getattr(plan, name) != value for name, value in changes.items()):
            plans.change_plan(plan, changes=changes, reason=REASON, actor=bureau, now=now)
    for source in FigureSource.objects.on(times.start).filter(check_every=CheckEvery.QUARTER).select_related("body"):
        facts = ("indicator", "channel", "rule", "body", "places")
        plans.set_source(
            **{name: getattr(source, name) for name in facts},
            check_every=CheckEvery.PERIOD,
            valid_from=times.start,
            reason="演示：每月核对",
            actor=bureau,
            now=now,
        )
    for plan in ReportPlan.objects.order_by("position"):
        plans.activate(plan, starts_on=times.start, actor=bureau, now=now)
