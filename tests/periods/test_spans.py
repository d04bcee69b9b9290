"""What a period counts, as literal tables."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuzun.errors import DomainError
from zhuzun.periods.spans import SpanKind, checked_groups, ended_before, one_off, spans_of_year

D = date.fromisoformat
MERGED = [[1, 2], [3], [4], [5], [6], [7], [8], [9], [10], [11], [12]]


def drawn(spans):
    return [f"{span.label} {span.start:%m-%d}..{span.end:%m-%d}" for span in spans]


@pytest.mark.parametrize(
    ("kind", "year", "found"),
    [
        (
            "month",
            2028,  # a leap year
            [
                *("2028年1月 01-01..01-31", "2028年2月 02-01..02-29", "2028年3月 03-01..03-31"),
                *("2028年4月 04-01..04-30", "2028年5月 05-01..05-31", "2028年6月 06-01..06-30"),
                *("2028年7月 07-01..07-31", "2028年8月 08-01..08-31", "2028年9月 09-01..09-30"),
                *("2028年10月 10-01..10-31", "2028年11月 11-01..11-30", "2028年12月 12-01..12-31"),
            ],
        ),
        (
            "quarter",
            2026,
            [
                *("2026年第一季度 01-01..03-31", "2026年第二季度 04-01..06-30"),
                *("2026年第三季度 07-01..09-30", "2026年第四季度 10-01..12-31"),
            ],
        ),
        ("half", 2026, ["2026年上半年 01-01..06-30", "2026年下半年 07-01..12-31"]),
        ("year", 2026, ["2026年 01-01..12-31"]),
        ("once", 2026, []),
    ],
)
def test_calendar_spans(kind, year, found):
    assert drawn(spans_of_year(kind, year)) == found


def test_february_of_an_ordinary_year():
    assert spans_of_year(SpanKind.MONTH, 2026)[1].end == D("2026-02-28")
    assert spans_of_year(SpanKind.MONTH, 2100)[1].end == D("2100-02-28")


def test_from_the_26th_to_the_25th():
    months = spans_of_year("month", 2026, first_day=26)
    assert (months[0].start, months[0].end) == (D("2025-12-26"), D("2026-01-25"))
    assert (months[2].start, months[2].end) == (D("2026-02-26"), D("2026-03-25"))
    assert (months[11].start, months[11].end) == (D("2026-11-26"), D("2026-12-25"))
    quarters = spans_of_year("quarter", 2026, first_day=26)
    assert (quarters[0].start, quarters[3].end) == (D("2025-12-26"), D("2026-12-25"))
    assert quarters[2].label == "2026年第三季度（6月26日至9月25日）"
    assert months[9].label == "2026年10月（9月26日至10月25日）"  # never the calendar month's name
    assert months[0].label == "2026年1月（2025年12月26日至2026年1月25日）"
    assert months[0].starts_year
    assert not months[0].crosses_years


def test_january_and_february_as_one():
    first, second = spans_of_year("month", 2026, groups=MERGED)[:2]
    assert (first.label, first.first, first.last) == ("2026年1—2月", 1, 2)
    assert (first.start, first.end) == (D("2026-01-01"), D("2026-02-28"))
    assert second.label == "2026年3月"
    assert spans_of_year("month", 2028, groups=MERGED)[0].end == D("2028-02-29")
    assert spans_of_year("month", 2026, groups=MERGED, first_day=26)[0].start == D("2025-12-26")


def test_skipped_months_are_not_asked_for():
    groups = [[number] for number in range(1, 13) if number % 3]  # the quarter's last month rides in the quarter
    labels = [span.label for span in spans_of_year("month", 2026, groups=groups)]
    assert labels == [f"2026年{number}月" for number in (1, 2, 4, 5, 7, 8, 10, 11)]


@pytest.mark.parametrize(
    ("kind", "groups", "labels"),
    [
        ("quarter", [[2], [1]], ["2026年第一季度", "2026年第二季度"]),
        ("quarter", [[1, 2], [3], [4]], ["2026年第一、二季度", "2026年第三季度", "2026年第四季度"]),
        ("quarter", [[3, 1, 2]], ["2026年第一至三季度"]),
        ("half", [[1, 2]], ["2026年"]),
        ("half", [[2]], ["2026年下半年"]),
        ("year", [], ["2026年"]),
    ],
)
def test_merged_and_skipped_units(kind, groups, labels):
    assert [span.label for span in spans_of_year(kind, 2026, groups=groups)] == labels


@pytest.mark.parametrize(
    ("kind", "groups", "message"),
    [
        ("month", [[0]], "1至12"),
        ("month", [[13]], "1至12"),
        ("month", [[]], "1至12"),
        ("quarter", [[5]], "1至4"),
        ("year", [[2]], "1至1"),
        ("month", [[1], [1, 2]], "只能出现一次"),
        ("month", [[1, 1]], "只能出现一次"),
        ("month", [[1, 3]], "相邻"),
    ],
)
def test_groups_that_make_no_sense(kind, groups, message):
    with pytest.raises(DomainError, match=message) as refused:
        checked_groups(kind, groups)
    assert refused.value.field == "groups"


@pytest.mark.parametrize("first_day", [0, 29, -1])
def test_first_day_that_not_every_month_has(first_day):
    with pytest.raises(DomainError, match="1日至28日"):
        spans_of_year("month", 2026, first_day=first_day)


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2026-03-05", "2026-03-05", "2026年3月5日"),
        ("2026-03-05", "2026-04-20", "2026年3月5日至4月20日"),
        ("2026-12-05", "2027-01-20", "2026年12月5日至2027年1月20日"),
    ],
)
def test_one_off(start, end, label):
    span = one_off(D(start), D(end))
    assert (span.kind, span.label, str(span)) == (SpanKind.ONCE, label, label)
    assert (span.start, span.end) == (D(start), D(end))


@pytest.mark.parametrize(
    ("start", "end", "year", "months", "crosses", "starts_year"),
    [
        ("2026-03-05", "2026-04-20", 2026, (3, 4), False, False),
        ("2026-01-01", "2026-04-20", 2026, (1, 4), False, True),
        ("2026-01-10", "2026-04-20", 2026, (1, 4), False, False),
        ("2026-12-05", "2027-01-20", 2027, (1, 1), True, False),
        ("2026-01-01", "2027-12-31", 2027, (1, 12), True, False),
    ],
)
def test_a_one_off_belongs_to_the_year_it_ends_in(start, end, year, months, crosses, starts_year):
    span = one_off(D(start), D(end))
    assert (span.year, (span.first, span.last)) == (year, months)
    assert (span.crosses_years, span.starts_year) == (crosses, starts_year)


def test_one_off_that_ends_before_it_starts():
    with pytest.raises(DomainError, match="不能早于"):
        one_off(D("2026-03-05"), D("2026-03-04"))


@pytest.mark.parametrize(
    ("kind", "day", "since", "options", "labels"),
    [
        # A span opens on the first day after its end, not on its end.
        ("month", "2026-10-31", "2026-10-01", {}, []),
        ("month", "2026-11-01", "2026-10-01", {}, ["2026年10月"]),
        ("month", "2026-11-30", "2026-10-01", {}, ["2026年10月"]),
        # 31 January, 29 February 2028, 8 October
        ("month", "2027-01-31", "2026-11-01", {}, ["2026年11月", "2026年12月"]),
        ("month", "2028-02-29", "2028-01-01", {}, ["2028年1月"]),
        ("month", "2028-03-01", "2028-02-01", {}, ["2028年2月"]),
        ("month", "2026-10-08", "2026-08-01", {}, ["2026年8月", "2026年9月"]),
        ("quarter", "2026-10-08", "2026-01-01", {}, ["2026年第一季度", "2026年第二季度", "2026年第三季度"]),
        # What had begun before the plan did is not owed.
        ("quarter", "2026-10-08", "2026-01-02", {}, ["2026年第二季度", "2026年第三季度"]),
        ("half", "2026-07-01", "2026-01-01", {}, ["2026年上半年"]),
        ("year", "2026-12-31", "2025-01-01", {}, ["2025年"]),
        ("year", "2027-01-01", "2025-01-01", {}, ["2025年", "2026年"]),
        ("month", "2026-03-01", "2026-01-01", {"groups": MERGED}, ["2026年1—2月"]),
        ("month", "2026-02-28", "2026-01-01", {"groups": MERGED}, []),
        ("month", "2026-01-26", "2025-12-26", {"first_day": 26}, ["2026年1月（2025年12月26日至2026年1月25日）"]),
        ("month", "2026-01-25", "2025-12-26", {"first_day": 26}, []),
        ("month", "2026-02-26", "2025-12-27", {"first_day": 26}, ["2026年2月（1月26日至2月25日）"]),
        ("month", "2026-12-26", "2026-11-26", {"first_day": 26}, ["2026年12月（11月26日至12月25日）"]),
        ("once", "2026-12-26", "2026-01-01", {}, []),
        ("month", "2026-01-01", "2026-06-01", {}, []),
        ("month", "2025-01-01", "2026-06-01", {}, []),
    ],
)
def test_what_must_be_open(kind, day, since, options, labels):
    assert [span.label for span in ended_before(kind, D(day), since=D(since), **options)] == labels


@given(st.integers(2000, 2200), st.sampled_from(["month", "quarter", "half", "year"]), st.integers(1, 28))
def test_spans_follow_each_other_without_gap(year, kind, first_day):
    spans = [*spans_of_year(kind, year, first_day=first_day), spans_of_year(kind, year + 1, first_day=first_day)[0]]
    assert all((later.start - earlier.end).days == 1 for earlier, later in pairwise(spans))
