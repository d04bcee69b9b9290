"""Coverage (¶6): how many townships, villages and communities of each county have a partner, and which have none.

For information: ¶6 says 探索, so there is no target and no light here. Only places that are offered and counted are in
the whole, and only pairings that the reader may see count as partners: no figure tells what a list would hide.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models import TextChoices as Choices

from pairing.kinds import SUB_KINDS, PairingKind
from pairing.models import Pairing
from zhuzun.numbers import share
from zhuzun.organisations.kinds import DivisionKind, OrganisationKind
from zhuzun.organisations.models import KeyCountyDesignation, Organisation
from zhuzun.ui.workbook import Column

DECIMALS = 1  # per cent with one decimal, rounded half up (zhuzun.numbers.share)


class Place(Choices):
    """What sort of place is counted."""

    TOWN = "town", "乡镇（街道）"
    VILLAGE = "village", "行政村"
    COMMUNITY = "community", "社区"


PLACE_RULES = {
    Place.TOWN: Q(kind=OrganisationKind.TOWN),
    Place.VILLAGE: Q(kind=OrganisationKind.VILLAGE, division__kind=DivisionKind.VILLAGE),
    Place.COMMUNITY: Q(kind=OrganisationKind.VILLAGE) & ~Q(division__kind=DivisionKind.VILLAGE),
}
# The kinds of pairing whose west side is a place: by any of them, or by one, a place may have its partner.
PLACE_KINDS = (
    PairingKind.TOWN,
    PairingKind.VILLAGE,
    PairingKind.COMMUNITY,
    PairingKind.ENTERPRISE_VILLAGE,
    PairingKind.SOCIAL_TOWN,
    PairingKind.SOCIAL_VILLAGE,
)


@dataclass(frozen=True)
class Cell:
    """Of `total` places `paired` have a partner."""

    place: Place
    total: int
    paired: int

    @property
    def without(self) -> int:
        """How many have none."""
        return self.total - self.paired

    @property
    def percent(self) -> Decimal | None:
        """In per cent with one decimal; nothing where there is no such place."""
        return share(self.paired, self.total, DECIMALS)


@dataclass(frozen=True)
class CountyRow:
    """One county: its places, and its running pairings by kind."""

    county: Organisation
    name: str
    short: str
    key: bool
    cells: list[Cell]
    kinds: dict[str, int]


@dataclass(frozen=True)
class Coverage:
    """Everything this reader may see on `day`; `everything` says whether that is all eight counties."""

    day: date
    rows: list[CountyRow]
    total: list[Cell]
    everything: bool

    @property
    def by_kind(self) -> list[tuple]:
        """(kind, [(county's code, number)], sum): how many pairings of each kind run."""
        lines = []
        for kind in SUB_KINDS:
            cells = [(row.county.code, row.kinds[kind]) for row in self.rows]
            lines.append((kind, cells, sum(number for _, number in cells)))
        return lines


def visible_counties(user, day: date):
    """Counties of the county pairings that `user` may see on `day`, key counties first, then the annex's order."""
    pairings = Pairing.objects.visible_to(user).county_level().on(day)
    keys = KeyCountyDesignation.objects.on(day).filter(division=OuterRef("division"))
    counties = Organisation.objects.filter(pk__in=pairings.values("west")).annotate(is_key=Exists(keys))
    return counties.order_by("-is_key", "position", "pk").prefetch_related("names")


def places(user, day: date, kind: str = ""):
    """Townships and villages that count on `day`, with `paired`: whether one has a partner (by pairings of `kind`)."""
    return (
        Organisation.objects.on(day)
        .filter(division__offered=True)
        .annotate(paired=Exists(partners(user, day, kind).filter(west=OuterRef("pk"))))
    )


def partners(user, day: date, kind: str = ""):
    """The running pairings that give a place a partner, as `user` may see them."""
    kinds = (kind,) if kind in PLACE_KINDS else PLACE_KINDS
    return Pairing.objects.visible_to(user).on(day).filter(kind__in=kinds)


def coverage_on(day: date, user, kind: str = "") -> Coverage:
    """The table on `day`: five queries, however many counties, places and pairings there are."""
    counties = list(visible_counties(user, day))
    counted = _counted(user, day, kind, counties)
    by_kind = _by_kind(user, day, counties)
    rows = [
        CountyRow(
            county=county,
            name=county.full_name_on(day),
            short=county.name_on(day),
            key=county.is_key,
            cells=[Cell(place, *counted.get((county.pk, place), (0, 0))) for place in Place],
            kinds={kind: by_kind.get((county.pk, kind), 0) for kind in SUB_KINDS},
        )
        for county in counties
    ]
    all_counties = Pairing.objects.county_level().on(day).values("west").distinct().count()
    return Coverage(day, rows, _total(rows), everything=len(rows) == all_counties)


def _counted(user, day, kind, counties):
    """{(county, place): (how many, how many with a partner)}."""
    counted = {}
    for place, rule in PLACE_RULES.items():
        county = "parent" if place == Place.TOWN else "parent__parent"
        rows = places(user, day, kind).filter(rule, **{f"{county}__in": counties}).order_by()
        summed = rows.values(county).annotate(total=Count("pk"), with_partner=Count("pk", filter=Q(paired=True)))
        counted |= {(row[county], place): (row["total"], row["with_partner"]) for row in summed}
    return counted


def _by_kind(user, day, counties):
    rows = Pairing.objects.visible_to(user).below_county().on(day).filter(county__in=counties).order_by()
    summed = rows.values("county", "kind").annotate(number=Count("pk"))
    return {(row["county"], row["kind"]): row["number"] for row in summed}


def _total(rows):
    """Summed parts, never averaged shares."""
    return [
        Cell(place, sum(row.cells[n].total for row in rows), sum(row.cells[n].paired for row in rows))
        for n, place in enumerate(Place)
    ]


def sheet(found: Coverage) -> tuple[list[Column], list[tuple]]:
    """Columns and rows of the table for a file; shares as fractions, which a spreadsheet shows in per cent."""
    columns = [Column("县（市）"), Column("国家乡村振兴重点帮扶县")]
    for place in Place:
        columns += [Column(f"{place.label}{word}", "integer") for word in ("总数", "已结对", "未结对")]
        columns.append(Column(f"{place.label}覆盖率", "percent"))
    columns += [Column(f"{kind.label}（对）", "integer") for kind in SUB_KINDS]
    rows = [(row.name, "是" if row.key else "", *_figures(row.cells), *row.kinds.values()) for row in found.rows]
    sums = [total for _, _, total in found.by_kind]
    word = "合计" if found.everything else "合计（可见的县）"
    return columns, [*rows, (word, "", *_figures(found.total), *sums)]


def _figures(cells):
    for cell in cells:
        yield from (cell.total, cell.paired, cell.without)
        yield None if cell.percent is None else cell.percent / 100


def places_of(county, place, user, day, *, kind="", state=""):
    """The rows behind one number: places of a county, all of them or those with or without a partner."""
    above = {"parent": county} if place == Place.TOWN else {"parent__parent": county}
    rows = places(user, day, kind).filter(PLACE_RULES[Place(place)], **above)
    if state in ("paired", "without"):
        rows = rows.filter(paired=state == "paired")
    return rows.with_names().order_by("position", "pk")
