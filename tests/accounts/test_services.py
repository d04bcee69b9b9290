"""Accounts and roles through their services, and what the trail says of each act."""

import json
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import check_password

from tests.accounts.conftest import NOW, TODAY
from tests.factories import assignment, person
from zhuzun.accounts import lockout, passwords, services, usernames
from zhuzun.accounts.models import FormerPassword, RoleAssignment, User
from zhuzun.accounts.roles import Role
from zhuzun.accounts.rules import Post
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def events(action):
    return list(Event.objects.filter(action=action))


def refused(function, *args, **kwargs):
    with pytest.raises(DomainError) as caught:
        function(*args, **kwargs)
    return caught.value


def test_open_account_with_a_role(security, district):
    post = Post(Role.DISTRICT_OFFICER, district, TODAY, date(2027, 6, 30), reason="香人社〔2026〕3号")
    slip = services.open_account("张三", district, phone="138", post=post, actor=security, now=NOW)
    user = User.objects.get(name="张三")
    assert user.username == "xiangzhou-01"
    assert user.check_password(slip.password)
    assert user.must_change_password
    assert user.opened_at == NOW
    assert [(one.role, one.organisation) for one in user.roles_on(TODAY)] == [(Role.DISTRICT_OFFICER, district)]
    assert [event.actor for event in events("account.open")] == [security]
    given = events("role.give")[0]
    assert given.reason == "香人社〔2026〕3号"
    assert given.detail == {"角色": ["", "香洲区 · 区经办，2026-11-23 至 2027-06-30"]}
    assert given.object_id == str(user.pk)


def test_account_whose_role_is_refused_is_not_opened(security, unit):
    post = Post(Role.DISTRICT_OFFICER, unit, TODAY)
    refused(services.open_account, "张三", unit, post=post, actor=security, now=NOW)
    assert not User.objects.filter(name="张三").exists()
    assert not events("account.open")


def test_user_names_run_on(security, district, bureau):
    for name in ("甲", "乙"):
        services.open_account(name, district, actor=security, now=NOW)
    services.open_account("丙", district, username="xiangzhou-07", actor=security, now=NOW)
    assert usernames.free(district) == "xiangzhou-08"
    assert usernames.free(district, taken=["xiangzhou-08"]) == "xiangzhou-09"
    assert usernames.free(bureau) == "zhenxing-01"


def test_user_name_taken_or_wrong(security, district, officer):
    error = refused(services.open_account, "新人", district, username="xiangzhou", actor=security, now=NOW)
    assert (error.field, error.message) == ("username", "该用户名已被使用。")
    error = refused(services.open_account, "新人", district, username="香洲", actor=security, now=NOW)
    assert error.field == "username"


def test_namesake_only_on_purpose(security, officer, district):
    error = refused(services.open_account, officer.name, district, actor=security, now=NOW)
    assert error.field == "name"
    assert "xiangzhou" in error.message
    services.open_account(officer.name, district, twin=True, actor=security, now=NOW)
    assert User.objects.filter(name=officer.name).count() == 2


def test_account_does_not_open_on_a_past_day(security, district):
    assert refused(services.open_account, "新", district, ends_on=YESTERDAY, actor=security, now=NOW).field == "ends_on"


def test_known_password_for_the_demonstration_only(security, district, settings):
    slip = services.open_account("演示", district, password="Known-2021", actor=security, now=NOW)
    assert slip.user.check_password("Known-2021")
    assert not slip.user.must_change_password
    settings.DEMO = False
    with pytest.raises(Refused):
        services.open_account("正式", district, password="Known-2021", actor=security, now=NOW)


def test_correct_account(security, officer, unit):
    services.correct_account(
        officer, name="李四", home=unit, phone="139", ends_on=TOMORROW, reason="调动", actor=security, now=NOW
    )
    officer.refresh_from_db()
    assert (officer.name, officer.home, officer.phone, officer.ends_on) == ("李四", unit, "139", TOMORROW)
    event = events("account.correct")[0]
    assert event.detail == {
        "name": ["区经办", "李四"],
        "home": ["香洲区", "市教育局"],
        "phone": ["0756-1", "139"],
        "ends_on": ["", "2026-11-24"],
    }


def test_correcting_nothing_is_no_act(security, officer):
    same = {"name": officer.name, "home": officer.home, "phone": officer.phone, "ends_on": None}
    services.correct_account(officer, **same, reason="看看", actor=security, now=NOW)
    assert not events("account.correct")
    error = refused(
        services.correct_account, officer, **{**same, "ends_on": YESTERDAY}, reason="误", actor=security, now=NOW
    )
    assert error.field == "ends_on"


def test_end_account_at_once_and_on_a_day(security, officer, unit):
    services.end_account(officer, reason="离职", actor=security, now=NOW)
    officer.refresh_from_db()
    assert not officer.works_on(TODAY)
    assert (events("account.end")[0].reason, events("account.end")[0].detail) == ("离职", {"is_active": [True, False]})
    assert "已停用" in refused(services.end_account, officer, reason="再", actor=security, now=NOW).message

    other = person(Role.UNIT_OFFICER, unit)
    services.end_account(other, reason="挂职期满", last_day=TOMORROW, actor=security, now=NOW)
    other.refresh_from_db()
    assert other.works_on(TOMORROW)
    assert not other.works_on(TOMORROW + timedelta(days=1))


def test_end_account_asks_for_reason_and_a_day_to_come(security, officer):
    assert refused(services.end_account, officer, reason=" ", actor=security, now=NOW).field == "reason"
    error = refused(services.end_account, officer, reason="离职", last_day=YESTERDAY, actor=security, now=NOW)
    assert error.field == "last_day"


def test_reopen_with_a_new_password(security, officer):
    old = officer.password
    assert "正在使用" in refused(services.reopen_account, officer, reason="回", actor=security, now=NOW).message
    services.end_account(officer, reason="离职", actor=security, now=NOW)
    error = refused(services.reopen_account, officer, reason="回", ends_on=YESTERDAY, actor=security, now=NOW)
    assert error.field == "ends_on"
    slip = services.reopen_account(officer, reason="返岗", actor=security, now=NOW)
    officer.refresh_from_db()
    assert officer.works_on(TODAY)
    assert officer.password != old
    assert officer.check_password(slip.password)
    assert officer.must_change_password


def test_reset_password(security, officer):
    slip = services.reset_password(officer, actor=security, now=NOW)
    officer.refresh_from_db()
    assert officer.check_password(slip.password)
    assert officer.must_change_password
    assert len(events("password.reset")) == 1
    services.end_account(officer, reason="离职", actor=security, now=NOW)
    assert "请先启用" in refused(services.reset_password, officer, actor=security, now=NOW).message


def test_reset_many_only_before_the_first_sign_in(security, officer, unit):
    other = person(Role.UNIT_OFFICER, unit)
    slips = services.reset_passwords([officer, other], actor=security, now=NOW)
    assert [slip.user for slip in slips] == [officer, other]
    other.last_login = NOW
    other.save()
    error = refused(services.reset_passwords, [officer, other], actor=security, now=NOW)
    assert other.name in error.message
    officer.refresh_from_db()
    assert officer.check_password(slips[0].password)


def test_change_own_password_only(officer, security):
    services.change_password(officer, "Neu-wort-2026", actor=officer, now=NOW)
    officer.refresh_from_db()
    assert officer.check_password("Neu-wort-2026")
    assert (officer.must_change_password, officer.password_changed_at) == (False, NOW)
    assert events("password.change")[0].actor == officer
    with pytest.raises(Refused):
        services.change_password(officer, "Neu-wort-2027", actor=security, now=NOW)


def test_none_of_the_last_five_passwords(officer):
    used = [f"Kennwort-{number}x" for number in range(7)]
    for number, password in enumerate(used):
        services.change_password(officer, password, actor=officer, now=NOW + timedelta(hours=number))
    assert officer.former_passwords.count() == passwords.KEPT
    officer.refresh_from_db()
    for password in used[1:]:
        assert "最近 5 次" in refused(services.change_password, officer, password, actor=officer, now=NOW).message
    services.change_password(officer, used[0], actor=officer, now=NOW)


@pytest.mark.parametrize("algorithm", ["PBKDF2PasswordHasher", "MD5PasswordHasher"])
def test_passwords_of_one_person_share_a_salt_and_those_of_two_never(settings, officer, security, algorithm):
    settings.PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{algorithm}"]
    hashes = [passwords.own_hash("Neu-wort-2026", "!unusable")]
    hashes += [passwords.own_hash("Neu-wort-2027", hashes[0]), passwords.own_hash("Neu-wort-2026", "!unusable")]
    salts = [hashed.split("$")[-2] for hashed in hashes]
    assert salts[0] == salts[1] != salts[2]
    assert passwords.is_among("Neu-wort-2027", hashes)
    assert not passwords.is_among("Neu-wort-2028", [*hashes, "!unusable"])


@pytest.mark.parametrize("weak", ["Ab-1", "aaaaaaaa1", "12345678", "Password1", "xiangzhou1A"])
def test_weak_passwords(officer, weak):
    assert refused(services.change_password, officer, weak, actor=officer, now=NOW).field == "new"


def test_one_time_passwords():
    drawn = {passwords.one_time() for _ in range(200)}
    assert len(drawn) == 200
    for password in drawn:
        passwords.CharacterClassesValidator().validate(password)
        assert len(password) == 14
        assert not set(password) & set("0Oo1IlZz2")


def test_one_time_hash_is_an_ordinary_hash(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    hashed = passwords.one_time_hash("Kp7m-Xw4r-9tQe")
    assert hashed.split("$")[1] == str(passwords.ONE_TIME_ITERATIONS)
    upgraded = []
    assert check_password("Kp7m-Xw4r-9tQe", hashed, setter=upgraded.append)
    assert upgraded == ["Kp7m-Xw4r-9tQe"]
    assert not check_password("Kp7m-Xw4r-9tQf", hashed)


def test_end_role(security, officer):
    held = officer.assignments.get()
    assert refused(services.end_role, held, last_day=TODAY, reason="", actor=security, now=NOW).field == "reason"
    services.end_role(held, last_day=TODAY, reason="轮岗", actor=security, now=NOW)
    assert officer.roles_on(TODAY)
    assert not officer.roles_on(TOMORROW)
    before, after = events("role.end")[0].detail["角色"]
    assert (before, after) == ("香洲区 · 区经办，2021-01-01 起", "香洲区 · 区经办，2021-01-01 至 2026-11-23")
    error = refused(services.end_role, held, last_day=TOMORROW, reason="延", actor=security, now=NOW)
    assert "更正起止日期" in error.message


def test_role_that_has_not_begun_is_taken_back(security, officer, unit):
    future = assignment(officer, Role.UNIT_OFFICER, unit, valid_from=TOMORROW)
    services.end_role(future, last_day=TODAY, reason="未到任", actor=security, now=NOW)
    assert officer.assignments.count() == 1
    assert events("role.end")[0].detail["角色"][1] == "未开始，已取消"


def test_role_does_not_end_before_it_began(security, officer, unit):
    held = assignment(officer, Role.UNIT_OFFICER, unit, valid_from=TODAY)
    error = refused(services.end_role, held, last_day=YESTERDAY, reason="误", actor=security, now=NOW)
    assert "停用账号" in error.message


def test_correct_role(security, officer):
    held = officer.assignments.get()
    services.correct_role(
        held, valid_from=date(2022, 5, 1), valid_to=TOMORROW, reason="按通知", actor=security, now=NOW
    )
    held.refresh_from_db()
    assert (held.valid_from, held.valid_to) == (date(2022, 5, 1), TOMORROW)
    event = events("role.correct")[0]
    assert event.detail["角色"][1] == "香洲区 · 区经办，2022-05-01 至 2026-11-24"


def test_choose_identity(officer, unit, security):
    other = assignment(officer, Role.UNIT_OFFICER, unit)
    ended = assignment(officer, Role.UNIT_LEADER, unit, valid_to=YESTERDAY)
    session = {}
    services.choose_identity(officer, session, str(other.pk), actor=officer, now=NOW)
    assert officer.acting == other
    assert session == {"identity": other.pk}
    assert events("identity.choose")[0].role == Role.UNIT_OFFICER
    for wrong in (ended.pk, security.assignments.get().pk, "", "x"):
        with pytest.raises(Refused):
            services.choose_identity(officer, session, wrong, actor=officer, now=NOW)


def test_no_password_in_the_trail(security, officer, district):
    """Neither the password nor its hash, of any act that touches one."""
    slips = [services.open_account("王五", district, actor=security, now=NOW)]
    slips.append(services.reset_password(officer, actor=security, now=NOW))
    services.end_account(officer, reason="离职", actor=security, now=NOW)
    slips.append(services.reopen_account(officer, reason="返岗", actor=security, now=NOW))
    officer.refresh_from_db()
    services.change_password(officer, "Geheim-2026-wort", actor=officer, now=NOW)
    written = json.dumps([[str(value) for value in row.values()] for row in Event.objects.values()], ensure_ascii=False)
    for slip in slips:
        assert slip.password not in written
        assert slip.password not in repr(slip)
    hashes = [
        *User.objects.values_list("password", flat=True),
        *FormerPassword.objects.values_list("password", flat=True),
    ]
    assert not [one for one in ["Geheim-2026-wort", *hashes] if one and one in written]


def test_reset_unlocks(security, officer, client):
    for _ in range(5):
        client.post("/accounts/login/", {"username": "xiangzhou", "password": "falsch"})
    assert lockout.locked_usernames(NOW).filter(username="xiangzhou").exists()
    slip = services.reset_password(officer, actor=security, now=NOW)
    assert not lockout.locked_usernames(NOW).exists()
    assert client.post("/accounts/login/", {"username": "xiangzhou", "password": slip.password}).status_code == 302


def test_race_lost_to_the_database_is_told_in_words(security, officer, district, monkeypatch):
    """Two that passed every check at the same moment: the database refuses the second."""
    monkeypatch.setattr(RoleAssignment, "full_clean", lambda self: None)
    error = refused(services.give_role, officer, Post(Role.DISTRICT_OFFICER, district, TODAY), actor=security, now=NOW)
    assert error.message == "这段时间内该人员已在该单位担任此角色。"
    assert officer.assignments.count() == 1


def test_an_address_for_e_mail_is_kept_corrected_and_told(security, district):
    user = services.open_account("张三", district, email="a@example.org", actor=security, now=NOW).user
    particulars = {"name": "张三", "home": district, "phone": "", "ends_on": None, "reason": "更换", "actor": security}
    services.correct_account(user, **particulars, now=NOW)
    assert User.objects.get(pk=user.pk).email == "a@example.org"
    services.correct_account(user, **particulars, email="b@example.org", now=NOW)
    assert User.objects.get(pk=user.pk).email == "b@example.org"
    assert Event.objects.get(action="account.correct").detail == {"email": ["a@example.org", "b@example.org"]}
    with pytest.raises(DomainError) as refusal:
        services.correct_account(user, **particulars, email="no address", now=NOW)
    assert refusal.value.field == "email"
