"""Journeys in a real browser: Debian's chromium, a Chinese reader, and no message in the console.

`portal` opens pages and signs people in; `clean_console` fails a test on any message in the console, a refusal by the
CSP included. Where no chromium can be had the journeys are skipped with a loud line.
"""

import os
from dataclasses import dataclass, field

import pytest
from django.conf import settings as portal_settings
from django.test import Client

from tests.browser import chromium

# pytest-playwright keeps an event loop running in the test's thread; Django would refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = chromium.find()
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.hookimpl(tryfirst=True)  # before tests/conftest.py leaves out what is proven on one database
def pytest_collection_modifyitems(items):
    """Mark what lies here as `browser`, and skip it, loudly, without a chromium."""
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker("browser")
            item.add_marker(pytest.mark.one_database("what scripts and styles make of a page has no database in it"))
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(reason="NO CHROMIUM: browser journeys were not tried (apt install chromium)")
                )


def pytest_terminal_summary(terminalreporter):
    """Say it again at the end, where it is read."""
    if CHROMIUM is None:
        terminalreporter.section("BROWSER JOURNEYS SKIPPED: no chromium found", sep="!", red=True, bold=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox", "--lang=zh-CN"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": DESK,
    }


@dataclass
class Portal:
    """The running portal as one person's browser sees it."""

    page: object
    address: str
    said: list = field(default_factory=list)

    def open(self, path: str):
        """Open a page by its path; gives the answer back."""
        return self.page.goto(self.address + path)

    def sign_in(self, user):
        """Be this person from now on (without the sign-in page, which has journeys of its own)."""
        client = Client()
        client.force_login(user)
        name = portal_settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.address}
        self.page.context.add_cookies([cookie])
        return self

    def on_phone(self):
        """Hold it as a phone."""
        self.page.set_viewport_size(PHONE)
        return self

    def on_desk(self):
        """Back to the office's screen."""
        self.page.set_viewport_size(DESK)
        return self

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than the window; tables scroll by themselves, the page never."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.fixture
def portal(transactional_db, live_server, page):
    """A browser at the running portal."""
    portal = Portal(page, live_server.url)
    page.on("console", lambda message: portal.said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: portal.said.append(f"error: {error}"))
    return portal


@pytest.fixture
def clean_console(portal):
    """The test fails when the browser had anything to say, a refusal by the CSP included."""
    yield
    assert portal.said == []
