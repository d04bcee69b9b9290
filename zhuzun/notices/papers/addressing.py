"""To whom a paper goes: what the table of rules says of each body, and how a group becomes 主送 and 抄送."""

from dataclasses import dataclass

from zhuzun import clock
from zhuzun.notices.papers import rules
from zhuzun.notices.papers.kinds import Part, Verdict
from zhuzun.notices.papers.rules import Ruling, Towards
from zhuzun.organisations.models import Organisation

UP_TO = 2  # how far up a body's relation is looked for where nobody entered its own


@dataclass(frozen=True)
class Judged:
    """A body as a recipient, with the table's word on it."""

    body: Organisation
    part: str
    ruling: Ruling

    @property
    def refused(self) -> bool:
        """Whether it may not be."""
        return self.ruling.verdict == Verdict.REFUSED

    @property
    def warned(self) -> bool:
        """Whether there is something to mind."""
        return self.ruling.verdict == Verdict.WARNED


def relation_of(body, day) -> str:
    """How the body stands to the bureau on `day`: its own entry, else that of the place or body above it."""
    for _ in range(UP_TO + 1):
        if body is None:
            return ""
        if found := body.relation_on(day):
            return found
        body = body.parent
    return ""


def towards(identity, body, day) -> Towards:
    """What the body is to this identity on `day`."""
    if body.pk == identity.organisation_id:
        return Towards.SELF
    return rules.towards(body.kind, relation_of(body, day))


def judge(identity, kind, body, part, day) -> Judged:
    """The table's word on one body."""
    to = towards(identity, body, day)
    ruling = rules.judge(standing=identity.standing, kind=kind.rule, label=kind.label, part=part, to=to)
    return Judged(body, part, ruling)


def with_relations(rows):
    """Bodies with what judging them asks for: a constant number of queries."""
    return rows.select_related("parent__parent").prefetch_related(
        "names", "relations", "parent__relations", "parent__parent__relations"
    )


def judged(paper, now) -> list[Judged]:
    """Every recipient of a paper with the table's word on it, in their order."""
    day = clock.day_of(now)
    rows = list(paper.recipients.all())
    bodies = {
        body.pk: body for body in with_relations(Organisation.objects.filter(pk__in=[r.organisation_id for r in rows]))
    }
    ordered = sorted(rows, key=lambda row: (row.part != Part.MAIN, row.position, row.pk))
    return [judge(paper.identity, paper.spec, bodies[row.organisation_id], row.part, day) for row in ordered]


def refused(paper, now) -> list[tuple[str, str]]:
    """Those that the rules refuse, each with the rule."""
    return [(f"{Part(one.part).label} {one.body}", one.ruling.rule) for one in judged(paper, now) if one.refused]


def spread(identity, kind, bodies, day) -> list[Judged]:
    """A group as recipients: whom the rules refuse as 主送 moves to 抄送 (横琴 among 各区), the rest is 主送."""
    found = []
    for body in bodies:
        main = judge(identity, kind, body, Part.MAIN, day)
        copy = judge(identity, kind, body, Part.COPY, day) if main.refused else main
        found.append(main if copy.refused else copy)
    return found
