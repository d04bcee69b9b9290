"""What offices send, and how it is read: headings, titles, totals, dates, numbers, addresses."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from tests.documents.corpus import raw, repacked, rows_xml, sheet_xml, xlsx
from zhuzun.documents import sheets
from zhuzun.documents.sheets import CellError, Column
from zhuzun.errors import DomainError

pytestmark = pytest.mark.usefixtures("in_this_process")

COLUMNS = [
    Column("编号", required=False),
    Column("珠海方", aliases=("东部区", "帮扶方")),
    Column("遵义方", aliases=("西部县",)),
    Column("起始日期", aliases=("开始日期",), required=False),
]
HEAD = ["编号", "珠海方", "遵义方", "起始日期"]


def read(content, filename="表.xlsx", columns=COLUMNS, **more):
    return sheets.read(content, filename=filename, columns=columns, **more)


def texts(sheet, *names):
    return [[row[name].text for name in names or HEAD] for row in sheet.rows]


def refusal(content, filename="表.xlsx", **more):
    with pytest.raises(DomainError) as refused:
        read(content, filename, **more)
    return refused.value.message


def test_plain_table_keeps_every_address():
    sheet = read(xlsx({"结对": [HEAD, ["P1", "横琴", "正安", "2021-07-22"], ["P2", "香洲", "桐梓", None]]}))
    assert (sheet.name, sheet.heading_row, sheet.columns, sheet.notes) == ("结对", 1, tuple(HEAD), ())
    assert texts(sheet) == [["P1", "横琴", "正安", "2021-07-22"], ["P2", "香洲", "桐梓", ""]]
    assert sheet.rows[1]["遵义方"].where == "「结对」表 C3"
    assert sheet.rows[1]["起始日期"].is_blank
    assert sheet.rows[0].where == "「结对」表第 2 行"


def test_a_column_the_file_does_not_have_is_blank_and_names_the_row():
    sheet = read(xlsx({"结对": [["珠海方", "遵义方"], ["横琴", "正安"]]}))
    assert "编号" not in sheet.rows[0]
    assert "珠海方" in sheet.rows[0]
    assert sheet.rows[0]["编号"].is_blank
    assert sheet.rows[0]["编号"].where == "「结对」表 第 2 行"


def test_titles_totals_blank_rows_signatures_and_repeated_headings_are_passed_over_and_told():
    rows = [
        ["珠遵东西部协作结对关系表"],
        ["填报单位：市乡村振兴局", None, "单位：对"],
        [],
        HEAD,
        ["P1", "横琴", "正安"],
        [None, "　", "\u200b"],
        ["香洲区小计", None, None, 3],
        HEAD,
        [1],
        ["P2", "香洲", "桐梓"],
        ["合　计", None, None, 8],
        ["填表人：", None, "审核人："],
        ["注：本表一式两份。"],
    ]
    sheet = read(xlsx({"结对": rows}))
    assert texts(sheet, "编号", "珠海方") == [["P1", "横琴"], ["1", ""], ["P2", "香洲"]]
    note = "".join(sheet.notes)
    for told in (
        "第 7 行（合计行）",
        "第 8 行（重复的表头）",
        "第 11 行（合计行）",
        "第 12 行（表尾）",
        "第 13 行（表尾）",
    ):
        assert told in note
    assert "第 6 行" not in note


def test_a_serial_number_alone_is_no_row():
    """Templates come with their lines numbered; the lines that nobody filled in are not data."""
    sheet = read(xlsx({"结对": [["序号", "珠海方", "遵义方"], [1, "横琴", "正安"], [2], [3]]}))
    assert texts(sheet, "珠海方") == [["横琴"]]
    assert sheet.notes == ()


def test_totals_can_be_kept():
    rows = [["指标", "数量"], ["合计", 8]]
    columns = [Column("指标"), Column("数量")]
    assert texts(read(xlsx({"表": rows}), columns=columns, skip_totals=False), "指标") == [["合计"]]
    assert texts(read(xlsx({"表": rows}), columns=columns), "指标") == []


@pytest.mark.parametrize(
    "heading", ["遵义方", "西部县", " 遵 义 方 ", "遵义方*", "*遵义方", "遵义方（必填）", "遵义方：", "遵\n义方"]
)
def test_headings_by_name_alias_and_mark(heading):
    assert texts(read(xlsx({"表": [["帮扶方", heading], ["横琴", "正安"]]})), "遵义方") == [["正安"]]


def test_headings_fold_width_and_case_but_keep_the_unit():
    columns = [Column("金额(万元)"), Column("ID")]
    sheet = read(xlsx({"表": [["金额（万元）", "ｉｄ"], [12, "a"]]}), columns=columns)
    assert texts(sheet, "金额(万元)", "ID") == [["12", "a"]]
    assert "金额(万元)" in refusal(xlsx({"表": [["金额（元）", "ID"], [12, "a"]]}), columns=columns)


def test_heading_of_two_lines():
    rows = [
        ["结对表"],
        ["序号", "珠海方", None, "遵义方", None],
        [None, "单位", "联系人", "单位", "联系人"],
        [1, "横琴", "甲", "正安", "乙"],
    ]
    columns = [Column("珠海方单位"), Column("珠海方联系人"), Column("遵义方单位"), Column("遵义方联系人")]
    sheet = read(xlsx({"表": rows}), columns=columns)
    assert texts(sheet, *[column.name for column in columns]) == [["横琴", "甲", "正安", "乙"]]
    assert sheet.heading_row == 3


def test_second_line_of_a_heading_adds_optional_columns():
    rows = [["珠海方", "遵义方", "日期", None], [None, None, "起始日期", "编号"], ["横琴", "正安", "2021-07-22", "P1"]]
    sheet = read(xlsx({"表": rows}))
    assert texts(sheet) == [["P1", "横琴", "正安", "2021-07-22"]]


def test_missing_headings_are_named_with_those_found():
    message = refusal(xlsx({"结对": [["结对表"], ["编号", "珠海方", "备注"], ["P1", "横琴", ""]]}))
    assert message == "「结对」表第 2 行的表头缺少：遵义方；已有：编号、珠海方、备注。请按模板补齐后重新上传。"


def test_no_heading_at_all():
    assert "没有找到表头。表头应有：珠海方、遵义方；读到的是：甲、乙" in refusal(xlsx({"表": [["甲", "乙"]]}))
    assert "没有内容" in refusal(xlsx({"表": []}))
    assert "没有内容" in refusal(xlsx({"表": [["", " "]]}))


def test_heading_beyond_the_first_rows_is_not_searched_for():
    assert "没有找到表头" in refusal(xlsx({"表": [["说明"]] * 60 + [HEAD, ["P1", "横琴", "正安"]]}))


def test_repeated_headings_are_refused_with_their_cells():
    rows = [["珠海方", "遵义方", "西部县"], ["横琴", "正安", "道真"]]
    assert "表头重复：遵义方（B1、C1）" in refusal(xlsx({"表": rows}))


def test_the_sheet_with_the_heading_is_read_and_the_others_are_told():
    content = xlsx({"说明": [["请先读说明"]], "结对": [HEAD, ["P1", "横琴", "正安"]], "其他": [["甲"]]})
    sheet = read(content)
    assert sheet.name == "结对"
    assert sheet.notes == ("读取的是「结对」表；其他工作表未读取：「说明」、「其他」。",)


def test_hidden_sheets_are_not_read_and_told_when_nothing_else_fits():
    good = [HEAD, ["P1", "横琴", "正安"]]
    sheet = read(xlsx({"旧": good, "新": [HEAD, ["P9", "斗门", "习水"]]}, states={"旧": "hidden"}))
    assert texts(sheet, "编号") == [["P9"]]
    assert sheet.notes == ()
    message = refusal(xlsx({"数据": good, "封面": [["封面"]]}, states={"数据": "veryHidden"}))
    assert "隐藏的工作表（数据）不读取" in message


def test_hidden_rows_are_read_and_told():
    rows = rows_xml([HEAD]) + '<row r="2" hidden="1"><c r="B2" t="inlineStr"><is><t>横琴</t></is></c></row>'
    sheet = read(xlsx({"表": sheet_xml(rows)}))
    assert len(sheet.rows) == 1
    assert "1 行被隐藏" in sheet.notes[0]


def test_vertically_merged_text_counts_for_each_row():
    rows = [["珠海方", "遵义方"], ["斗门区", "凤冈县"], [None, "湄潭县"], [None, None], [None, "余庆县"]]
    sheet = read(xlsx({"表": sheet_xml(rows, after='<mergeCells><mergeCell ref="A2:A4"/></mergeCells>')}))
    assert texts(sheet, "珠海方") == [["斗门区"], ["斗门区"], [""]]


def test_merged_number_is_refused_rather_than_counted_twice():
    columns = [Column("珠海方"), Column("金额")]
    rows = [["珠海方", "金额"], ["横琴", 300], ["香洲", None]]
    merged = '<mergeCells><mergeCell ref="B2:B3"/></mergeCells>'
    sheet = read(xlsx({"表": sheet_xml(rows, after=merged)}), columns=columns)
    for row in sheet.rows:
        with pytest.raises(CellError, match="合并单元格 B2:B3"):
            sheets.as_decimal(row["金额"])


def test_shared_strings_rich_text_and_phonetic_guides():
    strings = (
        "<si><t>珠海方</t></si><si><t>遵义方</t></si><si><r><t>正</t></r><r><t>安</t></r><rPh><t>zheng</t></rPh></si>"
    )
    rows = [[raw("<v>0</v>", "s"), raw("<v>1</v>", "s")], ["横琴", raw("<v>2</v>", "s")]]
    assert texts(read(xlsx({"表": rows}, strings=strings)), "遵义方") == [["正安"]]


def test_prefixed_names_and_cells_without_addresses():
    """Some programs write every name with a prefix and leave the addresses out."""
    body = "".join(
        f"<x:row>{''.join(f'<x:c t=inlineStr><x:is><x:t>{value}</x:t></x:is></x:c>' for value in row)}</x:row>"
        for row in [["珠海方", "遵义方"], ["横琴", "正安"]]
    ).replace("t=inlineStr", 't="inlineStr"')
    xml = f'<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>{body}</x:sheetData></x:worksheet>'
    sheet = read(xlsx({"表": xml}))
    assert sheet.rows[0]["遵义方"].address == "B2"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (raw("<f>A1</f><v>12.5</v>", "n"), "12.5"),
        (raw("<f>A1</f><v>正安</v>", "str"), "正安"),
        (raw("<f>A1</f><v></v>", "str"), ""),
        (raw("<v>1</v>", "b"), "是"),
        (raw("<v>0.30000000000000004</v>", "n"), "0.3"),
        (raw("<v>1117.74</v>", "n"), "1117.74"),
        (raw("<v>12</v>", "n"), "12"),
        (raw("<v>12.0</v>", "n"), "12"),
        (raw("<v>1E3</v>", "n"), "1000"),
        (raw("<is><t>a_x000D_b_x005F_x000D_</t></is>", "inlineStr"), "a\rb_x000D_"),
        (raw("<is><t>a_x0000_b_xD800_</t></is>", "inlineStr"), "ab"),
    ],
)
def test_cells_as_programs_write_them(cell, expected):
    assert texts(read(xlsx({"表": [["珠海方", "遵义方"], ["横琴", cell]]})), "遵义方") == [[expected]]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (raw("<f>SUM(A1:A2)</f>", "n"), "公式没有计算结果"),
        (raw("<f>SUM(A1:A2)</f><v/>", "n"), "公式没有计算结果"),
        (raw("<v>#REF!</v>", "e"), "错误值 #REF!"),
    ],
)
def test_cells_that_hold_no_value_are_refused_with_their_address(cell, reason):
    sheet = read(xlsx({"结对": [["珠海方", "遵义方"], ["横琴", cell], ["香洲", "桐梓"]]}))
    for take in (sheets.as_text, sheets.as_date, sheets.as_int, sheets.as_decimal):
        with pytest.raises(CellError, match=reason) as refused:
            take(sheet.rows[0]["遵义方"])
        assert refused.value.message.startswith("「结对」表 B2：")
    with pytest.raises(DomainError, match="「结对」表 B2"):
        sheet.refuse_faults()


def test_what_stands_before_the_heading_and_beside_the_data_is_no_matter():
    """Numbers in a title row, a chart sheet, an unknown column of texts alone."""
    rows = [[2021, None], ["珠海方", "遵义方", "备注"], ["横琴", "正安"], [None, None, "此行只有备注"]]
    sheet = read(xlsx({"表": rows}))
    assert texts(sheet, "遵义方") == [["正安"]]
    assert "第 4 行（没有可读取的内容）" in sheet.notes[0]


def test_a_sheet_that_is_no_table_is_passed_over():
    content = xlsx({"图表": [HEAD], "表": [HEAD, ["P1", "横琴", "正安"]]})
    chart = content_with_chart(content)
    assert read(chart).name == "表"


def content_with_chart(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        relations = package.read("xl/_rels/workbook.xml.rels").decode()
    changed = relations.replace("/relationships/worksheet", "/relationships/chartsheet", 1)
    return repacked(content, {"xl/_rels/workbook.xml.rels": changed})


def test_an_error_in_a_column_nobody_asked_for_does_no_harm():
    sheet = read(xlsx({"表": [["珠海方", "遵义方", "备注"], ["横琴", "正安", raw("<v>#N/A</v>", "e")]]}))
    sheet.refuse_faults()
    assert len(sheet.rows) == 1


def test_many_faults_are_told_in_one_message_of_bounded_length():
    broken = raw("<v>#REF!</v>", "e")
    sheet = read(xlsx({"表": [["珠海方", "遵义方"]] + [["横琴", broken]] * 14}))
    with pytest.raises(DomainError) as refused:
        sheet.refuse_faults()
    assert refused.value.message.count("错误值") == 10
    assert refused.value.message.endswith("另有 4 处问题。")


DAY = date(2021, 7, 22)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_every_coding(encoding, delimiter):
    lines = ["结对表", delimiter.join(HEAD), delimiter.join(["P1", '"横琴"', "正安", "2021-07-22"])]
    sheet = read("\r\n".join(lines).encode(encoding), "表.csv")
    assert texts(sheet) == [["P1", "横琴", "正安", "2021-07-22"]]
    assert sheet.rows[0]["遵义方"].where == "C3"


def test_csv_with_an_open_quote_does_not_swallow_the_rest():
    assert "引号" in refusal('珠海方,遵义方\n横琴,"正安\n香洲,桐梓\n'.encode(), "表.csv")


def test_csv_numbers_lines_as_an_office_program_does():
    sheet = read('珠海方,遵义方\n"横\n琴",正安\n香洲,桐梓\n'.encode(), "表.csv")
    assert [row.number for row in sheet.rows] == [2, 3]


def test_other_programs_files_are_read_the_same():
    """openpyxl's writer stands for the many programs that share its habits (shared strings, styles, date cells)."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "结对"
    for row in [["结对表"], HEAD, ["P1", "横琴", "正安", DAY], ["P2", "香洲", 12.5, datetime(2021, 7, 22, 8, 30)]]:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue())
    assert texts(found) == [["P1", "横琴", "正安", "2021-07-22"], ["P2", "香洲", "12.5", "2021-07-22 08:30:00"]]
    assert sheets.as_date(found.rows[1]["起始日期"]) == DAY
