"""What stands in a cell becomes a day, a number or a text, or is refused with its address."""

from decimal import Decimal

import pytest

from tests.documents.corpus import DATE_STYLES, number, raw, xlsx
from tests.documents.test_reader import DAY, HEAD, read
from zhuzun.documents import sheets
from zhuzun.documents.sheets import Cell, CellError

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.mark.parametrize(
    "written",
    [
        "2021-07-22",
        "2021/7/22",
        "2021.7.22",
        "2021年7月22日",
        "20210722",
        "２０２１．７．２２",
        " 2021-07-22　",
        "2021年7月22号",
    ],
)
def test_days_as_offices_write_them(written):
    assert sheets.as_date(Cell("表", "A1", "s", written)) == DAY


@pytest.mark.parametrize(
    "written",
    ["2021.13.1", "2021-02-29", "2021年7月", "2021.7", "长期", "21.7.22", "1521-07-22", "20211301", "2021-7-22-1"],
)
def test_what_is_no_day_is_refused_with_address_and_help(written):
    with pytest.raises(CellError) as refused:
        sheets.as_date(Cell("结对", "D7", "s", written))
    assert refused.value.message == f"「结对」表 D7：「{written}」不是日期，请写成 2021-07-22 的形式。"
    assert refused.value.address == "「结对」表 D7"


@pytest.mark.parametrize(
    ("cell", "pr"),
    [
        (number(44399, 1), ""),
        (number(44399, 2), ""),
        (number(44399, 5), ""),
        (number(44399.5, 6), ""),
        (number(44399), ""),
        (number(20210722), ""),
        (number(42937, 1), '<workbookPr date1904="1"/>'),
        (number(42937), '<workbookPr date1904="true"/>'),
        (raw("<v>2021-07-22T00:00:00</v>", "d"), ""),
    ],
)
def test_days_as_programs_store_them(cell, pr):
    sheet = read(xlsx({"表": [HEAD, ["P1", "横琴", "正安", cell]]}, styles=DATE_STYLES, workbook_pr=pr))
    assert sheets.as_date(sheet.rows[0]["起始日期"]) == DAY


@pytest.mark.parametrize("style", [3, 4])
def test_a_number_format_with_letters_is_no_date(style):
    sheet = read(xlsx({"表": [HEAD, ["P1", "横琴", "正安", number(44399, style)]]}, styles=DATE_STYLES))
    assert sheet.rows[0]["起始日期"].kind == "n"


@pytest.mark.parametrize("serial", [0, -1, 60, 2958466, 2021.7, 12, 2021])
def test_numbers_that_are_no_day(serial):
    sheet = read(xlsx({"表": [HEAD, ["P1", "横琴", "正安", number(serial, 1)]]}, styles=DATE_STYLES))
    cell = sheet.rows[0]["起始日期"]
    if cell.kind == "d":  # within the calendar, but no year an office means
        assert sheets.as_date(cell).year < 1910
    else:
        with pytest.raises(CellError, match="不是日期"):
            sheets.as_date(cell)


def test_days_before_march_1900_count_from_the_first():
    sheet = read(xlsx({"表": [HEAD, ["P1", "横琴", "正安", number(59, 1)]]}, styles=DATE_STYLES))
    assert sheet.rows[0]["起始日期"].text == "1900-02-28"


@pytest.mark.parametrize(
    ("written", "expected"),
    [("1，234.5", "1234.5"), ("1,234,567.89", "1234567.89"), ("１２", "12"), ("-3", "-3"), ("−3", "-3"), (" 0 ", "0")],
)
def test_numbers_as_offices_write_them(written, expected):
    assert sheets.as_decimal(Cell("表", "A1", "s", written)) == Decimal(expected)


@pytest.mark.parametrize("written", ["12万元", "约12", "1,23", "1.2.3", "无", "--", "1e5", "NaN", "42.02%"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(CellError, match="A1：「"):
        sheets.as_decimal(Cell("表", "A1", "s", written))


def test_whole_numbers():
    assert sheets.as_int(Cell("表", "A1", "n", "12")) == 12
    assert sheets.as_int(Cell("表", "A1", "s", "12.0")) == 12
    assert sheets.as_int(Cell("表", "A1")) is None
    with pytest.raises(CellError, match="不是整数"):
        sheets.as_int(Cell("表", "A1", "n", "12.5"))


def test_texts_and_names():
    cell = Cell("表", "A1", "s", "\u3000务川　县（自治）\u200b ")
    assert sheets.as_text(cell) == "务川　县（自治）"
    assert sheets.as_name(cell) == "务川县(自治)"
    assert sheets.as_text(Cell("表", "A1", "n", "520102")) == "520102"
    with pytest.raises(CellError, match="位数过多"):
        sheets.as_text(Cell("表", "A1", "n", "5.20102199001011e+17"))


def test_plain_values():
    assert Cell("表", "A1", "d", "2021-07-22").value == DAY
    assert Cell("表", "A1", "d", "2021-07-22 10:00:00").value == "2021-07-22 10:00:00"
    assert Cell("表", "A1", "n", "1.5").value == Decimal("1.5")
    assert Cell("表", "A1", "s", " 正安 ").value == "正安"
    assert Cell("表", "A1", "s", " ").value is None
