"""A district's officer at work: signs in by the form, makes a village pairing, gives it to another village, and keeps
the district's contacts. Every day typed here is fixed and past."""

import pytest
from playwright.sync_api import expect

from pairing.models import Pairing
from tests import factories
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Contact

pytestmark = pytest.mark.usefixtures("clean_console")


@pytest.fixture
def officer(portal, people):
    """The officer of 香洲 in front of the workbench, signed in as everybody signs in."""
    portal.open("/pairing/")
    assert "/accounts/login/" in portal.page.url
    portal.page.get_by_label("用户名").fill(people[Role.DISTRICT_OFFICER].username)
    portal.page.get_by_label("密码").fill(factories.PASSWORD)
    portal.page.get_by_role("button", name="登录").click()
    expect(portal.page.locator(".user-menu")).to_contain_text("区经办")
    assert portal.page.url == f"{portal.address}/pairing/"  # where one wanted to go
    return portal.page


def choose(page, side, town, village):
    """A township of one side, then what lies in it."""
    page.select_option(f"#id_{side}_town", town.code)
    expect(page.locator(f"#id_{side} option[value='{village.code}']")).to_have_count(1)
    page.select_option(f"#id_{side}", village.code)


def test_a_village_pairing_is_made_and_another_village_takes_its_place(officer, world):
    other = factories.place(OrganisationKind.VILLAGE, "龙泉村", parent=world.zhengan_town)
    officer.get_by_role("link", name="下级结对").first.click()
    officer.get_by_role("link", name="新增下级结对").click()
    officer.select_option("#id_kind", "village")
    officer.select_option("#id_frame", world.zhengan_pairing.number)
    officer.get_by_role("button", name="列出可选单位").click()
    choose(officer, "east", world.xiangzhou_town, world.xiangzhou_village)
    choose(officer, "west", world.zhengan_town, world.zhengan_village)
    officer.get_by_label("起始日期").fill("2022-03-01")
    officer.get_by_role("button", name="新增", exact=True).click()
    expect(officer.locator(".error-summary")).to_contain_text("依据文件：请填写。")
    officer.get_by_label("依据文件").fill("村村结对协议")
    officer.get_by_role("button", name="新增", exact=True).click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("前山村—瑞溪村 村村结对")

    officer.get_by_role("link", name="接续").click()
    choose(officer, "west", world.zhengan_town, other)
    officer.get_by_label("新结对起始日期").fill("2022-09-01")
    officer.get_by_label("依据文件").fill("村村结对补充协议")
    officer.get_by_label("接续原因").fill("原结对村合并")
    officer.get_by_role("button", name="接续").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("前山村—龙泉村")
    expect(officer.locator("main")).to_contain_text("2022年9月1日，前山村与龙泉村建立村村结对")

    former, follower = Pairing.objects.filter(east=world.xiangzhou_village).order_by("valid_from")
    assert former.successor == follower
    assert former.valid_to.isoformat() == "2022-08-31"
    officer.goto(f"{officer.url.split('/pairing')[0]}{former.get_absolute_url()}")
    expect(officer.locator(".barred-reason", has_text=f"已由 {follower.number} 接续")).to_be_visible()


def test_a_new_liaison_takes_over(officer, world):
    factories.contact(world.xiangzhou, name="张联络", phone="0756-0000001")
    officer.get_by_role("link", name="本单位联系人").first.click()
    officer.locator("main tr", has_text="张联络").get_by_role("link", name="停用").click()
    officer.get_by_label("截止日期").fill("2022-06-30")
    officer.get_by_role("button", name="停用").click()
    officer.get_by_role("link", name="登记联系人").first.click()
    officer.get_by_label("身份").select_option(label="联络员")
    officer.get_by_label("姓名").fill("李接任")
    officer.get_by_label("联系电话").fill("0756-0000002")
    officer.get_by_label("起始日期").fill("2022-07-01")
    officer.get_by_role("button", name="登记").click()
    expect(officer.locator("section", has_text="现任").get_by_text("李接任").first).to_be_visible()
    expect(officer.get_by_role("region", name="历任联系人")).to_contain_text("张联络")
    officer.goto(f"{officer.url.split('/organisations')[0]}{world.zhengan_pairing.get_absolute_url()}")
    expect(officer.locator("main")).to_contain_text("0756-0000002")
    assert Contact.objects.get(name="张联络").valid_to.isoformat() == "2022-06-30"
