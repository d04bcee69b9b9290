"""The rows behind a computed figure: the address of the list of pairings that it counts."""

from django.urls import reverse
from django.utils.http import urlencode

from pairing.kinds import PairingKind
from tasks.computed import COUNTS


def rows_behind(code: str) -> str:
    """The list of pairings that a figure counts; the annex's table for the county pairings."""
    kinds = COUNTS[code].kinds
    if kinds == (PairingKind.COUNTY,):
        return reverse("pairing:table")
    return f"{reverse('pairing:sub')}?{urlencode({'kind': kinds, 'state': 'active'}, doseq=True)}"
