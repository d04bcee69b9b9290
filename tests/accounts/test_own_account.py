"""What one does to one's own account: change the password, choose the identity."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tests.accounts.conftest import NOW
from tests.accounts.signing import LOGIN, alive, sign_in
from tests.factories import PASSWORD, assignment
from zhuzun.accounts import services
from zhuzun.accounts.roles import Role

# --- one's own password -----------------------------------------------------------------------------------------------


def test_one_time_password_opens_no_other_page(client, officer, security):
    slip = services.reset_password(officer, actor=security, now=NOW)
    assert sign_in(client, password=slip.password).status_code == 302
    for address in ("/", "/accounts/identity/", "/admin/"):
        assert client.get(address)["Location"] == "/accounts/password/"
    assert client.get("/", HTTP_HX_REQUEST="true")["HX-Redirect"] == "/accounts/password/"
    assert "您正在使用一次性密码" in client.get("/accounts/password/").content.decode()
    new = {"old": slip.password, "new": "Neu-wort-2026", "again": "Neu-wort-2026"}
    assert client.post("/accounts/password/", new)["Location"] == "/"
    assert alive(client)


def test_a_changed_password_is_hashed_three_times(client, officer, settings, monkeypatch):
    """Once to prove the old one, once to compare with all that were used, once to keep the new one."""
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 10)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    officer.set_password(PASSWORD)
    officer.save()
    used = [PASSWORD, *(f"Kennwort-{number}x" for number in range(7))]
    for number, new in enumerate(used[1:]):
        services.change_password(officer, new, actor=officer, now=NOW + timedelta(hours=number))
    sign_in(client, password=used[-1])
    done = []
    encode = PBKDF2PasswordHasher.encode
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", lambda *args, **more: done.append(1) or encode(*args, **more))
    again = {"old": used[-1], "new": used[-3], "again": used[-3]}
    assert "最近 5 次" in client.post("/accounts/password/", again).content.decode()
    assert len(done) == 2
    done.clear()
    new = {"old": used[-1], "new": "Neu-wort-2026", "again": "Neu-wort-2026"}
    assert client.post("/accounts/password/", new)["Location"] == "/"
    assert len(done) == 3
    officer.refresh_from_db()
    assert officer.check_password("Neu-wort-2026")


def test_with_a_one_time_password_one_may_still_sign_out(client, officer, security):
    slip = services.reset_password(officer, actor=security, now=NOW)
    sign_in(client, password=slip.password)
    assert client.post("/accounts/logout/")["Location"] == LOGIN


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"old": "falsch"}, "原密码不正确"),
        ({"again": "Anders-2026"}, "两次输入的新密码不一致"),
        ({"new": PASSWORD, "again": PASSWORD}, "最近 5 次"),
        ({"new": "kurz", "again": "kurz"}, "密码"),
    ],
)
def test_password_is_not_changed(client, officer, change, said):
    sign_in(client)
    filled = {"old": PASSWORD, "new": "Neu-wort-2026", "again": "Neu-wort-2026", **change}
    answer = client.post("/accounts/password/", filled)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_guessing_the_old_password_locks(client, officer):
    sign_in(client)
    filled = {"old": "falsch", "new": "Neu-wort-2026", "again": "Neu-wort-2026"}
    answers = [client.post("/accounts/password/", filled).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert client.post("/accounts/password/", {**filled, "old": PASSWORD}).status_code == 429


# --- the identity -----------------------------------------------------------------------------------------------------


def test_choose_identity(client, officer, unit):
    other = assignment(officer, Role.UNIT_OFFICER, unit)
    sign_in(client)
    page = client.get("/accounts/identity/").content.decode()
    assert "香洲区 · 区经办" in page
    assert "市教育局 · 市直单位经办" in page
    answer = client.post("/accounts/identity/", {"identity": other.pk}, follow=True)
    assert "当前身份已切换为：市教育局 · 市直单位经办" in answer.content.decode()
    assert answer.wsgi_request.user.acting == other


def test_somebody_elses_identity(client, officer, security):
    sign_in(client)
    answer = client.post("/accounts/identity/", {"identity": security.assignments.get().pk}, follow=True)
    assert "该身份已经终止或不属于您" in answer.content.decode()
    assert answer.wsgi_request.user.acting.user == officer


def test_without_a_role(client, officer):
    officer.assignments.all().delete()
    sign_in(client)
    assert "您目前没有有效的角色" in client.get("/accounts/identity/").content.decode()
