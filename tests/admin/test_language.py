"""No English on screen: the committed catalogue is the one of the .po, and admin pages speak Chinese."""

import ast
import gettext
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

from tests.admin.conftest import PAIRINGS
from tests.admin.test_pages import RIGHTS, an_object
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.organisations.models import Organisation

FOLDER = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES"
SPOKEN = {"title", "alt", "placeholder", "aria-label"}
# Words that are the office's own: codes, file names, numbers of papers.
CODES = re.compile(
    r"\.(xlsx|csv)|Excel 工作簿|TEST-\d+|T-2021-LAB\d+|INITIAL_FORMS|TOTAL_FORMS|runs\.clear_sessions|Chrome|Edge"
)


def messages_of(path):
    """The entries of a .po file: msgid → msgstr."""
    found, key, parts = {}, "", {}
    for line in [*path.read_text(encoding="utf-8").splitlines(), 'msgid ""']:
        if line.startswith(("msgid ", "msgctxt ")) and "msgstr" in parts:
            context = "".join(parts.get("msgctxt", []))
            found[(context + "\x04" if context else "") + "".join(parts["msgid"])] = "".join(parts["msgstr"])
            parts = {}
        if match := re.match(r"(msgctxt|msgid|msgstr) ", line):
            key = match.group(1)
            parts[key] = [ast.literal_eval(line[len(key) + 1 :])]
        elif line.startswith('"'):
            parts[key].append(ast.literal_eval(line))
    return found


@pytest.mark.parametrize(("name", "least"), [("django", 30), ("djangojs", 7)])
def test_the_committed_catalogue_is_compiled_from_the_source(name, least):
    with (FOLDER / f"{name}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    written = messages_of(FOLDER / f"{name}.po")
    assert len(written) > least
    assert {key: text for key, text in compiled.items() if key} == {key: text for key, text in written.items() if key}


def test_the_calendar_heads_its_days_in_chinese(desk):
    script = desk.get("/admin/jsi18n/").content.decode()
    assert '"one letter Wednesday\\u0004W": "\\u4e09"' in script
    assert "\\u4eca\\u5929" in script  # 今天, from Django's own catalogue


class Words(HTMLParser):
    """What a reader sees or hears."""

    def __init__(self):
        super().__init__()
        self.found, self.silent = [], 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in {"script", "style", "svg", "title"}
        self.found += [value for name, value in attrs if name in SPOKEN and value]
        kinds = dict(attrs)
        if tag == "input" and kinds.get("type") in {"submit", "button"}:
            self.found.append(kinds.get("value", ""))

    def handle_endtag(self, tag):
        self.silent -= tag in {"script", "style", "svg", "title"}

    def handle_data(self, data):
        if not self.silent:
            self.found.append(data)


def english(page):
    words = Words()
    words.feed(page.content.decode())
    return [text.strip() for text in words.found if re.search("[A-Za-z]{3,}", CODES.sub("", text))]


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN])
def test_admin_pages_are_chinese(role, world, people, sign_in):
    browser = sign_in(people[role])
    told = set()
    for label, (readers, *_) in RIGHTS.items():
        if role not in readers:
            continue
        base = f"/admin/{label.replace('.', '/')}/"
        found = an_object(label, world)
        for address in (base, f"{base}?q=zz", f"{base}add/", f"{base}{found.pk}/change/", f"{base}{found.pk}/history/"):
            told.update(english(browser.get(address)))
        told.update(english(browser.post(f"{base}{found.pk}/change/", {})))
    for address in ("/admin/", f"{PAIRINGS}import/", f"{PAIRINGS}export/"):
        told.update(english(browser.get(address)))
    known = {"districts", *Organisation.objects.values_list("code", flat=True)}
    known |= set(User.objects.values_list("username", flat=True)) | {role.value for role in Role}
    assert sorted(told - known) == []
