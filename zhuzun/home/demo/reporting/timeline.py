"""On which days the demonstration's reporting happens, reckoned back from the day on which it is built."""

from dataclasses import dataclass
from datetime import date, timedelta

from zhuzun.periods.calendar import WorkCalendar
from zhuzun.periods.services import current_calendar
from zhuzun.periods.spans import Span, SpanKind, spans_of_year

MONTHS = [[1, 2], *([month] for month in range(3, 13))]  # as the starter plans have it
LATE_BY = 8  # working days, in the stage `overdue`


@dataclass(frozen=True)
class Timeline:
    """The days of the demonstration."""

    today: date
    calendar: WorkCalendar
    due: date  # of the last month
    last: Span  # the last month that fell due

    @classmethod
    def of(cls, today: date, *, late: bool) -> "Timeline":
        """The last month is the latest that had ended before its due day: the last working day, or eight ago."""
        calendar = current_calendar()
        due = calendar.plus(today, -LATE_BY if late else -1)
        years = (due.year - 1, due.year)
        spans = [span for year in years for span in spans_of_year(SpanKind.MONTH, year, groups=MONTHS)]
        return cls(today, calendar, due, [span for span in spans if span.end < due][-1])

    @property
    def start(self) -> date:
        """The first day of the year that is reported."""
        return date(self.last.year, 1, 1)

    @property
    def due_months(self) -> int:
        """How many months after the span's last month it falls due."""
        return (self.due.year - self.last.end.year) * 12 + self.due.month - self.last.end.month

    @property
    def openings(self) -> list[date]:
        """The days on which periods open, up to the last month's."""
        spans = spans_of_year(SpanKind.MONTH, self.last.year, groups=MONTHS)
        return [span.end + timedelta(days=1) for span in spans if span.end <= self.last.end]

    @property
    def filed(self) -> date:
        """The day on which most bodies file the last month: two working days before it is due."""
        return max(self.calendar.plus(self.due, -2), self.work(self.last.end + timedelta(days=1)))

    @property
    def quarter(self) -> Span:
        """The quarter whose reports of 市直单位 are in work: the newest that some working days have gone by since."""
        spans = [
            span for year in (self.today.year - 1, self.today.year) for span in spans_of_year(SpanKind.QUARTER, year)
        ]
        return [span for span in spans if self.calendar.plus(self.worked_on(span), 1) < self.today][-1]

    def worked_on(self, span) -> date:
        """The working day on which a quarter's reports are taken up."""
        return self.calendar.next_workday(span.end + timedelta(days=3))

    def is_in_work(self, period) -> bool:
        """Whether it is the last month, whose bodies stand apart, or a quarter that the units still work on."""
        if period.kind == SpanKind.QUARTER:
            return period.end >= self.quarter.end
        return (period.start, period.end) == (self.last.start, self.last.end)

    def work(self, day: date, plus: int = 0) -> date:
        """A working day on or after `day`, or so many later; never after yesterday."""
        found = self.calendar.plus(self.calendar.next_workday(day), plus)
        return min(found, self.calendar.previous_workday(self.today - timedelta(days=1)))
