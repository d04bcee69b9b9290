"""From the office's list to the trail: a new officer comes in, the bureau gives a task a lead, and the auditor finds
who did what and why."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.rosters.conftest import workbook
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event

pytestmark = pytest.mark.usefixtures("clean_console")
OWN = "Juecai-2022-wo"


def bring_in(portal, security):
    """The list is read, shown and confirmed; gives the slip's user name and password."""
    portal.sign_in(security).open("/accounts/roster/")
    rows = workbook(("香洲区乡村振兴部门", "王新来", "区经办", "2022-01-01至今", "0756-0000009"))
    portal.page.set_input_files("[name=file]", {"name": "花名册.xlsx", "mimeType": "", "buffer": rows})
    portal.page.get_by_role("button", name="上传并预览").click()
    expect(portal.page.locator("main table")).to_contain_text("王新来")
    portal.page.get_by_role("button", name="确认导入").click()
    expect(portal.page.locator(".slip")).to_have_count(1)
    return portal.page.locator(".slip-code").all_inner_texts()


def first_day(portal, username, password):
    """Signs in with the slip; no page opens before the password is one's own."""
    page = portal.page
    page.context.clear_cookies()
    portal.open("/accounts/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    portal.open("/pairing/")
    assert page.url == f"{portal.address}/accounts/password/"
    page.get_by_label("原密码").fill(password)
    page.get_by_label("新密码", exact=False).first.fill(OWN)
    page.get_by_label("再输一次新密码").fill(OWN)
    page.get_by_role("button", name="修改密码").click()
    expect(page.locator("h1")).to_contain_text("工作台")


def end_pairing(portal, pairing):
    """The new officer ends a township pairing, with its paper and its reason."""
    portal.open(pairing.get_absolute_url())
    portal.page.get_by_role("link", name="终止").click()
    portal.page.get_by_label("截止日期").fill("2022-12-31")
    portal.page.get_by_label("终止依据").fill("终止协议")
    portal.page.get_by_label("终止原因").fill("协议期满不再续签")
    portal.page.get_by_role("button", name="终止").click()
    expect(portal.page.locator("main")).to_contain_text("已填写终止日期")


def set_lead(portal, officer, area):
    """The bureau gives the first measure its lead."""
    portal.sign_in(officer).open(f"/tasks/areas/{area.code}/7.1/set/")
    portal.page.get_by_label("单位").select_option(label="市教育局")
    portal.page.get_by_label("依据或原因").fill("分工会议纪要")
    portal.page.get_by_role("button", name="保存").click()
    expect(portal.page.locator("main table")).to_contain_text("市教育局")


def test_the_auditor_finds_who_did_what(portal, world, people):
    policy = factories.policy(world.education)
    username, password = bring_in(portal, people[Role.SECURITY_ADMIN])
    first_day(portal, username, password)
    end_pairing(portal, world.zhengan_towns)
    portal.page.context.clear_cookies()
    set_lead(portal, people[Role.BUREAU_OFFICER], policy.areas[0])

    portal.page.context.clear_cookies()
    portal.sign_in(people[Role.AUDIT_ADMIN]).open("/audit/")
    trail = portal.page.locator("main table")
    for act in ("导入花名册", "开户", "授予角色", "修改密码", "终止结对", "设置牵头、配合单位"):
        expect(trail.locator("tr", has_text=act).first).to_be_visible()
    portal.page.get_by_label("人员").fill("王新来")
    portal.page.get_by_label("动作").select_option(label="终止结对")
    portal.page.get_by_role("button", name="查询").click()
    expect(trail.locator("tbody tr")).to_have_count(1)
    expect(trail).to_contain_text("协议期满不再续签")
    trail.locator("tbody a").first.click()
    expect(portal.page.locator("main")).to_contain_text(re.compile("2022-12-31"))
    portal.page.go_back()
    with portal.page.expect_download() as saved:
        portal.page.locator("details", has_text="导出").locator("summary").click()
        portal.page.get_by_role("link", name=re.compile("xlsx|Excel")).click()
    assert saved.value.path().stat().st_size > 0
    mine = Event.objects.filter(actor=people[Role.AUDIT_ADMIN], action="export")
    assert mine.count() == 1  # the auditor is recorded himself
