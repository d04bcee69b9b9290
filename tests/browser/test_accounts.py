"""From the first account of an installation to slips in the hand, as its security administrator does it."""

from io import BytesIO

import openpyxl
import pytest

from zhuzun import clock
from zhuzun.accounts import services
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("clean_console")

OWN = "Eigenes-Wort-2026"
ROWS = (
    ("单位", "姓名", "角色", "起止日期", "电话"),
    ("香洲区", "李四", "区经办", "2026.1.1至今", "0756-8888888"),
    ("正安县", "钱七", "县（市）经办", "2026.1.1至今", ""),
)


def roster():
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return {"name": "花名册.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}


def enter(portal, username, password):
    portal.open("/accounts/login/")
    portal.page.fill("[name=username]", username)
    portal.page.fill("[name=password]", password)
    portal.page.click("main button[type=submit]")


def own_password(portal, one_time):
    assert portal.page.url.endswith("/accounts/password/")
    for name, value in (("old", one_time), ("new", OWN), ("again", OWN)):
        portal.page.fill(f"[name={name}]", value)
    portal.page.click("main button[type=submit]")
    assert portal.page.url == f"{portal.address}/"


def test_from_the_first_account_to_the_office(portal, world):
    slip = services.first_admin("李安全", now=clock.now())
    enter(portal, slip.user.username, "falsch")
    assert "用户名或密码不正确" in portal.page.inner_text("main")
    enter(portal, slip.user.username, slip.password)
    own_password(portal, slip.password)

    portal.open("/accounts/roster/")
    portal.page.set_input_files("[name=file]", roster())
    portal.page.click("main button[type=submit]")
    assert "新增" in portal.page.inner_text("main table")
    portal.page.click("text=确认导入")
    drawn = portal.page.locator(".slip").all_inner_texts()
    assert len(drawn) == 2
    assert "李四" in drawn[0]
    username, password = portal.page.locator(".slip").first.locator(".slip-code").all_inner_texts()
    assert User.objects.get(username=username).assignments.get().role == Role.DISTRICT_OFFICER

    portal.page.context.clear_cookies()
    enter(portal.on_phone(), username, password)
    own_password(portal, password)
    assert portal.overflow <= 0
