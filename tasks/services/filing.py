"""Filling in a report: every write holds the report's row and asks its state first, so that nothing arrives too late.

Each cell and each text carries a version: whoever comes second is told who was first, and keeps what he typed.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from tasks import events, reading
from tasks.figures import parse, written
from tasks.kinds import TEXT_PARTS, CellState, EntryMode, ReportState
from tasks.models import Entry, Narrative, ProgressReport, ReportSection
from tasks.workflow import REPORT
from zhuzun import clock
from zhuzun.access.policy import FILERS
from zhuzun.access.scopes import Scope, reaches
from zhuzun.accounts.models import RoleAssignment, User
from zhuzun.audit.services import record
from zhuzun.errors import DomainError
from zhuzun.ui.formats import moment

SAVED, SAME, CONFLICT, ERROR = "saved", "same", "conflict", "error"
LOADED = ("section", "item", "place", "period")  # of a cell that is written
TEXT_FIELDS = tuple(TEXT_PARTS)


@dataclass(frozen=True)
class Change:
    """What a person typed into one cell, and the version he saw; what is None was not touched."""

    entry: int
    version: int
    typed: str | None = None
    reason: str | None = None
    note: str | None = None


@dataclass
class Outcome:
    """What became of one change; `message` says why it was not saved, `change` keeps what was typed."""

    change: Change
    kind: str
    message: str = ""
    entry: Entry | None = None

    @property
    def kept(self) -> bool:
        """Whether the database has it."""
        return self.kind in (SAVED, SAME)


# --- the door through which every write goes ------------------------------------------------------------------------
def hold(report, *, actor, now, behalf=False) -> ProgressReport:
    """The report's row, held until the transaction ends; refused where it is no longer this person's to write."""
    name = "tasks.enter_for" if behalf else "tasks.fill_report"
    rows = ProgressReport.objects.select_for_update(of=("self",))
    current = rows.select_related("filer", "period").get(pk=report.pk)
    actor.decide(name, current).enforce()
    if not current.editable:
        raise DomainError(_too_late(current))
    return current


def _too_late(report) -> str:
    if report.excused:
        return f"该单位本期免报（{report.excuse_reason}），不能填报。"
    filed = f"，{moment(report.filed_at)} 已报送" if report.filed_at and report.state != ReportState.SIGNING else ""
    return f"报表目前状态是“{report.get_state_display()}”{filed}，不能再修改。您填写的内容没有保存，仍留在本页。"


def _begin(report, *, actor, now, behalf) -> None:
    """With the first thing that is saved the report begins; what another enters for a body is marked 代录."""
    if report.state == ReportState.NOT_STARTED:
        REPORT.take(report, "start", actor=actor, now=now)
    if behalf and not report.on_behalf:
        report.on_behalf = True
        report.save(update_fields=["on_behalf"])


def _follow(report, current) -> None:
    """Let the caller's copy show what was written."""
    report.refresh_from_db()
    reading.forget(report)


# --- cells ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def save_cells(report, changes, *, actor, now, behalf=False) -> list[Outcome]:
    """Save what was typed into cells; gives for each whether it is saved, was changed by another, or cannot be taken.

    One line in the trail for all of it, with the former and the new figure of each cell.
    """
    current = hold(report, actor=actor, now=now, behalf=behalf)
    entries = _entries(current, {change.entry for change in changes})
    outcomes = [_try(current, entries.get(change.entry), change) for change in changes]
    told, fresh = {}, [outcome.entry for outcome in outcomes if outcome.kind == SAVED]
    for outcome in outcomes:
        if outcome.kind == SAVED:
            _stamp(outcome.entry, actor, now)
            told[_place_and_name(outcome.entry)] = [outcome.entry.was, shown(outcome.entry)]
    if fresh:
        fields = ["state", "value", "reason", "note", "version", "updated_by", "updated_at"]
        Entry.objects.bulk_update(fresh, fields)
        _begin(current, actor=actor, now=now, behalf=behalf)
        record("report.fill", actor=actor, now=now, obj=current, detail=told)
    _name_the_other(outcomes)
    _follow(report, current)
    return outcomes


def _entries(report, keys) -> dict[int, Entry]:
    rows = Entry.objects.filter(section__report=report, pk__in=keys)
    return {row.pk: row for row in rows.select_related(*LOADED).prefetch_related("place__names")}


def _try(report, entry, change) -> Outcome:
    if entry is None:
        return Outcome(change, ERROR, "这一格不在本报表中。")
    try:
        state, value, reason, note = meant(entry, change)
    except DomainError as error:
        return Outcome(change, ERROR, error.message, entry)
    if (state, value, reason, note) == (entry.state, entry.value, entry.reason, entry.note):
        return Outcome(change, SAME, entry=entry)
    if entry.version != change.version:
        return Outcome(change, CONFLICT, entry=entry)
    if entry.period.closed:
        return Outcome(change, ERROR, f"{entry.period} 已定稿，不再直接修改；补报或更正的，请提交更正申请。", entry)
    if not entry.section.is_open(report):
        return Outcome(change, ERROR, f"“{entry.section}”未被退回，如需修改请先打开这一部分。", entry)
    entry.was = shown(entry)
    entry.state, entry.value, entry.reason, entry.note = state, value, reason, note
    return Outcome(change, SAVED, entry=entry)


def meant(entry, change) -> tuple:
    """State, value, reason and note as the person wants them; a cell is a figure or has a reason, never both."""
    note = entry.note if change.note is None else _one_line(change.note, 300, "说明")
    reason = entry.reason if change.reason is None else _one_line(change.reason, 200, "不适用原因")
    if change.typed is None and change.reason is None:
        return entry.state, entry.value, entry.reason, note
    if change.typed is None:
        state, value = (CellState.MISSING, None) if entry.value is None else (entry.state, entry.value)
    else:
        state, value = parse(change.typed, decimals=entry.item.decimals, unit=entry.item.unit)
    if change.reason is None and value is not None:
        reason = ""  # a figure typed over 不适用
    if reason and value is not None:
        raise DomainError("已填数值，不能同时注明不适用；请清空其中一项。")
    return (CellState.NOT_APPLICABLE if reason else state), value, reason, note


def _one_line(text, longest, what) -> str:
    line = " ".join(text.split())
    if len(line) > longest:
        raise DomainError(f"{what}最多 {longest} 字，现有 {len(line)} 字。")
    return line


def _stamp(row, actor, now) -> None:
    row.version += 1
    row.updated_by, row.updated_at = actor, now


def _place_and_name(entry) -> str:
    return f"{entry.place} {entry.item}"


def shown(entry) -> str:
    """What a cell says, in words."""
    said = {CellState.MISSING: "未填", CellState.NOT_APPLICABLE: f"不适用（{entry.reason}）"}
    words = said.get(entry.state) or f"{written(entry.value, entry.item)} {entry.item.unit}"
    return f"{words}；说明：{entry.note}" if entry.note else words


def _name_the_other(outcomes) -> None:
    """Tell the second of two people who changed the cell, when, and what stands there now; one query for all."""
    clashes = [outcome for outcome in outcomes if outcome.kind == CONFLICT]
    names = dict(User.objects.filter(pk__in={one.entry.updated_by_id for one in clashes}).values_list("pk", "name"))
    for one in clashes:
        who = names.get(one.entry.updated_by_id, "他人")
        one.message = f"{who} {moment(one.entry.updated_at)} 已改为：{shown(one.entry)}。您填写的内容未保存，请核对。"


# --- many cells by one act ------------------------------------------------------------------------------------------
def zeroes(report) -> list[tuple[Entry, Decimal]]:
    """The empty cells that 确认为零 would fill: nothing happened, so what was cumulated before stays as it is.

    A figure at the period's end that was not zero last time is left out: it is carried over, or typed. So is one that
    goes on from a figure that was not filed yet.
    """
    found = []
    for entry in _empty(report):
        earlier = reading.before(report, entry)
        if earlier.pending and entry.item.mode != EntryMode.SPAN:
            continue
        if entry.item.mode == EntryMode.STOCK and earlier.last and earlier.last[1]:
            continue
        cumulated = earlier.year_to_date if entry.item.mode == EntryMode.YEAR_TO_DATE else None
        found.append((entry, cumulated or Decimal(0)))
    return found


def carried(report) -> list[tuple[Entry, Decimal]]:
    """The empty 期末数 cells that had a figure last time, with it; not where a later one is to be filed yet."""
    empty = [(entry, reading.before(report, entry)) for entry in _empty(report) if entry.item.mode == EntryMode.STOCK]
    return [(entry, earlier.last[1]) for entry, earlier in empty if earlier.last and not earlier.pending]


def _empty(report) -> list[Entry]:
    empty = [entry for entry in reading.cells(report) if entry.state == CellState.MISSING]
    return [entry for entry in empty if entry.section.is_open(report) and not entry.period.closed]


def zero_all(report, *, seen, actor, now, behalf=False) -> int:
    """Confirm all empty cells as zero (for cumulated figures: nothing added); `seen` is how many were shown before."""
    return _fill_in(report, zeroes, seen=seen, actor=actor, now=now, behalf=behalf)


def carry_over(report, *, seen, actor, now, behalf=False) -> int:
    """Take last period's 期末数 into the empty cells, after they were shown."""
    return _fill_in(report, carried, seen=seen, actor=actor, now=now, behalf=behalf)


@transaction.atomic
def _fill_in(report, choose, *, seen, actor, now, behalf) -> int:
    current = hold(report, actor=actor, now=now, behalf=behalf)
    chosen = choose(current)
    if len(chosen) != seen:
        raise DomainError(f"未填的数据刚才有变动，现为 {len(chosen)} 项，请核对后再办。")
    changes = [Change(entry.pk, entry.version, typed=f"{value:f}") for entry, value in chosen]
    save_cells(current, changes, actor=actor, now=now, behalf=behalf)
    _follow(report, current)
    return len(chosen)


# --- texts ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def save_text(section, fields, *, version, actor, now, behalf=False) -> Narrative:
    """Save the text of a section; `fields` holds those of TEXT_FIELDS and `nothing` that were touched."""
    report = hold(section.report, actor=actor, now=now, behalf=behalf)
    text, _ = Narrative.objects.get_or_create(section=section)
    asked = {name: typed for name, typed in fields.items() if name in section.narrative.parts}
    wanted = {name: _tidy(asked.get(name, getattr(text, name))) for name in TEXT_FIELDS}
    wanted["nothing"] = bool(fields.get("nothing", text.nothing))
    if all(getattr(text, name) == value for name, value in wanted.items()):
        return text
    _refuse_text(report, section, text, wanted, version)
    for name, value in wanted.items():
        setattr(text, name, value)
    _stamp(text, actor, now)
    text.save()
    _begin(report, actor=actor, now=now, behalf=behalf)
    record("report.fill", actor=actor, now=now, obj=report, detail={section.title: f"{length(wanted)} 字"})
    return text


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def length(fields) -> int:
    """Characters as an office counts them: blanks and line ends are none."""
    return sum(len("".join(fields[name].split())) for name in TEXT_FIELDS)


def _refuse_text(report, section, text, wanted, version):
    if section.form.period.closed:
        raise DomainError(f"{section.form.period} 已定稿，这段文字不再修改。")
    if text.version != version:
        who = text.updated_by.name if text.updated_by else "他人"
        raise DomainError(
            f"{who} {moment(text.updated_at)} 已修改这段文字。您填写的内容没有保存，仍留在本页，请核对后再保存。"
        )
    if not section.is_open(report):
        raise DomainError(f"“{section}”未被退回，如需修改请先打开这一部分。")
    limit, count = section.narrative.max_chars, length(wanted)
    if limit and count > limit:
        raise DomainError(f"最多 {limit} 字，现有 {count} 字，请压缩。", "text")
    if wanted["nothing"] and count:
        raise DomainError("已勾选“本期无此项工作”，请清空文字，或取消勾选。", "nothing")


# --- sections -------------------------------------------------------------------------------------------------------
@transaction.atomic
def assign(section, *, person, until, actor, now) -> ReportSection:
    """Hand a section to a colleague with a date, or take it back (no person)."""
    report = hold(section.report, actor=actor, now=now)
    if person is not None and person not in colleagues(report, now=now):
        raise DomainError("只能分给有权填报本报表的同事。", "person")
    if person is None:
        until = None
    section = ReportSection.objects.select_for_update(of=("self",)).get(pk=section.pk)
    section.assignee, section.assigned_until = person, until
    section.save(update_fields=["assignee", "assigned_until"])
    told = [str(person) if person else "不分工", str(until or "")]
    record("report.assign", actor=actor, now=now, obj=report, detail={section.title: told})
    if person not in (None, actor):
        events.tell(events.assigned, report, actor=actor, now=now, section=section)
    return section


def colleagues(report, *, now) -> list[User]:
    """Who may fill in this report for its body today."""
    here = Q(organisation=report.filer_id) | Q(organisation__parent=report.filer_id)
    seats = RoleAssignment.objects.on(clock.day_of(now)).filter(here, role__in=FILERS)
    rows = seats.select_related("user", "organisation__parent").order_by("user__name", "pk")
    return list(dict.fromkeys(seat.user for seat in rows if reaches(seat, Scope.BODY, report)))


@transaction.atomic
def tick(section, *, done, actor, now) -> ReportSection:
    """Say that a section is done, or that it is not."""
    report = hold(section.report, actor=actor, now=now)
    section.ticked_at = now if done else None
    section.save(update_fields=["ticked_at"])
    record("report.assign", actor=actor, now=now, obj=report, detail={section.title: "已填好" if done else "未填好"})
    return section


@transaction.atomic
def unlock(section, *, actor, now) -> ReportSection:
    """Open a section that was not sent back, so that it may be changed as well."""
    report = hold(section.report, actor=actor, now=now)
    if section.is_open(report):
        return section
    section.unlocked_at = now
    section.save(update_fields=["unlocked_at"])
    record("report.unlock", actor=actor, now=now, obj=report, detail={"部分": section.title})
    return section


def is_zero_report(report) -> bool:
    """零报告: every cell says that nothing was added or stands there, and there is at least one."""
    said = [entry for entry in reading.cells(report) if entry.state != CellState.NOT_APPLICABLE]
    return bool(said) and all(entry.state != CellState.MISSING and _added(report, entry) == 0 for entry in said)


def _added(report, entry) -> Decimal:
    """What the period added; over the turn of the year, where no cumulated figure says it, the figure itself."""
    added = reading.span_value(report, entry)
    return entry.value if added is None else added
