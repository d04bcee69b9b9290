"""起止日期 as offices write it."""

from datetime import date

import pytest

from zhuzun.documents.sheets import Cell, CellError
from zhuzun.rosters.spans import last_day, span

START, END = date(2026, 1, 1), date(2027, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2026.1.1-2027.12.31",
        "2026-01-01至2027-12-31",
        "2026-01-01-2027-12-31",
        "2026年1月1日至2027年12月31日止",
        "自 2026/1/1 起至 2027/12/31",
        "２０２６．１．１—２０２７．１２．３１",
        "20260101～20271231",
        "2026.1.1——2027.12.31",
        "从2026年1月1日到2027年12月31日",
    ],
)
def test_both_days(text):
    assert span(Cell("花名册", "D3", "s", text)) == (START, END)


@pytest.mark.parametrize(
    "text",
    [
        "2026.1.1至今",
        "2026-01-01起",
        "自2026年1月1日起",
        "2026.1.1-",
        "2026-01-01",
        "2026.1.1—长期",
        "2026年1月1日以来",
    ],
)
def test_still_runs(text):
    assert span(Cell("花名册", "D3", "s", text)) == (START, None)


def test_a_cell_with_a_day_is_the_first_day():
    assert span(Cell("花名册", "D3", "d", "2026-01-01")) == (START, None)
    assert span(Cell("花名册", "D3")) == (None, None)


@pytest.mark.parametrize(
    "text", ["2026年", "明年", "2026.1.1-2027", "2026.13.1至今", "2026.1.1-2027.2.30", "至今", "1-2"]
)
def test_what_cannot_be_read_names_the_cell(text):
    with pytest.raises(CellError) as caught:
        span(Cell("花名册", "D3", "s", text))
    assert caught.value.address == "「花名册」表 D3"


@pytest.mark.parametrize("text", ["", "至今", "今", "长期"])
def test_no_last_day(text):
    assert last_day(Cell("", "E3", "s", text)) is None


def test_last_day():
    assert last_day(Cell("", "E3", "s", "2027.12.31")) == END
