"""Yearly targets in force: those of signed agreements; until a year's are signed, last year's hold as 暂按上年."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pairing.agreement_kinds import AgreementState
from tasks.formulas import to_decimal
from tasks.kinds import Course
from tasks.models import Target
from zhuzun.numbers import PLACES
from zhuzun.ui.formats import thousands

PROVISIONAL = "（暂按上年）"


@dataclass(frozen=True)
class Aim:
    """A target in force for a year."""

    value: Decimal
    course: str
    stages: dict
    provisional: bool
    agreement: object = None

    @property
    def mark(self) -> str:
        """Said beside the figure where it is last year's."""
        return PROVISIONAL if self.provisional else ""

    @property
    def course_words(self) -> str:
        """The course in words."""
        return course_words(self.course, self.stages)

    @property
    def course_label(self) -> str:
        """The same without its steps, for a table."""
        return Course(self.course).label

    def text(self, decimals: int) -> str:
        """The figure, and that it is last year's."""
        return f"{thousands(self.value, decimals)}{self.mark}"

    def expected(self, month: int) -> Decimal | None:
        """What the course expects at the end of a month; nothing before a year-end target is due."""
        return None if (exact := self._exact(month)) is None else to_decimal(exact, PLACES)

    def _exact(self, month) -> Fraction | None:
        if self.course == Course.EVEN:
            return Fraction(self.value) * month / 12
        if month == 12:
            return Fraction(self.value)
        if self.course == Course.YEAR_END:
            return None
        reached = [(int(key), Decimal(value)) for key, value in self.stages.items() if int(key) <= month]
        return Fraction(self.value) * Fraction(max(reached)[1]) / 100 if reached else Fraction(0)


def course_words(course, stages) -> str:
    """按序时进度; 分阶段（3月 20%、6月 55%）."""
    steps = "、".join(f"{month}月 {value}%" for month, value in sorted(stages.items(), key=lambda pair: int(pair[0])))
    return f"{Course(course).label}（{steps}）" if course == Course.STAGES and steps else Course(course).label


def in_force(year: int, indicators: Iterable[int] | None = None) -> dict[tuple[int, int], Aim]:
    """By indicator and place: one query. A later signed agreement goes before an earlier one of the same year."""
    rows = Target.objects.filter(agreement__year__in=(year, year - 1)).exclude(agreement__state=AgreementState.DRAFT)
    if indicators is not None:
        rows = rows.filter(indicator__in=indicators)
    rows = rows.filter(agreement__state=AgreementState.SIGNED).select_related("agreement")
    found: dict[tuple[int, int], Aim] = {}
    for row in rows.order_by("agreement__year", "agreement__signed_on", "agreement_id"):
        aim = Aim(row.value, row.course, row.stages, row.agreement.year < year, row.agreement)
        found[row.indicator_id, row.place_id] = aim
    return found


def of_cells(entries) -> dict[int, Aim]:
    """The target beside each cell of a report, by the cell's key; cells of a split row have none of their own."""
    entries = list(entries)
    if not entries:
        return {}
    indicators = {entry.indicator_id for entry in entries}
    years = {entry.period.year for entry in entries}
    aims = {year: in_force(year, indicators) for year in years}
    found = {}
    for entry in entries:
        aim = aims[entry.period.year].get((entry.indicator_id, entry.place_id))
        if aim is not None and not entry.channel:
            found[entry.pk] = aim
    return found


@dataclass(frozen=True)
class Standing:
    """How a total stands to its target and course at the end of a month."""

    aim: Aim
    value: Decimal | None
    month: int

    @property
    def share(self) -> Decimal | None:
        """Per cent of the year's target, half up."""
        if self.value is None or not self.aim.value:
            return None
        return to_decimal(Fraction(self.value) / Fraction(self.aim.value) * 100, 2)

    @property
    def expected(self) -> Decimal | None:
        """What the course expects by now."""
        return self.aim.expected(self.month)

    @property
    def gap(self) -> Decimal | None:
        """By how much the total is ahead of its course (or, below zero, behind it)."""
        if self.value is None or self.expected is None:
            return None
        return self.value - self.expected

    def words(self, decimals: int) -> list[str]:
        """As drawn under `HEADS`."""
        reached = [thousands(self.share, 2), thousands(self.expected, decimals), thousands(self.gap, decimals)]
        return [self.aim.text(decimals), *reached]


HEADS = ("年度目标", "占目标（%）", "按进度应达", "与应达相差")
