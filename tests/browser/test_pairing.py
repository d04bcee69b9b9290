"""Pairings in a real browser: the two steps with htmx and without scripts, the picture by keyboard, a phone."""

import pytest
from playwright.sync_api import expect

from pairing.kinds import PairingKind
from pairing.models import Pairing
from tests import factories
from zhuzun.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("clean_console")


def test_choosing_a_township_fetches_its_villages_and_keeps_what_was_typed(portal, world, people):
    page = portal.sign_in(people[Role.DISTRICT_OFFICER]).page
    portal.open(f"/pairing/sub/add/?kind=village&frame={world.zhengan_pairing.number}")
    page.fill("#id_basis", "村村结对协议")
    page.select_option("#id_east_town", world.xiangzhou_town.code)
    expect(page.locator("#id_east option", has_text="前山村")).to_have_count(1)
    page.select_option("#id_west_town", world.zhengan_town.code)
    expect(page.locator("#id_west option", has_text="瑞溪村")).to_have_count(1)
    assert page.input_value("#id_basis") == "村村结对协议"
    page.select_option("#id_east", label="前山村")
    page.select_option("#id_west", label="瑞溪村")
    page.get_by_role("button", name="新增", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("前山村—瑞溪村 村村结对")
    assert Pairing.objects.filter(kind=PairingKind.VILLAGE, basis="村村结对协议").count() == 1


def test_it_works_without_scripts(portal, world, people, browser):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    portal.page = page = context.new_page()
    portal.sign_in(people[Role.DISTRICT_OFFICER]).open("/pairing/sub/add/")
    page.select_option("#id_kind", "town")
    page.select_option("#id_frame", world.wuchuan_pairing.number)
    page.get_by_role("button", name="列出可选单位").click()
    expect(page.locator("#id_east option", has_text="前山镇")).to_have_count(1)
    page.select_option("#id_east", label="前山镇")
    page.fill("#id_basis", "镇街结对协议")
    page.select_option("#id_frame", world.zhengan_pairing.number)
    page.get_by_role("button", name="列出可选单位").click()
    expect(page.locator("#id_west option", has_text="瑞溪镇")).to_have_count(1)
    assert page.input_value("#id_east") == world.xiangzhou_town.code
    assert page.input_value("#id_basis") == "镇街结对协议"
    context.close()


def test_a_row_of_the_list_stays_on_one_line_however_long_its_document_is(portal, world, people):
    basis = "关于进一步深化东西部协作镇街结对帮扶工作的补充协议（2022年第3号）"
    world.zhengan_towns.basis = basis
    world.zhengan_towns.save()
    portal.sign_in(people[Role.BUREAU_OFFICER]).open("/pairing/sub/")
    page = portal.page
    for row in page.locator("table.list tbody tr").all():
        assert row.bounding_box()["height"] <= 38
    expect(page.locator(f'td[title="{basis}"]')).to_have_count(1)
    assert page.locator(".table-responsive").evaluate("box => box.scrollWidth <= box.clientWidth")
    portal.open(world.zhengan_towns.get_absolute_url())
    expect(page.get_by_text(basis).first).to_be_visible()


def test_the_picture_opens_a_pairing_by_keyboard(portal, world, people):
    page = portal.sign_in(people[Role.LEADER]).page
    portal.open("/pairing/")
    page.locator(".schematic a", has_text="道真县").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(portal.address + world.daozhen_pairing.get_absolute_url())


@pytest.mark.parametrize(
    "path", ["/pairing/", "/pairing/sub/", "/pairing/coverage/", "/pairing/contacts/", "/organisations/"]
)
def test_no_page_is_wider_than_a_phone(portal, world, people, path):
    factories.contact(world.xiangzhou, name="某某某", post="某某区乡村振兴部门副主任", phone="0756-12345678 转 1234")
    portal.sign_in(people[Role.BUREAU_OFFICER]).on_phone().open(path)
    assert portal.overflow == 0
