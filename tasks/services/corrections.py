"""更正: what comes after 定稿 (补报 included) enters by number: asked for, signed, approved, told to the other side.

The frozen versions stay; each approved correction makes the next one. The cell itself follows, so that later periods
that are still open reckon with it; closed ones keep what they froze.
"""

from django.db import transaction
from django.db.models import Max

from tasks import compiled, figures, reading, series
from tasks.kinds import CellState, CheckState, EntryMode
from tasks.models import Correction, Entry, SnapshotFigure
from tasks.services.checks import forget_answer
from tasks.services.closing import freeze
from tasks.services.closing import hold as hold_period
from tasks.services.rounds import hold
from tasks.workflow import CORRECTION
from zhuzun.accounts.roles import Role
from zhuzun.audit.services import record
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attach
from zhuzun.errors import DomainError
from zhuzun.notices.services import notify
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation

WAITING = ("asked", "signed")


def ask(entry, *, typed="", not_applicable="", reason, actor, now) -> Correction:
    """The filer asks for another figure in a closed period: a number, or 不适用 with its reason; and why."""
    with transaction.atomic():
        report = hold(entry.section.report)
        entry = Entry.objects.select_related("period", "item", "section").get(pk=entry.pk)
        actor.decide("tasks.ask_correction", report).enforce()
        if why := why_not_ask(entry):
            raise DomainError(why)
        if not reason.strip():
            raise DomainError("请写明更正原因，审签和审定的领导会看到。", "reason")
        state, value, words = _meant(entry, typed, not_applicable)
        old_state, old_value = frozen_of(entry)
        if (state, value) == (old_state, old_value):
            raise DomainError("与定稿数相同，无须更正。", "typed")
        correction = Correction.objects.create(
            period=entry.period,
            entry=entry,
            old_state=old_state,
            old_value=old_value,
            new_state=state,
            new_value=value,
            new_reason=words,
            reason=reason.strip(),
            asked_by=actor,
            asked_at=now,
        )
        detail = {str(entry.item): [correction.old_words, correction.new_words]}
        record("correction.ask", actor=actor, now=now, obj=correction, reason=reason, detail=detail)
    return correction


def why_not_ask(entry) -> str:
    """Why no correction of this cell can be asked for now; empty where it can."""
    if not entry.period.closed:
        return "该报告期尚未定稿，请直接填报，或请市局退回后修改。"
    if entry.corrections.filter(state__in=WAITING).exists():
        return "这一数据已有更正申请在办理。"
    return ""


def frozen_of(entry) -> tuple[str, object]:
    """What the version in force says of the cell; 缺报 where it holds nothing."""
    snapshot = compiled.latest_snapshot(entry.period)
    row = snapshot.figures.filter(entry=entry).first() if snapshot else None
    if row is None:
        return CellState.MISSING, None
    return row.state, row.span_value if entry.item.mode == EntryMode.SPAN else row.value


def frozen_words(entry) -> str:
    """The same in words."""
    return figures.in_words(*frozen_of(entry), entry.item)


def _meant(entry, typed, not_applicable) -> tuple:
    words = " ".join(not_applicable.split())
    if words and typed.strip():
        raise DomainError("请填数值，或者注明不适用，两者选一。", "typed")
    if words:
        return CellState.NOT_APPLICABLE, None, words
    state, value = figures.parse(typed, decimals=entry.item.decimals, unit=entry.item.unit)
    if state == CellState.MISSING:
        raise DomainError("请填写更正后的数值，没有数量的填 0。", "typed")
    return state, value, ""


# --- the steps -------------------------------------------------------------------------------------------------------
def sign(correction, *, actor, now, reason="", seen=None) -> Correction:
    """The filer's leader signs in the portal."""
    with transaction.atomic():
        correction = CORRECTION.take(correction, "sign", actor=actor, now=now, reason=reason, seen=seen)
        _lay_before_the_leader(correction, actor, now)
    return correction


def sign_on_paper(correction, *, data, filename, actor, now, reason="", seen=None) -> Correction:
    """线下审签: the signed and sealed application is attached."""
    seen = seen or correction.state
    with transaction.atomic():
        correction = CORRECTION.take(correction, "sign_on_paper", actor=actor, now=now, reason=reason, seen=seen)
        attach(data, filename, to=correction, kind=AttachmentKind.SIGNED, actor=actor, now=now)
        _lay_before_the_leader(correction, actor, now)
    return correction


def refuse(correction, *, actor, now, reason, seen=None) -> Correction:
    """不予更正, and why."""
    if not reason.strip():
        raise DomainError("请写明不予更正的理由，申请单位会看到。", "reason")
    facts = {"decided_by": actor, "decided_at": now, "decision": reason.strip()[:300]}
    with transaction.atomic():
        correction = CORRECTION.take(correction, "refuse", actor=actor, now=now, reason=reason, seen=seen, **facts)
        _tell_filer(correction, f"{correction}未予更正", reason, actor, now)
    return correction


def approve(correction, *, actor, now, reason="", seen=None) -> Correction:
    """审定更正: the number, the next frozen version, the cell, and word to both sides, in one transaction."""
    seen = seen or correction.state
    with transaction.atomic():
        period = hold_period(correction.period)
        report = hold(correction.entry.section.report)
        last = period.corrections.aggregate(last=Max("number"))["last"] or 0
        facts = {"number": last + 1, "decided_by": actor, "decided_at": now, "decision": reason.strip()[:300]}
        correction = CORRECTION.take(correction, "approve", actor=actor, now=now, reason=reason, seen=seen, **facts)
        entry = _write(correction, now)
        forget_answer(entry)
        reading.forget(report)
        why = f"更正第{correction.number}号：{correction.reason}"
        snapshot = freeze(period, _next_rows(period, correction, entry), actor=actor, now=now, reason=why)
        Correction.objects.filter(pk=correction.pk).update(snapshot=snapshot)
        correction.snapshot = snapshot
        _tell_both(correction, entry, actor, now)
    return correction


def _write(correction, now) -> Entry:
    entry = Entry.objects.select_related("item", "period", "place", "section__report__filer").get(
        pk=correction.entry_id
    )
    entry.state, entry.value, entry.reason = correction.new_state, correction.new_value, correction.new_reason
    entry.version += 1
    entry.updated_by, entry.updated_at = correction.asked_by, now
    entry.save(update_fields=["state", "value", "reason", "version", "updated_by", "updated_at"])
    return entry


def _next_rows(period, correction, entry) -> list[SnapshotFigure]:
    """The last version with this one cell changed, or added where it was not there (免报 at closing)."""
    last = compiled.latest_snapshot(period)
    rows = list(last.figures.select_related("indicator", "place", "filer"))
    kept = [row for row in rows if row.entry_id != entry.pk]
    old = next((row for row in rows if row.entry_id == entry.pk), None)
    earlier = series.before(period, [entry])[series.key_of(entry)]
    said = entry.state in series.SAID
    changed = SnapshotFigure(
        entry=entry,
        indicator=entry.indicator,
        channel=entry.channel,
        place=entry.place,
        filer=entry.section.report.filer,
        state=entry.state,
        value=series.cumulative(entry.item.mode, entry.value, earlier, period),
        span_value=series.span_value(entry.item.mode, entry.value, earlier, period),
        check_state=CheckState.UNCHECKED if old and old.check_state else "",
        counted=said,
    )
    return [*kept, changed]


# --- telling ---------------------------------------------------------------------------------------------------------
def _lay_before_the_leader(correction, actor, now):
    bureau = Organisation.objects.filter(kind=OrganisationKind.BUREAU).first()
    entry = correction.entry
    title = f"{correction}待审定：{entry.section.report.filer}，{entry.place} {entry.item}"
    _tell(correction, bureau, title, _change(correction), actor, now, roles=[Role.BUREAU_LEADER])


def _tell_filer(correction, title, text, actor, now):
    _tell(correction, correction.entry.section.report.filer, title, text, actor, now)


def _tell_both(correction, entry, actor, now):
    text = _change(correction)
    _tell_filer(correction, f"{correction}已审定", text, actor, now)
    if entry.place.kind in (OrganisationKind.COUNTY, OrganisationKind.CITY):  # 市级（不分县）: 遵义市 itself
        _tell(correction, entry.place, f"{correction}（告知）", text, actor, now)


def _change(correction) -> str:
    entry = correction.entry
    change = f"原为 {correction.old_words}，更正为 {correction.new_words}"
    return f"{entry.place} {entry.item}：{change}。原因：{correction.reason}"


def _tell(correction, to, title, text, actor, now, roles=None):
    link = correction.get_absolute_url()
    facts = {"link": link, "kind": "correction", "subject": correction, "roles": roles, "actor": actor, "now": now}
    notify(to=to, title=title, text=text, **facts)


STEPS = {"sign": sign, "sign_on_paper": sign_on_paper, "approve": approve, "refuse": refuse}
