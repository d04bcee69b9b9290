"""Which bodies may stand on either side of a new pairing: the real divisions step by step, or registered partners.

There are 1,700 places: a township is chosen first, then its villages and communities; registered bodies are searched.
"""

from dataclasses import dataclass, field

from django.db.models import Case, Q, When

from pairing.kinds import RULES, SUB_KINDS, PairingKind
from pairing.models import Pairing
from zhuzun.organisations.kinds import PARTNER_KINDS, OrganisationKind
from zhuzun.organisations.models import Organisation

MOST = 60  # no list of choices is longer; a search narrows it
SIDES = ("east", "west")
OF_PLACES = (OrganisationKind.TOWN, OrganisationKind.VILLAGE)


@dataclass
class Side:
    """One side of the pairing to be made: what may be chosen now."""

    name: str
    home: Organisation
    allowed: tuple
    towns: list[Organisation] = field(default_factory=list)
    town: Organisation | None = None
    text: str = ""
    bodies: list[Organisation] = field(default_factory=list)
    more: int = 0

    @property
    def label(self) -> str:
        """珠海方 or 遵义方."""
        return "珠海方" if self.name == "east" else "遵义方"

    @property
    def by_town(self) -> bool:
        """Whether a township is chosen first."""
        return OrganisationKind.VILLAGE in self.allowed

    @property
    def searched(self) -> bool:
        """Whether bodies are found by name: registered ones, of which there may be many."""
        return not set(self.allowed) & set(OF_PLACES)

    @property
    def partner_kind(self) -> str:
        """The kind a new body on this side would be registered as; empty where places only are allowed."""
        return next((str(kind) for kind in self.allowed if kind in PARTNER_KINDS), "")


def frames(user):
    """The county pairings (and that of the cities) below which `user` may make, end and replace pairings."""
    rows = Pairing.objects.visible_to(user, "pairing.edit_sub")
    rows = rows.filter(kind__in=(PairingKind.COUNTY, PairingKind.CITY))
    cities_last = Case(When(kind=PairingKind.CITY, then=1), default=0)
    return rows.with_parties().order_by(cities_last, "district__position", "county__position", "number")


def fits(kind: str, frame: Pairing) -> bool:
    """Places and parks lie in a district and a county; two cities as such pair bodies of the city level only."""
    rule = RULES[PairingKind(kind)]
    placed = set(OF_PLACES) & {*rule.east, *rule.west}
    return frame.kind == PairingKind.COUNTY or not (placed or kind == PairingKind.PARK)


def side(name, kind, frame, day, *, town="", text="", chosen="") -> Side:
    """What may be chosen on one side, given the township (its code) or the searched text; `chosen` stays offered."""
    rule = RULES[PairingKind(kind)]
    made = Side(name, getattr(frame, name), getattr(rule, name), text=text.strip())
    existing = Organisation.objects.on(day).exclude(division__offered=False).prefetch_related("names")
    if made.by_town:
        made.towns = list(existing.filter(parent=made.home, kind=OrganisationKind.TOWN).order_by("position", "pk"))
        made.town = next((one for one in made.towns if one.code == town), None)
    rows = _rows(made, existing)
    made.bodies = list(rows[:MOST])
    made.more = rows.count() - MOST if len(made.bodies) == MOST else 0
    _keep(made, existing, chosen)
    return made


def _reach(made):
    """Where a body of this side may lie: in the district (county) itself, or with registered bodies at the city's."""
    home = made.home
    if made.by_town:
        return Q(parent=home) | Q(parent__parent=home)
    return Q(parent=home) | Q(parent=home.parent_id) if made.searched else Q(parent=home)


def _rows(made, existing):
    rows = existing.filter(_reach(made), kind__in=made.allowed).order_by("kind", "position", "pk")
    if made.by_town and made.town:
        rows = rows.filter(Q(parent=made.town) | Q(pk=made.town.pk))
    elif made.by_town and not made.text:
        return rows.none()
    return rows.matching(made.text) if made.text else rows


def _keep(made, existing, chosen):
    """A body chosen before (just registered, or the former party) stays in the list; a place gives way to a search."""
    if made.by_town and (made.town or made.text):
        return
    if chosen and chosen not in {body.code for body in made.bodies}:
        found = existing.filter(_reach(made), kind__in=made.allowed, code=chosen).first()
        made.bodies = [found, *made.bodies] if found else made.bodies


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of ¶6, 11, 13 and 14 with their paragraph."""
    return [(kind.value, f"{kind.label}（第{RULES[kind].paragraph}条）") for kind in SUB_KINDS]
