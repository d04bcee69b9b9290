"""When a report on a span is due, by the Chinese calendar."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.db import models

from zhuzun.errors import DomainError
from zhuzun.periods.calendar import WorkCalendar
from zhuzun.periods.spans import Span


class DueKind(models.TextChoices):
    """How a rule counts."""

    DAY = "day", "按日期"
    WORKDAYS = "workdays", "按工作日"


class Shift(models.TextChoices):
    """Where a due day goes that is no working day."""

    NEXT = "next", "顺延至下一工作日"
    PREVIOUS = "previous", "提前至上一工作日"
    NONE = "none", "不调整"


@dataclass(frozen=True)
class DueRule:
    """`day`: day `day` of the `months`-th month after the span's last; `workdays`: so many working days after its end.

    A day that the month does not have is its last day. `shift` applies to the first kind only: the other ends on a
    working day by itself.
    """

    kind: str
    months: int = 0
    day: int = 0
    workdays: int = 0
    shift: str = Shift.NONE

    def __post_init__(self):
        if self.kind not in DueKind or self.shift not in Shift:
            raise DomainError("请选择截止日期的计算方式。", "kind")
        if self.kind == DueKind.WORKDAYS and self.workdays < 1:
            raise DomainError("工作日数须为1以上的整数。", "workdays")
        if self.kind == DueKind.DAY and not 0 <= self.months <= 12:
            raise DomainError("月数须在0至12之间。", "months")
        if self.kind == DueKind.DAY and not 1 <= self.day <= 31:
            raise DomainError("日期须在1至31之间。", "day")

    def due(self, span: Span, calendar: WorkCalendar) -> date:
        """The last day on which a report on `span` is in time."""
        if self.kind == DueKind.WORKDAYS:
            return calendar.plus(span.end, self.workdays)
        years, month = divmod(span.end.month - 1 + self.months, 12)
        year, month = span.end.year + years, month + 1
        day = date(year, month, min(self.day, monthrange(year, month)[1]))
        if self.shift == Shift.NEXT:
            return calendar.next_workday(day)
        return calendar.previous_workday(day) if self.shift == Shift.PREVIOUS else day

    def in_words(self) -> str:
        """The rule as a plan states it: 次月5日，遇非工作日顺延至下一工作日."""
        if self.kind == DueKind.WORKDAYS:
            return f"期末后第{self.workdays}个工作日"
        month = {0: "期末当月", 1: "次月"}.get(self.months, f"期末后第{self.months}个月")
        day = "最后一日" if self.day == 31 else f"{self.day}日"
        short = "（当月无此日的为最后一日）" if self.day in (29, 30) else ""
        return f"{month}{day}{short}，遇非工作日{Shift(self.shift).label}"
