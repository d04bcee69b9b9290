"""What may be done with pairings: add, end, replace, correct. Pages, admin, import and demonstration all come here.

Each act takes many at once, all or none, and the one for a single pairing calls it. Each asks the policy table itself,
so no caller can forget it, and writes its events in the same transaction. A refusal names its pairing as `subject`.
`actor` is empty for one caller only, `load_policy`, which carries out the policy's own annex.
"""

from contextlib import contextmanager
from datetime import timedelta
from itertools import groupby

from django.db import IntegrityError, transaction
from django.db.models import F

from pairing import rules
from pairing.kinds import PairingKind
from pairing.models import Pairing, PairingSeries
from pairing.rules import Frame
from zhuzun.audit.services import record, record_all
from zhuzun.dated import clash_of, integrity_message
from zhuzun.errors import DomainError

# What form field a broken database rule belongs to.
FIELD_OF = {
    "pairing_ends_after_start": "valid_to",
    "pairing_two_parties": "west",
    "pairing_one_district_a_county": "west",
    "pairing_same_parties_once": "valid_from",
}
CORRECTABLE = ("east", "west", "valid_from", "valid_to", "basis", "end_basis", "end_reason", "note")


BATCH = 500  # rows written, read or numbered in one go


def add_pairing(*, kind, east, west, valid_from, basis, actor, now, valid_to=None, note="", number=""):
    """Enter a new pairing from `valid_from` on, by the document `basis`; the number is given by the system."""
    pairing = Pairing(
        kind=kind, east=east, west=west, valid_from=valid_from, valid_to=valid_to, basis=basis, note=note, number=number
    )
    return add_pairings([pairing], actor=actor, now=now)[0]


def add_pairings(pairings, *, actor, now):
    """Enter new pairings, given unsaved; one may rest on another that comes before it."""
    frame = Frame()
    with transaction.atomic():
        for pairing in pairings:
            examine_pairing(pairing, actor=actor, frame=frame)
            frame.take(pairing)
        _give_numbers([pairing for pairing in pairings if not pairing.number])
        _insert(pairings)
        record_all("pairing.add", [(row, row.basis, _facts(row)) for row in pairings], actor=actor, now=now)
    return pairings


def examine_pairing(pairing, *, actor, frame):
    """Refuse a new pairing that `add_pairing` would refuse, but for the database's own rules, without writing it."""
    with _about(pairing):
        rules.place(pairing)
        _authorise(actor, "add_pairing", pairing)
        rules.check(pairing, frame)


def end_pairing(pairing, *, valid_to, basis, reason, actor, now):
    """End a pairing: `valid_to` is its last day. It stays on record and is never deleted."""
    return end_pairings([(pairing, valid_to, basis, reason)], actor=actor, now=now)[0]


def end_pairings(ends, *, actor, now):
    """End pairings, each given with its last day, document and reason."""
    for pairing, *_ in ends:
        with _about(pairing):
            _authorise(actor, "end_pairing", pairing)
    with transaction.atomic():
        rows = _locked([pairing for pairing, *_ in ends])
        for row, (pairing, valid_to, basis, reason) in zip(rows, ends, strict=True):
            with _about(pairing):
                _must_run(row, valid_to)
                row.valid_to, row.end_basis, row.end_reason = valid_to, basis, reason
                _save(row, f"终止：{reason}")
        _keep_versions(rows)
        record_all("pairing.end", [(row, row.end_reason, _facts(row)) for row in rows], actor=actor, now=now)
    return rows


def replace_pairing(pairing, *, valid_from, basis, reason, actor, now, east=None, west=None):
    """End a pairing on the day before `valid_from` and enter the one that takes its place; both are linked.

    A pairing whose agreed term has run out keeps its last day: only the follower is entered.
    """
    with transaction.atomic():
        ended = _locked([pairing])[0]
        _authorise(actor, "end_pairing", ended)
        if ended.successor_id:
            raise DomainError(f"该结对已由 {ended.successor.number} 接续。")
        if valid_from <= ended.valid_from:
            raise DomainError(f"新结对的起始日期须晚于原结对的起始日期 {ended.valid_from}。", "valid_from")
        if ended.valid_to is None or ended.valid_to >= valid_from:
            last = valid_from - timedelta(days=1)
            ended = end_pairing(ended, valid_to=last, basis=basis, reason=reason, actor=actor, now=now)
        follower = add_pairing(
            kind=ended.kind,
            east=east or ended.east,
            west=west or ended.west,
            valid_from=valid_from,
            basis=basis,
            actor=actor,
            now=now,
        )
        ended.successor = follower
        _save(ended, "填写接续的结对")
        _keep_versions([ended])
        record("pairing.replace", actor=actor, now=now, obj=ended, reason=reason, detail={"接续": follower.number})
    return follower


def correct_pairing(pairing, *, changes, reason, actor, now):
    """Put right what was typed wrongly (更正), with a reason; what changed in the world is ended or replaced."""
    return correct_pairings([(pairing, changes)], reason=reason, actor=actor, now=now)[0]


def correct_pairings(corrections, *, reason, actor, now):
    """Correct pairings, each given with its changes (field → value), for one reason."""
    if not reason.strip():
        raise DomainError("更正须填写原因。", field="reason")
    frame, events = Frame(), []
    with transaction.atomic():
        rows = _locked([pairing for pairing, _ in corrections])
        for row, (pairing, changes) in zip(rows, corrections, strict=True):
            with _about(pairing):
                before = examine_correction(row, changes=changes, actor=actor, frame=frame)
                _save(row, f"更正：{reason}")
                frame.take(row)
                detail = {name: [_text(before[name]), _text(value)] for name, value in changes.items()}
                events.append((row, reason, detail))
        _keep_versions(rows)
        record_all("pairing.correct", events, actor=actor, now=now)
    return rows


def examine_correction(pairing, *, changes, actor, frame):
    """Put `changes` into the pairing, unsaved, and refuse what may not be; gives back the values before."""
    _refuse_unknown(changes)
    _authorise(actor, "change_pairing", pairing)
    before = {name: getattr(pairing, name) for name in changes}
    if before == changes:
        raise DomainError("内容没有变化，无需更正。")
    for name, value in changes.items():
        setattr(pairing, name, value)
    rules.place(pairing)
    _authorise(actor, "change_pairing", pairing)
    rules.check(pairing, frame)
    if {"valid_to", "end_basis", "end_reason"} & {name for name in changes if changes[name] != before[name]}:
        rules.check_end(pairing)
    return before


def next_numbers(year: int, count: int = 1) -> list[str]:
    """The next free 编号 of a year, such as JD2021-0009, reserved in blocks; given once, never again."""
    found = []
    with transaction.atomic():
        PairingSeries.objects.get_or_create(year=year)
        while len(found) < count:
            wanted = min(count - len(found), BATCH)
            PairingSeries.objects.filter(year=year).update(last=F("last") + wanted)
            last = PairingSeries.objects.get(year=year).last
            block = [f"JD{year}-{number:04d}" for number in range(last - wanted + 1, last + 1)]
            taken = set(Pairing.objects.filter(number__in=block).values_list("number", flat=True))
            found += [number for number in block if number not in taken]
    return found


def _give_numbers(pairings):
    """Numbers of each one's first year, in the order given."""
    in_years = sorted(pairings, key=lambda row: row.valid_from.year)
    for year, rows in groupby(in_years, key=lambda row: row.valid_from.year):
        rows = list(rows)
        for row, number in zip(rows, next_numbers(year, len(rows)), strict=True):
            row.number = number


def permission_for(action, kind) -> str:
    """Sub-level pairings are the district's and the working group's too; the annex's rows are the bureau's alone."""
    above = kind in (PairingKind.CITY, PairingKind.COUNTY) or action == "change_pairing"
    return f"pairing.{action}" if above else "pairing.edit_sub"


def _authorise(actor, action, pairing):
    if actor is None:
        return
    actor.decide(permission_for(action, pairing.kind), pairing).enforce()


def _must_run(pairing, valid_to):
    if pairing.end_reason or pairing.end_basis:
        raise DomainError(f"该结对已于 {pairing.valid_to} 终止，如日期有误请更正。")
    if valid_to < pairing.valid_from:
        raise DomainError(f"终止日期不能早于起始日期 {pairing.valid_from}。", "valid_to")
    if pairing.valid_to is not None and valid_to > pairing.valid_to:
        raise DomainError(f"该结对约定到 {pairing.valid_to} 为止，提前终止须早于该日；延期请接续。", "valid_to")


def _locked(pairings):
    """The rows as they stand now, held until the transaction ends: the second of two people at once sees the first."""
    rows = {}
    for start in range(0, len(pairings), BATCH):
        keys = [pairing.pk for pairing in pairings[start : start + BATCH]]
        held = Pairing.objects.select_for_update(of=("self",)).with_parties().with_places_above()
        rows |= {row.pk: row for row in held.filter(pk__in=keys).order_by("pk")}
    return [rows[pairing.pk] for pairing in pairings]


def _insert(pairings):
    """Write new rows with their first version. One that the database refuses is looked for among them."""
    try:
        with transaction.atomic():
            Pairing.objects.bulk_create(pairings, batch_size=BATCH)
    except IntegrityError as error:
        for pairing in pairings if len(pairings) > 1 else []:
            _insert([pairing])
        raise _broken(error, pairings[0]) from error
    for pairing in pairings:
        pairing._change_reason = "新增"
    Pairing.history.bulk_history_create(pairings, batch_size=BATCH)


def _save(pairing, why):
    """Write a row that stands; its version is kept by `_keep_versions`."""
    pairing._change_reason, pairing.skip_history_when_saving = why[:100], True
    try:
        with transaction.atomic():
            pairing.save()
    except IntegrityError as error:
        raise _broken(error, pairing) from error
    finally:
        del pairing.skip_history_when_saving


def _keep_versions(pairings):
    Pairing.history.bulk_history_create(pairings, batch_size=BATCH, update=True)


def _broken(error, pairing):
    """What a rule of the database says of `pairing`."""
    clash = clash_of(error)
    refusal = DomainError(integrity_message(error), FIELD_OF.get(clash.name) if clash else None)
    refusal.subject = pairing
    return refusal


@contextmanager
def _about(pairing):
    """What is refused inside concerns this one of several."""
    try:
        yield
    except DomainError as refusal:
        refusal.subject = pairing
        raise


def _refuse_unknown(changes):
    unknown = set(changes) - set(CORRECTABLE)
    if unknown:
        raise DomainError("编号和结对类型不能更正：请终止后另行新增。")


def _facts(pairing):
    return {
        "类型": pairing.get_kind_display(),
        "珠海方": str(pairing.east),
        "遵义方": str(pairing.west),
        "起": _text(pairing.valid_from),
        "止": _text(pairing.valid_to),
    }


def _text(value):
    return "" if value is None else str(value)
