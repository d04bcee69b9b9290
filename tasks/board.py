"""The board 报送进度: bodies × periods, each with its state and, apart from it, how it stands to its day.

Only reports that the person may see are read, and every count is of those rows.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from tasks.kinds import LIGHTS, PAST, WITH_BUREAU, ReportState
from tasks.lights import light_badge, light_of, state_badge
from tasks.models import ProgressReport, ReportingPeriod
from zhuzun.clock import day_of
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.periods.calendar import WorkCalendar
from zhuzun.periods.light import TimeState

COLUMNS = 6  # how many periods stand side by side
DISTRICTS, TEAMS, UNITS = "各区（功能区）", "珠海驻遵义工作组", "市直单位"


@dataclass
class Cell:
    """One report on the board."""

    report: ProgressReport
    state: str
    light: str
    waiting: str
    rides_in: str = ""  # the period in whose report it is answered


@dataclass
class Row:
    """One body with its reports by period."""

    body: Organisation
    name: str
    cells: list[list[Cell]]


@dataclass
class Group:
    """Bodies of one sort, in the office's order."""

    title: str
    rows: list[Row] = field(default_factory=list)


@dataclass
class Board:
    """What the page draws."""

    periods: list[ReportingPeriod]
    groups: list[Group]
    counts: list[tuple[str, int, str]]  # (word, number, address query) of the newest period

    @property
    def bodies(self) -> int:
        """How many bodies stand on it."""
        return sum(len(group.rows) for group in self.groups)


def build(user, day: date, calendar: WorkCalendar, *, kind="", filers=(), light="") -> Board:
    """The newest periods with their bodies, of some kinds of filers or all: a constant number of queries.

    With a light, only bodies that show it somewhere; all their reports stand beside it.
    """
    mine = ProgressReport.objects.visible_to(user)
    mine = mine.filter(filer__kind__in=filers) if filers else mine
    periods = ReportingPeriod.objects.visible_to(user).filter(main_reports__in=mine)
    if kind:
        periods = periods.filter(kind=kind)
    newest = list(periods.distinct().order_by("-end", "start")[:COLUMNS])
    rows = mine.filter(period__in=newest)
    rows = rows.filter(filer__in=rows.with_light(day).filter(light=light).values("filer")) if light else rows
    rows = rows.for_list().prefetch_related("parts__form")
    reports = list(rows.order_by("filer__position", "first_due_on", "pk"))
    return Board(newest, _groups(reports, newest, day, calendar), _counts(reports, newest, day))


def _groups(reports, periods, day, calendar) -> list[Group]:
    place = {period.pk: number for number, period in enumerate(periods)}
    rows: dict[int, Row] = {}
    groups = {title: Group(title) for title in (DISTRICTS, TEAMS, UNITS)}
    for report in reports:
        if report.filer_id not in rows:
            row = Row(report.filer, report.filer.name_on(day), [[] for _ in periods])
            rows[report.filer_id] = row
            groups[_title(report.filer)].rows.append(row)
        rows[report.filer_id].cells[place[report.period_id]].append(_cell(report, day, calendar))
        for part in report.parts.all():  # a quarter that rides in its third month's report
            if part.form.period_id != report.period_id and part.form.period_id in place:
                rows[report.filer_id].cells[place[part.form.period_id]].append(
                    Cell(report, "", "", "", report.period.label)
                )
    return [group for group in groups.values() if group.rows]


def _title(body) -> str:
    if body.kind == OrganisationKind.DISTRICT:
        return DISTRICTS
    return TEAMS if body.kind == OrganisationKind.COUNTY_TEAM else UNITS


def _cell(report, day, calendar) -> Cell:
    return Cell(report, state_badge(report), light_badge(report, day, calendar), waiting(report, day, calendar))


def waiting(report, day: date, calendar: WorkCalendar) -> str:
    """With whom it waits, and for how many working days; empty where nobody is waited for."""
    if report.excused or report.state == ReportState.ACCEPTED or report.period.closed:
        return ""
    if report.state in WITH_BUREAU:
        days = _days(report.filed_at, day, calendar)
        who = "市局经办" if report.state == ReportState.REVIEW else "市局科室"
        over = "，已超审核时限" if report.review_due_on and report.review_due_on < day else ""
        return f"{who} {days} 工作日{over}"
    days = _days(report.handed_at or report.period.opened_at, day, calendar)
    who = "本单位领导" if report.state == ReportState.SIGNING else "本单位"
    again = report.state == ReportState.RETURNED and report.return_due_on
    return f"{who} {days} 工作日" + (f"，{report.return_due_on:%m-%d} 前重报" if again else "")


def _days(since, day, calendar) -> int:
    return max(0, calendar.workdays_between(day_of(since), day))


def _counts(reports, periods, day):
    """Of the newest period: how many in each state, and how many late."""
    if not periods:
        return []
    newest = [report for report in reports if report.period_id == periods[0].pk]
    owed = [report for report in newest if not report.excused]
    states = Counter(report.state for report in owed)
    query = f"period={periods[0].pk}"
    rows = [
        (ReportState(value).label, states[value], f"{query}&state={value}")
        for value in ReportState.values
        if states[value]
    ]
    lights = Counter(light_of(report, day) for report in newest)
    for light in (TimeState.LATE, PAST, TimeState.EXTENDED, TimeState.EXCUSED):
        if lights[light]:
            rows.append((dict(LIGHTS)[light], lights[light], f"{query}&light={light}"))
    return rows
