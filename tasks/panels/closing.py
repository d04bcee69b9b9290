"""The panel of a period's page on compiling: what the figures stand at, and the acts 拟定稿, 审核, 审定, 上报."""

from django.urls import reverse

from tasks import closings, compiled, compiled_longer
from tasks.models import Correction
from tasks.workflow import PERIOD
from zhuzun.accounts.models import Decision
from zhuzun.ui.formats import moment

ICONS = {"propose": "send", "check": "clipboard-check", "approve": "lock"}


def context(period, request, now) -> dict:
    """What `_panel_closing.html` draws; nothing for whoever may not see compiled figures."""
    user = request.user
    if not user.decide("tasks.view_compiled").allowed:
        return {"closing": None}
    figures, snapshot = compiled_longer.visible(period, user)
    return {
        "closing": {
            "basis": basis(snapshot, now),
            "snapshots": period.snapshots.select_related("approved_by"),
            "corrections": Correction.objects.visible_to(user).filter(period=period).count(),
            "below": closings.below_words(period, user),
            "overview": compiled.overview(figures),
            "filed": sum(one.counted for one in figures),
            "steps": steps(period, user, now),
            "send_up": send_up(period, user),
        }
    }


def basis(snapshot, now) -> dict:
    """Which figures a page or paper shows: 定稿数（第n版）, in force or not, or 未定稿 as at a moment."""
    if snapshot is None:
        return {"final": False, "now": now}
    return {"final": True, "snapshot": snapshot, "in_force": _in_force(snapshot)}


def _in_force(snapshot) -> int:
    """The number of the version in force."""
    return compiled.latest_snapshot(snapshot.period).version


def basis_words(snapshot, now) -> str:
    """The same in one line."""
    if snapshot is None:
        return f"未定稿，截至 {moment(now)}"
    who, now_in_force = snapshot.approved_by.name, _in_force(snapshot)
    old = f"（现行为第{now_in_force}版）" if now_in_force != snapshot.version else ""
    name = f"定稿数（第{snapshot.version}版）{old}"
    return f"{name}，{moment(snapshot.taken_at)} {who}审定，校验值 {snapshot.sha256[:16]}"


def steps(period, user, now) -> list[dict]:
    """The steps that leave the state, for the bureau: each with its decision and address."""
    mine = ("tasks.compile_period", "tasks.check_period", "tasks.approve_period")
    if not any(user.decide(name).allowed for name in mine):
        return []
    return [
        {
            "label": option.step.label,
            "decision": option.decision,
            "url": reverse("tasks:period_step", args=[period.pk, option.step.name]),
            "icon": ICONS.get(option.step.name, "arrow-back-up"),
        }
        for option in PERIOD.options(period, actor=user, now=now)
    ]


def send_up(period, user) -> dict | None:
    """登记上报: offered to the officer once the period is closed."""
    decision = user.decide("tasks.compile_period")
    if not decision.allowed:
        return None
    if not period.closed:
        decision = Decision(False, "审定定稿后才能登记上报。")
    return {"decision": decision, "url": reverse("tasks:period_sent_up", args=[period.pk])}
