"""The county's check (核对): sheets open with a filing, lines are confirmed or disputed, the bureau settles.

Whoever writes here first holds the report's row: an answer and a return, or two answers, never cross. Silence is left
as it is; nothing in this module turns 未核对 into anything else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from tasks import checking, events, reading
from tasks.checking import figure_words, number_words, way_of
from tasks.kinds import CellState, CheckState
from tasks.models import CheckSheet, FigureCheck
from tasks.series import SAID
from tasks.services.rounds import hold
from zhuzun import clock
from zhuzun.audit.services import record
from zhuzun.audit.wording import last_act
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attach, attachments_of, withdraw
from zhuzun.errors import DomainError, Refused
from zhuzun.periods.services import current_calendar

ANSWERS = (CheckState.CONFIRMED, CheckState.DISPUTED)


# --- opening: with every filing, inside its transaction ---------------------------------------------------------------
def open_sheets(report, *, actor, now):
    """Ask each county about its cells; after a return only about those that changed. Listens to `events.filed`."""
    asked = checking.asked_cells(report)
    lines = {line.entry_id: line for line in FigureCheck.objects.filter(sheet__report=report).select_related("sheet")}
    asked = _with_emptied(report, asked, lines)
    sheets = {sheet.county_id: sheet for sheet in report.check_sheets.all()}
    days = max(report.parts.values_list("form__check_workdays", flat=True), default=0)
    today = clock.day_of(now)
    facts = {"opened_on": today, "due_on": current_calendar().plus(today, days)}
    for county, entries in asked.items():
        sheet = sheets.get(county.pk) or CheckSheet.objects.create(report=report, county=county, **facts)
        _ask(entries, sheet, lines)
        _open_again(sheet, facts, actor=actor, now=now)


def _with_emptied(report, asked, lines):
    """A cell that the county has spoken of and that is empty now is asked about too."""
    found = {county: list(entries) for county, entries in asked.items()}
    there = {entry.pk for entries in found.values() for entry in entries}
    for entry in reading.open_cells(report):
        if entry.pk in lines and entry.pk not in there:
            found.setdefault(entry.place, []).append(entry)
    return found


def _ask(entries, sheet, lines):
    new, again = [], []
    for entry in entries:
        line = lines.get(entry.pk)
        seen = {"seen_state": entry.state, "seen_value": entry.value}
        if line is None:
            new.append(FigureCheck(sheet=sheet, entry=entry, **seen))
        elif checking.changed(line, entry):
            again.append(_reset(line, **seen))
    FigureCheck.objects.bulk_create(new)
    FigureCheck.objects.bulk_update(again, [*_RESET, "seen_state", "seen_value", "version"])


# The other figure and its reason stay, so that the county sees what it said of the figure before.
_RESET = {
    "on_behalf": False,
    "state": CheckState.UNCHECKED,
    "by": None,
    "at": None,
    "settled_value": None,
    "settlement": "",
    "settled_by": None,
    "settled_at": None,
}


def _reset(line, **seen):
    for name, value in {**_RESET, **seen, "version": line.version + 1}.items():
        setattr(line, name, value)
    return line


def forget_answer(entry):
    """A correction replaces the figure: what was confirmed, disputed or settled spoke of another one."""
    for line in FigureCheck.objects.filter(entry=entry):
        _reset(line, seen_state=entry.state, seen_value=entry.value).save()


def _open_again(sheet, facts, *, actor, now):
    """Where something waits, the county has the whole window from today on."""
    if not checking.waiting(sheet):
        return
    for name, value in {**facts, "finished_at": None}.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=[*facts, "finished_at"])
    events.tell(events.check_asked, sheet, actor=actor, now=now)


# --- answering --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Answer:
    """What the county says of one line, and which version of it was on the page."""

    line: int
    version: int
    state: CheckState
    other_value: Decimal | None = None
    reason: str = ""


def answer(sheet, answers: Iterable[Answer], *, actor, now) -> CheckSheet:
    """Confirm and dispute lines, all or none; by the county, or for it with its signed sheet (代录)."""
    answers = list(answers)
    with transaction.atomic():
        sheet, way = _held(sheet, actor)
        if way.behalf:
            _require_signed_sheet(sheet)
        if not answers:
            raise DomainError("请先选择核对结果。")
        lines = _lines(sheet, answers)
        for one in answers:
            _say(lines[one.line], one, behalf=way.behalf, actor=actor, now=now)
        _finish(sheet, behalf=way.behalf, now=now)
        _tell(sheet, [lines[one.line] for one in answers], way, actor=actor, now=now)
    return sheet


def confirm(sheet, lines: dict[int, int], *, actor, now) -> CheckSheet:
    """核对无误: the lines {key: version seen}."""
    said = [Answer(key, version, CheckState.CONFIRMED) for key, version in lines.items()]
    return answer(sheet, said, actor=actor, now=now)


def confirm_all(sheet, *, mark, actor, now) -> CheckSheet:
    """全部核对无误: every line that waits, exactly as the page showed them (`checking.mark_of`)."""
    with transaction.atomic():
        sheet, _ = _held(sheet, actor)
        waiting = checking.waiting(sheet)
        if checking.mark_of(waiting) != mark:
            raise DomainError(f"待核对的数据有变动：{last_act(sheet)}。请看过下面的数据再办。")
        return confirm(sheet, {line.pk: line.version for line in waiting}, actor=actor, now=now)


def dispute(line, *, version, other_value, reason, actor, now) -> CheckSheet:
    """有异议: the county's own figure and why."""
    said = Answer(line.pk, version, CheckState.DISPUTED, other_value, reason)
    return answer(line.sheet, [said], actor=actor, now=now)


def _held(sheet, actor):
    """The sheet as it stands, its report's row held; refused for whoever may not answer, or where nobody may now."""
    report = hold(sheet.report)
    sheet = CheckSheet.objects.select_related("county").get(pk=sheet.pk)
    sheet.report = report
    way = way_of(sheet, actor)
    if not way.open:
        raise Refused(way.reason)
    if reason := checking.barred(sheet):
        raise DomainError(reason)
    return sheet, way


def _lines(sheet, answers) -> dict[int, FigureCheck]:
    lines = {line.pk: line for line in sheet.lines.select_related("entry__item", "entry__place", "entry__period")}
    for one in answers:
        line = lines.get(one.line)
        if line is None:
            raise DomainError("核对单中没有这一项，请刷新后再办。")
        if reason := checking.barred_line(line):
            raise DomainError(f"“{line.entry.item}”：{reason}", str(line.pk))
        if line.state == CheckState.SETTLED:
            raise DomainError(f"“{line.entry.item}”已由市局裁定；如仍有不同意见，请与市局联系。", str(line.pk))
        if line.version != one.version:
            raise DomainError(f"“{line.entry.item}”已有变动：{last_act(sheet)}。请看过现在的数据再办。", str(line.pk))
    return lines


def _say(line, one, *, behalf, actor, now):
    """One line's answer."""
    if one.state not in ANSWERS:
        raise ValueError(f"{one.state!r} is no answer")
    line.other_value, line.reason = None, ""
    if one.state == CheckState.DISPUTED:
        _require_words(line, one)
        line.other_value, line.reason = one.other_value, one.reason.strip()
    line.state, line.by, line.at, line.version = one.state, actor, now, line.version + 1
    line.on_behalf = behalf
    line.seen_state, line.seen_value = checking.said_by(line.entry)
    line.save()


def _require_words(line, one):
    field = str(line.pk)
    if one.other_value is None:
        raise DomainError(f"“{line.entry.item}”有异议，请填写贵方核对的数值。", field)
    if not one.reason.strip():
        raise DomainError(f"“{line.entry.item}”有异议，请写明理由。", field)
    if line.entry.state in SAID and line.entry.value == one.other_value:
        raise DomainError(f"“{line.entry.item}”贵方数值与填报数值相同，请选“核对无误”。", field)


def _finish(sheet, *, behalf, now):
    sheet.finished_at = None if checking.waiting(sheet) else (sheet.finished_at or now)
    sheet.on_behalf = sheet.on_behalf or behalf
    sheet.save(update_fields=["finished_at", "on_behalf"])


def _tell(sheet, lines, way, *, actor, now):
    """The trail, one event for each sort of answer; and whoever follows disputes up."""
    told = {"actor": actor, "now": now, "obj": sheet}
    agreed = [str(line.entry.item) for line in lines if line.state == CheckState.CONFIRMED]
    disputed = [line for line in lines if line.state == CheckState.DISPUTED]
    if agreed:
        record("check.behalf" if way.behalf else "check.confirm", detail={"核对无误": agreed}, **told)
    for line in disputed:
        detail = {str(line.entry.item): [figure_words(line.entry), number_words(line.other_value, line.entry.item)]}
        record("check.behalf" if way.behalf else "check.dispute", reason=line.reason, detail=detail, **told)
        events.tell(events.disputed, line, actor=actor, now=now)


# --- 代录: the signed sheet -------------------------------------------------------------------------------------------
def attach_sheet(sheet, *, data, filename, actor, now):
    """Hang the county's signed and sealed sheet on it, before its answers are entered."""
    with transaction.atomic():
        sheet, _ = _held(sheet, actor)
        return attach(data, filename, to=sheet, kind=AttachmentKind.SIGNED, actor=actor, now=now)


def withdraw_sheet(sheet, attachment, *, reason, actor, now):
    """Take a wrong scan down; one on which answers rest stays."""
    with transaction.atomic():
        sheet, _ = _held(sheet, actor)
        if sheet.on_behalf and sheet.lines.filter(at__gte=attachment.uploaded_at).exists():
            raise DomainError("已按这份签章件录入核对结果，留存备查，不能撤下。")
        return withdraw(attachment, reason=reason, actor=actor, now=now)


def has_signed_sheet(sheet) -> bool:
    """Whether the county's signed sheet came in since the report was filed last."""
    return (
        attachments_of(sheet, AttachmentKind.SIGNED).standing().filter(uploaded_at__gte=sheet.report.filed_at).exists()
    )


def _require_signed_sheet(sheet):
    if not has_signed_sheet(sheet):
        raise DomainError("代录须附签章件：请先上传该县（市）对本次报送数据签字盖章的核对单扫描件。")


# --- settling ---------------------------------------------------------------------------------------------------------
SETTLE = "tasks.settle_dispute"


def why_not_settle(line, *, actor) -> str:
    """Why this person cannot settle the line now; empty where he can. Reads `line.sheet.report`."""
    if line.state != CheckState.DISPUTED:
        return f"这项数据目前为“{line.get_state_display()}”，没有待裁定的异议。"
    if reason := checking.barred(line.sheet) or checking.barred_line(line):
        return reason
    if line.by_id == actor.pk:
        return "这项异议是您代录的，须由另一位同事裁定。"
    return "您参与了这份报表的填报，须由另一位同事裁定。" if line.sheet.report.typed_by(actor) else ""


def settle(line, *, value, reason, version, actor, now) -> FigureCheck:
    """裁定: the bureau decides which figure counts (no `value`: it stays 不适用); the filer's cell is not touched."""
    actor.decide(SETTLE, line.sheet).enforce()
    with transaction.atomic():
        report = hold(line.sheet.report)
        line = FigureCheck.objects.select_related("sheet__county", "entry__item", "entry__period").get(pk=line.pk)
        line.sheet.report = report
        if line.version != version:
            raise DomainError(f"已被他人处理：{last_act(line.sheet)}。请看过现在的情况再办。")
        if why := why_not_settle(line, actor=actor):
            raise DomainError(why)
        _require_decision(line, value, reason)
        line.state, line.settled_value, line.settlement = CheckState.SETTLED, value, reason.strip()
        line.settled_by, line.settled_at, line.version = actor, now, line.version + 1
        line.save()
        detail = {str(line.entry.item): [figure_words(line.entry), number_words(value, line.entry.item)]}
        record("check.settle", actor=actor, now=now, obj=line.sheet, reason=line.settlement, detail=detail)
        events.tell(events.settled, line, actor=actor, now=now)
    return line


def _require_decision(line, value, reason):
    if value is None and line.entry.state != CellState.NOT_APPLICABLE:
        raise DomainError("请填写裁定数值。", "value")
    if not reason.strip():
        raise DomainError("请写明裁定理由，双方都会看到。", "reason")
