"""年度目标: a year × indicators by place; beside the city's figure the sum of the counties and the difference."""

from dataclasses import dataclass
from decimal import Decimal

from tasks import targets
from tasks.models import Indicator
from zhuzun.access.policy import scope_for
from zhuzun.access.scopes import Scope, bodies_of
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui.formats import NOTHING, thousands

PLACES = {"county": OrganisationKind.COUNTY, "district": OrganisationKind.DISTRICT}


@dataclass
class Line:
    """One indicator."""

    indicator: Indicator
    course: str
    expected: str  # of the city's target, by now
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


def whose(user, day):
    """The place whose target a person's totals are held against: the city, his district, or his county; or none."""
    reach = scope_for("tasks.view_compiled", user.acting)
    if reach == Scope.ALL:
        return city(day)
    if reach not in (Scope.DISTRICT, Scope.COUNTY):
        return None
    return Organisation.objects.filter(pk__in=bodies_of(user.acting, reach)).first()


def months_gone(year, day) -> int:
    """How many months of a year are over on a day: what a course expects is reckoned by them."""
    return 12 if day.year > year else (day.month - 1 if day.year == year else 0)


def build(year, kind, day) -> tuple[list[str], list[Line]]:
    """Heads and lines: a constant number of queries."""
    columns, whole = places(day, kind), city(day)
    aims = targets.in_force(year)
    codes = {key for key, _ in aims}
    gone = months_gone(year, day)
    lines = [_line(row, aims, columns, whole, gone) for row in Indicator.objects.filter(pk__in=codes)]
    return [name for _, name in columns], lines


def _line(indicator, aims, columns, whole, gone) -> Line:
    def figure(place):
        return aims.get((indicator.pk, place.pk)) if place else None

    found = [figure(place) for place, _ in columns]
    said = [aim.value for aim in found if aim]
    total = sum(said, Decimal(0)) if said else None
    own = figure(whole)
    difference = own.value - total if own and total is not None else None
    first = own or next(aim for aim in found if aim)
    return Line(
        indicator,
        first.course_words,
        thousands(own.expected(gone) if own else None, indicator.decimals),
        _text(own, indicator),
        thousands(total, indicator.decimals),
        thousands(difference, indicator.decimals),
        [_text(aim, indicator) for aim in found],
        any(aim.provisional for aim in [own, *found] if aim),
    )


def _text(aim, indicator) -> str:
    return NOTHING if aim is None else aim.text(indicator.decimals)
