"""The chain on a report's page: what this person can do now, the two ways on paper, rounds, opinions, extensions."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from tasks import acts, crossing, differences, grid, reading
from tasks.kinds import (
    EDITABLE,
    WITH_BUREAU,
    AskState,
    CellState,
    CheckState,
    OpinionRule,
    ReportState,
    RoundAct,
    SignOff,
)
from tasks.models import ExtensionRequest, FigureCheck
from tasks.services import chain, extensions, opinions
from tasks.services.rounds import snapshot_of
from tasks.workflow import REPORT
from zhuzun import clock
from zhuzun.access.policy import scope_for
from zhuzun.accounts.models import Decision
from zhuzun.documents.services import attachments_of

WAYS = ("signed", "enter-for")  # drawn as boxes of three steps
FILINGS = (RoundAct.FILE, RoundAct.REFILE)


@dataclass(frozen=True)
class Button:
    """An act as this person meets it."""

    code: str
    label: str
    url: str
    icon: str
    decision: Decision


def context(report, request, now) -> dict:
    """Everything that _panel_chain.html draws."""
    user = request.user
    buttons = buttons_for(report, user, now)
    main = buttons[0] if buttons and buttons[0].decision.allowed else None
    ways = {button.code: button for button in buttons if button.code in WAYS}
    may = {name: user.decide(f"tasks.{name}", report).allowed for name in ("fill_report", "enter_for")}
    open_now = report.state in chain.SIGNABLE and not report.excused
    return {
        "chain_main": main,
        "chain_buttons": [button for button in buttons if button is not main and button.code not in WAYS],
        "returned_sections": [one for one in report.sections.all() if one.returned],
        "paper_way": ways.get("signed"),
        "only_paper": "signed" in ways and not report.has_signer(now),
        "behalf_way": behalf_way(report, user, now),
        "sheets": _sheets(report),
        "may_enter_for": may["enter_for"] and report.state in EDITABLE and not report.excused,
        "may_upload": open_now and (may["fill_report"] or may["enter_for"]),
        "rounds": rounds_of(report),
        **_opinions(report, user, now),
        **_extensions(report, user, now),
    }


# --- buttons ----------------------------------------------------------------------------------------------------------
def buttons_for(report, user, now) -> list[Button]:
    """The acts that leave the present state and are this person's to take, the ones he may take now first."""
    found = []
    if report.excused:
        return found
    for act in acts.ACTS.values():
        if act.fits(report) and _offered(report, act, user):
            step = act.step_for(report)
            url = reverse("tasks:report_act", args=[report.pk, act.code])
            found.append(
                Button(act.code, step.label, url, act.icon, REPORT.why_not(report, step.name, actor=user, now=now))
            )
    back = REPORT.by_name[acts.to_return(report)]
    if report.state in back.sources and user.decide(back.permission, report):
        decision = REPORT.why_not(report, back.name, actor=user, now=now)
        found.append(
            Button("return", back.label, reverse("tasks:report_return", args=[report.pk]), "corner-up-left", decision)
        )
    return sorted(found, key=lambda button: not button.decision.allowed)


def behalf_way(report, user, now) -> Button | None:
    """代录, for the working group and the bureau as long as the report is with its filer: how, or why not."""
    if report.state not in EDITABLE or scope_for("tasks.enter_for", user.acting) is None:
        return None
    if user.decide("tasks.fill_report", report):
        return None  # their own body's
    step = REPORT.by_name["file_for"]
    decision = user.decide("tasks.enter_for", report)
    if report.excused:
        decision = Decision(False, f"该单位本期免报：{report.excuse_reason}")
    elif decision.allowed and report.state == ReportState.NOT_STARTED:
        decision = Decision(False, "尚未录入：请先按签字盖章的报表录入数据。")
    elif decision.allowed:
        decision = REPORT.why_not(report, step.name, actor=user, now=now)
    url = reverse("tasks:report_act", args=[report.pk, "enter-for"])
    return Button("enter-for", step.label, url, acts.ACTS["enter-for"].icon, decision)


def _offered(report, act, user) -> bool:
    """Whether the act is this person's, and one of the ways this body goes."""
    if not user.decide(act.step_for(report).permission, report):
        return False
    if act.code == "file":
        return not report.sign_off_wanted
    if act.code in ("send", "signed"):
        return report.sign_off_wanted
    return act.code != "enter-for" or not user.decide("tasks.fill_report", report)


# --- what the report says ---------------------------------------------------------------------------------------------
def content(report) -> dict:
    """For the page that asks once more: how many cells of which sort, and what changed since the last filing."""
    cells = reading.cells(report)
    counts = Counter(cell.state for cell in cells)
    disputed = FigureCheck.objects.filter(sheet__report=report, state=CheckState.DISPUTED)
    return {
        "shown": {"grid": grid.build(report), "editing": False},
        "disputed": list(disputed.select_related("entry__item", "entry__place", "sheet__county")),
        "cell_counts": [(label, counts.get(state, 0)) for state, label in CellState.choices],
        "only_zeros": bool(cells) and counts.get(CellState.ZERO, 0) == len(cells),
        "findings": reading.warnings(report) + crossing.conflicts(report),
        "changes": changes_of(report),
        "returned_sections": [one for one in report.sections.all() if one.returned],
    }


def changes_of(report) -> list:
    """What it says otherwise than the filing before: as it stands now, or as it was filed last."""
    filings = list(report.rounds.filter(act__in=FILINGS).order_by("-number")[:2])
    filed = report.state in (*WITH_BUREAU, ReportState.ACCEPTED)
    if not filings or (filed and len(filings) == 1):
        return []
    if filed:
        return differences.between(filings[1].snapshot, filings[0].snapshot)
    return differences.between(filings[0].snapshot, snapshot_of(report))


def county_cells(report, county) -> list:
    """One county's cells with their words."""
    return [(cell, differences.cell_words(_said(cell))) for cell in reading.cells(report) if cell.place_id == county.pk]


def _said(cell) -> dict:
    return {
        "state": cell.state,
        "value": cell.value,
        "reason": cell.reason,
        "note": cell.note,
        "unit": cell.item.unit,
        "decimals": cell.item.decimals,
    }


# --- rounds -----------------------------------------------------------------------------------------------------------
def rounds_of(report) -> list[dict]:
    """Every round as a sentence, newest first, each filing with what it changed against the one before."""
    lines, before = [], {}
    for one in report.rounds.all():
        changes = []
        if one.act in FILINGS:
            changes, before = differences.between(before, one.snapshot), one.snapshot
        lines.append({"round": one, "what": _words(one), "until": _until(one), "changes": changes})
    return lines[::-1]


def _words(one) -> str:
    label = one.get_act_display()
    if one.act in FILINGS and one.on_behalf:
        return f"代录{label}（附签章件）"
    if one.act in FILINGS and one.signed_by:
        return f"{label}（{SignOff(one.signed_by).label}）"
    return label


def _until(one) -> str:
    """What the day of a round means."""
    if one.due_on is None:
        return ""
    if one.act in (RoundAct.RETURN, RoundAct.REOPEN):
        return f"请于 {one.due_on} 前修改"
    return f"截止日期 {one.due_on}" if one.act in FILINGS else f"至 {one.due_on}"


def _sheets(report) -> list[dict]:
    """The signed sheets; one that belongs to an earlier filing stays."""
    return [
        {"file": row, "fixed": bool(report.filed_at and row.uploaded_at <= report.filed_at)}
        for row in attachments_of(report, "signed").standing()
    ]


# --- the working group ------------------------------------------------------------------------------------------------
def _opinions(report, user, now) -> dict:
    rows = list(report.opinions.select_related("by", "county", "round").prefetch_related("county__names"))
    rule = reading.opinion_rule(report)
    if rule == OpinionRule.NONE:
        return {"opinions": rows, "opinions_waiting": [], "opinion_rule": ""}
    filing = reading.last_filing(report) if report.state in WITH_BUREAU else None
    given = {row.county_id for row in rows if filing is not None and row.round_id == filing.pk}
    waiting = [county for county in reading.counties(report) if county.pk not in given] if filing else []
    return {
        "opinions": rows,
        "opinions_waiting": [(county, bool(opinions.may_give(report, county, actor=user))) for county in waiting],
        "opinion_rule": OpinionRule(rule).label,
        "opinion_over": bool(report.opinion_due_on and report.opinion_due_on < clock.day_of(now)),
    }


# --- extensions -------------------------------------------------------------------------------------------------------
def _extensions(report, user, now) -> dict:
    rows = list(report.extensions.select_related("asked_by", "decided_by"))
    decision = user.decide("tasks.decide_extension", report)
    return {
        "extension_rows": rows,
        "extension_ask": extensions.may_ask(report, actor=user, now=now)
        if user.decide(extensions.ASK, report)
        else None,
        "extension_decide": decision.allowed,
    }


def extension_counts(report) -> dict[str, int]:
    """How often this body asked in the year of the report, and how often it was given."""
    rows = ExtensionRequest.objects.filter(report__filer=report.filer, report__period__year=report.period.year)
    states = Counter(rows.values_list("state", flat=True))
    return {"asked": sum(states.values()), "approved": states.get(AskState.APPROVED, 0)}
