"""The filer's side of the chain (报送): sent to the own leader, signed, filed, entered for another, taken back.

One act is one function. Each takes its step of `tasks.workflow.REPORT` (which locks the row, asks for permission and
tells the second of two people), keeps a round, and tells the listeners of `tasks.events`, all in one transaction.
"""

from django.db import transaction

from tasks import differences, events, reading
from tasks.kinds import OpinionRule, ReportState, RoundAct, SignOff
from tasks.services.rounds import add_round, hold, snapshot_of
from tasks.workflow import REPORT
from zhuzun import clock
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attach, withdraw
from zhuzun.errors import DomainError, Refused
from zhuzun.periods.services import current_calendar

SIGNABLE = (ReportState.DRAFTING, ReportState.SIGNING, ReportState.RETURNED)
SHEET_PERMISSIONS = ("tasks.fill_report", "tasks.enter_for")


# --- inside the body --------------------------------------------------------------------------------------------------
def send_to_sign(report, *, actor, now, text="", seen=None):
    """The officer lays it before the own leader; of what came back and was not changed he says why."""
    with transaction.atomic():
        report = _step(report, "send_to_sign", RoundAct.TO_SIGN, text=text, actor=actor, now=now, seen=seen)
        if report.sections.filter(returned=True).exists():
            _answered(report, snapshot_of(report), text)
        events.tell(events.sent_to_sign, report, actor=actor, now=now)
    return report


def take_back(report, *, actor, now, seen=None):
    """The officer takes it back before the leader signed."""
    with transaction.atomic():
        return _step(report, "take_back", RoundAct.TAKE_BACK, actor=actor, now=now, seen=seen)


def give_back(report, *, text, actor, now, seen=None):
    """The leader does not sign, and says why."""
    _words(text, "请写明退回的原因，经办人会看到。")
    with transaction.atomic():
        report = _step(report, "give_back", RoundAct.GIVE_BACK, text=text, actor=actor, now=now, seen=seen)
        events.tell(events.given_back, report, actor=actor, now=now)
    return report


# --- out of the body --------------------------------------------------------------------------------------------------
def sign(report, *, actor, now, text="", seen=None):
    """The own leader signs in the portal, and with that the report leaves the body."""
    return _file(report, "sign", signed_by=SignOff.PORTAL, text=text, actor=actor, now=now, seen=seen)


def sign_on_paper(report, *, actor, now, text="", seen=None):
    """线下审签: the printed form was signed and sealed, its scan is attached."""
    return _file(report, "sign_on_paper", signed_by=SignOff.PAPER, text=text, actor=actor, now=now, seen=seen)


def file(report, *, actor, now, text="", seen=None):
    """Filed without a leader's signature, where the plan wants none."""
    return _file(report, "file", signed_by=SignOff.NONE, text=text, actor=actor, now=now, seen=seen)


def file_for(report, *, actor, now, text="", seen=None):
    """代录: filed for a body without account or network, with its signed sheet attached."""
    facts = {"signed_by": SignOff.PAPER, "on_behalf": True}
    return _file(report, "file_for", text=text, actor=actor, now=now, seen=seen, **facts)


def recall(report, *, actor, now, text="", seen=None):
    """Taken back before the bureau acted. A first filing does not count then: it has not left the body."""
    with transaction.atomic():
        current = hold(report)
        filing = reading.last_filing(current)
        voided = {"refiled_on": None, "review_due_on": None, "opinion_due_on": None}
        if filing is not None and filing.act == RoundAct.FILE:
            voided["filed_on"] = None
        seen = seen or report.state
        report = _step(current, "recall", RoundAct.RECALL, text=text, actor=actor, now=now, seen=seen, **voided)
        events.tell(events.recalled, report, actor=actor, now=now)
    return report


# --- the signed sheet -------------------------------------------------------------------------------------------------
def attach_sheet(report, *, data, filename, actor, now):
    """Hang the scan of the signed and sealed form on the report, before it is filed."""
    with transaction.atomic():
        current = hold(report)
        _may_attach(current, actor)
        return attach(data, filename, to=current, kind=AttachmentKind.SIGNED, actor=actor, now=now)


def withdraw_sheet(report, sheet, *, reason, actor, now):
    """Take a wrong scan down while the report is still in the body's hands."""
    with transaction.atomic():
        current = hold(report)
        _may_attach(current, actor)
        if current.filed_at and sheet.uploaded_at <= current.filed_at:
            raise DomainError("这份签章件是此前报送时附的，留存备查，不能撤下。")
        return withdraw(sheet, reason=reason, actor=actor, now=now)


def _may_attach(report, actor):
    decisions = [actor.decide(name, report) for name in SHEET_PERMISSIONS]
    if not any(decision.allowed for decision in decisions):
        raise Refused(decisions[0].reason)
    if report.state not in SIGNABLE:
        raise DomainError(f"目前状态是“{report.get_state_display()}”，不能上传签章件。", "file")


# --- how a filing is done ---------------------------------------------------------------------------------------------
def _file(report, step, *, signed_by, actor, now, text, seen, on_behalf=False):
    """Let it leave the body: dates, a round with what it says, the returned sections closed, the listeners told."""
    seen = seen or report.state
    with transaction.atomic():
        current = hold(report)
        changes = _filing_dates(current, clock.day_of(now)) | {"filed_at": now, "signed_by": signed_by}
        if on_behalf:
            changes["on_behalf"] = True
        act = RoundAct.REFILE if current.filed_on else RoundAct.FILE
        current = REPORT.take(current, step, actor=actor, now=now, reason=text, seen=seen, **changes)
        snapshot = snapshot_of(current)
        sections = _answered(current, snapshot, text)
        facts = {"sections": sections, "signed_by": signed_by, "on_behalf": on_behalf, "snapshot": snapshot}
        due_on = current.return_due_on if act == RoundAct.REFILE and sections else current.effective_due_on
        add_round(current, act, actor=actor, now=now, text=text, due_on=due_on, **facts)
        current.sections.filter(returned=True).update(returned=False, comment="")
        events.tell(events.filed, current, actor=actor, now=now)
    return current


def _filing_dates(report, day) -> dict:
    """The first filing stays what it was; what the bureau and the working group have until."""
    calendar = current_calendar()
    forms = [part.form for part in report.parts.select_related("form")]
    limit = min((form.review_workdays for form in forms), default=3)
    dates = {"review_due_on": calendar.plus(day, limit), "opinion_due_on": None}
    if reading.opinion_rule(report) != OpinionRule.NONE and reading.counties(report):
        days = max(form.opinion_workdays for form in forms if form.opinion != OpinionRule.NONE)
        dates["opinion_due_on"] = calendar.plus(day, days)
    if report.filed_on is None:
        return {**dates, "filed_on": day}
    return {**dates, "refiled_on": day}


def _answered(report, snapshot, text) -> list[dict]:
    """The returned sections with whether they were changed; one that was not needs a sentence why."""
    returned = list(report.sections.filter(returned=True))
    if not returned:
        return []
    earlier = reading.last_filing(report)
    changed = {change.section for change in differences.between(earlier.snapshot if earlier else {}, snapshot)}
    bare = [section.title for section in returned if section.pk not in changed]
    if bare and not text.strip():
        raise DomainError(f"退回的“{'”“'.join(bare)}”没有改动，请写明不改的理由。", "text")
    return [
        {"id": one.pk, "title": one.title, "comment": one.comment, "changed": one.pk in changed} for one in returned
    ]


def _step(report, step, act, *, actor, now, text="", seen=None, **changes):
    """One step with its round."""
    report = REPORT.take(report, step, actor=actor, now=now, reason=text, seen=seen, **changes)
    add_round(report, act, actor=actor, now=now, text=text)
    return report


def _words(text, message, field="text"):
    if not text.strip():
        raise DomainError(message, field)
