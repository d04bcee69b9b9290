"""The pages of the list of people."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories
from tests.rosters.conftest import workbook
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.documents.models import PendingImport

ROSTER = "/accounts/roster/"
LI = ("香洲区", "李四", "区经办", "2026.1.1-2027.12.31", "0756")


def upload(client, data, name="花名册.xlsx"):
    return client.post(ROSTER, {"file": SimpleUploadedFile(name, data)})


def seen(text):
    return re.search(r'name="seen" value="(\w+)"', text)[1]


def test_from_upload_to_slips(as_security, district):
    assert "严禁存储、处理、传输国家秘密" in as_security.get(ROSTER).content.decode()
    address = upload(as_security, workbook(LI))["Location"]
    text = as_security.get(address).content.decode()
    assert "xiangzhou-01" in text
    assert "新增</span>" in text
    assert not User.objects.filter(name="李四").exists()
    answer = as_security.post(address, {"seen": seen(text)})
    user = User.objects.get(name="李四")
    assert user.check_password(re.findall(r'slip-code">([^<]+)</dd>', answer.content.decode())[1])
    assert "no-store" in answer["Cache-Control"]
    assert PendingImport.objects.get().bytes == b""
    again = as_security.post(address, {"seen": seen(text)}, follow=True)
    assert "已经确认导入" in again.content.decode()


def test_bad_row_bars_the_button_with_the_reason(as_security, district):
    address = upload(as_security, workbook(LI, ("某区", "王五", "区经办", "2026.1.1至今", "")))["Location"]
    text = as_security.get(address).content.decode()
    assert "A4：没有名为「某区」的单位" in text
    assert "「花名册」表" not in text  # the row stands in the first column, and there is one sheet
    assert 'disabled aria-describedby="why-not"' in text
    assert "有 1 行有误" in text
    answer = as_security.post(address, {"seen": seen(text)}, follow=True)
    assert "有 1 行有误" in answer.content.decode()
    assert not User.objects.filter(name="李四").exists()


def test_only_changes_need_no_slips(as_security, officer):
    address = upload(as_security, workbook(("香洲区", "区经办", "区经办", "2022.1.1至今", "0756-1")))["Location"]
    text = as_security.get(address).content.decode()
    answer = as_security.post(address, {"seen": seen(text)}, follow=True)
    assert "没有新开的账号" in answer.content.decode()


def test_discard(as_security, district):
    address = upload(as_security, workbook(LI))["Location"]
    answer = as_security.post(f"{address}discard/", follow=True)
    assert "已放弃导入" in answer.content.decode()
    assert not PendingImport.objects.exists()
    for gone in (as_security.get(address, follow=True), as_security.post(f"{address}discard/", follow=True)):
        assert "已失效" in gone.content.decode()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "花名册.xlsx"),
        (b"no workbook at all", "花名册.xlsx"),
        (workbook(LI)[:900], "花名册.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "花名册.xls"),
        (b"PK\x03\x04" + bytes(100), "花名册.xlsx"),
        ("单位,姓名\r\n香洲区,李四\r\n".encode("gbk"), "花名册.csv"),
        (b"%PDF-1.7", "花名册.pdf"),
    ],
)
def test_bad_file_is_refused_beside_its_field(as_security, data, name):
    answer = upload(as_security, data, name)
    assert answer.status_code == 200
    assert "invalid-feedback" in answer.content.decode() or "error-summary" in answer.content.decode()
    assert not PendingImport.objects.exists()


def test_csv_in_gbk(as_security, district):
    text = "单位,姓名,角色,起止日期,电话\r\n香洲区,李四,区经办,2026.1.1至今,１３８\r\n"
    address = upload(as_security, text.encode("gbk"), "花名册.csv")["Location"]
    as_security.post(address, {"seen": seen(as_security.get(address).content.decode())})
    assert User.objects.get(name="李四").phone == "138"


def test_text_of_a_cell_is_only_text(as_security, district):
    address = upload(as_security, workbook(("香洲区", "<b>李", "区经办", "2026.1.1至今", "")))["Location"]
    text = as_security.get(address).content.decode()
    assert "&lt;b&gt;李" in text
    assert "<b>李" not in text


def test_template(as_security):
    answer = as_security.get(f"{ROSTER}template/")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    assert ("单位", "姓名", "角色", "起止日期", "电话", "邮箱", "用户名", "查阅范围") in rows


def test_for_the_security_administrator_only(client, officer, as_security, district):
    address = upload(as_security, workbook(LI))["Location"]
    client.force_login(officer)
    for url in (ROSTER, f"{ROSTER}template/", address):
        answer = client.get(url)
        assert answer.status_code == 403
        assert "安全管理员" in answer.content.decode()
    assert client.post(f"{address}discard/").status_code == 403
    client.logout()
    assert client.get(ROSTER)["Location"] == f"/accounts/login/?next={ROSTER}"


def test_somebody_elses_upload(client, as_security, security2, district):
    address = upload(as_security, workbook(LI))["Location"]
    client.force_login(security2)
    assert client.get(address).status_code == 404
    assert client.post(address, {"seen": ""}).status_code == 404
    assert client.post(f"{address}discard/").status_code == 404
    assert PendingImport.objects.get().bytes


def test_an_unknown_body_comes_with_the_nearest_names_and_who_adds_one(as_security, district, unit, bureau):
    factories.person(Role.SYSTEM_ADMIN, bureau, name="王系统", phone="0756-8")
    rows = [(name, "王五", "区经办", "2026.1.1至今", "") for name in ("香州区", "教育局", "香州区", "甲乙丙")]
    text = as_security.get(upload(as_security, workbook(*rows))["Location"]).content.decode()
    assert text.count("没有名为「香州区」的单位，相近的有：香洲区。") == 2
    assert "没有名为「教育局」的单位，相近的有：市教育局。" in text
    assert "没有名为「甲乙丙」的单位，请核对名称。" in text
    assert "以下单位没有登记：香州区、教育局、甲乙丙。" in text
    assert "由系统管理员（王系统 0756-8）在“后台管理”的“单位”中登记" in text
