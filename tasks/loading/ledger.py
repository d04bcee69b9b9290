"""The document, its paragraphs, areas, measures, responsibilities (¶7–13) and duties (¶14–16)."""

from tasks.kinds import Part
from tasks.loading.files import Files, day
from tasks.loading.report import Report
from tasks.models import Duty, Measure, Paragraph, PolicyDocument, Responsibility, TaskArea

PLAIN = (
    *("code", "number", "title", "plan_title", "issuer", "printer", "recipients"),
    *("covering_text", "preamble", "annex_title", "upper_documents"),
)
DAYS = ("issued_on", "printed_on", "term_from", "term_to")


def load_document(files: Files, bodies: dict, groups: dict, report: Report) -> PolicyDocument:
    """One policy document with everything below it."""
    facts = files.json("document.json")
    values = {name: facts[name] for name in PLAIN} | {name: day(facts[name]) for name in DAYS}
    have = {row.code: row for row in PolicyDocument.objects.filter(code=facts["code"])}
    document = report.reconcile(PolicyDocument, have, {facts["code"]: values})[facts["code"]]
    paragraphs = _paragraphs(files, facts, document, report)
    _areas(files, paragraphs, report)
    _measures(files, document, paragraphs, report)
    _responsibilities(files, document, paragraphs, bodies, groups, report)
    _duties(files, document, paragraphs, report)
    return document


def _paragraphs(files, facts, document, report):
    texts = files.paragraphs()
    have = {row.number: row for row in document.paragraphs.all()}
    wanted = {
        row["number"]: {
            "document_id": document.pk,
            "number": row["number"],
            "part": row["part"],
            "heading": row["heading"],
            "text": texts[row["number"]],
        }
        for row in facts["paragraphs"]
    }
    return report.reconcile(Paragraph, have, wanted)


def _areas(files, paragraphs, report):
    have = {row.code: row for row in TaskArea.objects.all()}
    wanted = {
        row["code"]: {
            "code": row["code"],
            "name": row["name"],
            "paragraph_id": paragraphs[row["paragraph"]].pk,
            "position": number,
        }
        for number, row in enumerate(files.json("areas.json"), start=1)
    }
    report.reconcile(TaskArea, have, wanted)


def _measures(files, document, paragraphs, report):
    have = {row.number: row for row in Measure.objects.filter(paragraph__document=document)}
    wanted = {}
    for row in files.json("measures.json"):
        paragraph, place = (int(part) for part in row["number"].split("."))
        plain = {name: row[name] for name in ("number", "title", "span", "nature")}
        wanted[row["number"]] = plain | {"paragraph_id": paragraphs[paragraph].pk, "position": place}
    report.reconcile(Measure, have, wanted)


def _responsibilities(files, document, paragraphs, bodies, groups, report):
    """The policy's own list; what the bureau sets per measure lies beside it and is never looked at here."""
    rows = Responsibility.objects.of_policy().filter(paragraph__document=document)
    have = {(row.paragraph_id, row.organisation_id, row.group_id): row for row in rows}
    wanted: dict[tuple, dict] = {}
    places: dict[int, int] = {}
    for row in files.json("responsibilities.json"):
        number = row["paragraph"]
        places[number] = places.get(number, 0) + 1
        body = bodies[row["organisation"]].pk if "organisation" in row else None
        group = groups[row["group"]].pk if "group" in row else None
        wanted[paragraphs[number].pk, body, group] = {
            "paragraph_id": paragraphs[number].pk,
            "organisation_id": body,
            "group_id": group,
            "part": Part.RESPONSIBLE,
            "position": places[number],
            "written_as": row["written_as"],
            "reason": document.number,
            "valid_from": document.issued_on,
        }
    report.reconcile(Responsibility, have, wanted)


def _duties(files, document, paragraphs, report):
    have = {row.code: row for row in document.duties.all()}
    wanted = {
        row["code"]: {name: row[name] for name in ("code", "span", "actor", "periodicity")}
        | {
            "document_id": document.pk,
            "paragraph_id": paragraphs[row["paragraph"]].pk if row["paragraph"] else None,
            "position": number,
        }
        for number, row in enumerate(files.json("duties.json"), start=1)
    }
    report.reconcile(Duty, have, wanted)
