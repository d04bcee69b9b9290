"""The section «结对» on the page of a body: its pairings that the reader may see, running ones first."""

from django.db.models import Q

from pairing.models import Pairing
from pairing.tables import state_badge
from zhuzun.organisations.sections import Section

SHOWN = 20


def section(body, user, day) -> Section | None:
    """The pairings in which the body stands on either side; nothing where there are none to see."""
    rows = Pairing.objects.visible_to(user).filter(Q(east=body) | Q(west=body)).with_parties()
    found = list(rows.order_by("-valid_from", "number")[: SHOWN + 1])
    if not found:
        return None
    lines = [(row, state_badge(row, day), row.east.name_on(day), row.west.name_on(day)) for row in found[:SHOWN]]
    return Section("结对", "pairing/_of_body.html", {"lines": lines, "more": len(found) > SHOWN})
