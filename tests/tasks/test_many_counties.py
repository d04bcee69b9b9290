"""As many queries for 80 counties as for 8: a unit's report under review, what counties check of it, and the lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks.models import CheckSheet, ProgressReport
from tasks.services.opening import open_due
from tests import factories
from tests.tasks import cycle, filed
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import OrganisationKind

QUERIES = {"report": 35, "review": 20, "checks": 15, "sheet": 20, "print": 20}
TABLES = {  # of a period, with its printed form and its file: as many queries for 80 counties as for 8
    "area": "figures/",
    "county": "figures/?by=county",
    "district": "figures/?by=district",
    "file": "figures/?by=county&export=xlsx",
    "cells": "figures/T-LAB10/",
    "period": "",
    "step": "step/propose/",
}
seen: dict = {}


@pytest.fixture
def report(world, people, time_machine, number):
    """市教育局's, of `number` counties, filed; each county is asked."""
    time_machine.move_to(cycle.FILING, tick=False)
    for one in range(number - 3):  # beside the small world's
        county = factories.place(OrganisationKind.COUNTY, f"第{one}县", parent=world.zunyi)
        factories.county_pairing(world.xiangzhou, county)
    cycle.set_up(world)
    plan = cycle.plan("t-unit", "市直单位月报", world.education)
    pupils = factories.indicator("T-LAB10", "招收学生")
    cycle.ask(plan, pupils)
    cycle.source(pupils, "body", body=world.education, check="period")
    open_due(now=cycle.OPENED)
    return filed.filed(ProgressReport.objects.get(filer=world.education), by=people[Role.UNIT_OFFICER])


@pytest.mark.parametrize("number", [8, 80])
def test_queries_do_not_grow_with_the_counties(report, people, sign_in, number):
    sheets = CheckSheet.objects.filter(report=report)
    assert sheets.count() == number
    client = sign_in(people[Role.BUREAU_OFFICER])
    found = {}
    for name, address in {
        "report": report.get_absolute_url(),
        "review": "/tasks/review/",
        "checks": "/tasks/checks/",
        "sheet": sheets.first().get_absolute_url(),
        "print": f"{report.get_absolute_url()}print/",
    }.items():
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        found[name] = len(caught)
    assert found == QUERIES


@pytest.mark.parametrize("number", [8, 80])
def test_compiled_tables_do_not_either(report, people, sign_in, number):
    client, found = sign_in(people[Role.BUREAU_OFFICER]), {}
    period = report.period.get_absolute_url()
    for name, address in TABLES.items():
        client.get(f"{period}{address}")
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(f"{period}{address}")
        assert answer.status_code == 200, name
        found[name] = len(caught)
        if name == "county":
            assert answer.content.decode().count('class="num">第') == number - 3  # each county has its column
    assert max(found.values()) < 45
    assert seen.setdefault("compiled", found) == found
