"""When a report is due, as literal tables."""

from datetime import date

import pytest

from tests.periods.test_calendar import CHINA
from zhuzun.errors import DomainError
from zhuzun.periods.due import DueRule
from zhuzun.periods.spans import one_off, spans_of_year

D = date.fromisoformat


def month(text, **options):
    year, number = map(int, text.split("-"))
    return next(span for span in spans_of_year("month", year, **options) if span.last == number)


@pytest.mark.parametrize(
    ("text", "months", "day", "shift", "due"),
    [
        # 次月5日
        ("2026-10", 1, 5, "next", "2026-11-05"),
        ("2026-08", 1, 5, "next", "2026-09-07"),  # a Saturday
        ("2026-08", 1, 5, "previous", "2026-09-04"),
        ("2026-08", 1, 5, "none", "2026-09-05"),
        # inside 国庆, a Sunday among it
        ("2026-09", 1, 4, "next", "2026-10-08"),
        ("2026-09", 1, 4, "previous", "2026-09-30"),
        ("2026-09", 1, 5, "next", "2026-10-08"),
        ("2026-09", 1, 10, "next", "2026-10-10"),  # a Saturday that is worked
        ("2021-09", 1, 9, "previous", "2021-10-09"),
        # 春节
        ("2026-01", 1, 20, "next", "2026-02-24"),
        ("2026-01", 1, 20, "previous", "2026-02-14"),
        # a day that the month does not have is its last
        ("2026-01", 1, 31, "none", "2026-02-28"),
        ("2028-01", 1, 31, "none", "2028-02-29"),
        ("2028-01", 1, 29, "none", "2028-02-29"),
        ("2027-01", 1, 29, "none", "2027-02-28"),
        ("2026-03", 1, 31, "next", "2026-04-30"),
        ("2028-02", 0, 31, "next", "2028-02-29"),
        # the year's turn
        ("2026-12", 1, 5, "next", "2027-01-05"),
        ("2025-12", 1, 1, "next", "2026-01-04"),
        ("2025-12", 1, 1, "previous", "2025-12-31"),
        ("2026-11", 2, 31, "none", "2027-01-31"),
        ("2026-12", 12, 31, "none", "2027-12-31"),
        # the same month
        ("2026-10", 0, 28, "next", "2026-10-28"),
    ],
)
def test_by_day(text, months, day, shift, due):
    assert DueRule("day", months=months, day=day, shift=shift).due(month(text), CHINA) == D(due)


@pytest.mark.parametrize(
    ("text", "workdays", "due"),
    [
        ("2026-09", 1, "2026-10-08"),
        ("2026-09", 3, "2026-10-10"),
        ("2026-01", 3, "2026-02-04"),
        ("2026-02", 1, "2026-03-02"),
        ("2025-12", 1, "2026-01-04"),
        ("2028-01", 5, "2028-02-07"),
        ("2028-02", 3, "2028-03-03"),
        ("2026-12", 3, "2027-01-05"),  # 2027 is not published: Monday to Friday, New Year's Day counts
    ],
)
def test_by_workdays(text, workdays, due):
    assert DueRule("workdays", workdays=workdays).due(month(text), CHINA) == D(due)


def test_other_spans():
    rule = DueRule("day", months=1, day=10, shift="next")
    quarter, half = spans_of_year("quarter", 2026)[2], spans_of_year("half", 2026)[0]
    assert rule.due(quarter, CHINA) == D("2026-10-10")
    assert rule.due(half, CHINA) == D("2026-07-10")
    assert rule.due(spans_of_year("year", 2026)[0], CHINA) == D("2027-01-11")  # the 10th is a Sunday
    assert rule.due(one_off(D("2026-11-05"), D("2026-12-20")), CHINA) == D("2027-01-11")
    assert rule.due(month("2026-02", groups=[[1, 2]]), CHINA) == D("2026-03-10")


def test_from_the_26th_to_the_25th():
    late_in_the_month = DueRule("day", months=0, day=28, shift="next")
    assert late_in_the_month.due(month("2026-02", first_day=26), CHINA) == D("2026-02-28")  # a worked Saturday
    assert late_in_the_month.due(month("2026-03", first_day=26), CHINA) == D("2026-03-30")
    assert DueRule("workdays", workdays=3).due(month("2026-09", first_day=26), CHINA) == D("2026-09-30")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (DueRule("day", months=1, day=5, shift="next"), "次月5日，遇非工作日顺延至下一工作日"),
        (DueRule("day", months=1, day=5, shift="previous"), "次月5日，遇非工作日提前至上一工作日"),
        (DueRule("day", months=1, day=5), "次月5日，遇非工作日不调整"),
        (DueRule("day", months=0, day=28, shift="next"), "期末当月28日，遇非工作日顺延至下一工作日"),
        (DueRule("day", months=2, day=15, shift="next"), "期末后第2个月15日，遇非工作日顺延至下一工作日"),
        (DueRule("day", months=1, day=31, shift="none"), "次月最后一日，遇非工作日不调整"),
        (DueRule("day", months=1, day=30, shift="none"), "次月30日（当月无此日的为最后一日），遇非工作日不调整"),
        (DueRule("workdays", workdays=3), "期末后第3个工作日"),
    ],
)
def test_in_words(rule, words):
    assert rule.in_words() == words


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "week"}, "kind"),
        ({"kind": "day", "day": 5, "shift": "later"}, "kind"),
        ({"kind": "workdays"}, "workdays"),
        ({"kind": "day", "day": 5, "months": -1}, "months"),
        ({"kind": "day", "day": 5, "months": 13}, "months"),
        ({"kind": "day", "day": 0}, "day"),
        ({"kind": "day", "day": 32}, "day"),
    ],
)
def test_rules_that_make_no_sense(values, field):
    with pytest.raises(DomainError) as refused:
        DueRule(**values)
    assert refused.value.field == field
