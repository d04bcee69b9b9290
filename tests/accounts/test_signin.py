"""Signing in and out, sessions and their limits, the lock."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client

from tests.accounts.conftest import NOW, TODAY
from tests.accounts.signing import LOGIN, alive, sign_in
from tests.factories import PASSWORD, person
from zhuzun.accounts import lockout, services
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event


def actions():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


# --- the page ---------------------------------------------------------------------------------------------------------


def test_plain_form_and_the_warning(client, officer):
    page = client.get(LOGIN).content.decode()
    assert 'name="username"' in page
    assert 'name="password"' in page
    assert "本系统为非涉密系统，严禁存储、处理、传输国家秘密" in page


def test_sign_in_and_out(client, officer):
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert alive(client)
    assert client.get("/accounts/logout/").status_code == 405
    client.post("/accounts/logout/")
    assert not alive(client)
    assert actions() == ["signin", "signout"]


def test_user_name_as_a_phone_writes_it(client, officer):
    assert sign_in(client, " Xiangzhou ").status_code == 302


def test_goes_on_where_one_was_but_not_to_another_site(client, officer):
    assert sign_in(client, QUERY_STRING="next=/accounts/identity/")["Location"] == "/accounts/identity/"
    client.post("/accounts/logout/")
    assert sign_in(client, QUERY_STRING="next=https://evil.example/")["Location"] == "/"


def test_who_exists_is_not_told(client, officer, unit):
    person(Role.UNIT_OFFICER, unit, username="ended", is_active=False)
    pages = [
        sign_in(client, name, password).content.decode().replace(name, "")
        for name, password in (("xiangzhou", "falsch"), ("nobody", "falsch"), ("ended", PASSWORD))
    ]
    texts = {page[page.index("error-summary") : page.index("form-buttons")] for page in pages}
    assert len(texts) == 1
    assert "用户名或密码不正确" in texts.pop()


@pytest.mark.parametrize("one_time", [False, True])
def test_unknown_name_costs_as_many_rounds_as_a_wrong_password(
    client, officer, settings, monkeypatch, one_time, security
):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 30_000)
    officer.set_password(PASSWORD)
    officer.save()
    if one_time:
        services.reset_password(officer, actor=security, now=NOW)
    rounds = []
    encode = PBKDF2PasswordHasher.encode

    def counting(self, password, salt, iterations=None):
        rounds.append(iterations or self.iterations)
        return encode(self, password, salt, iterations)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counting)
    sign_in(client, "nobody", "falsch")
    unknown, rounds[:] = sum(rounds), []
    sign_in(client, "xiangzhou", "falsch")
    assert unknown == sum(rounds) == 30_000


def test_demonstration_accounts_are_shown_in_a_demonstration_only(client, security, district, settings):
    settings.DEMO_PASSWORD = "Demo-2021-wort"
    User.objects.update(password_changed_at=NOW)
    services.open_account("演示", district, username="jinwan", password="Demo-2021-wort", actor=security, now=NOW)
    services.open_account("新人", district, username="fresh", actor=security, now=NOW)
    page = client.get(LOGIN).content.decode()
    assert "演示账号" in page
    assert "jinwan" in page
    assert "Demo-2021-wort" in page
    assert "fresh" not in page
    assert "security" not in page
    settings.DEMO = False
    page = client.get(LOGIN).content.decode()
    assert "jinwan" not in page
    assert "Demo-2021-wort" not in page


def test_no_table_without_such_accounts(client, officer):
    User.objects.update(must_change_password=True)
    assert "演示账号" not in client.get(LOGIN).content.decode()


# --- the trail --------------------------------------------------------------------------------------------------------


def test_failures_are_in_the_trail_without_what_was_typed(client, officer):
    sign_in(client, password="falsches-Kennwort1", REMOTE_ADDR="10.0.0.9")
    sign_in(client, username="geheim-2021", password="x")
    known, unknown = Event.objects.order_by("pk")
    assert (known.action, known.succeeded, known.username, known.address) == (
        "signin.failed",
        False,
        "xiangzhou",
        "10.0.0.9",
    )
    assert known.object_id == str(officer.pk)
    assert unknown.username == "ge…"
    assert unknown.detail == {"说明": "没有这个用户名"}
    assert not [row for row in Event.objects.values() if "falsches" in str(row) or "geheim" in str(row)]


# --- the lock ---------------------------------------------------------------------------------------------------------


def test_locked_after_five_failures_for_thirty_minutes(client, officer, office_hours):
    for number in range(4):
        assert sign_in(client, password="falsch").status_code == 200, number
    answer = sign_in(client, password="falsch")
    assert answer.status_code == 429
    assert "账号已锁定" in answer.content.decode()
    assert "请在 30 分钟后再试" in answer.content.decode()
    assert sign_in(client).status_code == 429

    office_hours.move_to(NOW + timedelta(minutes=18, seconds=30), tick=False)
    assert "请在 12 分钟后再试" in sign_in(client).content.decode()
    office_hours.move_to(NOW + timedelta(minutes=30, seconds=1), tick=False)
    assert sign_in(client).status_code == 302
    assert actions() == [*["signin.failed"] * 5, *["signin.locked"] * 3, "signin"]


def test_lock_is_for_user_and_address(client, officer, unit):
    person(Role.UNIT_OFFICER, unit, username="jiaoyu")
    for _ in range(5):
        sign_in(client, password="falsch", REMOTE_ADDR="10.0.0.1")
    assert sign_in(client, REMOTE_ADDR="10.0.0.1").status_code == 429
    assert sign_in(Client(), "jiaoyu", REMOTE_ADDR="10.0.0.1").status_code == 302
    assert sign_in(Client(), REMOTE_ADDR="10.0.0.2").status_code == 302


def test_lock_is_not_shaken_off(client, officer):
    """Neither by another browser, nor by a header that claims another address, nor by another spelling."""
    for number in range(5):
        sign_in(
            Client(),
            " Xiangzhou",
            "falsch",
            HTTP_USER_AGENT=f"browser {number}",
            HTTP_X_FORWARDED_FOR=f"1.1.1.{number}",
        )
    assert sign_in(Client(), HTTP_USER_AGENT="new").status_code == 429


def test_unknown_names_are_locked_alike(client, db):
    answers = [sign_in(client, "nobody", "falsch").status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]


def test_success_forgets_failures(client, officer):
    for _ in range(4):
        sign_in(client, password="falsch")
    assert sign_in(client).status_code == 302
    client.post("/accounts/logout/")
    assert sign_in(client, password="falsch").status_code == 200


def test_time_left_counts_every_browser(client, officer, office_hours):
    for number in range(5):
        office_hours.move_to(NOW + timedelta(minutes=number), tick=False)
        sign_in(client, password="falsch", HTTP_USER_AGENT=f"browser {number}")
    now = NOW + timedelta(minutes=4)
    assert lockout.time_left("xiangzhou", "127.0.0.1", now) == timedelta(minutes=26)
    assert lockout.time_left("xiangzhou", "10.0.0.1", now) == timedelta()
    assert lockout.time_left("nobody", "127.0.0.1", now) == timedelta()


# --- sessions ---------------------------------------------------------------------------------------------------------


def test_session_key_changes_at_sign_in(client, officer):
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    sign_in(client)
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def stolen(client):
    """Another browser with the same cookie."""
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    return thief


def test_old_cookie_is_dead_after_sign_out(client, officer):
    sign_in(client)
    thief = stolen(client)
    assert alive(thief)
    client.post("/accounts/logout/")
    assert not alive(thief)


def test_password_change_ends_other_sessions_and_keeps_this_one(client, officer):
    sign_in(client)
    other = Client()
    sign_in(other)
    answer = client.post("/accounts/password/", {"old": PASSWORD, "new": "Neu-wort-2026", "again": "Neu-wort-2026"})
    assert answer.status_code == 302
    assert alive(client)
    assert not alive(other)
    assert "您的密码已修改或重置" in other.get(LOGIN).content.decode()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda user, actor: services.end_account(user, reason="离职", actor=actor, now=NOW), "账号已停用或到期"),
        (lambda user, actor: services.reset_password(user, actor=actor, now=NOW), "密码已修改或重置"),
        (lambda user, actor: User.objects.filter(pk=user.pk).update(ends_on=TODAY - timedelta(days=1)), "已停用或到期"),
    ],
)
def test_dead_at_the_next_request(client, officer, security, act, said):
    sign_in(client)
    act(officer, security)
    assert not alive(client)
    page = client.get(LOGIN).content.decode()
    assert said in page
    assert said not in client.get(LOGIN).content.decode()
    assert SESSION_KEY not in client.session


def test_idle_session_ends_and_says_why(client, officer, office_hours):
    sign_in(client)
    office_hours.move_to(NOW + timedelta(minutes=29), tick=False)
    assert alive(client)
    office_hours.move_to(NOW + timedelta(minutes=58), tick=False)
    assert alive(client)
    office_hours.move_to(NOW + timedelta(minutes=89), tick=False)
    answer = client.get("/accounts/identity/")
    assert answer["Location"] == f"{LOGIN}?next=/accounts/identity/"
    assert "超过 30 分钟没有操作" in client.get(LOGIN).content.decode()
    assert Event.objects.get(action="signout").reason == "长时间未操作，自动退出"


def test_a_session_never_used_ends_too(client, officer, office_hours):
    sign_in(client)
    office_hours.move_to(NOW + timedelta(minutes=31), tick=False)
    assert not alive(client)


def test_session_ends_after_eight_hours_of_work(client, officer, office_hours):
    sign_in(client)
    for minutes in range(20, 481, 20):
        office_hours.move_to(NOW + timedelta(minutes=minutes), tick=False)
        assert alive(client)
    office_hours.move_to(NOW + timedelta(minutes=481), tick=False)
    assert not alive(client)
    assert "本次登录已满 8 小时" in client.get(LOGIN).content.decode()


def test_fragments_send_the_browser_to_the_sign_in_page(client, officer, office_hours):
    sign_in(client)
    alive(client)
    office_hours.move_to(NOW + timedelta(hours=2), tick=False)
    answer = client.get("/accounts/identity/", HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, LOGIN)


def test_cookie_ends_with_the_browser(client, officer):
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")
