"""The block editor with its script: buttons work in place, nothing typed is lost, a network that is away."""

import pytest
from playwright.sync_api import expect

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.documents.papers.text import Heading, Paragraph, Table
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.services import drafting

SAVE = ".editor .form-buttons .btn-primary"


@pytest.fixture
def paper(world, people):
    desk = making.Desk(world, people, making.offices(world))
    paper = desk.draft()
    facts = {"actor": people[Role.BUREAU_OFFICER], "now": making.NOW}
    return drafting.write(paper, blocks=[Heading(1, "情况"), Paragraph("各区推进。")], **facts)


def words(portal):
    return [one.input_value() for one in portal.page.locator("textarea[name=words]").all()]


def test_a_text_is_edited_in_place_and_nothing_is_lost(portal, people, paper):
    page = portal.page
    portal.sign_in(people[Role.BUREAU_OFFICER]).open(f"/notices/{paper.pk}/text/")
    length = page.evaluate("history.length")
    page.select_option("#kind-1", "heading1")
    expect(page.locator("[data-number]").nth(1)).to_have_text("二、")
    page.fill("#words-2", "新的一段。")
    page.focus("button[value=drop-0]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已删除 1 段")).to_be_visible()
    assert words(portal) == ["各区推进。", "新的一段。"]
    page.click("button[value=back]")
    expect(page.locator("#words-0")).to_have_value("情况")
    assert page.evaluate("history.length") == length, "后退 would lead into a form sent before"

    page.context.set_offline(True)
    page.click("button[value=up-2]")
    expect(page.locator("[data-save-state]")).to_contain_text("网络不通")
    page.context.set_offline(False)
    assert words(portal) == ["情况", "各区推进。", "新的一段。"]

    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    portal.open(f"/notices/{paper.pk}/text/")
    assert asked == ["beforeunload"]
    page.click("[data-draft-take]")
    expect(page.locator("#words-2")).to_have_value("新的一段。")
    page.click(SAVE)
    expect(page.get_by_text("已保存正文。")).to_be_visible()
    assert [one["text"] for one in Paper.objects.get(pk=paper.pk).blocks] == ["情况", "各区推进。", "新的一段。"]
    assert page.evaluate("localStorage.length") == 0
    portal.open("/notices/")
    assert asked == ["beforeunload"], "what is saved may be left"


def test_a_wide_table_scrolls_in_its_own_box(portal, people, paper):
    table = Table("", "万元", (("引导落地（投产）企业",) * 12,), (("1,234.50",) * 12,))
    drafting.write(paper, blocks=[table], actor=people[Role.BUREAU_OFFICER], now=making.NOW)
    portal.sign_in(people[Role.BUREAU_OFFICER]).open(f"/notices/{paper.pk}/text/")
    assert portal.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_file_that_is_too_large_is_refused_at_its_field(portal, people, paper):
    portal.sign_in(people[Role.BUREAU_OFFICER]).open(f"/notices/{paper.pk}/enclose/")
    field = portal.page.locator("input[type=file]")
    field.evaluate("(one) => { one.dataset.most = 3 }")
    field.set_input_files({"name": "计划.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    portal.page.click("form.paper button[type=submit]")
    assert "文件超过 10 MB" in field.evaluate("(one) => one.validationMessage")
    assert portal.page.url.endswith("/enclose/")
    field.set_input_files({"name": "计划.pdf", "mimeType": "application/pdf", "buffer": b"%P"})
    assert field.evaluate("(one) => one.validationMessage") == ""
