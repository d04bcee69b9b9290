"""Bodies (单位) named by the policy, one body for each township and village, and the groups."""

from datetime import timedelta

from tasks.loading.files import Files, day, waves
from tasks.loading.report import Report
from tasks.loading.specs import Spec, specs
from zhuzun.organisations.models import (
    Division,
    GroupMembership,
    Organisation,
    OrganisationAlias,
    OrganisationGroup,
    OrganisationName,
    OrganisationRelation,
)


def load_organisations(files: Files, divisions: dict[str, Division], report: Report) -> dict[str, Organisation]:
    """All bodies by code; those that are new with their names, relations and aliases."""
    wanted = specs(files)
    have = {body.code: body for body in Organisation.objects.prefetch_related("names", "relations", "aliases")}
    known = [spec for code, spec in wanted.items() if code in have]
    missing = {code: spec for code, spec in wanted.items() if code not in have}
    for wave in waves(missing, lambda spec: (spec.parent,)):
        rows = [Organisation(**_values(spec, have, divisions)) for spec in wave.values()]
        have |= {body.code: body for body in report.create(Organisation, rows)}
        _add_parts(wave.values(), have, report)
    for spec in known:
        _compare(have[spec.code], spec, have, divisions, report)
    return have


def load_groups(files: Files, bodies: dict[str, Organisation], report: Report) -> dict[str, OrganisationGroup]:
    """Collective names such as 各区, a new one with its members."""
    listed = {row["code"]: row for row in files.sources["groups"]}
    have = {group.code: group for group in OrganisationGroup.objects.all()}
    known = set(have)
    wanted = {code: {"code": code, "name": row["name"], "note": row["note"]} for code, row in listed.items()}
    have = report.reconcile(OrganisationGroup, have, wanted)
    start = day(files.sources["organisations"]["valid_from"])
    rows = [
        GroupMembership(group=have[code], organisation=bodies[member], valid_from=start)
        for code, row in listed.items()
        if code not in known
        for member in row["members"]
    ]
    report.create(GroupMembership, rows)
    return have


def _values(spec: Spec, have, divisions):
    return {
        "code": spec.code,
        "kind": spec.kind,
        "parent_id": have[spec.parent].pk if spec.parent else None,
        "division_id": divisions[spec.division].pk if spec.division else None,
        "position": spec.position,
        "note": spec.note,
        "valid_from": spec.stages[0].valid_from,
    }


def _add_parts(ready, have, report: Report):
    names, relations = [], []
    for spec in ready:
        body = have[spec.code]
        for stage, until in _spans(spec):
            span = {"organisation": body, "valid_from": stage.valid_from, "valid_to": until}
            names.append(OrganisationName(short=stage.short, full=stage.full, basis=stage.name_basis, **span))
            relations.append(OrganisationRelation(relation=stage.relation, basis=stage.relation_basis, **span))
    report.create(OrganisationName, _merged(names, ("short", "full")))
    report.create(OrganisationRelation, _merged(relations, ("relation",)))
    aliases = [(have[spec.code], name) for spec in ready for name in spec.aliases]
    report.create(OrganisationAlias, [OrganisationAlias(organisation=body, name=name) for body, name in aliases])


def _spans(spec: Spec):
    """Each stage with its last day: the day before the next begins."""
    ends = [stage.valid_from - timedelta(days=1) for stage in spec.stages[1:]]
    return zip(spec.stages, [*ends, None], strict=True)


def _merged(rows: list, fields: tuple) -> list:
    """Stages that change nothing in `fields` are one row: a village of 横琴 keeps its name in 2021-09."""
    merged = []
    for row in rows:
        last = merged[-1] if merged else None
        same = last and last.organisation == row.organisation
        if same and all(getattr(last, name) == getattr(row, name) for name in fields):
            last.valid_to = row.valid_to
        else:
            merged.append(row)
    return merged


def _compare(body, spec: Spec, have, divisions, report: Report):
    """Note what is different by now; a former stage counts as well, so only what the file says and the portal lacks."""
    report.compare(body, spec.code, _values(spec, have, divisions))
    wanted = {
        "names": {(stage.short, stage.full) for stage in spec.stages},
        "relations": {stage.relation for stage in spec.stages},
        "aliases": set(spec.aliases),
    }
    here = {
        "names": {(row.short, row.full) for row in body.names.all()},
        "relations": {row.relation for row in body.relations.all()},
        "aliases": {row.name for row in body.aliases.all()},
    }
    for part, rows in wanted.items():
        if lacking := rows - here[part]:
            report.differs(body, spec.code, part, sorted(here[part]), sorted(lacking))
