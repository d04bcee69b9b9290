"""The security administrator's pages."""

import re
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from tests.accounts.conftest import NOW, TODAY
from tests.factories import assignment, person
from zhuzun.accounts import rules, services
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event

PEOPLE = "/accounts/people/"
YESTERDAY = TODAY - timedelta(days=1)


def page(client, address, **data):
    answer = client.get(address, data)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def names(client, **query):
    """The user names in the list, in its order."""
    return re.findall(r'<a href="/accounts/people/\d+/">([^<]+)</a>', page(client, PEOPLE, **query))


def slip_password(answer):
    return re.findall(r'slip-code">([^<]+)</dd>', answer.content.decode())[1]


@pytest.fixture
def office(officer, unit, district, security2):
    """One person in each state; used yesterday unless said otherwise."""
    used = {"last_login": NOW - timedelta(days=1), "opened_at": NOW - timedelta(days=400)}
    User.objects.update(**used)
    leader = Role.UNIT_LEADER
    return {
        "ended": person(leader, unit, username="ended", is_active=False, **used),
        "over": person(leader, unit, username="over", ends_on=YESTERDAY, **used),
        "ending": person(leader, unit, username="ending", ends_on=TODAY + timedelta(days=60), **used),
        "later": person(leader, unit, username="later", ends_on=TODAY + timedelta(days=61), **used),
        "never": person(leader, unit, username="never", opened_at=NOW),
        "unused": person(leader, unit, username="unused", last_login=NOW - timedelta(days=91)),
        "locked": person(leader, unit, username="locked", **used),
    }


# --- the list ---------------------------------------------------------------------------------------------------------


def test_states(as_security, office, client):
    User.objects.filter(username="security").update(last_login=NOW)
    for _ in range(5):
        client.post("/accounts/logout/")
        client.post("/accounts/login/", {"username": "locked", "password": "falsch"})
    client.force_login(User.objects.get(username="security"))
    expected = {
        "ended": {"ended", "over"},
        "locked": {"locked"},
        "ending": {"ending"},
        "never": {"never"},
        "unused": {"unused"},
    }
    for state, people in expected.items():
        assert set(names(client, state=state)) == people
    assert set(names(client, state="active")) == set(names(client)) - {"ended", "over"}
    text = page(client, PEOPLE)
    for word in ("已停用", "已锁定", "即将到期", "从未登录", "90 天未用", "有效"):
        assert f"{word}</span>" in text


def test_never_used_counts_from_the_opening(office):
    User.objects.filter(username="never").update(opened_at=NOW - timedelta(days=91))
    assert set(User.objects.unused_at(NOW, TODAY).values_list("username", flat=True)) == {"never", "unused"}


def test_filters(as_security, office, officer, district):
    assert names(as_security, body="香洲") == ["xiangzhou"]
    assert set(names(as_security, role=Role.SECURITY_ADMIN)) == {"security", "security2"}
    assert names(as_security, text="0756") == ["xiangzhou"]
    assignment(User.objects.get(username="later"), Role.DISTRICT_LEADER, district)
    assert set(names(as_security, body="香洲")) == {"later", "xiangzhou"}
    assert "没有符合筛选条件的内容" in page(as_security, PEOPLE, text="nobody")


@pytest.mark.parametrize("query", [{"role": "x"}, {"state": "x"}, {"sort": "x"}, {"page": "x"}, {"text": "\0"}])
def test_nonsense_in_the_address_bar(as_security, officer, query):
    assert "xiangzhou" in page(as_security, PEOPLE, **query)


def test_export_of_what_is_shown(as_security, office, officer):
    answer = as_security.get(PEOPLE, {"export": "xlsx", "body": "香洲"})
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    heading = next(number for number, row in enumerate(rows) if row[0] == "用户名")
    assert [row[:4] for row in rows[heading + 1 :]] == [("xiangzhou", "区经办", "香洲区", "香洲区 · 区经办")]
    assert rows[heading + 1][-1] == "有效"
    assert Event.objects.filter(action="export").count() == 1


def test_query_count_does_not_depend_on_the_rows(
    as_security, officer, district, django_assert_num_queries, django_assert_max_num_queries
):
    page(as_security, PEOPLE)
    with django_assert_max_num_queries(30) as few:
        page(as_security, PEOPLE)
    for number in range(3):
        more = person(Role.DISTRICT_OFFICER, district, username=f"more-{number}")
        assignment(more, Role.DISTRICT_LEADER, district)
    with django_assert_num_queries(len(few.captured_queries)):
        page(as_security, PEOPLE)


def test_only_for_those_who_keep_accounts(client, officer, bureau):
    client.force_login(officer)
    answer = client.get(PEOPLE)
    assert answer.status_code == 403
    assert "安全管理员" in answer.content.decode()
    assert not User.objects.visible_to(officer).exists()
    assert client.get(reverse("accounts:person", args=[officer.pk])).status_code == 404


def test_auditor_reads_and_sees_why_he_may_not_more(client, officer, bureau):
    client.force_login(person(Role.AUDIT_ADMIN, bureau))
    assert "“开户、停用、重置密码”由安全管理员办理" in page(client, PEOPLE)
    text = page(client, reverse("accounts:person", args=[officer.pk]))
    assert "“授予和终止角色”由安全管理员办理" in text
    for name in ("reset", "end", "correct", "role_give", "reopen"):
        assert reverse(f"accounts:{name}", args=[officer.pk]) not in text
        assert client.get(reverse(f"accounts:{name}", args=[officer.pk])).status_code == 403
    held = officer.assignments.get()
    for name in ("role_end", "role_correct"):
        assert client.post(reverse(f"accounts:{name}", args=[held.pk])).status_code == 403


def test_export_says_who_has_no_role(as_security, officer):
    officer.assignments.all().delete()
    answer = as_security.get(PEOPLE, {"export": "csv", "text": "xiangzhou"})
    assert "无有效角色" in answer.content.decode("utf-8-sig")


# --- a person ---------------------------------------------------------------------------------------------------------


def test_person(as_security, security, officer, unit):
    assignment(officer, Role.UNIT_OFFICER, unit, valid_to=YESTERDAY)
    assignment(officer, Role.UNIT_LEADER, unit, valid_from=TODAY + timedelta(days=1))
    services.correct_account(
        officer, name="李四", home=unit, phone="1", ends_on=None, reason="按调令", actor=security, now=NOW
    )
    text = page(as_security, reverse("accounts:person", args=[officer.pk]))
    for word in ("李四", "香洲区 · 区经办", "在任", "已结束", "未开始", "更正账号信息", "按调令"):
        assert word in text


def test_own_account_is_not_offered(as_security, security):
    address = reverse("accounts:person", args=[security.pk])
    text = page(as_security, address)
    assert rules.OWN in text
    for name in ("reset", "end", "correct", "role_give"):
        own = reverse(f"accounts:{name}", args=[security.pk])
        assert own not in text
        answer = as_security.post(own)
        assert answer.status_code == 403
        assert rules.OWN in answer.content.decode()
    held = security.assignments.get()
    assert as_security.post(reverse("accounts:role_end", args=[held.pk])).status_code == 403


def test_open_account_and_its_slip(as_security, district):
    form = {
        "name": "张三",
        "home": "香洲区",
        "phone": "138",
        "role": Role.DISTRICT_OFFICER,
        "valid_from": "2026-11-23",
        "valid_to": "2027-06-30",
        "basis": "通知",
    }
    answer = as_security.post("/accounts/people/new/", form)
    user = User.objects.get(name="张三")
    assert user.check_password(slip_password(answer))
    assert "no-store" in answer["Cache-Control"]
    assert "http://testserver/accounts/login/" in answer.content.decode()
    assert [(one.organisation, one.valid_to) for one in user.assignments.all()] == [(district, date(2027, 6, 30))]
    assert slip_password(answer) not in page(as_security, reverse("accounts:person", args=[user.pk]))
    assert slip_password(answer) not in str(list(as_security.session.items()))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"home": "没有的局"}, "没有名为“没有的局”的单位"),
        ({"username": "香洲"}, "用户名只用小写字母"),
        ({"role": Role.UNIT_OFFICER}, "只能在"),
        ({"valid_from": ""}, "授予角色须填写起始日期"),
        ({"valid_from": "2026-13-01"}, "请填写日期"),
        ({"name": ""}, "姓名：请填写。"),
        ({"name": "区经办"}, "同名的另一人"),
        ({"ends_on": "2026-01-01"}, "已过"),
        ({"role": Role.INSPECTOR, "valid_to": "2027-01-01", "scope": "香洲区、某区"}, "没有名为“某区”的单位"),
    ],
)
def test_open_account_says_what_is_wrong(as_security, officer, unit, change, said):
    before = User.objects.count()
    form = {"name": "张三", "home": "香洲区", "role": Role.DISTRICT_OFFICER, "valid_from": "2026-11-23", **change}
    answer = as_security.post("/accounts/people/new/", form)
    assert said in answer.content.decode()
    assert User.objects.count() == before


def test_body_of_a_name_that_is_not_unique(as_security, district):
    from tests.factories import organisation
    from zhuzun.organisations.kinds import OrganisationKind

    organisation(OrganisationKind.DISTRICT, "香洲区", code="zh-xiangzhou-2")
    answer = as_security.post("/accounts/people/new/", {"name": "张三", "home": "香洲区"})
    assert "香洲区（zh-xiangzhou-2）" in answer.content.decode()
    as_security.post("/accounts/people/new/", {"name": "张三", "home": "zh-xiangzhou-2"})
    assert User.objects.get(name="张三").home.code == "zh-xiangzhou-2"


def test_inspector_through_the_page(as_security, officer, bureau, unit, district):
    form = {
        "role": Role.INSPECTOR,
        "organisation": "市教育局",
        "valid_from": "2026-11-23",
        "valid_to": "2027-01-01",
        "scope": "香洲区",
    }
    as_security.post(reverse("accounts:role_give", args=[officer.pk]), form)
    given = officer.assignments.get(role=Role.INSPECTOR)
    assert list(given.scope.all()) == [district]


def test_correct_account(as_security, officer, unit):
    address = reverse("accounts:correct", args=[officer.pk])
    assert 'value="香洲区"' in page(as_security, address)
    form = {"name": "李四", "home": "市教育局", "phone": "", "ends_on": "", "reason": "调动"}
    assert as_security.post(address, form)["Location"] == reverse("accounts:person", args=[officer.pk])
    officer.refresh_from_db()
    assert (officer.name, officer.home) == ("李四", unit)


def test_reset_password(as_security, officer):
    address = reverse("accounts:reset", args=[officer.pk])
    assert "重置 区经办（xiangzhou）的密码？" in page(as_security, address)
    password = slip_password(as_security.post(address))
    officer.refresh_from_db()
    assert officer.check_password(password)


def test_end_and_reopen(as_security, officer):
    page(as_security, reverse("accounts:end", args=[officer.pk]))
    answer = as_security.post(reverse("accounts:end", args=[officer.pk]), {"reason": ""})
    assert "停用原因：请填写。" in answer.content.decode()
    as_security.post(reverse("accounts:end", args=[officer.pk]), {"reason": "离职"})
    officer.refresh_from_db()
    assert not officer.works_on(TODAY)
    text = page(as_security, reverse("accounts:person", args=[officer.pk]))
    assert reverse("accounts:reopen", args=[officer.pk]) in text
    assert reverse("accounts:reset", args=[officer.pk]) not in text
    page(as_security, reverse("accounts:reopen", args=[officer.pk]))
    password = slip_password(as_security.post(reverse("accounts:reopen", args=[officer.pk]), {"reason": "返岗"}))
    officer.refresh_from_db()
    assert officer.works_on(TODAY)
    assert officer.check_password(password)


def test_end_and_correct_a_role(as_security, officer):
    held = officer.assignments.get()
    assert 'value="2026-11-23"' in page(as_security, reverse("accounts:role_end", args=[held.pk]))
    correct = reverse("accounts:role_correct", args=[held.pk])
    assert 'value="2021-01-01"' in page(as_security, correct)
    as_security.post(correct, {"valid_from": "2022-01-01", "valid_to": "", "reason": "误"})
    as_security.post(reverse("accounts:role_end", args=[held.pk]), {"last_day": "2026-11-30", "reason": "轮岗"})
    held.refresh_from_db()
    assert (held.valid_from, held.valid_to) == (date(2022, 1, 1), date(2026, 11, 30))


def test_refused_service_stands_beside_its_field(as_security, officer):
    held = officer.assignments.get()
    answer = as_security.post(
        reverse("accounts:role_end", args=[held.pk]), {"last_day": "2020-01-01", "reason": "轮岗"}
    )
    assert "最后一天不能早于起始日期" in answer.content.decode()
    answer = as_security.post(reverse("accounts:end", args=[officer.pk]), {"last_day": "2020-01-01", "reason": "离职"})
    assert "最后一天不能早于今天" in answer.content.decode()


def test_reissue_slips(as_security, officer, unit):
    other = person(Role.UNIT_OFFICER, unit, last_login=NOW)
    text = page(as_security, "/accounts/people/slips/")
    assert "区经办（香洲区，xiangzhou）" in text
    assert other.username not in text
    assert "从未登录的人员：请选择。" in as_security.post("/accounts/people/slips/").content.decode()
    answer = as_security.post("/accounts/people/slips/", {"people": [other.pk]})
    assert "有人已登录或已停用" in answer.content.decode()
    password = slip_password(as_security.post("/accounts/people/slips/", {"people": [officer.pk]}))
    officer.refresh_from_db()
    assert officer.check_password(password)


def test_nobody_to_reissue_for(as_security):
    assert "所有账号都已登录过" in page(as_security, "/accounts/people/slips/")


def test_tampering_with_fields_that_are_not_in_the_form(as_security, officer, unit):
    form = {"name": "李四", "home": "市教育局", "reason": "调动"}
    extra = {"is_superuser": "1", "username": "root", "password": "x", "must_change_password": "1", "is_active": ""}
    as_security.post(reverse("accounts:correct", args=[officer.pk]), {**form, **extra})
    before = officer.password
    officer.refresh_from_db()
    assert (officer.username, officer.is_superuser, officer.is_active) == ("xiangzhou", False, True)
    assert (officer.password, officer.must_change_password) == (before, False)
