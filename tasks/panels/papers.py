"""The panel of a period's page with its papers: drafted by itself or by hand, and what can still be drafted."""

from django.urls import reverse

from tasks.kinds import PeriodPaperKind
from tasks.models import PaperPlan, PeriodPaper
from tasks.services import papers
from zhuzun.accounts.models import Decision
from zhuzun.notices.papers.tables import TONES
from zhuzun.ui.badges import badge

K = PeriodPaperKind


def context(period, request, now) -> dict:
    """`papers` for templates/tasks/_panel_papers.html; nothing for whoever does not keep the register."""
    user = request.user
    if not user.has_perm("notices.view_register"):
        return {"papers": None}
    rows = list(PeriodPaper.objects.visible_to(user).filter(period=period).for_list())
    planned = PaperPlan.objects.active().filter(span=period.kind).values_list("kind", flat=True)
    own = {row.kind for row in rows if row.by_itself}
    coming = [K(kind).label for kind in planned if kind not in own and period.closed == (kind != K.REMINDER)]
    return {
        "papers": {
            "rows": [(row, badge(*TONES[row.paper.state])) for row in rows],
            "coming": coming,
            "acts": list(_acts(period, user)),
        }
    }


def _acts(period, user):
    """(label, decision, address): chasing while it is open, 通报 and 报告 once it is closed."""
    decision = user.decide(papers.DRAFT)
    wanted = (K.CIRCULAR, K.REPORT) if period.closed else (K.REMINDER,)
    for kind in wanted:
        yield f"起草{kind.label}", decision, reverse("tasks:period_paper", args=[period.pk, kind.value])
    if period.closed:
        return
    yield "以公文催报", decision, reverse("tasks:period_chase_paper", args=[period.pk])
    yield "起草通报", _after_closing(decision), reverse("tasks:period_paper", args=[period.pk, K.CIRCULAR.value])


def _after_closing(decision):
    return Decision(False, papers.NOT_CLOSED) if decision.allowed else decision
