"""The rows behind a computed figure: where the pairings that it counts are listed."""

from django.urls import reverse
from django.utils.http import urlencode

from pairing.kinds import PairingKind, PairingState
from tasks.computed import COUNTS


def rows_behind(code: str) -> list[tuple[str, str]]:
    """(kind of pairing, address of its list) for each kind that the figure counts; the annex for 区县结对."""
    return [(PairingKind(kind).label, _address(kind)) for kind in COUNTS[code].kinds]


def _address(kind) -> str:
    if kind == PairingKind.COUNTY:
        return reverse("pairing:table")
    query = urlencode({"kind": kind.value, "state": PairingState.RUNNING.value})
    return f"{reverse('pairing:sub_list')}?{query}"
