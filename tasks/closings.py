"""What waits for a person while figures are compiled and corrected. Pages and cards ask here."""

from django.db.models import Q, QuerySet

from tasks.kinds import CorrectionState, PeriodState
from tasks.models import Correction, ReportingPeriod


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
