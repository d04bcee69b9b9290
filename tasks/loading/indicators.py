"""The indicator catalogue: one unit, one direction and one way of counting each."""

from tasks.loading.files import Files, day, waves
from tasks.loading.report import Report
from tasks.models import Indicator, IndicatorDefinition, TaskArea

PLAIN = ("code", "name", "family", "unit", "decimals", "flow", "direction", "source", "formula")


def load_indicators(files: Files, report: Report):
    """All indicators, totals before their parts (其中); a new one with its first definition."""
    rows = {row["code"]: row | {"position": number} for number, row in enumerate(files.json("indicators.json"), 1)}
    areas = {area.code: area.pk for area in TaskArea.objects.all()}
    have = {indicator.code: indicator for indicator in Indicator.objects.all()}
    known = set(have)
    for wave in waves(rows, lambda row: (row["parent"],)):
        have = report.reconcile(Indicator, have, {code: _values(row, areas, have) for code, row in wave.items()})
    _define([row for code, row in rows.items() if code not in known], have, files.sources["indicators"], report)


def _values(row, areas, have):
    return {name: row[name] for name in PLAIN} | {
        "area_id": areas[row["area"]] if row["area"] else None,
        "parent_id": have[row["parent"]].pk if row["parent"] else None,
        "position": row["position"],
    }


def _define(rows, have, origin, report):
    start = day(origin["valid_from"])
    definitions = [
        IndicatorDefinition(
            indicator=have[row["code"]], text=row["definition"], basis=origin["basis"], valid_from=start
        )
        for row in rows
    ]
    report.create(IndicatorDefinition, definitions)
