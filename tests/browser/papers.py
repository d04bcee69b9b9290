"""What becomes of a month's papers, as a journey goes on: drafted by the portal, signed inside and outside, served."""

import re

from playwright.sync_api import expect

from zhuzun.home.demo.scan import SCAN as SCAN_PDF

CIRCULAR, REPORT = "进展情况的通报", "进展情况的报告"
SCAN = {"name": "用印件.pdf", "mimeType": "application/pdf", "buffer": SCAN_PDF}


def the_bureau_wants_them_each_month(month):
    """公文起草安排: the 通报 and the 报告, by default of quarters, also of months."""
    for kind in ("通报", "报告"):
        row = month.be("bureau").go("公文起草安排").page.locator("main tr").filter(has_text=kind)
        row.filter(has=month.page.get_by_role("cell", name="月", exact=True)).get_by_role("link", name="修改").click()
        month.page.get_by_label("自动起草").check()
        month.press("保存").says("已保存起草安排")


def the_portal_drafts_them(month):
    """As soon as the month is closed: 审定 wakes the job."""
    month.be("bureau").go("收件箱").says("系统已起草")
    month.go("汇总和定稿").link("2022年9月").says("系统起草").link(re.compile(CIRCULAR))
    month.says("财政援助资金到位3080.50万元").says("以上数据为2022年9月定稿数（第1版）")


def the_drafter_ticks_and_passes_on(month):
    """A late body only after the leader's word; a problem by a tick."""
    month.link("选定列入内容")
    late = month.page.get_by_role("checkbox", name=re.compile("高新区"))
    expect(late).to_be_disabled()
    month.page.get_by_role("checkbox", name=re.compile("部分数据尚不完整")).check()
    month.press("保存").says("部分数据尚不完整").act("送核稿").says("待核稿")
    of(month, REPORT).says("附件：1.2022年9月东西部协作工作进展分任务领域汇总表").act("送核稿").says("待核稿")


def of(month, title):
    """A paper, from the list of papers."""
    month.go("公文(?!起草)").link(re.compile(title))
    return month


def they_are_checked_and_signed(month):
    """The 通报 in the portal; the 报告 on the 发文稿纸, whose scan the clerk files."""
    month.at(10, 11, 14)
    for title in (CIRCULAR, REPORT):
        of(month.be("head"), title).act(re.compile("^核稿同意"))
    month.at(10, 11, 15)
    of(month.be("bureau-leader"), CIRCULAR).act(re.compile("^签发$")).says("待复核")
    month.at(10, 11, 16)
    of(month.be("wenshu"), REPORT).link("登记线下签发")
    signed = {"核稿人": "王处长", "核稿日期": "2022-10-11", "签发人": "李局长", "签发日期": "2022-10-11"}
    for label, words in signed.items():
        month.page.get_by_label(label).first.fill(words)
    month.page.set_input_files("input[type=file]", SCAN)
    month.page.locator("form.paper button[type=submit]").click()
    month.says("李局长（线下）")


def the_clerk_sends_them(month):
    """复核, 登记编号, 印制用印, 印发."""
    for title, serial in ((CIRCULAR, "9"), (REPORT, "31")):
        of(month.be("wenshu"), title).act("复核通过").link("登记编号")
        month.page.get_by_label("发文机关代字").fill("珠委农组" if title == CIRCULAR else "珠振兴")
        month.page.get_by_label("顺序号").fill(serial)
        month.page.locator("form.paper button[type=submit]").click()
        month.says(f"〔2022〕{serial}号").act("印制用印").link("上传用印件")
        month.page.set_input_files("input[type=file]", SCAN)
        month.press("上传").act(re.compile("^印发$")).says("已印发")


def everybody_signs_for_them(month):
    """Districts in the portal, who has no account by hand; the sender sees it complete."""
    month.at(10, 12, 8)
    for district in ("xiangzhou", "jinwan", "gaoxin"):
        of(month.be(district), CIRCULAR).says("珠委农组〔2022〕9号").press("签收")
        month.says("已签收")
    for title in (CIRCULAR, REPORT):
        of(month.be("wenshu"), title)
        while month.page.get_by_role("link", name="登记线下送达").count():
            month.link("登记线下送达")
            month.page.get_by_label("送达日期").fill("2022-10-12")
            month.page.get_by_label("送达方式和接收人").fill("机要交换，对方收发室")
            month.page.locator("form.paper button[type=submit]").click()
            month.says("已登记")
    of(month, CIRCULAR).says("5 / 5")
    month.go("发文登记簿").says("珠委农组〔2022〕9号").says("珠振兴〔2022〕31号")
