"""Lateness: a literal table, and the same answer in Python and in SQL for every combination."""

from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from django.db import connection, models
from django.db.models import F
from django.test.utils import isolate_apps

from tests.periods.test_calendar import CHINA
from zhuzun.periods.light import TONES, TimeState, late_workdays, time_state, time_state_case, time_state_of
from zhuzun.ui.badges import TONES as KNOWN_TONES

D = date.fromisoformat
DUE = D("2026-10-08")
WEEK = [DUE + timedelta(days=number) for number in range(-3, 4)]


@pytest.mark.parametrize(
    ("today", "extended_to", "filed_on", "state"),
    [
        ("2026-09-28", None, None, "未到期"),
        ("2026-09-29", None, None, "临期"),
        ("2026-10-08", None, None, "临期"),  # the due day itself, until 24:00
        ("2026-10-09", None, None, "逾期"),
        ("2026-09-28", "2026-10-15", None, "已批延期"),  # granted early
        ("2026-10-08", "2026-10-15", None, "已批延期"),
        ("2026-10-15", "2026-10-15", None, "已批延期"),
        ("2026-10-16", "2026-10-15", None, "逾期"),
        ("2026-11-30", None, "2026-09-20", "按时"),
        ("2026-11-30", None, "2026-10-08", "按时"),
        ("2026-11-30", None, "2026-10-09", "补报"),
        ("2026-11-30", "2026-10-15", "2026-10-08", "按时"),
        ("2026-11-30", "2026-10-15", "2026-10-09", "已批延期"),
        ("2026-11-30", "2026-10-15", "2026-10-15", "已批延期"),
        ("2026-11-30", "2026-10-15", "2026-10-16", "补报"),
    ],
)
def test_table(today, extended_to, filed_on, state):
    facts = {
        "due_on": DUE,
        "soon_on": D("2026-09-29"),
        "extended_to": extended_to and D(extended_to),
        "filed_on": filed_on and D(filed_on),
        "excused": False,
    }
    assert time_state(D(today), **facts).label == state
    assert time_state_of(SimpleNamespace(**facts), D(today)).label == state
    assert time_state(D(today), **facts | {"excused": True}) == TimeState.EXCUSED


@pytest.fixture
def owed(db):
    """A table of rows with the five fields: 512 rows, every order of the days; gone with the transaction."""
    with isolate_apps("zhuzun.periods"):

        class Owed(models.Model):  # noqa: DJ008
            due_on = models.DateField()
            soon_on = models.DateField()
            extended_to = models.DateField(null=True)
            excused = models.BooleanField()
            filed_on = models.DateField(null=True)

            class Meta:
                app_label = "periods"
                managed = False
                db_table = "owed"

    with connection.cursor() as cursor:
        fields = [field for field in Owed._meta.fields if not field.primary_key]
        columns = ", ".join(f"{field.name} {field.db_type(connection)}" for field in fields)
        cursor.execute(f"CREATE TEMPORARY TABLE owed (id integer PRIMARY KEY, {columns})")
    combinations = product(WEEK[:4], [None, *WEEK], [True, False], [None, *WEEK])
    Owed.objects.bulk_create(
        Owed(id=number, due_on=DUE, soon_on=soon, extended_to=extended, excused=excused, filed_on=filed)
        for number, (soon, extended, excused, filed) in enumerate(combinations)
    )
    return Owed.objects


@pytest.mark.parametrize("day", WEEK)
def test_sql_says_the_same(owed, day):
    rows = list(owed.annotate(light=time_state_case(day)))
    assert len(rows) == 4 * 8 * 2 * 8
    assert [row.pk for row in rows if row.light != time_state_of(row, day)] == []


def test_every_state_is_found_in_sql(owed):
    found = {light for day in WEEK for light in owed.values_list(time_state_case(day), flat=True).distinct()}
    assert found == set(TimeState.values)


def test_filters_rows_reached_through_another(owed):
    fields = ("due_on", "soon_on", "extended_to", "excused", "filed_on")
    rows = owed.annotate(**{f"of_{name}": F(name) for name in fields}).annotate(light=time_state_case(WEEK[6], "of_"))
    late = rows.filter(light=TimeState.LATE)
    assert late.count() == sum(time_state_of(row, WEEK[6]) == TimeState.LATE for row in owed.all()) > 0


def test_every_state_has_its_tone():
    assert set(TONES) == set(TimeState)
    assert set(TONES.values()) <= set(KNOWN_TONES)


@pytest.mark.parametrize(
    ("due", "until", "days"),
    [
        ("2026-10-08", "2026-10-08", 0),
        ("2026-10-08", "2026-10-07", 0),
        ("2026-10-08", "2026-10-09", 1),
        ("2026-10-09", "2026-10-10", 1),  # a Saturday that is worked
        ("2026-10-10", "2026-10-11", 0),
        ("2026-09-30", "2026-10-08", 1),  # 国庆 does not count
        ("2026-02-14", "2026-02-24", 1),
    ],
)
def test_late_by_workdays(due, until, days):
    assert late_workdays(D(due), D(until), CHINA) == days
