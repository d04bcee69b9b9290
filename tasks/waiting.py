"""What waits for a person in the chain: to be signed, reviewed, spoken of, decided. Pages and cards ask here."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from tasks import crossing, reading
from tasks.kinds import WITH_BUREAU, AskState, CellState, OpinionRule, ReportState
from tasks.lights import light_badge
from tasks.models import Entry, ExtensionRequest, Opinion, ProgressReport, ReportRound
from tasks.services import filing, review
from tasks.workflow import REPORT
from zhuzun.access.policy import scope_for
from zhuzun.access.scopes import Scope, bodies_of
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui.badges import badge

REVIEWERS = ("tasks.review_report", "tasks.head_review", "tasks.accept_own")
BUREAUS_OWN = Q(filer__kind=OrganisationKind.BUREAU)


def to_sign(user) -> QuerySet:
    """Reports that wait for this leader's signature."""
    return ProgressReport.objects.visible_to(user, "tasks.sign_report").filter(state=ReportState.SIGNING)


def to_review(user) -> QuerySet:
    """Reports that wait for this person of the bureau: the officer's, the head's, the leader's."""
    mine = Q(pk__in=())
    if user.decide("tasks.review_report"):
        mine |= Q(state=ReportState.REVIEW) & ~BUREAUS_OWN
    if user.decide("tasks.head_review"):
        mine |= Q(state=ReportState.HEAD)
    if user.decide("tasks.accept_own"):
        mine |= Q(state=ReportState.REVIEW) & BUREAUS_OWN
    return ProgressReport.objects.visible_to(user).filter(mine, excused=False)


def to_decide(user) -> QuerySet:
    """Requests for a later date that wait for the bureau."""
    return extensions(user).filter(state=AskState.ASKED)


def extensions(user) -> QuerySet:
    """All requests on reports that the person may see."""
    return ExtensionRequest.objects.filter(report__in=ProgressReport.objects.visible_to(user))


def to_speak(user) -> QuerySet:
    """(report, county) for which the working group's word is asked and not given; a row for each pair."""
    reports = ProgressReport.objects.visible_to(user, "tasks.give_opinion").filter(
        state__in=WITH_BUREAU, opinion_due_on__isnull=False
    )
    filings = ReportRound.objects.filter(report=OuterRef("section__report"), act__in=reading.FILINGS)
    given = Opinion.objects.filter(round=OuterRef("filing"), county=OuterRef("place"))
    cells = Entry.objects.filter(section__report__in=reports, place__kind=OrganisationKind.COUNTY)
    scope = scope_for("tasks.give_opinion", user.acting) if user.acting else None
    if scope != Scope.ALL:
        cells = cells.filter(place__in=bodies_of(user.acting, scope) if scope else ())
    cells = cells.annotate(filing=Subquery(filings.order_by("-number").values("pk")[:1]))
    pairs = cells.filter(~Exists(given)).order_by("section__report__opinion_due_on", "section__report", "place")
    return pairs.values_list("section__report", "place").distinct()


# --- rows for the pages -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Waiting:
    """One report at the bureau."""

    report: ProgressReport
    days: int  # working days at the bureau
    light: str
    warnings: int  # unusual figures, and those that do not fit another body's
    disputes: int
    opinion: str
    step: str  # by which it would go forward
    hindrance: str  # why it does not go with the others; empty where it may

    @property
    def label(self) -> str:
        """The step's word."""
        return REPORT.by_name[self.step].label


def review_rows(user, day, calendar) -> list[Waiting]:
    """Oldest first; a constant number of queries."""
    rows = to_review(user).for_list().select_related("filer", "period").prefetch_related("parts__form")
    reports = list(rows.order_by("review_due_on", "filed_at", "pk"))
    reading.prime(reports)
    disputes, given, conflicts = review.disputes_of(reports), _opinions_on(reports), crossing.conflicts_of(reports)
    return [_waiting(report, day, calendar, disputes, given, conflicts[report.pk]) for report in reports]


@dataclass(frozen=True)
class ToSign:
    """One report laid before its leader: how it stands, and what he should know before he opens it."""

    report: ProgressReport
    light: str
    zeroes: bool
    missing: int
    warnings: int


def signing_rows(user, day) -> list[ToSign]:
    """Those due first on top; a constant number of queries."""
    reports = list(to_sign(user).for_list().order_by("due_on", "filer__position"))
    reading.prime(reports)
    conflicts = crossing.conflicts_of(reports)
    return [_to_sign(report, day, len(conflicts[report.pk])) for report in reports]


def _to_sign(report, day, conflicts) -> ToSign:
    missing = sum(entry.state == CellState.MISSING for entry in reading.cells(report))
    zeroes = filing.is_zero_report(report)
    return ToSign(report, light_badge(report, day), zeroes, missing, len(reading.warnings(report)) + conflicts)


def _waiting(report, day, calendar, disputes, given, conflicts) -> Waiting:
    warnings, disputed = len(reading.warnings(report)) + len(conflicts), disputes.get(report.pk, 0)
    opinion, lacking = _opinion_words(report, given.get(report.pk, {}), day)
    return Waiting(
        report=report,
        days=calendar.workdays_between(report.filed_on_last, day),
        light=review_light(report, day, calendar),
        warnings=warnings,
        disputes=disputed,
        opinion=opinion,
        step=review.forward_step(report),
        hindrance=review.hindrance(warnings, disputed) or ("须经前方核对，尚缺意见。" if lacking else ""),
    )


def review_light(report, day, calendar):
    """市局审核时限: the bureau's own light, apart from the filer's."""
    if report.review_due_on is None:
        return ""
    left = calendar.workdays_between(day, report.review_due_on)
    if day > report.review_due_on:
        return badge(f"超时 {calendar.workdays_between(report.review_due_on, day)} 工作日", "late")
    return badge(f"还有 {left} 工作日" if left else "今日到期", "soon" if left <= 1 else "good")


def _opinions_on(reports) -> dict[int, dict[int, str]]:
    """By report, what was said of its counties on the last filing."""
    last: dict[int, int] = {}
    rounds = ReportRound.objects.filter(report__in=reports, act__in=reading.FILINGS).order_by("number")
    for report, key in rounds.values_list("report", "pk"):
        last[report] = key
    found: dict[int, dict[int, str]] = {}
    for row in Opinion.objects.filter(round__in=last.values()):
        found.setdefault(row.report_id, {})[row.county_id] = row.verdict
    return found


def _opinion_words(report, given, day) -> tuple[str, bool]:
    """(what the list says of the working group's word, whether a required one is missing)."""
    if report.opinion_due_on is None:
        return "不征求", False
    counties = reading.counties(report)
    required = any(part.form.opinion == OpinionRule.REQUIRED for part in report.parts.all())
    lacking = [county for county in counties if county.pk not in given]
    remarks = sum(verdict == "remark" for verdict in given.values())
    words = f"{len(given)}/{len(counties)} 县" + (f"，{remarks} 县有意见" if remarks else "")
    if lacking and day > report.opinion_due_on:
        words += "，已过征求期" if not required else "，须经核对"
    return words, required and bool(lacking)


def opinion_rows(user, day, calendar) -> list[dict]:
    """For each (report, county): the report, the county, the window."""
    pairs = list(to_speak(user))
    reports = ProgressReport.objects.visible_to(user).for_list().in_bulk([report for report, _ in pairs])
    places = Organisation.objects.filter(pk__in=[place for _, place in pairs]).prefetch_related("names")
    places = {place.pk: place for place in places}
    return [
        {
            "report": reports[report],
            "county": places[place],
            "due_on": reports[report].opinion_due_on,
            "light": _window(reports[report].opinion_due_on, day, calendar),
        }
        for report, place in pairs
        if report in reports
    ]


def _window(due_on, day, calendar):
    if day > due_on:
        return badge("已过征求期", "ended")
    left = calendar.workdays_between(day, due_on)
    return badge(f"还有 {left} 工作日" if left else "今日截止", "soon" if left <= 1 else "good")
