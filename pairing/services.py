"""What may be done with a pairing: add, end, replace, correct. Pages, admin, import and demonstration all come here.

Each service asks the policy table itself, so no caller can forget it, and writes its event in the same transaction.
`actor` is empty for one caller only, `load_policy`, which carries out the policy's own annex.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from pairing.kinds import INSIDE_COUNTY_PAIRING, RULES, PairingKind
from pairing.models import Pairing, PairingSeries
from zhuzun.audit.services import record
from zhuzun.dated import clash_of, integrity_message
from zhuzun.errors import DomainError, Refused
from zhuzun.organisations.kinds import OrganisationKind

# What form field a broken database rule belongs to.
FIELD_OF = {
    "pairing_ends_after_start": "valid_to",
    "pairing_two_parties": "west",
    "pairing_one_district_a_county": "west",
    "pairing_same_parties_once": "valid_from",
}
CORRECTABLE = ("east", "west", "valid_from", "valid_to", "basis", "end_basis", "end_reason", "note")


def add_pairing(*, kind, east, west, valid_from, basis, actor, now, valid_to=None, note="", number=""):
    """Enter a new pairing from `valid_from` on, by the document `basis`; the number is given by the system."""
    pairing = Pairing(
        kind=kind, east=east, west=west, valid_from=valid_from, valid_to=valid_to, basis=basis, note=note, number=number
    )
    _place(pairing)
    _authorise(actor, "add_pairing", pairing)
    _check(pairing)
    with transaction.atomic():
        pairing.number = number or next_number(valid_from.year)
        _save(pairing, "新增")
        record("pairing.add", actor=actor, now=now, obj=pairing, reason=basis, detail=_facts(pairing))
    return pairing


def examine_pairing(pairing, *, actor):
    """Refuse a new pairing that `add_pairing` would refuse, but for the database's own rules, without writing it."""
    _place(pairing)
    _authorise(actor, "add_pairing", pairing)
    _check(pairing)


def end_pairing(pairing, *, valid_to, basis, reason, actor, now):
    """End a pairing: `valid_to` is its last day. It stays on record and is never deleted."""
    _authorise(actor, "end_pairing", pairing)
    with transaction.atomic():
        pairing = _locked(pairing)
        _must_run(pairing, valid_to)
        pairing.valid_to, pairing.end_basis, pairing.end_reason = valid_to, basis, reason
        _save(pairing, f"终止：{reason}")
        record("pairing.end", actor=actor, now=now, obj=pairing, reason=reason, detail=_facts(pairing))
    return pairing


def replace_pairing(pairing, *, valid_from, basis, reason, actor, now, east=None, west=None):
    """End a pairing on the day before `valid_from` and enter the one that takes its place; both are linked.

    A pairing whose agreed term has run out keeps its last day: only the follower is entered.
    """
    with transaction.atomic():
        ended = _locked(pairing)
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
        record("pairing.replace", actor=actor, now=now, obj=ended, reason=reason, detail={"接续": follower.number})
    return follower


def correct_pairing(pairing, *, changes, reason, actor, now):
    """Put right what was typed wrongly (更正), with a reason; what changed in the world is ended or replaced."""
    if not reason.strip():
        raise DomainError("更正须填写原因。", field="reason")
    _refuse_unknown(changes)
    with transaction.atomic():
        pairing = _locked(pairing)
        _authorise(actor, "change_pairing", pairing)
        before = {name: getattr(pairing, name) for name in changes}
        if all(before[name] == value for name, value in changes.items()):
            raise DomainError("内容没有变化，无需更正。")
        for name, value in changes.items():
            setattr(pairing, name, value)
        _place(pairing)
        _authorise(actor, "change_pairing", pairing)
        _check(pairing)
        _save(pairing, f"更正：{reason}")
        detail = {name: [_text(before[name]), _text(value)] for name, value in changes.items()}
        record("pairing.correct", actor=actor, now=now, obj=pairing, reason=reason, detail=detail)
    return pairing


def next_number(year: int) -> str:
    """The next free 编号 of a year, such as JD2021-0009; given once, never again."""
    with transaction.atomic():
        PairingSeries.objects.get_or_create(year=year)
        while True:
            PairingSeries.objects.filter(year=year).update(last=F("last") + 1)
            number = f"JD{year}-{PairingSeries.objects.get(year=year).last:04d}"
            if not Pairing.objects.filter(number=number).exists():
                return number


def _place(pairing):
    """District and county of a pairing follow from its two parties: they carry every scope and total."""
    pairing.district = pairing.east.anchor(OrganisationKind.DISTRICT)
    pairing.county = pairing.west.anchor(OrganisationKind.COUNTY)


def permission_for(action, kind) -> str:
    """Sub-level pairings are the district's and the working group's too; the annex's rows are the bureau's alone."""
    above = kind in (PairingKind.CITY, PairingKind.COUNTY) or action == "change_pairing"
    return f"pairing.{action}" if above else "pairing.edit_sub"


def _authorise(actor, action, pairing):
    if actor is None:
        return
    decision = actor.decide(permission_for(action, pairing.kind), pairing)
    if not decision.allowed:
        raise Refused(decision.reason)


def _check(pairing):
    rule = RULES[PairingKind(pairing.kind)]
    for side, allowed, label in (("east", rule.east, "珠海方"), ("west", rule.west, "遵义方")):
        body = getattr(pairing, side)
        if body.kind not in allowed:
            wanted = "、".join(OrganisationKind(kind).label for kind in allowed)
            raise DomainError(
                f"{pairing.get_kind_display()}的{label}应为{wanted}，“{body}”是{body.get_kind_display()}。", side
            )
        if body.division and not body.division.offered:
            raise DomainError(f"“{body}”不是正式的乡镇（街道）或村（社区），不能结对。", side)
        if not body.holds_on(pairing.valid_from):
            raise DomainError(f"“{body}”在 {pairing.valid_from} 尚未设立或已撤销，请核对起始日期。", side)
    _opposite_sides(pairing)
    if pairing.kind in INSIDE_COUNTY_PAIRING:
        _inside_county_pairing(pairing)


def _opposite_sides(pairing):
    """A hospital of 正安 cannot stand on the Zhuhai side, nor one of 香洲 on the other."""
    east_home, west_home = (body.anchor(OrganisationKind.CITY) for body in (pairing.east, pairing.west))
    if east_home is not None and east_home == west_home:
        raise DomainError(f"“{pairing.east}”和“{pairing.west}”都在{east_home}，结对双方应分属两市。", "west")
    if pairing.east.anchor(OrganisationKind.COUNTY) or _helped(east_home, pairing):
        raise DomainError(f"“{pairing.east}”在遵义市，不能作珠海方。", "east")
    if pairing.west.anchor(OrganisationKind.DISTRICT):
        raise DomainError(f"“{pairing.west}”在珠海市，不能作遵义方。", "west")


def _helped(city, pairing):
    """Whether `city` is the one that receives help, by the pairing of the two cities (¶14)."""
    cities = Pairing.objects.filter(kind=PairingKind.CITY, west=city).exclude(pk=pairing.pk)
    return city is not None and cities.exists()


def _inside_county_pairing(pairing):
    paired = Pairing.objects.county_level().on(pairing.valid_from).filter(east=pairing.district, west=pairing.county)
    if not paired.exists():
        raise DomainError(
            f"{pairing.valid_from} 时“{pairing.district}”与“{pairing.county}”没有区县结对，"
            "请核对双方所属区、县（市）和起始日期。",
            "west",
        )


def _must_run(pairing, valid_to):
    if pairing.end_reason or pairing.end_basis:
        raise DomainError(f"该结对已于 {pairing.valid_to} 终止，如日期有误请更正。")
    if valid_to < pairing.valid_from:
        raise DomainError(f"终止日期不能早于起始日期 {pairing.valid_from}。", "valid_to")
    if pairing.valid_to is not None and valid_to > pairing.valid_to:
        raise DomainError(f"该结对约定到 {pairing.valid_to} 为止，提前终止须早于该日；延期请接续。", "valid_to")


def _locked(pairing):
    """The row as it stands now, held until the transaction ends: the second of two people at once sees the first."""
    return Pairing.objects.select_for_update(of=("self",)).select_related("east", "west").get(pk=pairing.pk)


def _save(pairing, why):
    pairing._change_reason = why[:100]
    try:
        with transaction.atomic():
            pairing.save()
    except IntegrityError as error:
        clash = clash_of(error)
        raise DomainError(integrity_message(error), FIELD_OF.get(clash.name) if clash else None) from error


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
