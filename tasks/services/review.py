"""The bureau's side of the chain (审核): passed on, accepted, returned section by section, reopened."""

from datetime import timedelta

from django.db import transaction

from tasks import crossing, events, reading
from tasks.kinds import CheckState, ReportState, RoundAct
from tasks.models import FigureCheck, ProgressReport
from tasks.services.rounds import add_round, hold
from tasks.workflow import REPORT
from zhuzun import clock
from zhuzun.errors import DomainError
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.periods.services import current_calendar

RETURN_WORKDAYS = 2  # what the form proposes
RETURN_MOST_DAYS = 60
MAX_WORDS = 500


# --- forward ----------------------------------------------------------------------------------------------------------
def pass_on(report, *, actor, now, text="", seen=None):
    """The officer finds it in order and lays it before the section head."""
    with transaction.atomic():
        report = _step(report, "pass_on", RoundAct.PASS_ON, text=text, actor=actor, now=now, seen=seen)
        events.tell(events.passed_on, report, actor=actor, now=now)
    return report


def accept(report, *, actor, now, text="", seen=None):
    """The officer accepts, where no section head is set."""
    return _accept(report, "accept", text=text, actor=actor, now=now, seen=seen)


def accept_head(report, *, actor, now, text="", seen=None):
    """The section head accepts."""
    return _accept(report, "accept_head", text=text, actor=actor, now=now, seen=seen)


def accept_own(report, *, actor, now, text="", seen=None):
    """The bureau's own report is accepted by its leader."""
    return _accept(report, "accept_own", text=text, actor=actor, now=now, seen=seen)


def forward_step(report) -> str:
    """The step by which the bureau lets a report through from where it stands."""
    if report.state == ReportState.HEAD:
        return "accept_head"
    if report.filer.kind == OrganisationKind.BUREAU:
        return "accept_own"
    return "pass_on" if report.head_review else "accept"


FORWARD = {"pass_on": pass_on, "accept": accept, "accept_head": accept_head, "accept_own": accept_own}


def accept_many(seen_states: dict[int, str], *, actor, now) -> list[tuple[ProgressReport, str]]:
    """Let several reports through, each for itself: (report, empty or why not), in the order asked for.

    `seen_states` gives for each report the state that the person had before his eyes. Only those without warnings and
    disputes go together; the others want a look of their own.
    """
    rows = ProgressReport.objects.visible_to(actor).for_list().in_bulk(list(seen_states))
    return [
        (rows[key], _forwarded(rows[key], seen, actor=actor, now=now))
        for key, seen in seen_states.items()
        if key in rows
    ]


def hindrance(warnings: int, disputes: int) -> str:
    """Why a report does not go through together with others; empty where it may."""
    if warnings:
        return f"有 {warnings} 处提示，请打开逐份审核。"
    return f"有 {disputes} 处异议，请打开逐份审核。" if disputes else ""


def _forwarded(report, seen, *, actor, now) -> str:
    told = len(reading.warnings(report)) + len(crossing.conflicts(report))
    reason = hindrance(told, disputes_of([report]).get(report.pk, 0))
    if reason:
        return reason
    try:
        FORWARD[forward_step(report)](report, actor=actor, now=now, seen=seen)
    except DomainError as error:
        return error.message
    return ""


def disputes_of(reports) -> dict[int, int]:
    """How many cells of each report the other side disputes; one query."""
    rows = FigureCheck.objects.filter(sheet__report__in=reports, state=CheckState.DISPUTED)
    found: dict[int, int] = {}
    for key in rows.order_by().values_list("sheet__report", flat=True):
        found[key] = found.get(key, 0) + 1
    return found


# --- back -------------------------------------------------------------------------------------------------------------
def return_report(report, *, comments, due_on, actor, now, text="", seen=None):
    """Return it section by section: `comments` gives for each returned section what is to be changed, and by when."""
    step = return_step(report)
    return _give_back(report, step, RoundAct.RETURN, events.returned, comments, due_on, text, actor, now, seen)


def reopen(report, *, comments, due_on, reason, actor, now, seen=None):
    """An accepted report is to be changed after all, before 定稿 and with a reason."""
    if not reason.strip():
        raise DomainError("请填写退回重报的原因，报送单位会看到。", "text")
    return _give_back(report, "reopen", RoundAct.REOPEN, events.reopened, comments, due_on, reason, actor, now, seen)


def return_step(report) -> str:
    """The step by which the bureau returns a report from where it stands."""
    if report.state == ReportState.HEAD:
        return "return_head"
    return "return_own" if report.filer.kind == OrganisationKind.BUREAU else "return_officer"


def head_to_officer(report, *, text, actor, now, seen=None):
    """The section head wants the officer to look again; the filer is not troubled."""
    if not text.strip():
        raise DomainError("请写明需要经办复核的内容。", "text")
    with transaction.atomic():
        return _step(report, "head_to_officer", RoundAct.HEAD_BACK, text=text, actor=actor, now=now, seen=seen)


def proposed_day(*, now):
    """The day that a return proposes: so many working days from today."""
    return current_calendar().plus(clock.day_of(now), RETURN_WORKDAYS)


def _give_back(report, step, act, listeners, comments, due_on, text, actor, now, seen):
    comments = {key: words.strip() for key, words in comments.items() if words.strip()}
    _check_return(comments, due_on, clock.day_of(now))
    seen = seen or report.state
    dates = {"return_due_on": due_on, "refiled_on": None, "accepted_at": None, "review_due_on": None}
    with transaction.atomic():
        current = REPORT.take(hold(report), step, actor=actor, now=now, reason=text, seen=seen, **dates)
        sections = [_marked(section, comments) for section in current.sections.all()]
        returned = [{"id": one.pk, "title": one.title, "comment": one.comment} for one in sections if one.returned]
        if len(returned) != len(comments):
            raise DomainError("所选部分不属于这份报表，请刷新后重试。")
        add_round(current, act, actor=actor, now=now, text=text, sections=returned, due_on=due_on)
        events.tell(listeners, current, actor=actor, now=now)
    return current


def _check_return(comments, due_on, day):
    if not comments:
        raise DomainError("请至少在一个部分写明需要修改的内容。")
    if any(len(words) > MAX_WORDS for words in comments.values()):
        raise DomainError(f"每个部分的意见不超过 {MAX_WORDS} 字。")
    if due_on < day:
        raise DomainError("修改期限不能早于今天。", "due_on")
    if due_on > day + timedelta(days=RETURN_MOST_DAYS):
        raise DomainError(f"修改期限不超过 {RETURN_MOST_DAYS} 天。", "due_on")


def _marked(section, comments):
    section.comment = comments.get(section.pk, "")
    section.returned = bool(section.comment)
    section.save(update_fields=["returned", "comment"])
    return section


def _accept(report, step, *, text, actor, now, seen):
    with transaction.atomic():
        report = _step(report, step, RoundAct.ACCEPT, text=text, actor=actor, now=now, seen=seen, accepted_at=now)
        events.tell(events.accepted, report, actor=actor, now=now)
    return report


def _step(report, step, act, *, text, actor, now, seen, **changes):
    report = REPORT.take(report, step, actor=actor, now=now, reason=text, seen=seen, **changes)
    add_round(report, act, actor=actor, now=now, text=text)
    return report
