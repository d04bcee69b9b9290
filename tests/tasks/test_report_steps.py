"""State × step × role: who may take each step of a report, and what everybody else reads. Literal rows in the csv.

Three reports: 香洲区's (signed off, section head), 市教育局's (neither), the bureau's own. A step that has no row for a
state is open to nobody there, and says so by the state.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from tasks.kinds import ReportState
from tasks.models import ProgressReport
from tasks.workflow import REPORT
from tests import factories
from tests.tasks import cycle, filed
from tests.tasks.cycle import FILING
from zhuzun.accounts.roles import Role

TABLE = Path(__file__).with_name("report_steps.csv")
STEPS = [step for step in REPORT.steps if step.permission]  # «start» is the first saved cell's


def rows(kind) -> dict:
    """(state, step) → row."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row["state"], row["step"]): row for row in csv.DictReader(file) if row["report"] == kind}


@pytest.fixture
def reports(world, opened_month, people):
    """The three, whole and with their signed sheets; typed by people who do nothing else here."""
    october = opened_month
    for code, body in (("t-unit", world.education), ("t-own", world.bureau)):
        cycle.plan(code, code, body, head_review=False, sign_off=False).narratives.create(title="工作情况")
    cycle.open_due(now=cycle.OPENED)
    typists = {
        "district": factories.person(Role.DISTRICT_OFFICER, world.xiangzhou),
        "unit": factories.person(Role.UNIT_OFFICER, world.education),
        "bureau": factories.person(Role.BUREAU_OFFICER, world.bureau),
    }
    bodies = {"district": world.xiangzhou, "unit": world.education, "bureau": world.bureau}
    found = {}
    for kind, body in bodies.items():
        found[kind] = filed.fill(october.report(body), by=typists[kind])
        filed.sheet(found[kind], by=typists[kind])
    return found


def told(report, step, user) -> str:
    """Empty where he may, else what he reads."""
    return REPORT.why_not(report, step.name, actor=user, now=FILING).reason


def in_state(report, state) -> ProgressReport:
    # filed_at lies before the sheet, so that «a sheet since the last filing» holds in every state
    facts = {"filed_on": date(2026, 11, 3), "filed_at": cycle.at(3)}
    ProgressReport.objects.filter(pk=report.pk).update(state=state, **facts)
    return ProgressReport.objects.get(pk=report.pk)


def found_for(report, state, step, people) -> dict:
    """What the row would say: who may, who is barred by a condition and why, and what the others read."""
    now = in_state(report, state)
    said = {role: told(now, step, user) for role, user in people.items()}
    holds = {role for role, user in people.items() if user.decide(step.permission, now)}
    barred = {role: text for role, text in said.items() if text and role in holds}
    return {
        "may": " ".join(role for role in said if not said[role]),
        "barred": " ".join(barred),
        "why_barred": "；".join(dict.fromkeys(barred.values())),
        "others_read": "；".join(dict.fromkeys(text for role, text in said.items() if text and role not in holds)),
    }


@pytest.mark.parametrize("kind", ["district", "unit", "bureau"])
def test_each_step_in_each_state_for_each_role(reports, people, kind):
    report, wanted = reports[kind], rows(kind)
    for state in ReportState:
        for step in STEPS:
            found = found_for(report, state, step, people) if state in step.sources else None
            row = wanted.pop((state, step.name), None)
            if found is None:
                assert row is None, f"{state} {step.name}: strike the row"
                refusal = told(in_state(report, state), step, people[Role.BUREAU_OFFICER])
                assert refusal == f"目前状态是“{state.label}”，不能{step.label}。"
                continue
            # the refusal by permission differs from role to role only in the person's own identity
            found["others_read"] = found["others_read"].split("，您当前的身份是")[0].split("；")[0]
            assert row is not None, f"add the row: {kind},{state},{step.name},{','.join(found.values())}"
            assert {key: row[key] for key in found} == found, f"{kind} {state} {step.name}"
    assert wanted == {}, "strike these rows"
