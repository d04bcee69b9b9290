"""The other side's check (核对): which figures are asked of which county, and what a sheet says; reads only."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from tasks import reading
from tasks.figures import written
from tasks.kinds import FILED, CellState, CheckEvery, CheckState, PeriodState
from tasks.models import CheckSheet, FigureCheck
from tasks.series import SAID
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.ui.badges import badge

TONES = {
    CheckState.UNCHECKED: "idle",
    CheckState.CONFIRMED: "done",
    CheckState.DISPUTED: "soon",
    CheckState.SETTLED: "ended",
}
QUARTERS_END = (3, 6, 9, 12)
FROZEN = "{} 已定稿；如有不同意见，请与珠海市乡村振兴局联系办理更正。"
CHANGING = "填报单位正在修改这份报表，重新报送后可继续核对；没有变动的数据不用重新核对。"


def asked_this_period(item, period) -> bool:
    """Whether a figure is checked in this period: each, those that end a quarter, or the one that ends the year."""
    return {
        CheckEvery.PERIOD: True,
        CheckEvery.QUARTER: period.last in QUARTERS_END,
        CheckEvery.YEAR: period.last == QUARTERS_END[-1],
    }.get(item.check_every, False)


def asked_cells(report) -> dict:
    """By county, the cells that it is asked to check; 市级（不分县） belongs to no county."""
    found: dict = {}
    for entry in reading.cells(report):
        county = entry.place.kind == OrganisationKind.COUNTY and not entry.period.closed
        if county and entry.state != CellState.MISSING and asked_this_period(entry.item, entry.period):
            found.setdefault(entry.place, []).append(entry)
    return found


def changed(line, entry) -> bool:
    """Whether the cell says something else than what the county was asked about; a figure as settled is no change."""
    if (line.seen_state, line.seen_value) == (entry.state, entry.value):
        return False
    return not (line.state == CheckState.SETTLED and entry.state in SAID and entry.value == line.settled_value)


# --- what may be done now ---------------------------------------------------------------------------------------------
def barred(sheet) -> str:
    """Why nobody can check or settle on this sheet now; empty where one can. Reads `sheet.report`."""
    if sheet.report.state not in FILED:
        return CHANGING
    frozen = sheet.report.closed_period()
    return FROZEN.format(frozen) if frozen else ""


def barred_line(line) -> str:
    """Why nobody can speak of one line now: its part of the report is frozen. Reads `line.entry.period`."""
    period = line.entry.period
    return FROZEN.format(period) if period.closed else ""


def waiting(sheet) -> list[FigureCheck]:
    """The lines that the county has not spoken of and can still speak of."""
    rows = sheet.lines.filter(state=CheckState.UNCHECKED).exclude(entry__period__state=PeriodState.CLOSED)
    return list(rows)


@dataclass(frozen=True)
class Way:
    """In which way this person may answer: for the own county, or for it with its signed sheet (代录)."""

    own: bool
    behalf: bool
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether in any."""
        return self.own or self.behalf


def way_of(sheet, actor) -> Way:
    """How `actor` may answer on the sheet."""
    own = actor.decide("tasks.check_figures", sheet)
    if own.allowed:
        return Way(True, False)
    behalf = actor.decide("tasks.check_for", sheet)
    return Way(False, behalf.allowed, "" if behalf.allowed else own.reason)


# --- in words -------------------------------------------------------------------------------------------------------
def figure_words(entry) -> str:
    """«12 人», 不适用, 未填."""
    return number_words(entry.value, entry.item) if entry.state in SAID else CellState(entry.state).label


def number_words(value, item) -> str:
    """A figure with its unit; 不适用 for none."""
    return CellState.NOT_APPLICABLE.label if value is None else f"{written(value, item)} {item.unit}"


# --- what a sheet says ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Line:
    """A line as the page and the paper show it."""

    check: FigureCheck
    entry: object
    last: tuple[str, Decimal] | None  # (period, figure) of the last time
    span: Decimal | None  # what this period adds

    @property
    def open(self) -> bool:
        """Whether the county may still speak of it: what was settled stands, and what is frozen."""
        return self.check.state != CheckState.SETTLED and not self.frozen

    @property
    def frozen(self) -> str:
        """Why nobody speaks of it any more, where its period is closed."""
        return barred_line(self.check)

    @property
    def said(self) -> bool:
        """Whether the county has spoken of it."""
        return self.check.state != CheckState.UNCHECKED

    @property
    def waits(self) -> bool:
        """Whether the county has not spoken of it and can."""
        return not self.said and not self.frozen

    @property
    def badge(self):
        """核对无误, 有异议, 未核对, 已裁定; never red, for the counties owe nothing."""
        icon = "message-circle" if self.check.state == CheckState.DISPUTED else ""
        return badge(self.check.get_state_display(), TONES[self.check.state], icon)

    @property
    def filed(self) -> str:
        """What the filer says."""
        return figure_words(self.entry)

    @property
    def before(self) -> str:
        """What it stood at before."""
        return f"{written(self.last[1], self.entry.item)}（{self.last[0]}）" if self.last else "—"

    @property
    def added(self) -> str:
        """What this period adds."""
        return written(self.span, self.entry.item)

    @property
    def other(self) -> str:
        """The county's own figure, empty where it has none; also of a figure that was changed since."""
        value = self.check.other_value
        return "" if value is None else number_words(value, self.entry.item)

    @property
    def decided(self) -> str:
        """What the bureau settled."""
        settled = self.check.state == CheckState.SETTLED
        return "" if not settled else number_words(self.check.settled_value, self.entry.item)


def lines_of(sheet) -> list[Line]:
    """The lines in the form's order, with what was there before: a constant number of queries."""
    return by_sheet(sheet.report, [sheet])[0][1]


def by_sheet(report, sheets) -> list[tuple[CheckSheet, list[Line]]]:
    """The lines of several sheets of one report, in as many queries as those of one."""
    checks = FigureCheck.objects.filter(sheet__in=sheets).select_related(
        "entry__item", "entry__indicator", "entry__place", "entry__period", "by", "settled_by"
    )
    found: dict = {sheet.pk: [] for sheet in sheets}
    for row in checks.order_by("entry__section__position", "entry__item__position", "pk"):
        before = reading.before(report, row.entry)
        found[row.sheet_id].append(Line(row, row.entry, before.last, reading.span_value(report, row.entry)))
    return [(sheet, found[sheet.pk]) for sheet in sheets]


def mark_of(lines) -> str:
    """A mark of the lines that wait: whoever confirms all of them confirms exactly those he saw."""
    waiting = sorted((line.pk, line.version) for line in lines if line.state == CheckState.UNCHECKED)
    return hashlib.sha256(repr(waiting).encode()).hexdigest()[:16]


def said_by(entry) -> tuple[str, Decimal | None]:
    """The cell's state and figure, as they are kept with the county's answer."""
    return entry.state, entry.value


def disputes(user):
    """Lines that were disputed, settled or not, on sheets that `user` may see."""
    sheets = CheckSheet.objects.visible_to(user)
    return FigureCheck.objects.filter(sheet__in=sheets, state__in=(CheckState.DISPUTED, CheckState.SETTLED))


def to_settle(user):
    """Those of them that wait for the bureau: the report has left the filer, nothing is frozen."""
    rows = disputes(user).filter(state=CheckState.DISPUTED, sheet__report__state__in=FILED)
    return rows.exclude(entry__period__state=PeriodState.CLOSED)
