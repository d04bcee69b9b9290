"""What waits for a person while figures are compiled and corrected. Pages and cards ask here."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tasks import compiled_longer, derived
from tasks.kinds import CorrectionState, PeriodState
from tasks.models import Correction, ReportingPeriod, SnapshotFigure


def periods_for(user, day) -> QuerySet:
    """Periods whose next step is this person's: to propose, check, approve, or record as sent up."""
    rows, mine = ReportingPeriod.objects.visible_to(user), Q(pk__in=())
    if user.decide("tasks.compile_period"):
        mine |= Q(pk__in=rows.to_propose(day).values("pk")) | Q(pk__in=rows.to_send_up().values("pk"))
    if user.decide("tasks.check_period"):
        mine |= Q(state=PeriodState.PROPOSED)
    if user.decide("tasks.approve_period"):
        mine |= Q(state=PeriodState.CHECKED)
    return rows.filter(mine)


def corrections_for(user) -> QuerySet:
    """Corrections whose next step is this person's: to have signed, to sign, or to approve."""
    rows, mine = Correction.objects, Q(pk__in=())
    if user.decide("tasks.approve_correction"):
        mine |= Q(state=CorrectionState.SIGNED)
    asked = Q(state=CorrectionState.ASKED)
    for permission in ("tasks.sign_correction", "tasks.ask_correction"):
        mine |= asked & Q(pk__in=rows.visible_to(user, permission).values("pk"))
    return rows.visible_to(user).filter(mine)


def corrections_below(period, user) -> QuerySet:
    """更正 of the shorter periods from which a frozen longer one was derived, approved after it: its figures stay."""
    rows = Correction.objects.visible_to(user).for_list()
    if not period.closed or period.kind not in derived.LONG:
        return rows.none()
    derived_here = SnapshotFigure.objects.filter(
        snapshot__period=period,
        indicator=OuterRef("entry__indicator"),
        place=OuterRef("entry__place"),
        channel=OuterRef("entry__channel"),
    ).exclude(entry__period=F("snapshot__period"))
    rows = rows.filter(Exists(derived_here), state=CorrectionState.APPROVED, decided_at__gt=period.closed_at)
    return rows.filter(period__in=compiled_longer.parts_of(period)).order_by("period__end", "number")


def below_words(period, user) -> str:
    """The same in a sentence, for pages, papers and files; empty where there are none."""
    said = "、".join(str(row) for row in corrections_below(period, user))
    return f"{period}定稿后，所含各期有更正：{said}；{period}的定稿数保持不变" if said else ""


def frozen_above(period) -> list[ReportingPeriod]:
    """The frozen longer periods that were derived from this one: they keep theirs when it is corrected."""
    rows = ReportingPeriod.objects.filter(state=PeriodState.CLOSED, kind__in=derived.LONG, year=period.year)
    rows = rows.filter(last__gte=period.last).exclude(pk=period.pk).order_by("end", "-start")
    return [row for row in rows if period in compiled_longer.parts_of(row)]
