"""Bad files at the real import page: an answer in Chinese beside the field, never an error page, nothing kept."""

import time

import pytest

from pairing.models import Pairing
from tests.admin.conftest import HEAD, PAIRINGS, table, upload
from tests.documents import corpus
from tests.documents.corpus import sheet_xml, streamed_bomb, with_declared_sizes, xlsx
from zhuzun.documents.models import PendingImport
from zhuzun.documents.sheets import MAX_BYTES

GOOD = table([None, "村村结对", "前山村", "瑞溪村", "2021-09-01", None, "协议"])
SHEET = "xl/worksheets/sheet1.xml"
FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


def bomb():
    head = f'<worksheet xmlns="{corpus.MAIN}"><sheetData>'.encode()
    return streamed_bomb(SHEET, b"<row><c><v>1</v></c></row>" * 4000, 2500, head, b"</sheetData></worksheet>", GOOD)


FILES = [
    ("空.xlsx", lambda: b"", "空文件"),
    ("坏.xlsx", lambda: GOOD[: len(GOOD) // 2], "损坏"),
    ("乱.xlsx", lambda: b"\x7fELF" + bytes(range(256)) * 20, "不是 Excel"),
    ("密.xlsx", corpus.encrypted, "打开密码"),
    ("旧.xls", corpus.old_workbook, "旧格式"),
    ("宏.xlsm", lambda: GOOD, "只接受 .xlsx 或 .csv"),
    ("宏.xlsx", lambda: xlsx({"结对": [HEAD]}, extra=[("xl/vbaProject.bin", b"\x00")]), "宏"),
    ("大.xlsx", lambda: GOOD + b"\x00" * MAX_BYTES, "超过 10 MB"),
    ("弹.xlsx", bomb, "解压后过大"),
    ("谎.xlsx", lambda: with_declared_sizes(GOOD, 2**31), "解压后过大"),
    ("远.xlsx", lambda: xlsx({"结对": sheet_xml(FAR)}), "没有找到"),
    ("实体.xlsx", lambda: corpus.repacked(GOOD, {SHEET: ENTITIES}), "实体"),
    ("无表头.xlsx", lambda: xlsx({"结对": [["甲", "乙"], ["1", "2"]]}), "没有找到"),
    ("缺列.xlsx", lambda: table(["村村结对", "前山村"], head=["结对类型", "珠海方"]), "遵义方"),
    ("公式.xlsx", lambda: table([None, corpus.raw("<f>A1</f>"), "前山村"]), "公式"),
    ("网页.xlsx", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
    ("文本.txt", lambda: b"a,b", "只接受"),
]


def test_bad_files(desk, world):
    before, wrong = Pairing.objects.count(), []
    for name, make, told in FILES:
        content = make()
        started = time.process_time()
        page = upload(desk, content, name)
        spent = time.process_time() - started
        assert page.status_code == 200, name
        errors = str(page.context["form"].errors.get("import_file", ""))
        wrong += [] if told in errors else [(name, errors)]
        assert "confirm_form" not in page.context
        assert "表头须有：编号、结对类型" in page.content.decode(), name
        assert spent < 1, (name, spent)
    assert wrong == []
    assert Pairing.objects.count() == before
    assert not PendingImport.objects.exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [({}, "请填写此项"), ({"format": "7"}, "请填写此项"), ({"format": "0", "reason": "长" * 91}, "不超过")],
)
def test_incomplete_uploads(desk, world, fields, told):
    page = desk.post(f"{PAIRINGS}import/", fields or {"reason": "x"})
    assert page.status_code == 200
    assert told in page.content.decode()


def test_a_heading_without_rows(desk, world):
    page = upload(desk, table())
    assert page.status_code == 200
    assert "没有数据" in page.content.decode()


def test_a_confirmation_made_up_or_sent_twice(desk, world):
    page = upload(desk, GOOD)
    fields = {name: value for name, value in page.context["confirm_form"].initial.items() if value is not None}
    for forged in ({"import_file_name": "../../etc/passwd"}, {"import_file_name": "x"}, {"format": "9"}):
        answer = desk.post(f"{PAIRINGS}process_import/", {**fields, **forged}, follow=True)
        assert answer.status_code == 200
    assert not Pairing.objects.filter(kind="village").exists()
    assert desk.post(f"{PAIRINGS}process_import/", fields).status_code == 302
    again = desk.post(f"{PAIRINGS}process_import/", fields, follow=True)
    assert "不能重复导入" in again.content.decode()
    assert Pairing.objects.filter(kind="village").count() == 1


def test_somebody_elses_upload_cannot_be_confirmed(desk, world, people, client):
    page = upload(desk, GOOD)
    fields = {name: value for name, value in page.context["confirm_form"].initial.items() if value is not None}
    client.force_login(people["system_admin"])
    answer = client.post(f"{PAIRINGS}process_import/", fields, follow=True)
    assert "不是由您上传" in answer.content.decode()
    assert not Pairing.objects.filter(kind="village").exists()
