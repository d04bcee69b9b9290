"""Rounds (报送轮次): every act on a report is a row, and no text or figure of an earlier one is ever overwritten."""

from django.db.models import Max

from tasks import reading
from tasks.kinds import TEXT_PARTS
from tasks.models import ProgressReport, ReportRound
from zhuzun import clock


def hold(report) -> ProgressReport:
    """The report as it stands now, held until the transaction ends: whoever writes below it comes through here."""
    return ProgressReport.objects.select_for_update(of=("self",)).get(pk=report.pk)


def add_round(
    report, act, *, actor, now, text="", sections=(), due_on=None, signed_by="", on_behalf=False, snapshot=None
) -> ReportRound:
    """Keep one act; the caller holds the report's row, so that numbers follow one another without gaps."""
    last = report.rounds.aggregate(last=Max("number"))["last"] or 0
    acting = actor.acting if actor else None
    body = acting.organisation if acting else None
    return ReportRound.objects.create(
        report=report,
        number=last + 1,
        act=act,
        at=now,
        by=actor,
        by_name=actor.name if actor else "",
        body_name=body.name_on(clock.day_of(now)) if body else "",
        text=text,
        sections=[dict(one) for one in sections],
        due_on=due_on,
        signed_by=signed_by,
        on_behalf=on_behalf,
        snapshot=snapshot or {},
    )


def snapshot_of(report) -> dict:
    """What the report says now, as a filing keeps it: every cell and every text."""
    reading.forget(report)
    return {
        "cells": [
            {
                "entry": entry.pk,
                "section": entry.section_id,
                "place": str(entry.place),
                "name": str(entry.item),
                "unit": entry.item.unit,
                "decimals": entry.item.decimals,
                "state": entry.state,
                "value": None if entry.value is None else str(entry.value),
                "reason": entry.reason,
                "note": entry.note,
            }
            for entry in reading.cells(report)
        ],
        "texts": [
            {
                "section": section.pk,
                "title": section.title,
                "brief": section.narrative.area_id is None,
                **{name: getattr(section.text, name) for name in TEXT_FIELDS},
            }
            for section in reading.texts(report)
            if hasattr(section, "text")
        ],
    }


TEXT_FIELDS = (*TEXT_PARTS, "nothing")
