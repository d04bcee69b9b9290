"""What the files say of each body: listed ones line by line, townships and villages from the divisions."""

from dataclasses import dataclass, replace
from datetime import date

from tasks.loading.files import Files, day
from zhuzun.organisations.kinds import DivisionLevel, OrganisationKind

PLACES_FROM = 1000  # positions below are the listed bodies'


@dataclass(frozen=True)
class Stage:
    """How a body is called and stands to the bureau, from a day on."""

    valid_from: date
    short: str
    full: str
    name_basis: str
    relation: str
    relation_basis: str


@dataclass(frozen=True)
class Spec:
    """One body as the files describe it."""

    code: str
    kind: str
    parent: str
    division: str
    position: int
    note: str
    aliases: tuple[str, ...]
    stages: tuple[Stage, ...]


def specs(files: Files) -> dict[str, Spec]:
    """Every body by code: the listed ones, then one for each township and village."""
    listed = _listed(files)
    return listed | _places(files, listed)


def _listed(files: Files) -> dict[str, Spec]:
    start = day(files.sources["organisations"]["valid_from"])
    later: dict[str, list] = {}
    for row in files.csv("organisation_changes.csv"):
        later.setdefault(row["code"], []).append(_change(row))
    found = {}
    for number, row in enumerate(files.csv("organisations.csv"), start=1):
        stages = (_first_stage(row, start), *later.get(row["code"], []))
        found[row["code"]] = Spec(
            code=row["code"],
            kind=row["kind"],
            parent=row["parent"],
            division=row["division"],
            position=number * 10,
            note=row["note"],
            aliases=tuple(filter(None, row["aliases"].split("；"))),
            stages=stages,
        )
    return found


def _first_stage(row, start) -> Stage:
    names = (row["short_name"], row["full_name"], row["name_basis"])
    return Stage(start, *names, row["relation"], row["relation_basis"])


def _change(row) -> Stage:
    names = (row["short_name"], row["full_name"], row["basis"])
    return Stage(day(row["valid_from"]), *names, row["relation"], row["basis"])


def _places(files: Files, listed: dict[str, Spec]) -> dict[str, Spec]:
    """A township or village stands to the bureau as its district or county does, whatever that changes to."""
    kinds = {DivisionLevel.TOWN: OrganisationKind.TOWN, DivisionLevel.VILLAGE: OrganisationKind.VILLAGE}
    above = {
        spec.division: spec
        for spec in listed.values()
        if spec.kind in (OrganisationKind.DISTRICT, OrganisationKind.COUNTY)
    }
    found = {}
    for number, row in enumerate(files.divisions, start=PLACES_FROM):
        if row["level"] not in kinds:
            continue
        parent = above[row["parent"]]
        spec = Spec(
            code=row["code"],
            kind=kinds[row["level"]],
            parent=parent.code,
            division=row["code"],
            position=number,
            note=row["note"],
            aliases=(),
            stages=tuple(_stage_of_place(stage, row) for stage in parent.stages),
        )
        found[row["code"]] = above[row["code"]] = spec
    return found


def _stage_of_place(stage: Stage, row) -> Stage:
    return replace(stage, short=row["short_name"], full=row["name"], name_basis="统计用区划代码")
