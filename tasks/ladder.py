"""The reminder ladder (催报): which steps of it stand at a day. Pure: no database, no clock.

A step lies so many working days from the day that counts (an approved extension moves the whole ladder). Of the steps
of a form only those that stand now are due: what was missed in an outage is not sent afterwards, and a step of before
the day lapses with it. How a body stands to the bureau limits what its ladder may hold, whatever was set.
"""

from dataclasses import dataclass
from datetime import date

from tasks.kinds import WITH_FILER, Audience
from zhuzun.organisations.kinds import Relation
from zhuzun.periods.calendar import WorkCalendar

# Whom a step may address, by relation: 下级 the ladder; 平级 never reaches beyond the body itself and the bureau's own
# officers; 不相隶属 one 温馨提示 before the day and nothing else; the bureau's own reports need none.
ADDRESSED = {
    Relation.LOWER: frozenset(Audience),
    Relation.EQUAL: frozenset(Audience),
    Relation.SEPARATE: frozenset({Audience.FILER}),
    Relation.UPPER: frozenset(),
    Relation.SELF: frozenset(),
}


@dataclass(frozen=True)
class DueStep:
    """One step that stands now."""

    audience: Audience
    offset: int  # working days from the day that counts, without grace
    due_on: date  # the day that counts
    via_group: bool = False
    once: bool = False  # whatever becomes of the date: the one 温馨提示

    @property
    def code(self) -> str:
        """What makes it once: filer-2@2026-11-05. With another date the ladder begins anew, but for the 温馨提示."""
        return "courtesy" if self.once else f"{self.audience.value}{self.offset:+d}@{self.due_on}"

    @property
    def label(self) -> str:
        """截止前2个工作日, 截止当日, 逾期1个工作日, 温馨提示, 拟通报名单."""
        if self.once:
            return "温馨提示"
        if self.audience == Audience.NAMES:
            return Audience.NAMES.label
        return words_of(self.offset)


def words_of(offset: int) -> str:
    """How far from the day."""
    if offset == 0:
        return "截止当日"
    return f"截止前{-offset}个工作日" if offset < 0 else f"逾期{offset}个工作日"


def due_steps(report, form, today: date, calendar: WorkCalendar) -> list[DueStep]:
    """The steps of `form` that stand for `report` on `today`; none on a free day, nor where nothing is owed."""
    if not is_owed(report) or not calendar.works(today):
        return []
    due = report.effective_due_on
    dated = [(_day(step, form, calendar), step) for step in _steps(report, form, due) if _stands(step, today)]
    newest = max((day for day, _ in dated if day <= today), default=None)
    found: dict[Audience, DueStep] = {}
    for day, step in sorted(dated, key=lambda one: one[1].offset):
        if day == newest:
            found[step.audience] = step  # two that fall on one day: the later one
    return list(found.values())


def is_owed(report) -> bool:
    """Whether the body still owes its first filing; a returned report is another matter."""
    return not report.excused and report.filed_on is None and report.state in WITH_FILER


def _steps(report, form, due):
    """Those that the relation allows; of the courteous hint only the earliest."""
    relation = Relation(report.relation)
    allowed = [one for one in form.ladder if one["relation"] == relation and one["audience"] in ADDRESSED[relation]]
    if relation == Relation.SEPARATE:
        before = [one for one in allowed if one["offset"] <= 0]
        allowed = sorted(before, key=lambda one: one["offset"])[:1]
    once = relation == Relation.SEPARATE
    return [
        DueStep(Audience(one["audience"]), one["offset"], due, one.get("via_group", False), once) for one in allowed
    ]


def _day(step: DueStep, form, calendar) -> date:
    """The day on which a step is due; a due day that is not worked is reminded of on the last working day before."""
    if step.offset > 0:
        grace = form.grace_workdays if step.audience == Audience.NAMES else 0
        return calendar.plus(step.due_on, step.offset + grace)
    return calendar.previous_workday(calendar.plus(step.due_on, step.offset))


def _stands(step: DueStep, today) -> bool:
    return step.offset > 0 or today <= step.due_on
