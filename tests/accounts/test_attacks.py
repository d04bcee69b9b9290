"""Attacks on sign-in and accounts that no single page is answerable for."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import NOW
from tests.factories import PASSWORD
from zhuzun.accounts import lockout
from zhuzun.accounts.models import User


@pytest.fixture
def strict(security):
    """A signed-in browser whose forms are checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(security)
    return client


def test_sign_in_needs_the_forms_token(officer):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"username": "xiangzhou", "password": PASSWORD})
    assert answer.status_code == 403
    assert "本页已失效" in answer.content.decode()


@pytest.mark.parametrize("name", ["logout", "password_change", "identity", "open", "reissue"])
def test_forms_need_their_token(strict, name):
    assert strict.post(reverse(f"accounts:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["correct", "reset", "end", "reopen", "role_give"])
def test_forms_about_a_person_need_their_token(strict, officer, name):
    before = list(User.objects.values().order_by("pk"))
    assert strict.post(reverse(f"accounts:{name}", args=[officer.pk]), {"reason": "x"}).status_code == 403
    assert list(User.objects.values().order_by("pk")) == before


def test_link_cannot_sign_out_or_reset(as_security, officer):
    """A link or picture on another site sends only GET."""
    as_security.get("/accounts/logout/")
    as_security.get(reverse("accounts:reset", args=[officer.pk]))
    before = officer.password
    officer.refresh_from_db()
    assert officer.password == before
    assert as_security.get("/accounts/people/").status_code == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_leads_nowhere_else(client, officer, target):
    form = {"username": "xiangzhou", "password": PASSWORD, "next": target}
    assert client.post("/accounts/login/", form)["Location"] == "/"


def test_failures_from_several_addresses_do_not_add_up(client, officer):
    """Or anybody could lock anybody out from anywhere."""
    for number in range(9):
        form = {"username": "xiangzhou", "password": "falsch"}
        client.post("/accounts/login/", form, REMOTE_ADDR=f"10.0.0.{number % 3}")
    assert not lockout.locked_usernames(NOW).exists()
    assert client.post("/accounts/login/", {"username": "xiangzhou", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("username", ["", "\0", "x" * 300, "用户", "a\nb", "' OR 1=1 --", "<script>"])
def test_odd_user_names(client, officer, username):
    answer = client.post("/accounts/login/", {"username": username, "password": "falsch"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_many_tries_are_stopped_and_others_work_on(client, officer, security):
    """Of a hundred tries five reach the password; another account signs in from the same address meanwhile."""
    answers = [
        client.post("/accounts/login/", {"username": "xiangzhou", "password": f"falsch-{number}"}).status_code
        for number in range(100)
    ]
    assert answers.count(200) == 4
    assert answers.count(429) == 96
    other = Client()
    assert other.post("/accounts/login/", {"username": "security", "password": PASSWORD}).status_code == 302


def test_pages_with_passwords_are_not_kept(client, officer):
    client.force_login(officer)
    for address in ("/accounts/login/", "/accounts/password/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_no_cache_on_the_way_keeps_what_somebody_was_shown(client, officer):
    client.force_login(officer)
    assert client.get("/accounts/identity/")["Cache-Control"] == "private, no-cache"
