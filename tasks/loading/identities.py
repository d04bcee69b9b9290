"""Under whose names papers go out (发文身份), with their series of numbers; and which papers a period brings."""

from tasks.loading.files import Files
from tasks.loading.report import Report
from tasks.models import PaperPlan
from zhuzun.notices.papers.models import IdentitySeries, IssuingIdentity


def load_identities(files: Files, bodies: dict, report: Report):
    """Identities that are missing, each with its series; from then on they are the bureau's own affair."""
    rows = files.json("issuing_identities.json")
    have = {one.code: one for one in IssuingIdentity.objects.all()}
    known = set(have)
    wanted = {row["code"]: _values(row, bodies, number) for number, row in enumerate(rows, start=1)}
    have = report.reconcile(IssuingIdentity, have, wanted)
    series = [
        IdentitySeries(identity=have[row["code"]], **one)
        for row in rows
        if row["code"] not in known
        for one in row["series"]
    ]
    report.create(IdentitySeries, series)


def _values(row, bodies, number) -> dict:
    plain = {name: row[name] for name in ("code", "standing", "masthead", "basis")}
    parties = {"organisation_id": bodies[row["organisation"]].pk, "printer_id": bodies[row["printer"]].pk}
    return {**plain, **parties, "position": number}


def load_paper_plans(files: Files, report: Report):
    """Rows that are missing (公文起草安排); from then on they are the bureau's own affair."""
    identities = {one.code: one for one in IssuingIdentity.objects.all()}
    known = set(PaperPlan.objects.values_list("kind", "span"))
    rows = [row for row in files.json("paper_plans.json") if (row["kind"], row["span"]) not in known]
    report.create(PaperPlan, [PaperPlan(**(row | {"identity": identities[row["identity"]]})) for row in rows])
