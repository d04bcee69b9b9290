"""PAIR01–07, computed from the pairings of a day within what a person may see; the two sides counted separately.

Pairings of schools and hospitals are many to many, so «pairs», «east bodies» and «west bodies» are three figures.
"""

import re
from dataclasses import dataclass
from datetime import date

from pairing.kinds import PairingKind
from pairing.models import Pairing
from zhuzun.organisations.kinds import OrganisationKind

EAST, WEST = "east", "west"
SOCIAL = (PairingKind.SOCIAL_TOWN, PairingKind.SOCIAL_VILLAGE)


@dataclass(frozen=True)
class Count:
    """What one figure counts: pairings of some kinds, or the different bodies on one side of them."""

    kinds: tuple[PairingKind, ...]
    side: str = ""
    bodies: tuple[OrganisationKind, ...] = ()

    def of(self, rows) -> int:
        """The figure among `rows` (kind, east, west, kind of the east body)."""
        found = [row for row in rows if row[0] in self.kinds and (not self.bodies or row[3] in self.bodies)]
        if not self.side:
            return len(found)
        return len({row[1 if self.side == EAST else 2] for row in found})


COUNTS = {
    "PAIR01": Count((PairingKind.COUNTY,)),
    "PAIR02": Count((PairingKind.TOWN,)),
    "PAIR03": Count((PairingKind.VILLAGE, PairingKind.COMMUNITY)),
    "PAIR03-社区": Count((PairingKind.COMMUNITY,)),
    "PAIR04": Count((PairingKind.ENTERPRISE_VILLAGE,)),
    "PAIR04-企业": Count((PairingKind.ENTERPRISE_VILLAGE,), EAST),
    "PAIR05": Count(SOCIAL),
    "PAIR05-社会组织": Count(SOCIAL, EAST, (OrganisationKind.SOCIAL_BODY,)),
    "PAIR06": Count((PairingKind.SCHOOL,)),
    "PAIR06-东": Count((PairingKind.SCHOOL,), EAST),
    "PAIR06-西": Count((PairingKind.SCHOOL,), WEST),
    "PAIR07": Count((PairingKind.HOSPITAL,)),
    "PAIR07-东": Count((PairingKind.HOSPITAL,), EAST),
    "PAIR07-西": Count((PairingKind.HOSPITAL,), WEST),
}


def figures(user, day: date) -> dict[str, int]:
    """Every figure computed from pairings, by the indicator's code: one query, whatever their number."""
    rows = list(Pairing.objects.visible_to(user).on(day).values_list("kind", "east_id", "west_id", "east__kind"))
    return {code: count.of(rows) for code, count in COUNTS.items()}


def parts_of(formula: str, codes) -> list[str]:
    """The codes of indicators named in a formula, in its order: the parts from which a rate is computed."""
    longest_first = sorted(codes, key=len, reverse=True)
    pattern = "|".join(re.escape(code) for code in longest_first)
    return list(dict.fromkeys(re.findall(pattern, formula))) if pattern else []
