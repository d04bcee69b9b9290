"""Contacts of both sides of pairings (¶14: 部门对接机制，明确相应责任), loaded for many bodies at once."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from pairing.kinds import PairingKind
from pairing.models import Pairing
from zhuzun.access.policy import scope_for
from zhuzun.access.scopes import Scope, bodies_of
from zhuzun.organisations.kinds import CONTACT_KINDS, DEPARTMENT_KINDS, ContactRole
from zhuzun.organisations.models import Contact, Organisation
from zhuzun.organisations.services import PARTNER_CODE

# The department through which a place works; other departments of it may be registered as partners of pairings.
COMPETENT = Q(kind__in=DEPARTMENT_KINDS) & ~Q(code__startswith=PARTNER_CODE)


@dataclass
class Seat:
    """One part (分管领导, 联络员) of a body: who holds it on the day, and who held it before.

    `lacking` says that somebody should hold it and nobody does, neither here nor in the competent department.
    """

    role: ContactRole
    present: list[Contact] = field(default_factory=list)
    former: list[Contact] = field(default_factory=list)
    lacking: bool = False


@dataclass
class Card:
    """A body with its two seats."""

    body: Organisation
    name: str
    seats: list[Seat]

    @property
    def worth_a_line(self) -> bool:
        """Departments may name contacts; one that has none is no news."""
        return self.body.kind in CONTACT_KINDS or any(seat.present for seat in self.seats)

    @property
    def former(self) -> list[Contact]:
        """Those who held a part before, or will."""
        return [contact for seat in self.seats for contact in seat.former]

    @property
    def lacking(self) -> list[str]:
        """The parts that nobody holds although somebody should."""
        return [seat.role.label for seat in self.seats if seat.lacking]


def cards(bodies, day: date) -> list[Card]:
    """The bodies with their contacts as at `day`: two queries however many bodies."""
    bodies = list(bodies)
    rows = defaultdict(list)
    for contact in Contact.objects.filter(organisation__in=bodies).order_by("valid_from", "pk"):
        rows[contact.organisation_id, contact.role].append(contact)
    found = Organisation.objects.filter(pk__in=[body.pk for body in bodies]).lacking_contacts(day)
    owing = {
        body.pk: {ContactRole.LEADER: body.lacks_leader, ContactRole.LIAISON: body.lacks_liaison} for body in found
    }
    return [
        Card(
            body,
            body.name_on(day),
            [_seat(rows[body.pk, role], role, day, owing.get(body.pk, {})) for role in ContactRole],
        )
        for body in bodies
    ]


def _seat(rows, role, day, owing):
    present = [row for row in rows if row.holds_on(day)]
    former = [row for row in rows if row not in present]
    return Seat(role, present, former, lacking=owing.get(role, False))


def side_of(body, day: date) -> list[Card]:
    """One side of a pairing: the body itself, then the departments through which it works."""
    departments = body.children.on(day).filter(COMPETENT)
    return cards([body, *departments.prefetch_related("names")], day)


def directory(user, day: date):
    """The bodies whose contacts `user` may see: both sides of every county pairing he may see, and his own.

    Whoever may see all pairings sees every body that must name contacts.
    """
    rows = Organisation.objects.on(day).with_names().order_by("position", "pk")
    if scope_for("organisations.view_contact", user.acting) == Scope.ALL:
        return rows.filter(COMPETENT | Q(kind__in=CONTACT_KINDS))
    pairings = Pairing.objects.visible_to(user).filter(kind=PairingKind.COUNTY).on(day)
    sides = {pk for pair in pairings.values_list("east", "west") for pk in pair}
    own = bodies_of(user.acting, Scope.BODY) if user.acting else frozenset()
    return rows.filter(Q(pk__in=sides | own) | Q(parent__in=sides) & COMPETENT)
