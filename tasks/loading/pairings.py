"""The annex: eight county pairings, the two cities, and the key counties."""

from pairing.models import Pairing
from pairing.services import add_pairing
from tasks.loading.files import Files, day
from tasks.loading.report import Report
from zhuzun.errors import DomainError
from zhuzun.organisations.models import KeyCountyDesignation


def load_key_counties(files: Files, bodies: dict, report: Report):
    """Counties that the annex marks 是; one that was ever marked is left to the bureau."""
    facts = files.json("pairings.json")["key_counties"]
    marked = set(KeyCountyDesignation.objects.values_list("division", flat=True))
    divisions = [bodies[code].division_id for code in facts["counties"]]
    start, basis = day(facts["valid_from"]), facts["basis"]
    rows = [
        KeyCountyDesignation(division_id=key, valid_from=start, basis=basis) for key in divisions if key not in marked
    ]
    report.create(KeyCountyDesignation, rows)


def load_pairings(files: Files, bodies: dict, report: Report):
    """Pairings by their 编号; one that exists, ended or replaced as it may be, is only compared."""
    facts = files.json("pairings.json")
    have = {row.number: row for row in Pairing.objects.filter(number__in=[row["number"] for row in facts["pairings"]])}
    for row in facts["pairings"]:
        values = {"kind": row["kind"], "east": bodies[row["east"]], "west": bodies[row["west"]]}
        values |= {"valid_from": day(facts["valid_from"]), "basis": facts["basis"]}
        if row["number"] in have:
            _compare(have[row["number"]], values, report)
        else:
            _add(row["number"], values, report)


def _add(number, values, report: Report):
    """Enter one; where the bureau has already entered another for that time, its own stands."""
    try:
        add_pairing(**values, number=number, actor=None, now=report.now)
    except DomainError as error:
        report.differences.append(f"{Pairing._meta.verbose_name} {number} not loaded: {error.message}")
    else:
        report.created[str(Pairing._meta.verbose_name)] += 1


def _compare(pairing, values, report: Report):
    plain = {name: value for name, value in values.items() if name not in ("east", "west")}
    parties = {f"{side}_id": values[side].pk for side in ("east", "west")}
    report.compare(pairing, pairing.number, plain | parties)
