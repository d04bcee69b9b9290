"""The panel of a period's page with its papers: drafted by itself or by hand, and what can still be drafted."""

from django.urls import reverse

from tasks.kinds import PeriodPaperKind
from tasks.models import PeriodPaper
from tasks.services import papers
from zhuzun.accounts.models import Decision
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.tables import TONES
from zhuzun.ui.badges import badge

K = PeriodPaperKind


def context(period, request, now) -> dict:
    """`papers` for templates/tasks/_panel_papers.html; nothing for whoever does not keep the register."""
    user = request.user
    if not user.has_perm("notices.view_register"):
        return {"papers": None}
    rows = list(PeriodPaper.objects.visible_to(user).filter(period=period).for_list())
    asked = Paper.objects.visible_to(user).about(period).exclude(pk__in=[row.paper_id for row in rows]).for_list()
    return {
        "papers": {
            "rows": [*(_line(row.paper, _made(row)) for row in rows), *(_line(paper, "人工起草") for paper in asked)],
            "coming": papers.coming(period),
            "acts": list(_acts(period, user)),
        }
    }


def _line(paper, made) -> dict:
    return {"paper": paper, "state": badge(*TONES[paper.state]), "made": made}


def _made(row) -> str:
    version = f"，定稿数（第{row.snapshot.version}版）" if row.snapshot else ""
    return ("系统起草" if row.by_itself else "人工起草") + version


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
