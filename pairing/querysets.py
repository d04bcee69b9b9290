"""Lists of pairings, as at a day and within what a person may see."""

from datetime import timedelta

from django.db.models import Case, Exists, OuterRef, Q, SmallIntegerField, Subquery, Value, When

from pairing.kinds import ENDING_DAYS, INSIDE_COUNTY_PAIRING, PairingKind, PairingState
from zhuzun.access.scopes import ScopedQuerySet
from zhuzun.dated import DatedQuerySet, holds_on
from zhuzun.organisations.models import Organisation, OrganisationName

# The office's order of kinds (市—市, 区县, 镇街, 村村 …), for sorting: the code that is stored sorts as English.
BY_KIND = Case(
    *(When(kind=kind, then=Value(place)) for place, kind in enumerate(PairingKind)), output_field=SmallIntegerField()
)


class PairingQuerySet(ScopedQuerySet, DatedQuerySet):
    """Pairings (结对关系)."""

    view_permission = "pairing.view_pairing"

    def county_level(self):
        """The eight rows of the annex (¶5)."""
        return self.filter(kind=PairingKind.COUNTY)

    def below_county(self):
        """Every kind of ¶6, 11, 13 and 14 below the level of districts and counties."""
        return self.exclude(kind__in=[PairingKind.CITY, PairingKind.COUNTY])

    def ending_within(self, day, days=ENDING_DAYS):
        """Those that count on `day` and have their last day within `days` from it."""
        return self.on(day).filter(valid_to__lte=day + timedelta(days=days))

    def in_state(self, state, day):
        """Those that stand so on `day`: the same rule as `Pairing.state_on`. 有效 includes those that end soon."""
        return {
            PairingState.RUNNING: lambda: self.on(day),
            PairingState.ENDING: lambda: self.ending_within(day),
            PairingState.ENDED: lambda: self.filter(valid_to__lt=day),
            PairingState.COMING: lambda: self.filter(valid_from__gt=day),
        }[state]()

    def left_behind(self, day):
        """Pairings of places (¶6) that still run though their district and county are no longer paired."""
        frame = self.model._base_manager.filter(
            holds_on(day), kind=PairingKind.COUNTY, east=OuterRef("district"), west=OuterRef("county")
        )
        return self.on(day).filter(~Exists(frame), kind__in=INSIDE_COUNTY_PAIRING)

    def matching(self, text):
        """Those with the text in number, document, or any name or alias either side ever bore."""
        bodies = Organisation.objects.matching(text).values("pk")
        found = Q(east__in=bodies) | Q(west__in=bodies) | Q(number__icontains=text) | Q(basis__icontains=text)
        return self.filter(found | Q(note__icontains=text))

    def with_shown_names(self, day):
        """Adds `east_name` and `west_name`, the names of the day, for sorting."""
        names = OrganisationName.objects.on(day)
        return self.annotate(
            east_name=Subquery(names.filter(organisation=OuterRef("east")).values("short")[:1]),
            west_name=Subquery(names.filter(organisation=OuterRef("west")).values("short")[:1]),
        )

    def with_parties(self):
        """Loads both sides with their names: a constant number of queries, however many rows."""
        return self.select_related("east__division", "west__division", "district", "county__division").prefetch_related(
            "east__names", "west__names", "district__names", "county__names"
        )

    def with_places_above(self):
        """Loads what stands above both sides too, up to their cities: village → township → county → city."""
        above = "__".join(["parent"] * 3)
        return self.select_related(f"east__{above}", f"west__{above}")

    def in_annex_order(self):
        """Districts in the annex's order, then their counties in it."""
        return self.order_by("district__position", "county__position", BY_KIND, "number")


class AgreementQuerySet(ScopedQuerySet):
    """Cooperation agreements (协作协议): what both sides promised is no secret between them."""

    view_permission = "pairing.view_agreement"

    def for_list(self):
        """Loads both sides with their names."""
        return self.select_related("east", "west", "revises").prefetch_related("east__names", "west__names")
