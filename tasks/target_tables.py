"""年度目标: a year × indicators by place; beside the city's figure the sum of the counties and the difference."""

from dataclasses import dataclass
from decimal import Decimal

from tasks import targets
from tasks.models import Indicator
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui.formats import NOTHING, thousands

PLACES = {"county": OrganisationKind.COUNTY, "district": OrganisationKind.DISTRICT}


@dataclass
class Line:
    """One indicator."""

    indicator: Indicator
    city: str
    total: str
    difference: str
    cells: list[str]
    provisional: bool


def places(day, kind):
    """The city, then the counties or districts in the annex's order, each with its name."""
    wanted = [PLACES[kind]] if kind else list(PLACES.values())
    bodies = Organisation.objects.on(day).filter(kind__in=wanted).order_by("kind", "position").prefetch_related("names")
    return [(body, body.name_on(day)) for body in bodies]


def city(day):
    """遵义市, under which the city's own figures stand."""
    found = Organisation.objects.on(day).filter(kind=OrganisationKind.CITY, relations__relation="separate")
    return found.prefetch_related("names").first()


def all_places(day):
    """City, districts and counties, for a form."""
    whole = city(day)
    return [*([(whole, whole.name_on(day))] if whole else []), *places(day, "")]


def of_city(period) -> dict:
    """The city's targets in force for the period's year, by indicator."""
    whole = city(period.end)
    aims = targets.in_force(period.year) if whole else {}
    return {indicator: aim for (indicator, place), aim in aims.items() if place == whole.pk}


def build(year, kind, day) -> tuple[list[str], list[Line]]:
    """Heads and lines: a constant number of queries."""
    columns, whole = places(day, kind), city(day)
    aims = targets.in_force(year)
    codes = {key for key, _ in aims}
    lines = [_line(row, aims, columns, whole) for row in Indicator.objects.filter(pk__in=codes)]
    return [name for _, name in columns], lines


def _line(indicator, aims, columns, whole) -> Line:
    def figure(place):
        return aims.get((indicator.pk, place.pk)) if place else None

    found = [figure(place) for place, _ in columns]
    said = [aim.value for aim in found if aim]
    total = sum(said, Decimal(0)) if said else None
    own = figure(whole)
    difference = own.value - total if own and total is not None else None
    return Line(
        indicator,
        _text(own, indicator),
        thousands(total, indicator.decimals),
        thousands(difference, indicator.decimals),
        [_text(aim, indicator) for aim in found],
        any(aim.provisional for aim in [own, *found] if aim),
    )


def _text(aim, indicator) -> str:
    return NOTHING if aim is None else f"{thousands(aim.value, indicator.decimals)}{aim.mark}"
