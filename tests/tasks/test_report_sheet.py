"""A report as the office's form: it opens, it comes back, and nothing is saved that was not shown."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tasks import sheets
from tasks.kinds import CellState
from tasks.services import filing, uploading
from tasks.services.filing import Change
from tests.tasks.cycle import FILING
from zhuzun.accounts.roles import Role
from zhuzun.documents import sheets as reader
from zhuzun.errors import DomainError
from zhuzun.ui.workbook import Column, write_xlsx


@pytest.fixture
def october(opened_month):
    return opened_month


@pytest.fixture
def report(october):
    return october.report(october.world.xiangzhou)


@pytest.fixture
def officer(people):
    return people[Role.DISTRICT_OFFICER]


def cells(report):
    return {
        (entry.indicator.code, str(entry.section)): (entry.state, entry.value, entry.reason)
        for entry in filing.reading.cells(report)
    }


def fill(report, october, officer):
    world = october.world
    changes = [
        Change(october.cell(october.money, world.zhengan).pk, 0, "1234.5"),
        Change(october.cell(october.money, world.wuchuan).pk, 0, "0"),
        Change(october.cell(october.teachers, world.zhengan, "区选派").pk, 0, "", "本期无选派"),
    ]
    filing.save_cells(report, changes, actor=officer, now=FILING)


def test_the_form_is_the_offices_form(report, october, officer):
    fill(report, october, officer)
    data = sheets.form(report, filled=True, filer="香洲区")
    sheet = reader.read(data, filename="表.xlsx", columns=[reader.Column("指标编码"), reader.Column("正安县")])
    assert [reader.as_text(row["正安县"]) for row in sheet.rows] == ["1234.5", "不适用：本期无选派"]
    assert sheet.notes == ("以下各行不作为数据：第 6 行（表尾）。",)


def test_a_filled_form_read_back_changes_nothing(report, october, officer):
    fill(report, october, officer)
    assert sheets.read(report, sheets.form(report, filled=True, filer="香洲区"), "表.xlsx").lines == []


def test_a_filled_form_goes_into_an_empty_report(report, october, officer, world):
    fill(report, october, officer)
    data, wanted = sheets.form(report, filled=True, filer="香洲区"), cells(report)
    for entry in filing.reading.cells(report):
        change = Change(entry.pk, entry.version, "", "")
        filing.save_cells(report, [change], actor=officer, now=FILING)
    assert {state for state, _, _ in cells(report).values()} == {CellState.MISSING}
    kept = uploading.upload(report, data, "表.xlsx", actor=officer, now=FILING)
    _, found = uploading.preview(report, kept.pk, actor=officer, now=FILING)
    assert {state for state, _, _ in cells(report).values()} == {CellState.MISSING}
    assert uploading.confirm(report, kept.pk, seen=uploading.mark(found), actor=officer, now=FILING) == 3
    assert cells(report) == wanted


def test_an_empty_form_changes_nothing(report, october, officer):
    fill(report, october, officer)
    assert sheets.read(report, sheets.form(report, filled=False, filer="香洲区"), "表.xlsx").lines == []


def sheet_of(*rows):
    return write_xlsx("表", [Column("指标编码"), Column("渠道"), Column("正安县"), Column("别县")], rows)


def test_errors_name_their_cell_and_good_ones_are_offered(report):
    data = sheet_of(("T-FUND01", "", "1.2万", "9"), ("T-TAL02", "区选派", "12", ""), ("X", "", "1", ""))
    found = sheets.read(report, data, "表.xlsx")
    assert [(line.new, line.error) for line in found.lines] == [
        ("1.2万", "「表」表 C3：请按单位填写，不写“万”，例如 12000。"),
        ("12 人", ""),
    ]
    assert any("本报表没有指标“X”" in note for note in found.notes)


def test_what_changed_after_the_preview_is_not_saved(report, october, officer):
    kept = uploading.upload(report, sheet_of(("T-FUND01", "", "5", "")), "表.xlsx", actor=officer, now=FILING)
    _, found = uploading.preview(report, kept.pk, actor=officer, now=FILING)
    fill(report, october, officer)
    with pytest.raises(DomainError, match="预览以后数据有变动"):
        uploading.confirm(report, kept.pk, seen=uploading.mark(found), actor=officer, now=FILING)
    assert cells(report)["T-FUND01", "正安县"][1] == Decimal("1234.5")


def test_the_pages(report, sign_in, officer, time_machine):
    time_machine.move_to(FILING, tick=False)
    client = sign_in(officer)
    assert client.get(reverse("tasks:report_form", args=[report.pk])).content[:2] == b"PK"
    url = reverse("tasks:report_upload", args=[report.pk])
    file = SimpleUploadedFile("表.xlsx", sheet_of(("T-FUND01", "", "5", "")))
    answer = client.post(url, {"file": file}, follow=True)
    assert "将修改 <b>1</b> 项" in answer.content.decode()
    seen = answer.context["seen"]
    done = client.post(answer.redirect_chain[-1][0], {"seen": seen}, follow=True)
    assert "已导入 1 项。" in done.content.decode()
    bad = client.post(url, {"file": SimpleUploadedFile("表.xlsx", b"not a sheet")})
    assert bad.status_code == 200
    assert client.post(url, {}).status_code == 200
