"""Without a mouse: the list of pairings, one of them, its end and back; and a person who changes hats."""

import pytest
from playwright.sync_api import expect

from tests import factories
from zhuzun.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("clean_console")
MANY = 60  # presses of Tab; a person would have given up


def tab_to(page, wanted):
    """Presses Tab until the focus is on `wanted`, and sees to it that one can see where it is."""
    for _ in range(MANY):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            assert wanted.evaluate("node => node.matches(':focus-visible')")
            return
    pytest.fail(f"Tab never reached {wanted}")


def test_a_pairing_is_found_and_ended_by_keyboard(portal, world, people):
    page = portal.sign_in(people[Role.DISTRICT_OFFICER]).page
    portal.open("/pairing/sub/")
    tab_to(page, page.get_by_label("名称、编号、文件"))
    page.keyboard.type("瑞溪")
    page.keyboard.press("Enter")
    expect(page.locator("main tbody tr")).to_have_count(1)
    tab_to(page, page.get_by_role("link", name=world.zhengan_towns.number))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("前山镇—瑞溪镇")
    tab_to(page, page.get_by_role("link", name="终止"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("截止日期"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2022-12-31")
    tab_to(page, page.get_by_label("终止依据"))
    page.keyboard.type("终止协议")
    tab_to(page, page.get_by_label("终止原因"))
    page.keyboard.type("协议期满")
    tab_to(page, page.get_by_role("button", name="终止"))
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("2022年12月31日，结对终止")
    world.zhengan_towns.refresh_from_db()
    assert world.zhengan_towns.end_reason == "协议期满"


def test_a_person_with_two_hats_changes_them_by_keyboard(portal, world, people):
    user = people[Role.DISTRICT_OFFICER]
    factories.assignment(user, Role.COUNTY_OFFICER, world.zhengan_department)
    page = portal.sign_in(user).page
    portal.open("/pairing/sub/")
    expect(page.locator(".user-identity")).to_contain_text("区经办")
    expect(page.get_by_role("link", name="新增下级结对")).to_be_visible()
    tab_to(page, page.locator(".user-menu summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".identities button:not([disabled])"))
    page.keyboard.press("Enter")
    expect(page.locator(".user-identity")).to_contain_text("县（市）经办")
    portal.open("/pairing/sub/")
    expect(page.locator(".barred", has_text="新增下级结对")).to_be_visible()
