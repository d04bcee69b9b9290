"""Exported tables: no live formula, native numbers and dates, and back through the reader unchanged."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuzun.documents import sandbox, sheets
from zhuzun.documents.reading import child
from zhuzun.documents.reading.text import trimmed, unguarded
from zhuzun.ui import workbook
from zhuzun.ui.workbook import Column

ATTACKS = [
    "=1+1", '=HYPERLINK("http://evil","x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "'=1", "''=1",
    "＝1＋1", '"=1', "%1", "|cmd", "\ufeff=1", "-", "a=1", "'", "''", "<a>&\"'", "]]>", "_x000D_", "_x005F_", "a\r\nb",
    "x\x00\x07y", "𠮷", "\ud800",
]  # fmt: skip
COLUMNS = [Column("编号", "code"), Column("文字")]
READ = [sheets.Column("编号"), sheets.Column("文字", required=False)]


@pytest.fixture(scope="module", autouse=True)
def in_this_process():
    """The reader's child process has tests of its own; hundreds of small files need none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "run", lambda target, payload, **limits: child.read(payload))
        yield


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def back(data, filename, columns=READ):
    return sheets.read(data, filename=filename, columns=columns, skip_totals=False)


@pytest.fixture(scope="module")
def attacked():
    rows = [[f"P{n}", attack] for n, attack in enumerate(ATTACKS)]
    return {"xlsx": workbook.write_xlsx("导出", COLUMNS, rows), "csv": workbook.write_csv(COLUMNS, rows)}


def test_no_cell_of_an_xlsx_is_a_formula(attacked):
    cells = [cell for row in opened(attacked["xlsx"]).iter_rows(min_row=3) for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}  # typing in the cell later makes no formula either
    with zipfile.ZipFile(io.BytesIO(attacked["xlsx"])) as package:
        assert b"<f" not in package.read("xl/worksheets/sheet1.xml")


def test_no_cell_of_a_csv_starts_a_formula(attacked):
    text = attacked["csv"].decode("utf-8-sig")
    for row in list(csv.reader(io.StringIO(text, newline="")))[1:]:
        assert not re.match(r"[\s\"\ufeff]*[=+\-@＝＋－＠|%\t\r\n]", row[1]), row


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_attacking_text_comes_back_as_it_was(attacked, form):
    texts = [row["文字"].text for row in back(attacked[form], f"a.{form}").rows]
    assert texts == [workbook.clean(attack) for attack in ATTACKS]


ANY_TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1, max_size=20))
def test_any_text_comes_back_as_it_was(pairs):
    """Rows have a first cell of their own, so that a title or signature among the texts is no concern here."""
    rows = [["P", *pair] for pair in pairs]
    columns = [Column("编号"), Column("甲"), Column("乙")]
    read = [sheets.Column("编号"), sheets.Column("甲"), sheets.Column("乙")]
    expected = [[_as_stored(text) for text in pair] for pair in pairs]
    for form, data in [
        ("xlsx", workbook.write_xlsx("表", columns, rows, subtitle="单位：对")),
        ("csv", workbook.write_csv(columns, rows)),
    ]:
        found = back(data, f"a.{form}", read)
        assert [[row["甲"].text, row["乙"].text] for row in found.rows] == expected


def _as_stored(text):
    """A cell of nothing but blanks is a blank cell."""
    cleaned = workbook.clean(text)
    return cleaned if trimmed(cleaned) else ""


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("'=+-@ \t\r\n|%a1＝\"\u3000\ufeff"), max_size=8))
def test_the_guard_of_the_writer_is_undone_by_the_reader(text):
    assert unguarded(workbook.guarded(text)) == text


@pytest.mark.parametrize("text", ["'hello", "'90s", "it's"])
def test_a_quote_of_somebody_elses_csv_stays(text):
    assert unguarded(text) == text


VALUES = [
    Column("万元", "money"), Column("人数", "integer"), Column("年份", "number"), Column("比例", "percent"),
    Column("日期", "date"), Column("时间", "datetime"), Column("是否"),
]  # fmt: skip
MOMENT = datetime(2021, 7, 22, 16, 30, tzinfo=UTC)  # half past midnight of the 23rd in Shanghai
VALUE_ROW = [Decimal("-1117.74"), 12345, 2021, Decimal("0.4202"), date(2021, 7, 22), MOMENT, True]


def test_values_are_native_in_an_xlsx():
    row = opened(workbook.write_xlsx("表", VALUES, [VALUE_ROW]))[3]
    assert [cell.value for cell in row] == [
        -1117.74, 12345, 2021, 0.4202, datetime(2021, 7, 22), datetime(2021, 7, 23, 0, 30), "是",
    ]  # fmt: skip
    formats = [cell.number_format.replace("\\", "") for cell in row]
    assert formats == ["#,##0.00", "#,##0", "General", "0.00%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@"]


def test_values_are_plain_in_a_csv():
    lines = workbook.write_csv(VALUES, [VALUE_ROW]).decode("utf-8-sig").splitlines()
    assert lines[1] == "-1117.74,12345,2021,0.4202,2021-07-22,2021-07-23 00:30,是"


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_values_come_back_as_they_were(form):
    data = workbook.write_xlsx("表", VALUES, [VALUE_ROW]) if form == "xlsx" else workbook.write_csv(VALUES, [VALUE_ROW])
    row = back(data, f"a.{form}", [sheets.Column(column.heading) for column in VALUES]).rows[0]
    assert sheets.as_decimal(row["万元"]) == Decimal("-1117.74")
    assert sheets.as_int(row["人数"]) == 12345
    assert sheets.as_decimal(row["比例"]) == Decimal("0.4202")
    assert sheets.as_date(row["日期"]) == date(2021, 7, 22)
    assert sheets.as_date(row["时间"]) == date(2021, 7, 23)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.one_of(
        st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**16), max_value=10**16),
        st.integers(-(10**20), 10**20),
        st.floats(allow_nan=False, allow_infinity=False, width=32),
    )
)
def test_any_number_comes_back_exactly(number):
    data = workbook.write_xlsx("表", [Column("数", "money")], [[number]])
    row = back(data, "a.xlsx", [sheets.Column("数")]).rows[0]
    expected = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    assert Decimal(sheets.as_text(row["数"])) == expected


def test_numbers_a_sheet_cannot_hold_go_out_as_text():
    rows = [[123456789012345678], [Decimal("NaN")], [float("inf")], [date(1899, 12, 31)]]
    cells = [row[0] for row in opened(workbook.write_xlsx("表", [Column("数", "integer")], rows)).iter_rows(min_row=3)]
    assert [cell.value for cell in cells] == ["123456789012345678", "NaN", "Infinity", "1899-12-31"]
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_page_is_made_for_print():
    sheet = opened(
        workbook.write_xlsx(
            "结对关系表", [Column("编号"), Column("珠海方", width=30)], [["1", "横琴"]], subtitle="单位：对"
        )
    )
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A3"].value) == ("结对关系表", "单位：对", "编号")
    assert sorted(str(area) for area in sheet.merged_cells.ranges) == ["A1:B1", "A2:B2"]
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.column_dimensions["B"].width == 30


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("结对:表/一", "结对 表 一"),
        ("'甲'", "甲"),
        ("", "Sheet1"),
        ("很" * 40, "很" * 31),
        ("a'b&<\"", "a'b&<\""),
        ("甲\x00", "甲"),
    ],
)
def test_any_title_makes_a_sheet_name(title, name):
    assert opened(workbook.write_xlsx(title, ["编号"], [["1"]])).title == name


def test_the_other_reader_agrees():
    """calamine, which other offices' programs are built on, reads the same."""
    book = python_calamine.load_workbook(io.BytesIO(workbook.write_xlsx("表", VALUES, [VALUE_ROW])))
    assert book.get_sheet_by_index(0).to_python()[2] == [
        -1117.74, 12345.0, 2021.0, 0.4202, date(2021, 7, 22), datetime(2021, 7, 23, 0, 30), "是",
    ]  # fmt: skip


def test_the_same_table_is_the_same_bytes():
    assert workbook.write_xlsx("表", COLUMNS, [["1", "a"]]) == workbook.write_xlsx("表", COLUMNS, [["1", "a"]])


def test_a_text_too_long_for_a_cell_is_cut_visibly():
    sheet = opened(workbook.write_xlsx("表", COLUMNS, [["1", "长" * 40_000]]))
    assert len(sheet["B3"].value) == 32_767
    assert sheet["B3"].value.endswith("（以下略，全文见系统）")


def test_rows_that_do_not_fit_the_columns_are_a_fault_of_ours():
    with pytest.raises(ValueError, match="zip"):
        workbook.write_xlsx("表", COLUMNS, [["1"]])
    with pytest.raises(ValueError, match="zip"):
        workbook.write_csv(COLUMNS, [["1"]])
    with pytest.raises(ValueError, match="at least one column"):
        workbook.write_csv([], [])


def test_a_sheet_never_grows_beyond_what_programs_open(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 5)
    with pytest.raises(ValueError, match="5 rows"):
        workbook.write_xlsx("表", ["编号"], [["1"]] * 4)


def test_many_rows_are_streamed():
    """The rows are taken one after another, not gathered first."""
    taken = []

    def rows():
        for n in range(3000):
            taken.append(n)
            yield [n]

    class Counting(io.BytesIO):
        seen = []

        def write(self, data):
            self.seen.append(len(taken))
            return super().write(data)

    out = Counting()
    workbook.stream_xlsx(out, "表", ["数"], rows())
    assert any(0 < seen < 3000 for seen in out.seen)
    assert opened(out.getvalue()).max_row == 3002
