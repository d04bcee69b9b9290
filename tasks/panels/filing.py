"""The panel of a report's page in which it is filled in; after filing the same grid, read only."""

from dataclasses import dataclass

from tasks import derived, reading
from tasks.figures import written
from tasks.grid import build, findings_of
from tasks.kinds import TEXT_PARTS, CellState
from tasks.models import Narrative
from tasks.services import filing
from zhuzun.ui.formats import moment


@dataclass
class Text:
    """A narrative section as it is drawn, with the last one beside it."""

    section: object
    open: bool
    fields: list  # [(name, label, text, last)]
    version: int
    nothing: bool
    count: int
    last_label: str

    @property
    def limit(self) -> int:
        """How many characters it may have; 0 for any number."""
        return self.section.narrative.max_chars


def context(report, request, now) -> dict:
    """`filing` for templates/tasks/_panel_filing.html."""
    behalf = request.GET.get("behalf") == "1" or request.POST.get("behalf") == "1"
    decision = request.user.decide("tasks.enter_for" if behalf else "tasks.fill_report", report)
    outcomes = getattr(request, "filing_outcomes", ())
    editing = report.editable and decision.allowed
    panel = {
        "editing": editing,
        "behalf": behalf and editing,
        "may_enter_for": report.editable and not decision.allowed and not behalf and _may_enter_for(request, report),
        "grid": build(report, outcomes),
        "texts": texts(report, editing, getattr(request, "filing_typed", {})),
        "sections": sections(report),
        "saved": last_saved(report),
        "derived": by_months(report),
        **counts(report),
    }
    if editing:
        panel |= {"zeroes": len(filing.zeroes(report)), "carried": len(filing.carried(report))}
    return {"filing": panel}


def _may_enter_for(request, report) -> bool:
    return request.user.decide("tasks.enter_for", report).allowed


def counts(report) -> dict:
    """How much is missing, wrong, unexplained; and the findings themselves."""
    cells = reading.cells(report)
    return {
        "missing": sum(entry.state == CellState.MISSING for entry in cells),
        "cells": len(cells),
        "lacking": reading.lacking(report),
        "findings": [(tone, finding) for tone, found in findings_of(report) for finding in found],
        "zero_report": filing.is_zero_report(report),
    }


def by_months(report) -> list:
    """For each longer span that ends with the report, what its shorter periods give, as written."""
    return [
        (period, [(row, written(row.value, row.item)) for row in rows])
        for period, rows in derived.for_report(report)
        if rows
    ]


def last_saved(report) -> str:
    """When anything of it was saved last: 2026-11-04 10:32."""
    return moment(reading.edited_at(report))


def sections(report) -> list:
    """Each section with whether it is open, done, and to whom it was handed."""
    rows = report.sections.select_related("assignee", "narrative").order_by("position", "pk")
    return [{"section": row, "open": row.is_open(report), "ticked": row.is_ticked(report)} for row in rows]


def texts(report, editing, typed) -> list[Text]:
    """The narrative sections with what was written last time; the last one is shown, never copied.

    `typed` holds, by section, what a person had typed where it could not be saved.
    """
    rows = reading.texts(report)
    last = _last_texts(report, rows)
    return [_text(report, row, last.get(row.title), editing, typed.get(row.pk)) for row in rows]


def _text(report, row, last, editing, typed) -> Text:
    text = getattr(row, "text", None)
    stored = {name: getattr(text, name, "") for name in TEXT_PARTS}
    shown = {name: (typed or stored).get(name, value) for name, value in stored.items()}
    return Text(
        section=row,
        open=editing and row.is_open(report) and not row.form.period.closed,
        fields=[(name, label, shown[name], getattr(last, name, "")) for name, label in row.narrative.parts.items()],
        version=text.version if text else 0,
        nothing=typed.get("nothing") == "1" if typed else bool(text and text.nothing),
        count=filing.length(shown),
        last_label=last.section.report.period.label if last else "",
    )


def _last_texts(report, rows) -> dict:
    """By title, the filer's last text of that name before this report; one query."""
    older = Narrative.objects.filter(
        section__report__filer=report.filer_id,
        section__report__first_due_on__lt=report.first_due_on,
        section__title__in={row.title for row in rows},
    ).select_related("section__report__period")
    return {text.section.title: text for text in older.order_by("section__report__first_due_on")}
