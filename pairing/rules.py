"""What may stand in a pairing: the rules that the database cannot hold, asked by every service that writes one."""

from functools import cached_property

from pairing.kinds import INSIDE_COUNTY_PAIRING, RULES, PairingKind
from pairing.models import Pairing
from zhuzun.errors import DomainError
from zhuzun.organisations.kinds import OrganisationKind


class Frame:
    """The pairings of cities and of districts with counties, in which those below stand: read once for many."""

    @cached_property
    def _rows(self):
        rows = Pairing.objects.filter(kind__in=[PairingKind.CITY, PairingKind.COUNTY])
        return {row.pk: row for row in rows}

    def take(self, pairing):
        """From here on `pairing`, new or corrected, counts like those that stand."""
        if pairing.above:
            self._rows[pairing.pk or id(pairing)] = pairing

    def helped(self, city, pairing) -> bool:
        """Whether `city` is the one that receives help, by the pairing of the two cities (¶14)."""
        if city is None:
            return False
        cities = [row for row in self._rows.values() if row.kind == PairingKind.CITY and row.pk != pairing.pk]
        return any(row.west_id == city.pk for row in cities)

    def holds(self, pairing) -> bool:
        """Whether district and county of `pairing` are paired on its first day."""
        ends = (pairing.district_id, pairing.county_id)
        counties = [row for row in self._rows.values() if row.kind == PairingKind.COUNTY]
        return any((row.east_id, row.west_id) == ends and row.holds_on(pairing.valid_from) for row in counties)


def place(pairing):
    """District and county of a pairing follow from its two parties: they carry every scope and total."""
    pairing.district = pairing.east.anchor(OrganisationKind.DISTRICT)
    pairing.county = pairing.west.anchor(OrganisationKind.COUNTY)


def check(pairing, frame):
    """Refuse a pairing whose sides do not fit its kind, its first day, or each other."""
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
    _opposite_sides(pairing, frame)
    if pairing.kind in INSIDE_COUNTY_PAIRING and not frame.holds(pairing):
        raise DomainError(
            f"{pairing.valid_from} 时“{pairing.district}”与“{pairing.county}”没有区县结对，"
            "请核对双方所属区、县（市）和起始日期。",
            "west",
        )


def check_end(pairing):
    """What ends a pairing says until when: a document or a reason without a last day would leave it running."""
    if (pairing.end_basis or pairing.end_reason) and pairing.valid_to is None:
        raise DomainError("填写了终止依据或终止原因的，须填写截止日期。", "valid_to")


def _opposite_sides(pairing, frame):
    """A hospital of 正安 cannot stand on the Zhuhai side, nor one of 香洲 on the other."""
    east_home, west_home = (body.anchor(OrganisationKind.CITY) for body in (pairing.east, pairing.west))
    if east_home is not None and east_home == west_home:
        raise DomainError(f"“{pairing.east}”和“{pairing.west}”都在{east_home}，结对双方应分属两市。", "west")
    if pairing.east.anchor(OrganisationKind.COUNTY) or frame.helped(east_home, pairing):
        raise DomainError(f"“{pairing.east}”在遵义市，不能作珠海方。", "east")
    if pairing.west.anchor(OrganisationKind.DISTRICT):
        raise DomainError(f"“{pairing.west}”在珠海市，不能作遵义方。", "west")
