"""Lists of pairings, as at a day and within what a person may see."""

from pairing.kinds import PairingKind
from zhuzun.access.scopes import ScopedQuerySet
from zhuzun.dated import DatedQuerySet


class PairingQuerySet(ScopedQuerySet, DatedQuerySet):
    """Pairings (结对关系)."""

    view_permission = "pairing.view_pairing"

    def county_level(self):
        """The eight rows of the annex (¶5)."""
        return self.filter(kind=PairingKind.COUNTY)

    def below_county(self):
        """Every kind of ¶6, 11, 13 and 14 below the level of districts and counties."""
        return self.exclude(kind__in=[PairingKind.CITY, PairingKind.COUNTY])

    def with_parties(self):
        """Loads both sides with their names: a constant number of queries, however many rows."""
        return self.select_related("east__division", "west__division", "district", "county__division").prefetch_related(
            "east__names", "west__names", "district__names", "county__names"
        )

    def in_annex_order(self):
        """Districts in the annex's order, then their counties in it."""
        return self.order_by("district__position", "county__position", "kind", "number")
