"""No page offers its reader a link that he may not open: everybody follows every link from his first page on."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests import factories, matrix
from tests.matrix import estate as estates

ALIKE = 2  # so many addresses of one page with the same query fields are followed
MOST = 400


class Links(HTMLParser):
    """The addresses of a page's links, as written."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        address = dict(attrs).get("href") if tag == "a" else None
        if address is not None:
            self.found.append(address)


def kind_of(address):
    """Which page it is, and with which query fields: two rows of one list are alike."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        name = parts.path
    return name, tuple(sorted({field for field, _ in parse_qsl(parts.query)}))


def within(address):
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and bool(parts.path)


class Crawl:
    """One person's way through the portal."""

    def __init__(self, client):
        self.client = client
        self.waiting, self.met, self.faults = ["/"], Counter(), []
        self.pages = 0

    def run(self):
        seen = {"/"}
        while self.waiting and self.pages < MOST:
            page = self.waiting.pop(0)
            for address in self.links_of(page):
                if within(address) and address not in seen and self.met[kind_of(address)] < ALIKE:
                    seen.add(address)
                    self.met[kind_of(address)] += 1
                    self.waiting.append(address)
        return self

    def links_of(self, page):
        """Open a page, note what is wrong with it, and give its links."""
        self.pages += 1
        answer = self.client.get(page, follow=True)
        if answer.status_code != 200:
            self.faults.append(f"{page} answers {answer.status_code}")
            return []
        if not answer.get("Content-Type", "").startswith("text/html"):
            return []
        written = Links(answer.content.decode()).found
        if not page.startswith("/admin/"):
            self.faults += [f"{page}: “{one}” is no absolute path" for one in written if not one.startswith(("/", "#"))]
        return [urldefrag(urljoin(page, address)).url for address in written if address]


@pytest.mark.parametrize("role", matrix.ROLES)
def test_every_link_opens(world, people, strangers, sign_in, time_machine, role):
    time_machine.move_to(factories.NOW, tick=False)
    estates.build(world, people, strangers)
    crawl = Crawl(sign_in(people[role])).run()
    assert crawl.faults == []
    assert crawl.pages > 10
    assert not crawl.waiting, "the way is longer than MOST: raise it"
