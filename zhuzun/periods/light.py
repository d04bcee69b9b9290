"""Lateness, defined once: for one row in Python and for a list in SQL, both drawn from the same table.

In time means on or before the due day, 24:00 Asia/Shanghai; an extension takes the due day's place. Nothing of it is
stored but the days themselves, so that today's light is right with every worker down.
"""

from datetime import date

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThanOrEqual

from zhuzun.periods.calendar import WorkCalendar


class TimeState(models.TextChoices):
    """How something owed stands to its day; its state (填报中, 已通过 …) is another matter."""

    NOT_DUE = "not_due", "未到期"
    SOON = "soon", "临期"
    LATE = "late", "逾期"
    EXTENDED = "extended", "已批延期"
    EXCUSED = "excused", "免报"
    ON_TIME = "on_time", "按时"
    FILED_LATE = "filed_late", "补报"


# For badges: the tone that goes with each word.
TONES = {
    TimeState.NOT_DUE: "good",
    TimeState.SOON: "soon",
    TimeState.LATE: "late",
    TimeState.EXTENDED: "info",
    TimeState.EXCUSED: "idle",
    TimeState.ON_TIME: "done",
    TimeState.FILED_LATE: "ended",
}

FIELDS = ("due_on", "soon_on", "extended_to", "excused", "filed_on")

# The rule: the first line whose comparisons all hold. `limit` is the extension, or the due day where there is none;
# a comparison with a day that is not there does not hold.
RULE = (
    (TimeState.EXCUSED, [("excused", "is", True)]),
    (TimeState.ON_TIME, [("filed_on", "<=", "limit"), ("filed_on", "<=", "due_on")]),
    (TimeState.EXTENDED, [("filed_on", "<=", "limit")]),
    (TimeState.FILED_LATE, [("filed_on", "is", "there")]),
    (TimeState.LATE, [("today", ">", "limit")]),
    (TimeState.EXTENDED, [("extended_to", "is", "there")]),
    (TimeState.SOON, [("today", ">=", "soon_on")]),
    (TimeState.NOT_DUE, []),
)


def time_state(day: date, *, due_on, soon_on, extended_to=None, excused=False, filed_on=None) -> TimeState:
    """How something owed stands on `day`; `soon_on` is the first day on which it counts as 临期."""
    facts = {
        "today": day,
        "limit": extended_to or due_on,
        "due_on": due_on,
        "soon_on": soon_on,
        "extended_to": extended_to,
        "excused": excused,
        "filed_on": filed_on,
    }
    return next(state for state, wanted in RULE if all(_holds(facts, *one) for one in wanted))


def time_state_of(row, day: date) -> TimeState:
    """The same for a record that has the five fields."""
    return time_state(day, **{name: getattr(row, name) for name in FIELDS})


def time_state_case(day: date, prefix: str = "") -> Case:
    """The same as an annotation, for rows with the five fields or reached through `prefix` (such as "report__")."""
    columns = {name: F(f"{prefix}{name}") for name in FIELDS}
    columns |= {
        "today": Value(day, output_field=models.DateField()),
        "limit": Coalesce(columns["extended_to"], columns["due_on"]),
    }
    lines = [(state, Q(*(_condition(columns, prefix, *one) for one in wanted))) for state, wanted in RULE if wanted]
    whens = [When(condition, then=Value(state.value)) for state, condition in lines]
    return Case(*whens, default=Value(RULE[-1][0].value), output_field=CharField())


def late_workdays(effective_due: date, until: date, calendar: WorkCalendar) -> int:
    """By how many working days `until` lies after the due day or extension: 0 on a weekend right after it."""
    return max(0, calendar.workdays_between(effective_due, until))


def _holds(facts, left, sign, right):
    value = facts[left]
    if sign == "is":
        return value is not None if right == "there" else value is right
    other = facts[right]
    if value is None or other is None:
        return False
    return {"<=": value <= other, ">": value > other, ">=": value >= other}[sign]


_LOOKUPS = {"<=": LessThanOrEqual, ">": GreaterThan, ">=": GreaterThanOrEqual}


def _condition(columns, prefix, left, sign, right):
    if sign == "is":
        return Q(**({f"{prefix}{left}__isnull": False} if right == "there" else {f"{prefix}{left}": right}))
    return _LOOKUPS[sign](columns[left], columns[right])
