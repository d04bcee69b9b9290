"""The inbox: who is told, who has read, and what the pages show."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.notices.conftest import LINK
from zhuzun.accounts.roles import GUARDIANS, Role
from zhuzun.notices import inbox, kinds, services
from zhuzun.notices.models import Message, MessageRead

INBOX = "/notices/inbox/"


@pytest.fixture(autouse=True)
def office_hours(time_machine):
    time_machine.move_to(factories.NOW + timedelta(hours=1), tick=False)


def readers(message, people):
    """Who sees it."""
    return {role for role, user in people.items() if Message.objects.visible_to(user).filter(pk=message.pk).exists()}


# --- who is told -----------------------------------------------------------------------------------------------------


def test_a_district_and_its_department_are_one_body(tell, world, people, strangers):
    both = {Role.DISTRICT_OFFICER, Role.DISTRICT_LEADER}
    assert readers(tell(to=world.xiangzhou), people) == both
    assert readers(tell(to=world.xiangzhou_department), people) == both
    assert not Message.objects.visible_to(strangers["district_officer"]).exists()


@pytest.mark.parametrize(
    ("body", "roles"),
    [
        ("zhengan", {Role.COUNTY_OFFICER, Role.COUNTY_LEADER}),
        ("zhengan_department", {Role.COUNTY_OFFICER, Role.COUNTY_LEADER}),
        ("education", {Role.UNIT_OFFICER, Role.UNIT_LEADER}),
        ("zhengan_team", {Role.GROUP_MEMBER}),
        ("group", {Role.GROUP_LEADER}),  # not the teams' below him
        ("zunyi", {Role.CITY_OFFICER}),
        ("bureau", {Role.BUREAU_OFFICER, Role.BUREAU_HEAD, Role.BUREAU_LEADER, Role.CLERK}),  # not the 三员 there
        ("audit_office", {Role.INSPECTOR}),
        ("gaoxin", set()),
    ],
)
def test_to_whom_a_bodys_message_goes(tell, world, people, body, roles):
    assert readers(tell(to=getattr(world, body)), people) == roles


def test_a_message_for_some_roles(tell, world, people):
    assert readers(tell(to=world.bureau, roles=[Role.BUREAU_HEAD, Role.BUREAU_LEADER]), people) == {
        Role.BUREAU_HEAD,
        Role.BUREAU_LEADER,
    }
    assert readers(tell(to=world.bureau, roles={Role.SYSTEM_ADMIN}), people) == {Role.SYSTEM_ADMIN}


def test_a_message_for_one_person(tell, world, people):
    officer = people[Role.SECURITY_ADMIN]
    assert readers(tell(to=world.bureau, user=officer), people) == {Role.SECURITY_ADMIN}


def test_the_hat_one_wears_decides(tell, world):
    user = factories.person(Role.DISTRICT_OFFICER, world.xiangzhou_department)
    second = factories.assignment(user, Role.COUNTY_LEADER, world.zhengan, position=1)
    tell(to=world.zhengan)
    assert inbox.count_unread(user) == 0
    assert inbox.count_unread(user.act_as(second)) == 1


def test_somebody_without_a_role_has_no_inbox(tell, world):
    user = factories.person(Role.DISTRICT_OFFICER, world.xiangzhou, valid_to=date(2021, 12, 31))
    tell()
    assert inbox.count_unread(user) == 0
    assert not inbox.messages_of(user).exists()


# --- what a message is -----------------------------------------------------------------------------------------------


def test_a_message_keeps_what_it_is_told(tell, world, people):
    row = tell(
        "两行\n标题 " + "长" * 200, subject=world.zhengan_pairing, actor=people[Role.BUREAU_OFFICER], roles=["clerk"]
    )
    row.refresh_from_db()
    assert row.title == ("两行 标题 " + "长" * 200)[:120]
    assert (row.subject, row.sent_by, row.roles) == (world.zhengan_pairing, people[Role.BUREAU_OFFICER], ",clerk,")
    assert (row.kind_label, row.created_at) == ("退回修改", factories.NOW)


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_link_stays_in_the_portal(tell, link):
    with pytest.raises(ValueError, match="no path of the portal"):
        tell(link=link)


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example"])
def test_the_database_holds_it_too(tell, link):
    row = tell(link="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=row.pk).update(link=link)


def test_a_kind_is_registered_first(tell, monkeypatch):
    monkeypatch.setattr(kinds, "_labels", dict(kinds._labels))
    with pytest.raises(ValueError, match="visit"):
        tell(kind="visit")
    kinds.register("visit", "互访")
    kinds.register("visit", "互访")
    assert tell(kind="visit").kind_label == "互访"
    with pytest.raises(ValueError, match="互访"):
        kinds.register("visit", "往来")
    assert kinds.label_of("of a later version") == "其他"


# --- read and unread -------------------------------------------------------------------------------------------------


def test_each_officer_has_his_own_mark(tell, people):
    row, officer, leader = tell(), people[Role.DISTRICT_OFFICER], people[Role.DISTRICT_LEADER]
    services.mark_read(row, actor=officer, now=factories.NOW)
    services.mark_read(row, actor=officer, now=factories.NOW + timedelta(days=1))
    assert MessageRead.objects.get().read_at == factories.NOW
    assert (inbox.count_unread(officer), inbox.count_unread(leader)) == (0, 1)
    assert [one.is_unread for one in inbox.messages_of(officer)] == [False]
    assert [one.is_unread for one in inbox.messages_of(leader)] == [True]


def test_all_marked_read_are_ones_own(tell, world, people):
    tell()
    tell()
    tell(to=world.gaoxin)
    later = tell(now=factories.NOW + timedelta(minutes=1))
    officer = people[Role.DISTRICT_OFFICER]
    assert services.mark_all_read(actor=officer, now=factories.NOW) == 2
    assert [row.pk for row in inbox.unread_of(officer)] == [later.pk]
    assert inbox.count_unread(people[Role.DISTRICT_LEADER]) == 3
    assert services.mark_all_read(actor=officer, now=factories.NOW) == 0


def test_a_newcomer_does_not_have_years_to_catch_up(tell, world):
    user = factories.person(Role.DISTRICT_OFFICER, world.xiangzhou)
    user.assignments.update(valid_from=factories.DAY)
    tell(now=factories.NOW - timedelta(days=1))
    new = tell()
    assert [row.is_unread for row in inbox.messages_of(user)] == [True, False]
    assert [row.pk for row in inbox.unread_of(user)] == [new.pk]


# --- pages -----------------------------------------------------------------------------------------------------------


def text_of(answer):
    return answer.content.decode()


def test_the_list(tell, people, sign_in, world):
    read = tell("已经看过的")
    tell("甲", kind="extension")
    tell("外区的", to=world.gaoxin)
    services.mark_read(read, actor=people[Role.DISTRICT_OFFICER], now=factories.NOW)
    client = sign_in(people[Role.DISTRICT_OFFICER])
    page = text_of(client.get(INBOX))
    for words in (
        "共 2 条",
        "已经看过的",
        "未读",
        "已读",
        "退回修改",
        "延期",
        "香洲区",
        "2022-03-15 10:32",
        "全部标为已读",
    ):
        assert words in page
    assert "外区的" not in page
    for query, shown in (
        ({"state": "unread"}, 1),
        ({"state": "read"}, 1),
        ({"state": "x"}, 2),
        ({"kind": "extension"}, 1),
        ({"kind": "x"}, 2),
        ({"text": "看过"}, 1),
        ({"text": "务川一行"}, 2),
        ({"text": "\0"}, 2),
        ({"sort": "-kind"}, 2),
        ({"sort": "is_unread"}, 2),
        ({"sort": "organisation"}, 2),
        ({"page": "9", "per_page": "20"}, 2),
    ):
        assert client.get(INBOX, query).context["shown"] == shown, query


def test_the_export_holds_what_is_shown(tell, people, sign_in):
    tell("=1+1")
    answer = sign_in(people[Role.DISTRICT_OFFICER]).get(INBOX, {"export": "csv"})
    assert "未读,'=1+1,退回修改,香洲区,2022-03-15 10:32" in answer.content.decode("utf-8-sig")


def test_an_empty_inbox_says_so(people, sign_in):
    page = text_of(sign_in(people[Role.DISTRICT_OFFICER]).get(INBOX))
    assert "收件箱里还没有通知" in page
    assert "全部标为已读" not in page


def test_opening_marks_read_and_shows_the_way(tell, people, sign_in):
    row = tell(text="第一段。\n\n<script>alert(1)</script>", actor=people[Role.BUREAU_OFFICER])
    client = sign_in(people[Role.DISTRICT_OFFICER])
    page = text_of(client.get(row.get_absolute_url()))
    assert f'href="{LINK}"' in page
    assert "<p>第一段。</p>" in page
    assert "<script>alert" not in page
    assert str(people[Role.BUREAU_OFFICER]) in page
    assert MessageRead.objects.get().user == people[Role.DISTRICT_OFFICER]
    automatic = text_of(client.get(tell(text="", link="").get_absolute_url()))
    assert "系统自动发送" in automatic
    assert "查看相关事项" not in automatic


def test_anothers_message_is_not_there_and_not_marked(tell, strangers, sign_in):
    row = tell()
    assert sign_in(strangers["district_officer"]).get(row.get_absolute_url()).status_code == 404
    assert not MessageRead.objects.exists()


def test_all_read_by_one_button(tell, people, sign_in):
    tell()
    client = sign_in(people[Role.DISTRICT_OFFICER])
    assert "已将 1 条通知标为已读。" in text_of(client.post(f"{INBOX}read/", follow=True))
    assert "没有未读通知。" in text_of(client.post(f"{INBOX}read/", follow=True))
    assert client.get(f"{INBOX}read/").status_code == 405


def test_the_number_stands_in_the_navigation_and_on_the_workbench(tell, people, sign_in):
    tell()
    tell()
    page = text_of(sign_in(people[Role.DISTRICT_OFFICER]).get("/"))
    assert '<span class="sidenav-count">2' in page
    assert "未读通知" in page
    assert f'href="{INBOX}?state=unread"' in page


def test_the_navigation_costs_two_queries_however_many_messages(tell, people):
    user = people[Role.DISTRICT_OFFICER]
    user.acting  # noqa: B018 (loaded once a request in any case)
    spent = []
    for _ in range(2):
        user.acting.__dict__.pop("_bodies", None)
        with CaptureQueriesContext(connection) as found:
            inbox.count_unread(user)
        spent.append(len(found))
        for _ in range(3):
            tell()
    assert spent == [2, 2]  # the bodies he speaks for, the number
    with CaptureQueriesContext(connection) as found:
        inbox.count_unread(user)
    assert len(found) == 1


def test_the_list_costs_the_same_for_one_and_for_three(tell, people, sign_in, world):
    client, spent = sign_in(people[Role.DISTRICT_OFFICER]), []
    for bodies in ([world.xiangzhou], [world.xiangzhou_department, world.xiangzhou]):
        for body in bodies:
            tell(to=body, actor=people[Role.BUREAU_OFFICER])
        client.get(INBOX)
        with CaptureQueriesContext(connection) as found:
            client.get(INBOX)
        spent.append(len(found))
    assert spent[0] == spent[1]


@pytest.mark.parametrize("role", sorted(GUARDIANS))
def test_the_three_guardians_read_no_business(tell, world, people, sign_in, role):
    tell("督办事项", to=world.bureau)
    assert "督办事项" not in text_of(sign_in(people[role]).get(INBOX))
