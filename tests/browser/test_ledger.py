"""主要任务 in a real browser: a group opens, a lead is set, the matrix keeps its heads in sight."""

from datetime import date

import pytest

from tasks.models import Responsibility
from tests import factories
from zhuzun.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("clean_console")


@pytest.fixture
def policy(world):
    """各区 and forty units answer for the first area, so that the matrix is longer than the screen."""
    units = [factories.organisation("municipal_unit", f"市某某局{n}") for n in range(40)]
    made = factories.policy(*units)
    Responsibility.objects.create(
        paragraph=made.paragraphs[1], group=world.districts, position=0, written_as="各区", valid_from=date(2021, 12, 1)
    )
    return made


def test_the_group_opens_and_the_text_stays_the_policys_own(portal, people, policy):
    portal.sign_in(people[Role.DISTRICT_OFFICER]).open("/tasks/areas/")
    members = portal.page.locator(f"#{policy.areas[0].code} .parties .members").first
    assert not members.is_visible()
    portal.page.locator(f"#{policy.areas[0].code} .parties summary").first.click()
    assert members.inner_text() == "（香洲区、高新区）"
    text = portal.page.locator(f"#{policy.areas[0].code} .verbatim").first.text_content()
    assert text.strip() == policy.paragraphs[1].text


def test_the_bureau_sets_a_lead_and_ends_it(portal, people, policy):
    page = portal.sign_in(people[Role.BUREAU_OFFICER]).page
    portal.open(f"/tasks/areas/{policy.areas[0].code}/7.1/")
    page.get_by_role("link", name="设置牵头、配合").click()
    page.get_by_label("单位").select_option(label="香洲区")
    page.get_by_label("依据或原因").fill("分工会议纪要")
    page.get_by_role("button", name="保存").click()
    row = page.locator("main table tr", has_text="香洲区")
    assert "牵头" in row.inner_text()
    portal.on_phone()
    assert portal.overflow <= 0
    portal.on_desk()
    row.get_by_role("link", name="终止").click()
    page.get_by_label("原因").fill("职能调整")
    page.get_by_role("button", name="终止").click()
    assert page.locator("main table tr", has_text="香洲区").get_by_role("link", name="终止").count() == 0
    assert "职能调整" in page.locator(".history").inner_text()


def test_the_matrix_keeps_its_head_its_first_column_and_its_counts_in_sight(portal, people, policy):
    page = portal.sign_in(people[Role.LEADER]).page
    for hold in (portal.on_desk, portal.on_phone):
        hold()
        portal.open("/tasks/matrix/")
        frame = page.locator(".matrix-frame")
        frame.evaluate("frame => frame.scrollTo(400, 800)")
        box = frame.bounding_box()
        head, foot = (page.locator(f".matrix {part} th").first.bounding_box() for part in ("thead", "tfoot"))
        first = page.locator(".matrix tbody th").last.bounding_box()
        assert abs(head["y"] - box["y"]) <= 2
        assert abs(foot["y"] + foot["height"] - box["y"] - box["height"]) <= 20
        assert abs(first["x"] - box["x"]) <= 2
        assert portal.overflow <= 0
