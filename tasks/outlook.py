"""A plan looked at for a year: its dates on the Chinese calendar, and the load on each body (填报负担).

Reckoned with the very functions that open periods, so that what is shown is what will come.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from tasks.models import ReportPlan
from tasks.services.opening import Ground, bodies_of, items_of
from zhuzun.organisations.kinds import Relation
from zhuzun.organisations.models import Organisation
from zhuzun.periods.calendar import WorkCalendar
from zhuzun.periods.spans import Span, SpanKind, one_off, spans_of_year


@dataclass
class Dates:
    """The days of one period."""

    span: Span
    opens_on: date
    due_on: date
    up_on: date | None
    reminders: list[date]


@dataclass
class Load:
    """What one body has to do for a plan in a year."""

    body: Organisation
    dues: set[date] = field(default_factory=set)
    cells: int = 0
    texts: int = 0

    @property
    def reports(self) -> int:
        """Plans due on the same day are one report."""
        return len(self.dues)


def spans(plan: ReportPlan, year: int) -> list[Span]:
    """The spans that the plan asks for in a year; a one-off plan has its own days, in each year that they touch."""
    if plan.kind == SpanKind.ONCE:
        own = one_off(plan.starts_on, plan.ends_on or plan.starts_on) if plan.starts_on else None
        return [own] if own and own.start.year <= year <= own.end.year else []
    return spans_of_year(plan.kind, year, groups=plan.span_groups or None, first_day=plan.first_day)


def dates_of(plan: ReportPlan, year: int, calendar: WorkCalendar) -> list[Dates]:
    """Every period of the year with the days that follow from it."""
    offsets = sorted({step.offset for step in plan.ladder.all() if step.relation == Relation.LOWER})
    return [_dates(plan, span, calendar, offsets) for span in spans(plan, year)]


def _dates(plan, span, calendar, offsets) -> Dates:
    due = plan.due_rule.due(span, calendar)
    return Dates(
        span=span,
        opens_on=span.start if plan.kind == SpanKind.ONCE else span.end + timedelta(days=1),
        due_on=due,
        up_on=plan.up_rule.due(span, calendar) if plan.up_rule else None,
        reminders=[calendar.plus(due, offset) for offset in offsets],
    )


def loads(plans, year: int, calendar: WorkCalendar) -> list[Load]:
    """For each body how many reports, cells and texts the plans ask of it in the year."""
    found: dict[int, Load] = {}
    day = date(year, 12, 31)
    world = Ground.on(day)
    for plan in plans:
        dues = [plan.due_rule.due(span, calendar) for span in spans(plan, year) if span.year == year]
        bodies = bodies_of(plan, day)
        items = items_of(plan, day, world, bodies)
        for body in bodies:
            load = found.setdefault(body.pk, Load(body))
            load.dues.update(dues)
            load.cells += len(dues) * sum(len(world.places_of(item, body)) for item in items)
            load.texts += len(dues) * sum(_asked(text, body, world) for text in plan.narratives.all())
    return sorted(found.values(), key=lambda load: load.body.position)


def _asked(text, body, world) -> bool:
    return not text.own_areas_only or (body.pk, text.area_id) in world.answers


def calendar_gaps(rows: list[Dates], calendar: WorkCalendar) -> list[int]:
    """Years in which a day falls whose holidays are not known yet."""
    days = [day for row in rows for day in (row.due_on, *row.reminders)]
    return sorted({day.year for day in days if not calendar.knows(day.year)})
