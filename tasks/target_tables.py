"""年度目标: a year × indicators by place; beside the city's figure the sum of the counties and the difference."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType

from pairing.models import Agreement
from tasks import targets
from tasks.models import Indicator, Target
from zhuzun.access.policy import scope_for
from zhuzun.access.scopes import Scope, bodies_of
from zhuzun.audit.models import Event
from zhuzun.audit.wording import NOTHING as EMPTY
from zhuzun.audit.wording import changes_of, who
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.organisations.sections import Section
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

    @property
    def figures(self) -> list[str]:
        """Expected by now, the city's, the places' sum, the difference, and each place's."""
        return [self.expected, self.city, self.total, self.difference, *self.cells]


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
    said_all = [aim for aim in (own, *found) if aim]
    first, provisional = said_all[0], all(aim.provisional for aim in said_all)

    def text(aim):  # last year's is said once where it is so of the whole line
        if aim is None:
            return NOTHING
        return thousands(aim.value, indicator.decimals) if provisional else aim.text(indicator.decimals)

    return Line(
        indicator,
        first.course_label,
        thousands(own.expected(gone) if own and gone else None, indicator.decimals),
        text(own),
        thousands(total, indicator.decimals),
        thousands(difference, indicator.decimals),
        [text(aim) for aim in found],
        provisional,
    )


# --- one indicator, one agreement -----------------------------------------------------------------------------------
def of_indicator(indicator, year, day) -> list[dict]:
    """Each place with a target of the year: figure, course, what is expected by now, and under which agreement."""
    gone, decimals = months_gone(year, day), indicator.decimals
    aims = targets.in_force(year, [indicator.pk])
    return [
        {
            "place": name,
            "value": aim.text(decimals),
            "course": aim.course_words,
            "expected": thousands(aim.expected(gone), decimals),
            "agreement": aim.agreement,
        }
        for body, name in all_places(day)
        if (aim := aims.get((indicator.pk, body.pk)))
    ]


def changes(indicator) -> list[dict]:
    """What was set of the indicator's targets, newest first: when, by whom, in which agreement, what, and why."""
    agreements = {str(row.pk): row for row in Agreement.objects.filter(targets__indicator=indicator)}
    kind = ContentType.objects.get_for_model(Agreement)
    events = Event.objects.filter(action="target.set", succeeded=True, object_type=kind, object_id__in=agreements)
    return [
        {
            "at": event.at,
            "who": who(event),
            "agreement": agreements[event.object_id],
            "what": [_change(*change) for change in changes_of(event) if change[0] != "指标"],
            "why": event.reason,
        }
        for event in events.select_related("object_type").order_by("-at", "-pk")
        if event.detail.get("指标") == ["", indicator.name]
    ]


def _change(what, was, now) -> str:
    if was == now:
        return f"{what} {now}（不变）"
    return f"{what} {now}" if was == EMPTY else f"{what} {was} → {now}"


def of_agreement(agreement, user) -> Section:
    """What an agreement promises, for its page: an indicator on a line, its places in the annex's order."""
    rows = Target.objects.visible_to(user).filter(agreement=agreement).select_related("indicator", "place")
    found: dict = {}
    for row in rows.prefetch_related("place__names").order_by("indicator__position", "place__kind", "place__position"):
        line = found.setdefault(row.indicator_id, {"indicator": row.indicator, "course": "", "places": []})
        line["course"] = targets.course_words(row.course, row.stages)
        line["places"].append(f"{row.place} {thousands(row.value, row.indicator.decimals)}")
    lines = [line | {"words": "，".join(line["places"])} for line in found.values()]
    return Section("年度目标", "tasks/_of_agreement.html", {"rows": lines, "agreement": agreement})
