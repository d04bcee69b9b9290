"""What a paper about a period is drafted from: the frozen figures, who filed when, what was written."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from tasks import compiled, compiled_tables, target_tables
from tasks.models import PeriodSnapshot, ProgressReport, ReportingPeriod
from zhuzun import clock
from zhuzun.organisations.kinds import MUNICIPAL_KINDS, OrganisationKind, Relation
from zhuzun.periods.calendar import WorkCalendar
from zhuzun.periods.light import time_state_of
from zhuzun.periods.services import current_calendar
from zhuzun.periods.spans import SpanKind

SPAN_WORDS = {SpanKind.MONTH: "本月", SpanKind.QUARTER: "本季度", SpanKind.HALF: "本半年", SpanKind.YEAR: "本年"}
# ¶16 publishes how 各区 and 市直单位 do; the counties and the working group are told of no report.
PUBLISHED = (OrganisationKind.DISTRICT, *MUNICIPAL_KINDS)


def version_words(version: int) -> str:
    """第1版; 第3版，含更正第1号至第2号: each 更正 made one."""
    last = version - 1
    corrected = f"，含更正第1号{f'至第{last}号' if last > 1 else ''}" if last else ""
    return f"第{version}版{corrected}"


@dataclass
class Ground:
    """A period at the moment at which a paper of it is drafted; every part is read once."""

    period: ReportingPeriod
    snapshot: PeriodSnapshot | None  # nothing while it is open: then no figures are told
    now: datetime
    ranked: bool = False

    @property
    def today(self) -> date:
        """The day of drafting."""
        return clock.day_of(self.now)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Working days."""
        return current_calendar()

    @property
    def basis(self) -> str:
        """Which figures it is drafted from, as the paper's page says it."""
        return f"{self.version}，校验值 {self.snapshot.sha256[:16]}" if self.snapshot else ""

    @property
    def version(self) -> str:
        """The same as the paper itself says it."""
        return f"{self.period}定稿数（{version_words(self.snapshot.version)}）" if self.snapshot else ""

    @property
    def until(self) -> str:
        """2026年9月底: what 本年累计 reaches to; a span that ends within a month names its day."""
        end = self.period.end
        last = monthrange(end.year, end.month)[1]
        return f"{end.year}年{end.month}月{'底' if end.day == last else f'{end.day}日'}"

    @property
    def in_span(self) -> str:
        """本月, 本季度 …: what 本期数 means; several months that are one period are 本期."""
        single = self.period.kind != SpanKind.MONTH or self.period.first == self.period.last
        return SPAN_WORDS.get(self.period.kind, "本期") if single else "本期"

    @cached_property
    def figures(self) -> list:
        """Everybody's frozen figures."""
        return compiled.frozen(self.snapshot) if self.snapshot else []

    def table(self, by, look="value"):
        """A compiled table of them, the totals held against the city's targets."""
        city = target_tables.city(self.period.end)
        return compiled_tables.build(self.period, self.figures, by=by, look=look, whose=city)

    @cached_property
    def reports(self) -> list[ProgressReport]:
        """The reports of the bodies of which ¶16 speaks, the bureau's own left out."""
        rows = ProgressReport.objects.in_period(self.period).filter(filer__kind__in=PUBLISHED)
        rows = rows.exclude(relation=Relation.SELF).select_related("filer").prefetch_related("filer__names")
        return list(rows.order_by("filer__position", "pk").distinct())

    def light_of(self, report):
        """How it stands to its day today."""
        return time_state_of(report, self.today)
