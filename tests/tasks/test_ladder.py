"""The ladder as tables: which step stands on which day, through 春节, 国庆 and outages; no database, no clock."""

from datetime import date
from types import SimpleNamespace

import pytest

from tasks.kinds import Audience
from tasks.ladder import due_steps
from zhuzun.periods import published
from zhuzun.periods.calendar import WorkCalendar

CALENDAR = WorkCalendar(
    frozenset({2023, 2026}),
    frozenset(one.date for year in (2023, 2026) for one in published.year_of(year) if not one.works),
    frozenset(one.date for year in (2023, 2026) for one in published.year_of(year) if one.works),
)
MONTH = [
    ("lower", -2, "filer"),
    ("lower", 0, "filer"),
    ("lower", 1, "filer"),
    ("lower", 2, "head"),
    ("lower", 3, "leader"),
    ("lower", 3, "names"),
    ("equal", -2, "filer"),
    ("equal", 0, "filer"),
    ("equal", 1, "filer"),
    ("separate", -2, "filer"),
]
QUARTER = [
    ("lower", -5, "filer"),
    ("lower", -1, "filer"),
    ("lower", 0, "filer"),
    ("lower", 1, "filer"),
    ("lower", 3, "head"),
    ("lower", 7, "leader"),
    ("lower", 7, "names"),
]


def form(steps=MONTH, grace=0, **more):
    ladder = [{"relation": r, "offset": o, "audience": a, "via_group": False} for r, o, a in steps]
    return SimpleNamespace(ladder=ladder, grace_workdays=grace, **more)


def report(due, relation="lower", extended=None, **more):
    facts = {"excused": False, "filed_on": None, "state": "drafting", **more}
    return SimpleNamespace(relation=relation, effective_due_on=extended or due, **facts)


def on(day, row, steps=None):
    """«filer-2» for each step that stands."""
    found = due_steps(row, steps or form(), day, CALENDAR)
    return " ".join(f"{step.audience}{step.offset:+d}" for step in found)


# Due on Thursday 5 November 2026.
ORDINARY = [
    (date(2026, 11, 2), ""),
    (date(2026, 11, 3), "filer-2"),
    (date(2026, 11, 4), "filer-2"),  # the day after an outage; sent once
    (date(2026, 11, 5), "filer+0"),
    (date(2026, 11, 6), "filer+1"),
    (date(2026, 11, 7), ""),  # Saturday
    (date(2026, 11, 8), ""),
    (date(2026, 11, 9), "head+2"),
    (date(2026, 11, 10), "leader+3 names+3"),
    (date(2026, 11, 30), "leader+3 names+3"),  # after weeks of outage only the last step
]


@pytest.mark.parametrize(("day", "stands"), ORDINARY)
def test_an_ordinary_month(day, stands):
    assert on(day, report(date(2026, 11, 5))) == stands


# Due 2023-01-28, a Saturday that is worked (调休) after 春节 (21–27 January).
SPRING = [
    (date(2023, 1, 18), ""),
    (date(2023, 1, 19), "filer-2"),
    (date(2023, 1, 20), "filer-2"),
    (date(2023, 1, 21), ""),
    (date(2023, 1, 27), ""),
    (date(2023, 1, 28), "filer+0"),
    (date(2023, 1, 29), "filer+1"),  # a Sunday that is worked
    (date(2023, 1, 30), "head+2"),
    (date(2023, 1, 31), "leader+3 names+3"),
]


@pytest.mark.parametrize(("day", "stands"), SPRING)
def test_through_the_spring_festival(day, stands):
    assert on(day, report(date(2023, 1, 28))) == stands


# A quarter due on Monday 9 October 2023; 国庆 29 September to 6 October, worked on 7 and 8 October.
NATIONAL = [
    (date(2023, 9, 25), ""),
    (date(2023, 9, 26), "filer-5"),
    (date(2023, 9, 28), "filer-5"),
    (date(2023, 9, 29), ""),
    (date(2023, 10, 7), "filer-5"),
    (date(2023, 10, 8), "filer-1"),
    (date(2023, 10, 9), "filer+0"),
    (date(2023, 10, 10), "filer+1"),
    (date(2023, 10, 11), "filer+1"),
    (date(2023, 10, 12), "head+3"),
    (date(2023, 10, 17), "head+3"),
    (date(2023, 10, 18), "leader+7 names+7"),
]


@pytest.mark.parametrize(("day", "stands"), NATIONAL)
def test_a_quarter_through_the_national_day(day, stands):
    assert on(day, report(date(2023, 10, 9)), form(QUARTER)) == stands


def test_a_due_day_that_is_not_worked_is_reminded_of_before_it():
    """Due on Saturday 7 November: today's reminder goes on Friday, the one after the day on Monday."""
    row = report(date(2026, 11, 7))
    assert on(date(2026, 11, 6), row) == "filer+0"
    assert on(date(2026, 11, 9), row) == "filer+1"


def test_two_steps_on_one_day_make_one():
    steps = form([("lower", -1, "filer"), ("lower", 0, "filer")])
    assert on(date(2026, 11, 6), report(date(2026, 11, 7)), steps) == "filer+0"


def test_the_year_turns():
    """Due on Monday 5 January 2026; 1–3 January are free, Sunday the 4th is worked."""
    row = report(date(2026, 1, 5))
    assert on(date(2026, 1, 4), row) == "filer-2"
    assert on(date(2026, 1, 2), row) == ""
    assert due_steps(row, form(), date(2025, 12, 31), CALENDAR)[0].offset == -2


EQUAL = [(3, "filer-2"), (5, "filer+0"), (6, "filer+1"), (10, "filer+1"), (30, "filer+1")]


@pytest.mark.parametrize(("day", "stands"), EQUAL)
def test_equals_are_reminded_and_nothing_more(day, stands):
    assert on(date(2026, 11, day), report(date(2026, 11, 5), "equal")) == stands


SEPARATE = [(2, ""), (3, "filer-2"), (4, "filer-2"), (5, "filer-2"), (6, ""), (10, ""), (30, "")]


@pytest.mark.parametrize(("day", "stands"), SEPARATE)
def test_separate_bodies_get_one_hint_before_the_day(day, stands):
    assert on(date(2026, 11, day), report(date(2026, 11, 5), "separate")) == stands


def test_whatever_was_set_a_separate_body_gets_no_more():
    steps = form([("separate", o, a) for o, a in ((-3, "filer"), (-1, "filer"), (1, "filer"), (3, "names"))])
    row = report(date(2026, 11, 5), "separate")
    assert on(date(2026, 11, 4), row, steps) == "filer-3"
    assert on(date(2026, 11, 10), row, steps) == ""
    assert due_steps(row, steps, date(2026, 11, 4), CALENDAR)[0].code == "courtesy"


@pytest.mark.parametrize("relation", ["self", "upper"])
def test_the_bureau_reminds_neither_itself_nor_those_above(relation):
    steps = form([(relation, 0, "filer"), (relation, 3, "names")])
    assert on(date(2026, 11, 10), report(date(2026, 11, 5), relation), steps) == ""


def test_an_extension_moves_the_ladder():
    row = report(date(2026, 11, 5), extended=date(2026, 11, 12))
    assert on(date(2026, 11, 6), row) == ""
    assert on(date(2026, 11, 10), row) == "filer-2"
    assert on(date(2026, 11, 17), row) == "leader+3 names+3"
    assert due_steps(row, form(), date(2026, 11, 10), CALENDAR)[0].code == "filer-2@2026-11-12"


def test_grace_delays_the_list_of_names_alone():
    row, steps = report(date(2026, 11, 5)), form(grace=2)
    assert on(date(2026, 11, 10), row, steps) == "leader+3"
    assert on(date(2026, 11, 11), row, steps) == "leader+3"
    assert on(date(2026, 11, 12), row, steps) == "names+3"


@pytest.mark.parametrize(
    "facts",
    [
        {"excused": True},
        {"filed_on": date(2026, 11, 4), "state": "review"},
        {"filed_on": date(2026, 11, 4), "state": "accepted"},
        {"filed_on": date(2026, 11, 4), "state": "returned"},  # a return has its own date and is not late
    ],
)
def test_what_is_excused_or_filed_is_left_alone(facts):
    assert on(date(2026, 11, 10), report(date(2026, 11, 5), **facts)) == ""


def test_labels_read_as_an_office_writes_them():
    found = [due_steps(report(date(2026, 11, 5)), form(), day, CALENDAR)[-1].label for day, step in ORDINARY if step]
    words = [
        "截止前2个工作日",
        "截止前2个工作日",
        "截止当日",
        "逾期1个工作日",
        "逾期2个工作日",
        "拟通报名单",
        "拟通报名单",
    ]
    assert found == words
    assert due_steps(report(date(2026, 11, 5), "separate"), form(), date(2026, 11, 3), CALENDAR)[0].label == "温馨提示"
    assert {step.value for step in Audience} == {"filer", "officer", "head", "leader", "names"}
