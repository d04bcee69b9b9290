"""Brings the policy's own data (`fixtures/policy`) into the portal: what `manage.py load_policy` does.

**Nothing that exists is ever changed**: rows that are missing are created, rows that differ from the files are reported
and left as they are. What the bureau has edited by hand, ended or replaced therefore stays, and the second run changes
nothing. A body's names, relations and aliases, an indicator's definition and a group's members are created with
it and belong to the bureau from then on.

Pairings go through pairing's service, without an actor: the annex is the policy's act, nobody's in the portal.
"""

from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from tasks.loading.files import Files
from tasks.loading.identities import load_identities, load_paper_plans
from tasks.loading.indicators import load_indicators
from tasks.loading.ledger import load_document
from tasks.loading.organisations import load_groups, load_organisations
from tasks.loading.pairings import load_key_counties, load_pairings
from tasks.loading.places import load_divisions
from tasks.loading.report import Report
from tasks.loading.reporting import load_reporting
from zhuzun.audit.services import record
from zhuzun.periods.services import seed


def policy_folder() -> Path:
    """Where the project keeps the policy's data."""
    return settings.BASE_DIR / "fixtures" / "policy"


@transaction.atomic
def load_policy(*, now, folder: Path | None = None) -> Report:
    """Create what is missing of the policy's data, all or nothing, and tell what was created and what differs."""
    report = Report(now)
    files = Files(folder or policy_folder())
    divisions = load_divisions(files, report)
    bodies = load_organisations(files, divisions, report)
    groups = load_groups(files, bodies, report)
    document = None
    for part in files.documents():
        document = load_document(part, bodies, groups, report)
        load_key_counties(part, bodies, report)
        load_pairings(part, bodies, report)
    load_indicators(files, report)
    load_reporting(files, bodies, groups, report)
    load_identities(files, bodies, report)
    load_paper_plans(files, report)
    if report.created:
        record("policy.load", actor=None, now=now, obj=document, detail=dict(report.created))
        _tell_the_planner()
    if days := seed(now=now):  # an act of its own in the trail: the calendar is not the policy's
        report.created["工作日历"] = days
    return report


def _tell_the_planner():
    """PostgreSQL plans badly for thousands of rows it has not counted yet: pages would wait until autovacuum comes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
