"""A county at work: checks its figures from the workbench, one in dispute, the rest at once; at a desk, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tasks.models import CheckSheet
from tests.tasks import checked
from zhuzun.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("clean_console")


@pytest.fixture(autouse=True)
def sheet(portal, opened_month, people):
    """正安's sheet of October 2026; the figures are filed, whatever day it is."""
    return checked.asked(opened_month, people)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_county_checks_its_figures(portal, people, sheet, phone):
    portal.sign_in(people[Role.COUNTY_OFFICER])
    page = portal.page
    if phone:
        portal.on_phone()
    portal.open("/")
    page.get_by_role("link", name=re.compile("待核对的数据")).first.click()
    page.get_by_role("link", name=re.compile("正安县小组")).first.click()
    row = page.locator(".check-lines tbody tr").first
    expect(row.locator(".check-words")).to_be_hidden()
    row.get_by_label("有异议").check()
    row.get_by_label("贵方数值").fill("9")
    page.get_by_role("button", name="保存核对结果").click()
    expect(page.locator("main")).to_contain_text("有异议，请写明理由")
    expect(row.get_by_label("贵方数值")).to_have_value("9")
    row.get_by_label("理由").fill("县人社局实名台账为9人")
    page.get_by_role("button", name="保存核对结果").click()
    expect(page.locator("main")).to_contain_text("核对结果已保存")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name="全部核对无误（1 项）").click()
    page.get_by_role("button", name="全部核对无误").click()
    expect(page.locator("main")).to_contain_text("已全部核对无误")
    assert set(sheet.lines.values_list("state", flat=True)) == {"disputed", "confirmed"}
    assert CheckSheet.objects.get(pk=sheet.pk).finished_at is not None
