"""Everybody follows every link from his first page on: each opens, and none shows what is not his to read."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests import factories, matrix
from zhuzun.accounts.roles import COUNTY, DISTRICT, Role

# Who must not read a word of another district's and county's sub-level pairings and contacts, on no page, in no export.
NARROW = {*DISTRICT, *COUNTY, Role.GROUP_MEMBER, Role.INSPECTOR, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}
# Between them they meet nearly every page with nearly every set of query fields that anybody meets (397 of 400 when it
# was last counted): as many statements as another database has to understand. Who may open what hangs on none of them.
EVERY_STATEMENT = {
    Role.BUREAU_OFFICER,
    Role.BUREAU_LEADER,
    Role.DISTRICT_OFFICER,
    Role.SYSTEM_ADMIN,
    Role.SECURITY_ADMIN,
    Role.AUDIT_ADMIN,
}
FEWER = pytest.mark.one_database("six roles meet every page; tests/test_matrix.py asks each address as every role")
ALIKE = 2  # so many addresses of one page with the same query fields are followed
MOST = 900


ANCHOR = re.compile(r"""<a\s(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)


class Links(HTMLParser):
    """The addresses of a page's links, as written."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed("".join(ANCHOR.findall(page)))  # the rest of the page needs no reading

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
    if parts.path.startswith("/admin/"):  # its filters combine without end
        return name, bool(parts.query)
    return name, tuple(sorted({field for field, _ in parse_qsl(parts.query)}))


def within(address):
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and bool(parts.path)


class Crawl:
    """One person's way through the portal."""

    def __init__(self, client, watched):
        self.client, self.watched, self.read = client, watched, {}
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
        if not answer.get("Content-Type", "").startswith("text/"):
            return []
        text = answer.content.decode("utf-8-sig")
        self.read |= {word: page for word in self.watched if word in text}
        if not answer["Content-Type"].startswith("text/html"):
            return []
        written = Links(text).found
        if not page.startswith("/admin/"):
            self.faults += [f"{page}: “{one}” is no absolute path" for one in written if not one.startswith(("/", "#"))]
        return [urldefrag(urljoin(page, address)).url for address in written if address]


@pytest.mark.usefixtures("pages_only")
@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=() if role in EVERY_STATEMENT else FEWER) for role in matrix.ROLES]
)
def test_every_link_opens(estate, people, sign_in, time_machine, role):
    time_machine.move_to(factories.NOW, tick=False)
    crawl = Crawl(sign_in(people[role]), estate.foreign).run()
    assert crawl.faults == [], "\n".join(crawl.faults)
    if role in NARROW:
        assert crawl.read == {}
    if role == Role.BUREAU_OFFICER:
        assert set(crawl.read) == set(estate.foreign), "the words stand nowhere: they prove nothing"
    assert crawl.pages > 10
    assert not crawl.waiting, "the way is longer than MOST: raise it"
