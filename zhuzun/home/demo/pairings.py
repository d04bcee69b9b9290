"""The demonstration's pairings below the level of counties: every kind of ¶6, 11, 13, 14 in all eight counties.

Places are real; bodies that no list knows (园区 医院 学校 …) say 演示 in their name. Who enters them is the district's
officer; what a municipal unit does is entered by the bureau.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from pairing.kinds import PairingKind
from pairing.models import Pairing
from pairing.services import add_pairing, replace_pairing
from zhuzun.accounts.models import User
from zhuzun.home.demo import people
from zhuzun.home.demo.calendar import FIRST_PAIRINGS, REPLACEMENT, SECOND_PAIRINGS, THIRD_PAIRINGS, moment
from zhuzun.organisations.kinds import DivisionKind, OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.organisations.services import register_partner

BASIS = "结对帮扶协议（演示）"
REPORTED = "公开报道所载：高新区唐家湾镇与道真县玉溪镇结对。"
# Kind of pairing → kind of the body on both sides, its name, and the day: one of each in every county.
PARTNERS = {
    PairingKind.PARK: (OrganisationKind.PARK, "产业园", SECOND_PAIRINGS),
    PairingKind.HOSPITAL: (OrganisationKind.HOSPITAL, "人民医院", SECOND_PAIRINGS),
    PairingKind.SCHOOL: (OrganisationKind.SCHOOL, "第一小学", SECOND_PAIRINGS),
    PairingKind.UNIT: (OrganisationKind.RESEARCH, "农业技术推广中心", SECOND_PAIRINGS),
}
# What joins a single east body to a village or town (¶13).
SOCIAL = {
    PairingKind.ENTERPRISE_VILLAGE: (OrganisationKind.ENTERPRISE, "农业发展公司"),
    PairingKind.SOCIAL_VILLAGE: (OrganisationKind.CHAMBER, "商会"),
    PairingKind.SOCIAL_TOWN: (OrganisationKind.SOCIAL_BODY, "慈善会"),
}
ENDS_SOON_DAYS = 40


@dataclass
class Pair:
    """One district, one county, and who acts for the district."""

    east: Organisation
    west: Organisation
    actor: User

    def add(self, kind, east, west, day, **more):
        """Enter one pairing on `day`, in the morning."""
        return add_pairing(
            kind=kind,
            east=east,
            west=west,
            valid_from=day,
            basis=more.pop("basis", BASIS),
            actor=self.actor,
            now=moment(day, 10),
            **more,
        )

    def partner(self, place, kind, name, day):
        """Register the body `name` of `place`."""
        return register_partner(
            kind=kind, name=f"{place}{name}（演示）", place=place, actor=self.actor, now=moment(day, 9), surely_new=True
        )


def build(today: date) -> None:
    """All kinds in all counties, one ended and replaced, one that ends soon."""
    rows = Pairing.objects.county_level().on(FIRST_PAIRINGS).with_parties().in_annex_order()
    for row in rows:
        officer = people.account(row.east.code.removeprefix("zh-"))
        pair = Pair(row.east, row.west, officer)
        _towns(pair)
        _villages(pair)
        _partners(pair)
        _social(pair, today)
        _departments(pair)
    _replace_a_school()


def places(body, level, kind="") -> list[Organisation]:
    """The offered towns or villages of a district or county, in the order of their codes."""
    path = "division__parent" if level == "town" else "division__parent__parent"
    rows = Organisation.objects.filter(**{path: body.division}, division__level=level, division__offered=True)
    rows = rows.filter(division__kind=kind) if kind else rows
    return list(rows.select_related("parent__parent", "division").prefetch_related("names").order_by("division__code"))


def _towns(pair):
    """Half of the county's towns, each with one of the district's, which may have several."""
    east, west = places(pair.east, "town"), places(pair.west, "town")
    for number, town in enumerate(west[: (len(west) + 1) // 2]):
        mine = east[number % len(east)]
        known = (str(mine), str(town)) == ("唐家湾镇", "玉溪镇")
        pair.add(PairingKind.TOWN, mine, town, FIRST_PAIRINGS, note=REPORTED if known else "")


def _villages(pair):
    """Six villages and four communities of the county; where the district has no 行政村, its communities take part."""
    communities = places(pair.east, "village", DivisionKind.COMMUNITY)
    villages = places(pair.east, "village", DivisionKind.VILLAGE) or communities
    for number, village in enumerate(places(pair.west, "village", DivisionKind.VILLAGE)[:6]):
        pair.add(PairingKind.VILLAGE, villages[number % len(villages)], village, FIRST_PAIRINGS)
    for number, community in enumerate(places(pair.west, "village", DivisionKind.COMMUNITY)[:4]):
        pair.add(PairingKind.COMMUNITY, communities[number % len(communities)], community, FIRST_PAIRINGS)


def _partners(pair):
    for kind, (body_kind, name, day) in PARTNERS.items():
        east = pair.partner(pair.east, body_kind, _distinct(pair, name), day)
        west = pair.partner(pair.west, body_kind, name, day)
        pair.add(kind, east, west, day)


def _distinct(pair, name):
    """A district with two counties has two parks, two hospitals …: named after whom they help."""
    return f"{name}（对口{pair.west}）"


def _social(pair, today):
    villages = places(pair.west, "village", DivisionKind.VILLAGE)
    towns = places(pair.west, "town")
    for number, (kind, (body_kind, name)) in enumerate(SOCIAL.items()):
        east = pair.partner(pair.east, body_kind, _distinct(pair, name), THIRD_PAIRINGS)
        west = towns[-1] if kind == PairingKind.SOCIAL_TOWN else villages[-1 - number]
        ends = kind == PairingKind.SOCIAL_TOWN and pair.west.code == "zy-daozhen"
        pair.add(kind, east, west, THIRD_PAIRINGS, valid_to=today + timedelta(days=ENDS_SOON_DAYS) if ends else None)


def _departments(pair):
    """部门对接 (¶14): the competent departments of both sides."""
    east = Organisation.objects.get(parent=pair.east, kind=OrganisationKind.DISTRICT_DEPARTMENT)
    west = Organisation.objects.get(parent=pair.west, code=f"{pair.west.code}-xiezuoban")
    pair.add(PairingKind.DEPARTMENT, east, west, FIRST_PAIRINGS, basis="珠委农组〔2021〕12号")


def _replace_a_school():
    """湄潭's school gets another partner at the start of the school year: the old pairing ends, the new one follows."""
    old = Pairing.objects.get(kind=PairingKind.SCHOOL, county__code="zy-meitan")
    actor, now = people.account("doumen"), moment(REPLACEMENT, 10)
    other = register_partner(
        kind=OrganisationKind.SCHOOL,
        name="斗门区第二小学（对口湄潭县）（演示）",
        place=old.district,
        actor=actor,
        now=now,
        surely_new=True,
    )
    replace_pairing(
        old,
        east=other,
        valid_from=REPLACEMENT,
        basis="结对调整函（演示）",
        reason="原结对学校撤并，由第二小学接续",
        actor=actor,
        now=now,
    )
