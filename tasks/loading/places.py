"""Divisions (行政区划), by the rules written in `fixtures/policy/README.md`."""

from tasks.loading.files import Files, day, waves
from tasks.loading.report import Report
from zhuzun.organisations.models import Division


def load_divisions(files: Files, report: Report) -> dict[str, Division]:
    """All divisions by code, those above before those below."""
    have = {division.code: division for division in Division.objects.all()}
    rows = {row["code"]: row | {"position": number} for number, row in enumerate(files.divisions, start=1)}
    for wave in waves(rows, lambda row: (row["parent"], row["statistics_parent"])):
        wanted = {code: _values(row, have, files.sources["divisions"]) for code, row in wave.items()}
        have = report.reconcile(Division, have, wanted)
    return have


def _values(row, have, origin):
    plain = ("code", "gb2260", "name", "short_name", "level", "kind", "position")
    return {name: row[name] for name in plain} | {
        "parent_id": _key(row["parent"], have),
        "statistics_parent_id": _key(row["statistics_parent"], have),
        "offered": row["offered"] == "1",
        "source": "；".join(filter(None, [origin["source"], row["note"]])),
        "as_at": day(origin["as_at"]),
    }


def _key(code, have):
    return have[code].pk if code else None
