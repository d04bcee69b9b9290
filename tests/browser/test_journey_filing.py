"""A member of the working group fills in his county's report: keys, a pasted block, no network, an ended session."""

import re

import pytest
from django.conf import settings as portal_settings
from playwright.sync_api import expect

from tasks.kinds import CellState
from tasks.models import Entry
from tests import factories
from tests.tasks import cycle
from zhuzun.accounts.roles import Role


@pytest.fixture
def filing(portal, world, opened_month, people, time_machine):
    """The report of 正安's county team, open before him."""
    month = opened_month
    time_machine.move_to(cycle.FILING)
    portal.month = month
    portal.report = month.report(world.zhengan_team)
    portal.jobs = month.cell(month.jobs, world.zhengan)
    portal.poor = month.cell(month.jobs_poor, world.zhengan)
    portal.sign_in(people[Role.GROUP_MEMBER])
    portal.open(portal.report.get_absolute_url())
    return portal


def field(portal, cell):
    return portal.page.locator(f"#cell-{cell.pk}")


def saved(portal):
    state = portal.page.locator("form[data-autosave=cells] [data-save-state]")
    expect(state).to_have_text(re.compile(r"^\s*已保存 1"), timeout=15000)  # not: 有 1 格没有保存，…其余已保存 10:31
    return state


def value(cell):
    cell.refresh_from_db()
    return cell.value


def paste(portal, cell, text):
    portal.page.evaluate(
        """([id, text]) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.getElementById(id).dispatchEvent(paste);
        }""",
        [f"cell-{cell.pk}", text],
    )


@pytest.mark.usefixtures("clean_console")
def test_keys_as_in_a_sheet_and_saved_as_one_types(filing):
    page, jobs, poor = filing.page, field(filing, filing.jobs), field(filing, filing.poor)
    jobs.focus()
    page.keyboard.type("1，234")
    page.keyboard.press("Enter")
    expect(poor).to_be_focused()
    page.keyboard.type("0")
    page.keyboard.press("ArrowUp")
    expect(jobs).to_be_focused()
    saved(filing)
    assert value(filing.jobs) == 1234
    filing.poor.refresh_from_db()
    assert filing.poor.state == CellState.ZERO
    expect(page.locator(f"[data-cell='{filing.poor.pk}'] .cell-sign")).to_have_text("0（已确认）")
    expect(page.locator("[data-missing]")).to_have_text("0")
    assert filing.overflow == 0


@pytest.mark.usefixtures("clean_console")
def test_what_is_typed_while_the_page_loads_is_saved_too(filing):
    page, held = filing.page, []
    page.route("**/js/autosave*", lambda route: held.append(route))
    with page.expect_request("**/js/autosave*"):
        page.goto(filing.address + filing.report.get_absolute_url(), wait_until="commit")
    field(filing, filing.jobs).fill("66")
    held[0].continue_()
    saved(filing)
    assert value(filing.jobs) == 66


@pytest.mark.usefixtures("clean_console")
def test_escape_undo_and_a_pasted_block(filing):
    page, jobs = filing.page, field(filing, filing.jobs)
    jobs.focus()
    page.keyboard.type("77")
    page.keyboard.press("Escape")
    expect(jobs).to_have_value("")
    paste(filing, filing.jobs, "1,200\t9\n35\t8\n")
    expect(jobs).to_have_value("1,200")
    expect(field(filing, filing.poor)).to_have_value("35")
    expect(page.locator("[data-autosave=cells] [data-save-state]")).to_contain_text("有 2 个单元格超出表格")
    page.keyboard.press("Control+z")
    expect(jobs).to_have_value("")
    paste(filing, filing.jobs, "9\t" * 110_000)
    expect(page.locator("[data-autosave=cells] [data-save-state]")).to_contain_text("粘贴的内容过大")


@pytest.mark.usefixtures("clean_console")
def test_an_error_stands_at_its_cell_and_the_rest_is_saved(filing):
    jobs = field(filing, filing.jobs)
    paste(filing, filing.jobs, "1.2万\n7\n")
    message = filing.page.locator(f"[data-cell='{filing.jobs.pk}'] .cell-message")
    expect(message).to_have_text("请按单位填写，不写“万”，例如 12000。", timeout=15000)
    expect(jobs).to_have_value("1.2万")
    assert value(filing.poor) == 7
    jobs.fill("12000")
    saved(filing)
    expect(message).to_have_text("")
    assert value(filing.jobs) == 12000


def test_without_network_the_text_stays_and_is_saved_when_it_is_back(filing):
    page, jobs = filing.page, field(filing, filing.jobs)
    page.context.set_offline(True)
    jobs.fill("41")
    state = page.locator("[data-autosave=cells] [data-save-state]")
    expect(state).to_contain_text("未能保存：网络不通", timeout=15000)
    page.context.set_offline(False)
    saved(filing)
    assert value(filing.jobs) == 41


def test_after_an_ended_session_and_a_reload_it_is_offered_back(filing, people):
    page = filing.page
    cookie = next(one for one in page.context.cookies() if one["name"] == portal_settings.SESSION_COOKIE_NAME)
    page.context.clear_cookies(name=cookie["name"])
    field(filing, filing.jobs).fill("52")
    expect(page.locator("[data-autosave=cells] [data-save-state]")).to_contain_text("登录已超时", timeout=15000)
    assert value(filing.jobs) is None
    filing.sign_in(people[Role.GROUP_MEMBER])
    page.on("dialog", lambda dialog: dialog.accept())
    filing.open(filing.report.get_absolute_url())
    expect(page.locator("form[data-autosave=cells] [data-draft-offer]")).to_be_visible()
    page.locator("form[data-autosave=cells] [data-draft-take]").click()
    saved(filing)
    assert value(filing.jobs) == 52


@pytest.mark.usefixtures("clean_console")
def test_two_at_one_cell_the_second_chooses(filing):
    other = factories.person(Role.GROUP_MEMBER, filing.month.world.zhengan_team, name="李四")
    Entry.objects.filter(pk=filing.jobs.pk).update(
        value=130, state=CellState.VALUE, version=1, updated_by=other, updated_at=cycle.at(4, 10, 31)
    )
    field(filing, filing.jobs).fill("140")
    box = filing.page.locator(f"[data-cell='{filing.jobs.pk}']")
    expect(box.locator(".cell-message")).to_contain_text("李四 2026-11-04 10:31 已改为：130 人", timeout=15000)
    box.get_by_role("button", name="用我填的").click()
    saved(filing)
    assert value(filing.jobs) == 140


@pytest.mark.usefixtures("clean_console")
def test_without_scripts_the_form_goes_with_its_button(filing, browser, people):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(filing.page.context.cookies())
    page = context.new_page()
    page.goto(filing.address + filing.report.get_absolute_url())
    page.locator(f"#cell-{filing.jobs.pk}").fill("33")
    page.locator("form[data-autosave=cells] button[type=submit]").click()
    expect(page.locator("body")).to_contain_text("已保存 1 项")
    context.close()
    assert value(filing.jobs) == 33
