"""Finding the two sides of a pairing by what an office writes in a table: names, former names, aliases, paths.

All bodies are read once, so that a table of ten thousand rows costs no more questions than one of ten.
"""

import re
from difflib import get_close_matches
from functools import cached_property

from zhuzun.documents.reading.text import key
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation

PLACES_BELOW = (OrganisationKind.TOWN, OrganisationKind.VILLAGE)
ANCHORS = (OrganisationKind.COUNTY, OrganisationKind.DISTRICT)
SIDES = {"east": OrganisationKind.DISTRICT, "west": OrganisationKind.COUNTY}  # whose places lie on which side
NEAR = 8  # similar names looked at for one on the right side
STEPS = re.compile(r"[/\\>]+")
SHOWN = 4
HINTS = 20  # looking for a similar name is slow: done for the first unknown names of a table only
LONGEST = 60  # characters of a text that may be a misspelt name
SHORTEST = 2  # characters of a place's name: 正安县瑞溪镇 is cut into names no shorter than this


class NotFound(ValueError):
    """No body, or more than one, answers to a text; the message is Chinese and says what to write instead."""


class Directory:
    """Every body with all the names it ever bore; `day` decides under which one it is shown."""

    def __init__(self, day):
        self._day = day
        rows = Organisation.objects.select_related("division").prefetch_related("names", "aliases")
        self._bodies = {body.pk: body for body in rows}
        self._index: dict[str, list[Organisation]] = {}
        self._labels: dict[int, str] = {}
        self._hints = 0
        for body in self._bodies.values():
            body.parent = self._bodies.get(body.parent_id)
            for name in _names_of(body):
                self._index.setdefault(name, []).append(body)

    def __getitem__(self, pk):
        return self._bodies[pk]

    def find(self, text, *, kinds, day, side=""):
        """The body of one of `kinds` that answers to `text`; `day` passes over those that are not there then.

        A single body of another kind is given back too: the service says why it does not fit. What is offered for an
        unknown name lies on the same `side` (east or west).
        """
        named = self._called(key(text))
        fitting = [body for body in named if body.kind in kinds and (day is None or body.holds_on(day))]
        offered = [body for body in fitting if body.division is None or body.division.offered]
        for found in (offered, fitting, named):
            if len(found) == 1:
                return found[0]
            if found:
                raise NotFound(self._ambiguous(text, found))
        raise NotFound(self._unknown(text, kinds, side))

    def label(self, pk) -> str:
        """How a body is written in an export: the shortest form that finds it again."""
        if pk is None:
            return ""
        if pk not in self._labels:
            body = self._bodies[pk]
            self._labels[pk] = next(form for form in self._forms(body) if self._called(key(form)) == [body])
        return self._labels[pk]

    def _forms(self, body):
        name = body.name_on(self._day)
        if body.kind not in PLACES_BELOW:
            yield name
        yield self._path(body)
        yield body.code

    def _path(self, body):
        """正安县/瑞溪镇/某村: from the county or district (or the body right above) down to the body."""
        steps, above = [body], body.parent
        while above is not None:
            steps.append(above)
            if above.kind in ANCHORS or body.kind not in PLACES_BELOW:
                break
            above = above.parent
        return "/".join(step.name_on(self._day) for step in reversed(steps))

    def _called(self, text):
        """Bodies that answer to a folded text, with or without the places above them before the name."""
        steps = [step for step in STEPS.split(text) if step]
        if not steps:
            return []
        found = self._run_together(steps[-1])
        for step in reversed(steps[:-1]):
            above = self._index.get(step, [])
            found = [body for body in found if _lies_below(body, above)]
        return found

    def _run_together(self, text):
        """正安县瑞溪镇某村 without strokes: cut where a place's name ends and the rest lies below it."""
        if text in self._index:
            return self._index[text]
        for cut in range(len(text) - 1, SHORTEST - 1, -1):
            above = self._index.get(text[:cut])
            below = [body for body in self._run_together(text[cut:]) if _lies_below(body, above)] if above else []
            if below:
                return below
        return []

    def _ambiguous(self, text, found):
        shown = "、".join(self.label(body.pk) for body in found[:SHOWN]) + (" 等" if len(found) > SHOWN else "")
        return f"“{text}”有 {len(found)} 个：{shown}。请写明所在的县（区）和镇，如“{self.label(found[0].pk)}”。"

    def _unknown(self, text, kinds, side):
        return f"没有名为“{text[:LONGEST]}”的单位。{self._hint(text, kinds, side)}请核对名称，新单位请先登记。"

    def _hint(self, text, kinds, side):
        last = STEPS.split(key(text))[-1]
        if not last or len(last) > LONGEST or self._hints >= HINTS:
            return ""
        self._hints += 1
        near = get_close_matches(last, self._index, n=NEAR, cutoff=0.6)
        found = [body for name in near for body in self._index[name] if self._may_stand(body, side)]
        meant = next((body for body in found if body.kind in kinds), found[0] if found else None)
        return f"是否为“{self.label(meant.pk)}”？" if meant else ""

    def _may_stand(self, body, side) -> bool:
        """Whether a body lies on that side, or on none: 正安县 is nothing to offer for 珠海方."""
        homes = {name for name, city in self._cities.items() if body.anchor(OrganisationKind.CITY) in city}
        return not side or not homes or side in homes

    @cached_property
    def _cities(self):
        """By side, the cities with its places."""
        rows = self._bodies.values()
        return {
            side: {city for body in rows if body.kind == kind and (city := body.anchor(OrganisationKind.CITY))}
            for side, kind in SIDES.items()
        }


def _names_of(body):
    names = {key(name) for row in body.names.all() for name in (row.short, row.full)}
    names |= {key(alias.name) for alias in body.aliases.all()}
    if body.division and body.kind in (*PLACES_BELOW, *ANCHORS):
        names |= {key(body.division.name), key(body.division.short_name)}
    return {name for name in names if name} | {body.code}


def _lies_below(body, above):
    step = body.parent
    while step is not None:
        if step in above:
            return True
        step = step.parent
    return False
