"""Working days by the Chinese calendar with 调休, as literal tables."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuzun.periods.calendar import WorkCalendar
from zhuzun.periods.published import year_of, years

D = date.fromisoformat
PUBLISHED = [day for year in years() for day in year_of(year)]
CHINA = WorkCalendar(
    frozenset(years()),
    frozenset(day.date for day in PUBLISHED if not day.works and day.date.weekday() < 5),
    frozenset(day.date for day in PUBLISHED if day.works),
)
PLAIN = WorkCalendar()

MAKE_UP = {
    2021: "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
# Weekdays off, written out from the State Council's notices.
HOLIDAYS = {
    2021: "01-01 02-11 02-12 02-15 02-16 02-17 04-05 05-03 05-04 05-05 06-14 09-20 09-21 10-01 10-04 10-05 10-06 10-07",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 "
    "10-01 10-02 10-05 10-06 10-07",
}


@pytest.mark.parametrize("year", MAKE_UP)
def test_make_up_days_are_worked(year):
    assert sorted(f"{day:%m-%d}" for day in CHINA.on if day.year == year) == MAKE_UP[year].split()
    assert all(CHINA.works(D(f"{year}-{day}")) for day in MAKE_UP[year].split())


@pytest.mark.parametrize("year", HOLIDAYS)
def test_holidays_are_not_worked(year):
    assert sorted(f"{day:%m-%d}" for day in CHINA.off if day.year == year) == HOLIDAYS[year].split()
    assert not any(CHINA.works(D(f"{year}-{day}")) for day in HOLIDAYS[year].split())


def test_years_that_are_known():
    assert [year for year in range(2018, 2030) if CHINA.knows(year)] == [2020, 2021, 2022, 2023, 2024, 2025, 2026]


def test_unknown_year_is_monday_to_friday():
    assert not CHINA.knows(2027)
    assert CHINA.works(D("2027-10-01"))  # a Friday
    assert not CHINA.works(D("2027-10-02"))


def test_single_day_counts_in_an_unknown_year():
    calendar = WorkCalendar(off=frozenset({D("2027-10-01")}), on=frozenset({D("2027-10-09")}))
    assert not calendar.knows(2027)
    assert calendar.next_workday(D("2027-10-01")) == D("2027-10-04")
    assert calendar.works(D("2027-10-09"))


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        ("2026-10-04", "2026-10-08", "2026-09-30"),  # a Sunday in 国庆
        ("2026-10-07", "2026-10-08", "2026-09-30"),
        ("2026-10-08", "2026-10-08", "2026-10-08"),
        ("2026-10-10", "2026-10-10", "2026-10-10"),  # a Saturday that is worked
        ("2026-10-11", "2026-10-12", "2026-10-10"),
        ("2026-02-15", "2026-02-24", "2026-02-14"),  # 春节, from Sunday to Monday week
        ("2026-02-22", "2026-02-24", "2026-02-14"),
        ("2026-02-28", "2026-02-28", "2026-02-28"),
        ("2026-03-01", "2026-03-02", "2026-02-28"),
        ("2026-01-01", "2026-01-04", "2025-12-31"),  # a year's turn, and a Sunday that is worked
        ("2021-10-05", "2021-10-08", "2021-09-30"),
        ("2021-09-18", "2021-09-18", "2021-09-18"),
        ("2028-02-29", "2028-02-29", "2028-02-29"),  # leap February of a year without data: a Tuesday
    ],
)
def test_next_and_previous(day, after, before):
    assert CHINA.next_workday(D(day)) == D(after)
    assert CHINA.previous_workday(D(day)) == D(before)


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        ("2026-09-30", 0, "2026-09-30"),
        ("2026-10-03", 0, "2026-10-03"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-09-30", 4, "2026-10-12"),
        ("2026-10-12", -1, "2026-10-10"),
        ("2026-10-08", -1, "2026-09-30"),
        ("2026-10-03", -2, "2026-09-29"),
        ("2025-12-31", 1, "2026-01-04"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2028-02-28", 1, "2028-02-29"),
        ("2028-02-29", 1, "2028-03-01"),
        ("2026-01-31", 1, "2026-02-02"),
    ],
)
def test_plus(day, n, then):
    assert CHINA.plus(D(day), n) == D(then)


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        ("2026-09-30", "2026-09-30", 0),
        ("2026-09-30", "2026-10-07", 0),
        ("2026-09-30", "2026-10-08", 1),
        ("2026-09-30", "2026-10-11", 3),
        ("2026-10-08", "2026-09-30", -1),
        ("2026-10-11", "2026-09-30", -3),
        ("2025-12-31", "2026-12-31", 248),
        ("2028-01-31", "2028-02-29", 21),
    ],
)
def test_workdays_between(start, end, number):
    assert CHINA.workdays_between(D(start), D(end)) == number


DAYS = st.dates(D("2019-12-01"), D("2028-03-01"))


@given(DAYS, st.integers(-400, 800))
def test_counting_is_what_walking_finds(start, length):
    end = start + timedelta(days=length)
    step = 1 if length > 0 else -1
    first, last = min(start, end), max(start, end)
    walked = sum(CHINA.works(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    assert CHINA.workdays_between(start, end) == step * walked


@given(DAYS, st.integers(1, 60))
def test_plus_and_between_agree(day, n):
    assert CHINA.workdays_between(day, CHINA.plus(day, n)) == n
    assert CHINA.works(CHINA.plus(day, n))


@given(st.sets(DAYS), st.sets(DAYS), DAYS)
def test_any_table_of_days_is_counted_as_it_is_read(off, on, day):
    """Also a weekend day among those off, or one that stands in both."""
    calendar = WorkCalendar(frozenset(), frozenset(off), frozenset(on))
    end = day + timedelta(days=30)
    assert calendar.workdays_between(day, end) == sum(calendar.works(day + timedelta(days=n)) for n in range(1, 31))


def test_is_a_value():
    assert WorkCalendar(frozenset({2026})) == WorkCalendar(frozenset({2026}))
    assert PLAIN.previous_workday(D("2026-10-04")) == D("2026-10-02")
