"""The frame of every page in a real browser: navigation, menus, unsaved work, phone, no scripts, zoom, print."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import PHONE
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.ui import navigation

pytestmark = pytest.mark.usefixtures("clean_console")


@pytest.fixture
def frame(portal, settings, world, people, monkeypatch):
    """The sample pages, a navigation of two lines, and an officer of the bureau signed in."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.add("结对协作", "单位", "sample-list", "building", None, 10)
    navigation.add("结对协作", "登记", "sample-add", "plus", None, 20)
    return portal.sign_in(people[Role.BUREAU_OFFICER])


def test_the_navigation_folds_and_stays_folded(frame):
    frame.open("/sample/")
    wide = frame.page.locator("#navigation").bounding_box()["width"]
    frame.page.click("[data-nav-toggle]")
    frame.open("/sample/add/")
    assert frame.page.locator("#navigation").bounding_box()["width"] < wide / 2
    expect(frame.page.get_by_role("link", name="单位").first).to_be_visible()


def test_on_a_phone_the_navigation_opens_on_demand(frame):
    frame.on_phone().open("/sample/")
    expect(frame.page.locator("#navigation")).to_be_hidden()
    frame.page.click("[data-nav-toggle]")
    expect(frame.page.locator("#navigation")).to_be_visible()
    expect(frame.page.locator("[data-nav-toggle]")).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("path", ["/sample/", "/sample/add/", "/sample/?kind=school"])
def test_no_page_is_wider_than_a_phone(frame, path):
    for number in range(3):
        factories.organisation(OrganisationKind.PARK, f"务川仡佬族苗族自治县第{number}产业园区管理委员会")
    frame.on_phone().open(path)
    assert frame.overflow <= 0


def test_no_page_is_wider_than_the_window_at_200_per_cent(frame):
    frame.page.set_viewport_size({"width": 683, "height": 384})  # what 200 % leaves of 1366 × 768
    frame.open("/sample/")
    assert frame.overflow <= 0


def test_menus_close_on_escape_and_beside(frame):
    frame.open("/sample/")
    frame.page.click(".user-menu summary")
    expect(frame.page.get_by_text("退出登录")).to_be_visible()
    frame.page.keyboard.press("Escape")
    expect(frame.page.get_by_text("退出登录")).to_be_hidden()
    frame.page.click(".user-menu summary")
    frame.page.click("h1")
    expect(frame.page.get_by_text("退出登录")).to_be_hidden()


def test_leaving_unsaved_work_asks(frame):
    frame.open("/sample/add/")
    frame.page.fill("#id_name", "园区")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    frame.page.on("dialog", stay)
    frame.page.click("text=取消")
    assert asked == ["beforeunload"]
    assert frame.page.input_value("#id_name") == "园区"


def test_a_form_sent_does_not_ask(frame):
    frame.open("/sample/add/")
    frame.page.on("dialog", lambda dialog: pytest.fail("the browser asked"))
    frame.page.fill("#id_name", "园区")
    frame.page.select_option("#id_kind", "park")
    frame.page.fill("#id_since", "2022-01-01")
    frame.page.fill("#id_reason", "新设")
    frame.page.click("text=保存")
    expect(frame.page.get_by_text("已保存。")).to_be_visible()


def test_a_date_is_typed_or_chosen_in_the_calendar(frame):
    frame.open("/sample/add/")
    expect(frame.page.get_by_role("button", name="打开日历")).to_be_visible()
    calendar = frame.page.locator(".day-calendar")
    calendar.evaluate("field => { field.value = '2022-03-15'; field.dispatchEvent(new Event('change')); }")
    assert frame.page.input_value("#id_since") == "2022-03-15"
    frame.page.get_by_role("button", name="打开日历").click()
    assert calendar.input_value() == "2022-03-15"


def test_a_chosen_file_shows_its_name(frame):
    frame.open("/sample/add/")
    expect(frame.page.get_by_text("未选择文件")).to_be_visible()
    frame.page.set_input_files("#id_paper", {"name": "花名册.xlsx", "mimeType": "text/plain", "buffer": b"x"})
    expect(frame.page.get_by_text("花名册.xlsx")).to_be_visible()


def test_after_a_refusal_one_reads_on_at_the_errors(frame):
    frame.open("/sample/add/")
    frame.page.click("text=保存")
    expect(frame.page.locator(".error-summary")).to_be_focused()
    frame.page.click("text=名称：请填写。")
    expect(frame.page.locator("#id_name")).to_be_focused()


def test_the_keyboard_reaches_the_text_first(frame):
    frame.open("/sample/")
    frame.page.keyboard.press("Tab")
    expect(frame.page.get_by_text("跳到正文")).to_be_focused()
    frame.page.keyboard.press("Enter")
    expect(frame.page.locator("main")).to_be_focused()


def test_the_old_browser_notice_is_not_shown_to_a_new_one(frame):
    frame.open("/sample/")
    expect(frame.page.locator(".old-browser")).to_be_hidden()


def test_an_idle_session_is_announced(frame, settings):
    settings.SESSION_IDLE_SECONDS = 1800
    frame.page.clock.install()
    frame.open("/sample/")
    frame.page.clock.run_for(26 * 60 * 1000)
    expect(frame.page.locator("#idle-note")).to_contain_text("约 4 分钟后将自动退出")
    frame.page.click("text=继续使用")
    expect(frame.page.locator("#idle-note")).to_be_hidden()
    frame.page.clock.run_for(31 * 60 * 1000)
    expect(frame.page.locator("#idle-note")).to_contain_text("登录已超时")


def test_what_was_typed_is_not_sent_into_a_session_that_has_ended(frame):
    page, cookies = frame.page, frame.page.context.cookies()
    page.clock.install()
    frame.open("/sample/add/")
    page.get_by_label("名称").fill("甲单位")
    page.clock.run_for(2 * 60 * 1000)
    page.context.clear_cookies()
    page.click("main form button[type=submit]")
    expect(page.locator("#idle-note")).to_contain_text("登录已超时。本页内容仍在")
    expect(page.get_by_label("名称")).to_have_value("甲单位")
    page.context.add_cookies(cookies)  # signed in again in another window
    page.click("main form button[type=submit]")
    expect(page.locator("main")).to_contain_text("有 ")  # the server has it, and says what else it wants


def test_without_scripts_one_reads_moves_and_sends(frame, browser):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="zh-CN")
    context.add_cookies(frame.page.context.cookies())
    page = context.new_page()
    page.goto(f"{frame.address}/sample/")
    expect(page.locator("#navigation")).to_be_visible()
    page.click(".user-menu summary")
    expect(page.get_by_text("退出登录")).to_be_visible()
    page.goto(f"{frame.address}/sample/add/")
    page.click("text=保存")
    expect(page.locator(".error-summary")).to_be_visible()
    context.close()


def test_the_print_has_no_navigation(frame):
    frame.open("/sample/")
    frame.page.emulate_media(media="print")
    for part in (".masthead", "#navigation", ".filters", ".page-actions"):
        expect(frame.page.locator(part)).to_be_hidden()
    expect(frame.page.locator("table")).to_be_visible()


def test_a_long_navigation_shows_where_one_is(frame):
    for number in range(40):
        navigation.add("结对协作", f"登记{number}", "sample-add", "plus", None, 100 + number)
    frame.open("/sample/add/")
    expect(frame.page.locator("#navigation [aria-current]").last).to_be_in_viewport()
    assert frame.page.evaluate("window.scrollY") == 0
