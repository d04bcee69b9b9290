"""Every page of the navigation as each kind of person: opens, fits a desk and a phone, and the console is silent."""

import pytest

from zhuzun.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("clean_console")

# One of each navigation: the others see parts of these.
READERS = [Role.BUREAU_OFFICER, Role.COUNTY_OFFICER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]


@pytest.mark.parametrize("role", READERS)
def test_the_whole_navigation_opens_and_fits(portal, people, role):
    portal.sign_in(people[role]).open("/")
    links = portal.page.eval_on_selector_all("#navigation a", "all => all.map(a => a.getAttribute('href'))")
    assert "/" in links
    assert len(links) >= 3
    for path in links:
        assert portal.open(path).status == 200, path
        assert portal.page.locator("h1").count() == 1, path
        assert portal.overflow <= 0, path
        portal.on_phone()
        assert portal.overflow <= 0, path
        portal.on_desk()
