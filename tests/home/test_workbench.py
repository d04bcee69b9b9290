"""工作台: cards by role, each with the number of rows it leads to; 上线准备; no link that refuses its reader."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.html import strip_tags

from tasks.kinds import Part, PlanState
from tasks.models import Responsibility
from tests import factories
from tests.tasks import cycle
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.home import cards, setup
from zhuzun.organisations.kinds import ContactRole, OrganisationKind

NOW = datetime(2022, 3, 15, 10, 32, tzinfo=ZoneInfo("Asia/Shanghai"))
AT = cards.Moment(NOW, date(2022, 3, 15))
LINK = re.compile(r'href="(/[^"#]*)')


@pytest.fixture
def policy(world):
    return factories.policy(world.education)


def drawn(user):
    """{title: number} of the cards that this person is shown."""
    return {one.card.title: one.count for block in cards.drawn_for(user, AT) for one in block.cards + block.in_order}


def test_the_bureau_sees_what_is_open_everywhere(world, people, policy):
    found = drawn(people[Role.BUREAU_OFFICER])
    assert (
        found["缺联系人的单位"] == 10
    )  # bureau, two units, audit office, working group, two districts, three counties
    assert found["重点帮扶县尚无结对的乡镇（街道）"] == 0
    assert found["未设置牵头单位的措施"] == 4
    assert found["60日内到期的下级结对"] == 0
    assert found["依据文件执行期已满，接续文件未登记"] == 0
    assert "近7日登录失败" not in found
    assert "已锁定的账号" not in found


def test_a_body_counts_as_complete_with_a_leader_and_a_liaison(world, people):
    user = people[Role.COUNTY_OFFICER]
    assert drawn(user)["本单位缺联系人"] == 1
    factories.contact(world.zhengan, ContactRole.LEADER)
    assert drawn(user)["本单位缺联系人"] == 1
    factories.contact(world.zhengan, ContactRole.LIAISON)
    assert drawn(user)["本单位缺联系人"] == 0
    assert drawn(people[Role.BUREAU_OFFICER])["缺联系人的单位"] == 9


def test_towns_of_key_counties_without_a_partner_within_ones_reach(world, people, strangers):
    factories.place(OrganisationKind.TOWN, "和溪镇", parent=world.zhengan)
    factories.place(OrganisationKind.TOWN, "虚拟镇", parent=world.zhengan, offered=False)
    factories.place(OrganisationKind.TOWN, "大坪镇", parent=world.wuchuan)
    factories.place(OrganisationKind.TOWN, "三桥镇", parent=world.daozhen)  # not a key county
    title = "重点帮扶县尚无结对的乡镇（街道）"
    assert drawn(people[Role.BUREAU_OFFICER])[title] == 2
    assert drawn(people[Role.DISTRICT_OFFICER])[title] == 2  # 香洲 helps both key counties
    assert drawn(people[Role.GROUP_MEMBER])[title] == 1
    assert title not in drawn(strangers["district_officer"])  # 高新 helps no key county


def test_who_has_no_key_county_is_told_nothing_of_them(world, people, strangers):
    """Neither that all their townships are paired, nor how many are not."""
    title = "重点帮扶县尚无结对的乡镇（街道）"
    assert title not in drawn(strangers["group_member"])  # for 道真
    assert drawn(people[Role.GROUP_MEMBER])[title] == 0


def test_pairings_that_end_within_sixty_days(world, people, strangers):
    world.zhengan_towns.valid_to = AT.day + timedelta(days=60)
    world.zhengan_towns.save()
    world.daozhen_towns.valid_to = AT.day + timedelta(days=61)
    world.daozhen_towns.save()
    title = "60日内到期的下级结对"
    assert drawn(people[Role.BUREAU_OFFICER])[title] == 1
    assert drawn(people[Role.DISTRICT_OFFICER])[title] == 1
    assert drawn(strangers["district_officer"])[title] == 0
    assert title not in drawn(people[Role.COUNTY_OFFICER])  # the west side is not chased


def test_a_county_pairing_that_ends_soon_is_told_and_named_on_its_table(world, people, sign_in):
    world.zhengan_pairing.valid_to = AT.day + timedelta(days=60)
    world.zhengan_pairing.save()
    title = "60日内到期的区县结对"
    assert drawn(people[Role.BUREAU_OFFICER])[title] == 1
    assert title not in drawn(people[Role.DISTRICT_OFFICER])  # the bureau ends and replaces them
    with time_machine.travel(NOW, tick=False):
        page = strip_tags(sign_in(people[Role.BUREAU_OFFICER]).get("/pairing/").content.decode())
    assert "60日内到期：香洲区—正安县（2022年5月14日止）" in " ".join(page.split())


def test_pairings_left_behind_are_late(world, people):
    world.zhengan_pairing.valid_to = date(2022, 3, 14)
    world.zhengan_pairing.save()
    assert drawn(people[Role.BUREAU_OFFICER])["区县结对已终止、下级结对待处理"] == 1


def test_measures_without_a_lead_and_ones_own_leads(world, people, policy):
    lead = {"paragraph": policy.paragraphs[1], "part": Part.LEAD, "valid_from": date(2022, 1, 1)}
    Responsibility.objects.create(measure=policy.measures[0], organisation=world.education, **lead)
    Responsibility.objects.create(measure=policy.measures[1], group=world.districts, **lead)
    Responsibility.objects.create(
        measure=policy.measures[1], organisation=world.labour, **{**lead, "valid_from": date(2022, 4, 1)}
    )
    assert drawn(people[Role.BUREAU_HEAD])["未设置牵头单位的措施"] == 2
    assert drawn(people[Role.UNIT_OFFICER])["本单位牵头的措施"] == 1
    assert drawn(people[Role.DISTRICT_OFFICER])["本单位牵头的措施"] == 1
    assert drawn(people[Role.GROUP_LEADER])["本单位牵头的措施"] == 0


def test_the_security_administrator_sees_accounts_and_nothing_of_the_work(world, people, policy):
    User.objects.update(last_login=NOW, opened_at=NOW)
    User.objects.filter(pk=people[Role.CLERK].pk).update(last_login=NOW - timedelta(days=91))
    User.objects.filter(pk=people[Role.LEADER].pk).update(ends_on=AT.day + timedelta(days=60))
    found = drawn(people[Role.SECURITY_ADMIN])
    assert found == {"未读通知": 0, "已锁定的账号": 0, "90天未使用的账号（含从未登录）": 1, "60日内到期的账号": 1}


def test_the_first_security_administrator_reads_whose_accounts_come_first(db, sign_in):
    bureau = factories.organisation(OrganisationKind.BUREAU, "市乡村振兴局")
    first = factories.person(Role.SECURITY_ADMIN, bureau)
    assert {"请先为系统管理员开户", "请先为审计管理员开户"} <= set(drawn(first))
    assert "请先为系统管理员开户" in sign_in(first).get("/").content.decode()
    factories.person(Role.SYSTEM_ADMIN, bureau)
    ended = factories.person(Role.AUDIT_ADMIN, bureau)
    assert not any(title.startswith("请先为") for title in drawn(first))
    User.objects.filter(pk=ended.pk).update(ends_on=AT.day - timedelta(days=1))
    assert drawn(first)["请先为审计管理员开户"] == 1


def test_an_account_that_was_never_used_is_counted_once(world, people):
    User.objects.update(last_login=NOW, opened_at=NOW)
    User.objects.filter(pk=people[Role.CLERK].pk).update(last_login=None, opened_at=NOW - timedelta(days=91))
    assert sum(drawn(people[Role.SECURITY_ADMIN]).values()) == 1


def test_the_auditor_sees_failed_sign_ins_of_seven_days(world, people):
    for days in (0, 6, 7):
        at = NOW.replace(hour=0, minute=0) - timedelta(days=days)
        factories.event("signin.failed", at=at, succeeded=False)
    factories.event("signin", at=NOW)
    assert drawn(people[Role.AUDIT_ADMIN])["近7日登录失败"] == 2


def test_the_term_that_is_over_is_late_for_the_bureau(world, people, policy):
    policy.document.term_to = date(2022, 3, 14)
    policy.document.save()
    (late,) = [block for block in cards.drawn_for(people[Role.BUREAU_OFFICER], AT) if block.title == "逾期"]
    assert [one.card.title for one in late.cards] == ["依据文件执行期已满，接续文件未登记"]


@pytest.mark.parametrize("role", sorted(Role))
def test_every_card_says_how_many_rows_its_link_shows(role, world, people, policy, sign_in):
    """The number on a card is the number of the list behind it, and no card leads to a refusal."""
    world.zhengan_towns.valid_to = date(2022, 4, 1)
    world.zhengan_towns.save()
    factories.place(OrganisationKind.TOWN, "和溪镇", parent=world.zhengan)
    factories.event("signin.failed", at=NOW, succeeded=False)
    with time_machine.travel(NOW, tick=False):
        client = sign_in(people[role])
        blocks = client.get("/").context["blocks"]
        for one in [one for block in blocks for one in block.cards + block.in_order]:
            answer = client.get(one.url)
            assert answer.status_code == 200, one.url
            rows = answer.context.get("shown") if "?" in one.url else None
            assert rows in (None, one.count), (one.card.title, one.count, rows)


@pytest.mark.one_database("the pages behind the links are asked as every role by tests/test_matrix.py")
@pytest.mark.parametrize("role", sorted(Role))
def test_no_link_of_the_first_page_refuses_its_reader(role, world, people, policy, sign_in):
    client = sign_in(people[role])
    page = client.get("/").content.decode()
    links = {link for link in LINK.findall(page) if not link.startswith("/static/")}
    assert "/tasks/areas/" in links
    for link in sorted(links):
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_what_cannot_be_returned_yet_is_said_plainly(world, people, policy, sign_in):
    page = strip_tags(sign_in(people[Role.UNIT_LEADER]).get("/").content.decode())
    for words in ("待我办理", "逾期", "临期", "被退回", "没有被退回的事项。"):
        assert words in page


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICER, Role.COUNTY_LEADER, Role.CITY_OFFICER])
def test_nothing_is_called_late_on_the_page_of_a_body_that_owes_nothing(role, world, people, policy, sign_in):
    page = strip_tags(sign_in(people[role]).get("/").content.decode())
    assert "待我办理" in page
    for word in ("逾期", "临期", "被退回"):
        assert word not in page


def test_the_number_of_queries_does_not_grow_with_the_rows(world, people, policy, sign_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = sign_in(people[Role.BUREAU_OFFICER]), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            client.get("/")
        counts.append(len(found))
        for n in range(3):
            town = factories.place(OrganisationKind.TOWN, f"镇{n}", parent=world.zhengan)
            factories.pairing("town", world.xiangzhou_town, town, valid_to=date(2022, 4, 1))
            factories.organisation(OrganisationKind.MUNICIPAL_UNIT, f"局{n}")
    assert counts[0] == counts[1]


def test_somebody_without_a_role_is_told_so(world, sign_in):
    user = factories.person(Role.CLERK, world.bureau, valid_to=date(2021, 12, 31))
    answer = sign_in(user).get("/")
    assert answer.status_code == 200
    assert "您目前没有有效的角色" in answer.content.decode()


def test_nobody_signed_in_is_sent_to_the_sign_in_page(db, client):
    assert client.get("/")["Location"] == "/accounts/login/?next=/"


def lines_of(user):
    return {line.what: line for line in setup.checklist(user, AT)}


def test_the_checklist_says_how_far_the_office_is(world, people, policy):
    found = lines_of(people[Role.BUREAU_OFFICER])
    assert found["政策数据已导入"].done
    assert found["账号已开通"].state == "5 个区、县（市）中 2 个有经办账号"
    assert found["联系人已登记"].state == "10 个单位中 0 个齐全"
    assert found["区县结对已登记"].done
    assert found["下级结对已登记"].state == "2 对"
    assert found["牵头单位已设置"].state == "4 项措施中 0 项已设置"
    assert found["依据文件在执行期内"].done


def test_a_line_links_only_where_its_reader_may_open_the_page(world, people, policy):
    assert lines_of(people[Role.BUREAU_OFFICER])["账号已开通"].url == ""
    assert lines_of(people[Role.BUREAU_OFFICER])["联系人已登记"].url == "/pairing/contacts/"


def test_the_reporting_begins_with_a_plan_that_is_switched_on(world, people, policy):
    lines = lines_of(people[Role.BUREAU_OFFICER])
    assert (lines["报送任务已启用"].done, lines["报送任务已启用"].state) == (False, "0 项执行中，0 项待启用")
    assert (lines["上线前数据已导入"].done, lines["上线前数据已导入"].url) == (False, "/tasks/opening-figures/")
    cycle.plan("t-draft", "待启用", state=PlanState.DRAFT)
    cycle.plan("t-district", "区月报", world.districts)
    lines = lines_of(people[Role.BUREAU_HEAD])
    assert (lines["报送任务已启用"].done, lines["报送任务已启用"].state) == (True, "1 项执行中，1 项待启用")
    assert lines["报送任务已启用"].url == "/tasks/plans/"


@pytest.mark.parametrize("role", sorted(Role))
def test_only_who_sets_the_office_up_sees_the_checklist(role, world, people, policy, sign_in):
    shown = "上线准备" in sign_in(people[role]).get("/").content.decode()
    assert shown == (role in {Role.BUREAU_OFFICER, Role.BUREAU_HEAD, Role.SYSTEM_ADMIN})


def test_an_empty_portal_opens_and_says_where_to_begin(db, sign_in):
    bureau = factories.organisation(OrganisationKind.BUREAU, "市乡村振兴局")
    answer = sign_in(factories.person(Role.SYSTEM_ADMIN, bureau)).get("/")
    assert answer.status_code == 200
    assert "尚未导入" in answer.content.decode()


def test_healthz_answers_without_signing_in(db, client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-cache" in answer["Cache-Control"]
