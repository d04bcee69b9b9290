"""The admin site in a real browser: nothing in the console (strict CSP), a file goes in with its preview."""

import pytest

from tests import factories
from tests.admin.conftest import PAIRINGS, table
from tests.browser.conftest import DESK
from zhuzun.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("clean_console")
PAGES = (
    "/admin/",
    PAIRINGS,
    f"{PAIRINGS}?q=正安",
    f"{PAIRINGS}add/",
    f"{PAIRINGS}export/",
    "/admin/organisations/organisation/",
    "/admin/organisations/division/",
    "/admin/organisations/organisationgroup/",
    "/admin/tasks/indicator/",
    "/admin/tasks/policydocument/",
    "/admin/runs/jobrun/",
    "/admin/django_celery_beat/periodictask/",
)


@pytest.fixture
def office(portal):
    world = factories.world()
    return world, factories.people(world)


def test_every_page_keeps_the_csp(portal, office):
    world, people = office
    portal.sign_in(people[Role.SYSTEM_ADMIN])
    pairing = f"{PAIRINGS}{world.zhengan_towns.pk}/"
    body = f"/admin/organisations/organisation/{world.zhengan.pk}/"
    for address in (*PAGES, f"{pairing}change/", f"{pairing}history/", f"{pairing}permissions/", f"{body}change/"):
        assert portal.open(address).status == 200, address
        assert portal.overflow == 0, (address, DESK)
    portal.sign_in(people[Role.SECURITY_ADMIN])
    person = people[Role.CLERK]
    for address in ("/admin/access/grant/", f"{pairing}permissions/", f"{pairing}permissions/user-manage/{person.pk}/"):
        assert portal.open(address).status == 200, address


def test_a_body_is_found_by_typing(portal, office):
    _, people = office
    portal.sign_in(people[Role.BUREAU_OFFICER]).open(f"{PAIRINGS}add/")
    page = portal.page
    page.click(".field-west .select2-selection")
    page.fill(".select2-search__field", "瑞溪")
    page.click("text=正安县/瑞溪镇/瑞溪村")
    assert page.inner_text(".field-west .select2-selection__rendered").strip() == "正安县/瑞溪镇/瑞溪村"


def test_upload_preview_confirm(portal, office, tmp_path):
    _, people = office
    file = tmp_path / "结对.xlsx"
    file.write_bytes(table([None, "村村结对", "前山村", "瑞溪村", "2021-09-01", None, "协议"]))
    page = portal.sign_in(people[Role.BUREAU_OFFICER]).page
    portal.open(f"{PAIRINGS}import/")
    page.set_input_files("input[type=file]", str(file))
    assert page.inner_text("[data-file-name]") == "结对.xlsx"
    page.click("text=上传并预览")
    assert "新增 1 行" in page.inner_text("h2:has-text('预览')")
    page.click("text=确认导入")
    assert "导入完成：新增 1 条" in page.inner_text(".messagelist")


def test_a_workbook_comes_by_one_press(portal, office):
    _, people = office
    page = portal.sign_in(people[Role.BUREAU_OFFICER]).page
    portal.open(f"{PAIRINGS}export/")
    with page.expect_download() as file:
        page.click("input[type=submit][value=导出]")
    assert file.value.suggested_filename.endswith(".xlsx")
