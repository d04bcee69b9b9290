"""Every named address × every role: what each gets is written in tests/matrix/*.csv, and nothing is left out."""

import re

import pytest
from django.conf import settings as portal_settings
from django.contrib import admin
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from tests import factories, matrix
from tests.matrix import addresses
from zhuzun import urls
from zhuzun.accounts.roles import Role

SCOPED = ("documents:", "notices:", "pairing:", "paper_documents:", "runs:job", "rosters:", "tasks:report")
SILENT = "当前身份没有此项权限。"  # what the 403 page says where a view gave no reason


pytestmark = pytest.mark.usefixtures("pages_only")
no_query = pytest.mark.one_database("refused or answered without a query that GET does not make in test_own_objects")


@pytest.fixture(autouse=True)
def _day(time_machine):
    """2022-03-15 10:32, whatever day it is."""
    time_machine.move_to(factories.NOW, tick=False)


@pytest.fixture
def undrawn(monkeypatch):
    """What is refused or not there says so, without the page around the reason: it is the same at every address.

    test_own_objects has it drawn for every role.
    """
    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", _told(status), raising=False)


def _told(status):
    def tell(request, exception):
        return HttpResponse(format_html('<p class="error-reason">{}</p>', exception), status=status)

    return tell


@pytest.fixture
def drawn_once(request):
    """The suite's second run draws no refusal: the page around the reason asks what every page asks."""
    if request.config.getoption("--database-only"):
        request.getfixturevalue("undrawn")


def reason_of(response) -> str:
    found = re.search(r'class="error-reason">(.*?)</p>', response.content.decode(), re.DOTALL)
    return found.group(1).strip() if found else ""


def ask(client, method, url):
    """The answer: its status, and for a refusal whether it says why (403!) or not."""
    response = client.generic(method, url)
    said = response.status_code != 403 or reason_of(response) not in ("", SILENT)
    return str(response.status_code) if said else "403 without a reason"


def answers(enter, estate, role, table, objects):
    """What each address answers; `enter` gives a client that is signed in, also after one of them signed it out."""
    client, found = enter(), {}
    for name, row in matrix.rows(table).items():
        found[name] = ask(client, row["method"], addresses.address(name, estate, role, objects))
        client = enter() if name.endswith(":logout") else client
    return found


def expected(table, column):
    return {name: row[column] for name, row in matrix.rows(table).items()}


def differing(found, wanted):
    return {name: f"{found[name]}, the row says {wanted[name]}" for name in wanted if found[name] != wanted[name]}


def test_no_address_is_missing_and_no_row_is_stale():
    listed = {name.partition("#")[0] for name in matrix.rows("urls")}
    assert matrix.named_urls() - listed == set(), "ask who may open it, and add its row to tests/matrix/urls.csv"
    assert listed - matrix.named_urls() == set(), "strike these rows"


def test_no_page_of_an_object_is_missing_among_the_foreign_ones():
    """Pages whose object lies in a district or county, or belongs to an uploader."""
    scoped = {name for name in matrix.rows("urls") if name.startswith(SCOPED) and name in addresses.OWN}
    assert scoped - set(matrix.rows("foreign")) == set()
    assert set(matrix.rows("foreign")) == set(addresses.FOREIGN)


@pytest.mark.usefixtures("drawn_once")
@pytest.mark.parametrize("role", matrix.ROLES)
def test_own_objects(estate, sign_in, role):
    found = answers(lambda: sign_in(estate.people[role]), estate, role, "urls", addresses.OWN)
    assert differing(found, expected("urls", role)) == {}


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("role", matrix.ROLES)
def test_objects_of_others(estate, sign_in, role):
    found = answers(lambda: sign_in(estate.people[role]), estate, role, "foreign", addresses.FOREIGN)
    assert differing(found, expected("foreign", role)) == {}


def test_before_signing_in(estate, client):
    found = answers(lambda: client, estate, Role.LEADER, "urls", addresses.OWN)
    assert differing(found, expected("urls", matrix.ANONYMOUS)) == {}


def test_anonymous_is_sent_to_the_sign_in_page(estate, client):
    for name, row in matrix.rows("urls").items():
        if row[matrix.ANONYMOUS] == "302":
            answer = client.generic(row["method"], addresses.address(name, estate, Role.LEADER))
            assert answer.url.startswith("/accounts/login/"), name


@no_query
@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("role", matrix.ROLES)
@pytest.mark.parametrize(("table", "objects"), [("urls", addresses.OWN), ("foreign", addresses.FOREIGN)])
def test_a_form_sent_does_not_open_what_get_refuses(estate, sign_in, role, table, objects):
    client = sign_in(estate.people[role])
    for name, row in matrix.rows(table).items():
        if row["method"] == "GET" and row[role] in ("403", "404"):
            answer = client.post(addresses.address(name, estate, role, objects))
            assert str(answer.status_code) in (row[role], "405"), name


NO_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


def test_methods_are_looked_at_before_anybody_is_known():
    """So what holds for one role, and for nobody, holds for all."""
    order = portal_settings.MIDDLEWARE
    methods, sessions = "zhuzun.ui.middleware.KnownMethods", "django.contrib.sessions.middleware.SessionMiddleware"
    assert order.index(methods) < order.index(sessions)


@no_query
def test_no_address_takes_a_method_that_no_page_has(estate, sign_in):
    client = sign_in(estate.people[Role.SYSTEM_ADMIN])
    for name in matrix.rows("urls"):
        url = addresses.address(name, estate, Role.SYSTEM_ADMIN, addresses.OWN)
        for method in NO_METHODS:
            assert client.generic(method, url).status_code == 405, f"{method} {name}"


@no_query
def test_nor_before_signing_in(estate, client):
    for name in matrix.rows("urls"):
        for method in NO_METHODS:
            url = addresses.address(name, estate, Role.LEADER)
            assert client.generic(method, url).status_code == 405, f"{method} {name}"


@no_query
def test_nor_do_the_pages_of_the_admin(estate, sign_in):
    client = sign_in(estate.people[Role.SYSTEM_ADMIN])
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for method in NO_METHODS:
            assert client.generic(method, reverse(f"{base}_changelist")).status_code == 405, f"{method} {base}"


# HEAD draws the whole page: two who see nearly everything between them are enough, every view inherits it from GET.
@no_query
@pytest.mark.parametrize("role", [Role.BUREAU_OFFICER, Role.SECURITY_ADMIN])
def test_head_answers_as_get_does(estate, sign_in, role):
    client = sign_in(estate.people[role])
    for name, row in matrix.rows("urls").items():
        url = addresses.address(name, estate, role, addresses.OWN)
        answer = client.head(url)
        assert str(answer.status_code) == (row[role] if row["method"] == "GET" else str(client.get(url).status_code)), (
            name
        )
        assert b"".join(answer) == b"", name  # a file is streamed


# --- the admin site: one row a ModelAdmin ----------------------------------------------------------------------------


def acts(client, model):
    """What somebody may do on the pages of a model: list, read or edit, add, history, delete, export …"""
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    key = model._base_manager.order_by("pk").values_list("pk", flat=True).first()
    assert key is not None, f"no {model.__name__} in the estate"
    if client.get("/admin/").status_code == 403:  # one guard before every page: three doors are enough
        doors = {
            _status(client, base, act, *args) for act, args in (("changelist", ()), ("add", ()), ("change", (key,)))
        }
        return "—" if doors == {403} else f"{doors}"
    found = [act for act in ("changelist", "add", "export", "import") if _status(client, base, act) == 200]
    page = client.get(reverse(f"{base}_change", args=[key]))
    if page.status_code == 200:
        found.append("edit" if b'name="_save"' in page.content else "read")
    found += [act for act in ("history", "delete", "permissions") if _status(client, base, act, key) == 200]
    return " ".join(found).replace("changelist", "list") or "—"


def _status(client, base, act, *args):
    try:
        return client.get(reverse(f"{base}_{act}", args=args)).status_code
    except NoReverseMatch:
        return None


def admin_row(model):
    return f"{model._meta.app_label}.{model._meta.model_name}"


def test_no_model_admin_is_missing():
    assert {admin_row(model) for model in admin.site._registry} == set(matrix.rows("admin"))


@pytest.mark.parametrize("role", matrix.ROLES)
def test_admin_pages(estate, sign_in, role):
    client = sign_in(estate.people[role])
    found = {admin_row(model): acts(client, model) for model in admin.site._registry}
    assert differing(found, expected("admin", role)) == {}


def test_admin_before_signing_in(estate, client):
    for model in admin.site._registry:
        answer = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        assert answer.url.startswith("/accounts/login/")
