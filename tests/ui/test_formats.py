"""Dates, times and figures as the office writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from zhuzun.ui import formats

LATE = datetime(2026, 11, 23, 16, 32, tzinfo=UTC)  # half past midnight of the 24th in Zhuhai


def test_days_and_times_are_those_of_shanghai():
    assert formats.day(LATE) == "2026-11-24"
    assert formats.long_day(LATE) == "2026年11月24日"
    assert formats.moment(LATE) == "2026-11-24 00:32"


def test_a_date_is_written_short_and_long():
    assert formats.day(date(2026, 1, 2)) == "2026-01-02"
    assert formats.long_day(date(2026, 1, 2)) == "2026年1月2日"


@pytest.mark.parametrize("write", [formats.day, formats.long_day, formats.moment])
def test_nothing_is_written_for_nothing(write):
    assert write(None) == ""


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2021, 7, 22), date(2025, 12, 31), "2021-07-22 至 2025-12-31"),
        (date(2021, 7, 22), None, "2021-07-22 起"),
        (None, date(2025, 12, 31), "至 2025-12-31"),
        (None, None, ""),
    ],
)
def test_a_span_names_its_first_and_last_day(start, end, text):
    assert formats.span(start, end) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234567, None, "1,234,567"),
        (0, None, "0"),
        (-1500, None, "-1,500"),
        (Decimal("1234.5"), 2, "1,234.50"),
        (Decimal("0.125"), 2, "0.13"),
        (7, 2, "7.00"),
        (None, None, "—"),
        ("", 2, "—"),
    ],
)
def test_figures_have_commas_and_a_missing_one_is_not_zero(value, decimals, text):
    assert formats.thousands(value, decimals) == text
