"""The starter configuration of reporting: plans laid ready, not switched on, and who files and checks which figure."""

from tasks.kinds import EntryMode, Flow
from tasks.loading.files import Files, day
from tasks.loading.report import Report
from tasks.models import (
    FigureSource,
    Indicator,
    LadderStep,
    PlanBody,
    PlanItem,
    PlanNarrative,
    ReportPlan,
    TaskArea,
)

PARTS = ("groups", "items", "narratives", "ladder")


def load_reporting(files: Files, bodies: dict, groups: dict, report: Report):
    """Plans that are missing with all their parts, and sources for figures that have none."""
    indicators = {row.code: row for row in Indicator.objects.all()}
    _plans(files.json("report_plans.json"), groups, indicators, report)
    _sources(files, bodies, indicators, report)


def _plans(rows, groups, indicators, report):
    have = {plan.code: plan for plan in ReportPlan.objects.all()}
    wanted = {
        row["code"]: {name: value for name, value in row.items() if name not in PARTS} | {"position": number}
        for number, row in enumerate(rows, start=1)
    }
    new = [row for row in rows if row["code"] not in have]
    have = report.reconcile(ReportPlan, have, wanted)
    areas = {area.code: area for area in TaskArea.objects.all()}
    for row in new:
        _parts(row, have[row["code"]], groups, indicators, areas, report)


def _parts(row, plan, groups, indicators, areas, report):
    report.create(PlanBody, [PlanBody(plan=plan, group=groups[code]) for code in row["groups"]])
    items = [
        PlanItem(plan=plan, indicator=indicators[code], mode=_mode(indicators[code]), position=number)
        for number, code in enumerate(row["items"], start=1)
    ]
    report.create(PlanItem, items)
    texts = [
        PlanNarrative(plan=plan, position=number, **(text | {"area": areas.get(text["area"])}))
        for number, text in enumerate(row["narratives"], start=1)
    ]
    report.create(PlanNarrative, texts)
    report.create(LadderStep, [LadderStep(plan=plan, **step) for step in row["ladder"]])


def _mode(indicator) -> str:
    """A stock is asked as it stands at the end, everything else as the year's running total."""
    return EntryMode.STOCK if indicator.flow == Flow.STOCK else EntryMode.YEAR_TO_DATE


def _sources(files, bodies, indicators, report):
    """A figure that has a source, of whatever day, is the bureau's own affair."""
    origin = files.sources["reporting"]
    known = set(FigureSource.objects.values_list("indicator__code", "channel"))
    rows = [
        FigureSource(
            indicator=indicators[row["indicator"]],
            channel=row["channel"],
            rule=row["rule"],
            body=bodies[row["body"]] if row["body"] else None,
            places=row["places"],
            check_every=row["check_every"],
            position=number,
            basis=origin["basis"],
            valid_from=day(origin["valid_from"]),
        )
        for number, row in enumerate(files.json("figure_sources.json"), start=1)
        if (row["indicator"], row["channel"]) not in known
    ]
    report.create(FigureSource, rows)
