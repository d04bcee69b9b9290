"""Pages of bodies, divisions and contacts."""

import re
from datetime import date

import pytest

from tests import factories
from tests.factories import DAY
from tests.pairing.test_annex import text_of
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import ContactRole, DivisionKind, OrganisationKind, Relation
from zhuzun.organisations.models import (
    Contact,
    Division,
    Organisation,
    OrganisationAlias,
    OrganisationName,
    OrganisationRelation,
)


def body_text(response) -> str:
    return text_of(response).partition("名称沿革")[2]


@pytest.fixture
def renamed(world):
    """香洲区 bears another name, and stands otherwise to the bureau, from 2022-01-01 on."""
    world.xiangzhou.names.update(valid_to=date(2021, 12, 31))
    world.xiangzhou.relations.update(valid_to=date(2021, 12, 31))
    OrganisationName.objects.create(
        organisation=world.xiangzhou, short="香洲新区", full="珠海市香洲新区", valid_from=date(2022, 1, 1), basis="批复"
    )
    OrganisationRelation.objects.create(
        organisation=world.xiangzhou, relation=Relation.SEPARATE, valid_from=date(2022, 1, 1)
    )
    OrganisationAlias.objects.create(organisation=world.xiangzhou, name="老香洲")
    return world


def rows(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode().partition("<tbody>")[2]).split())


def test_the_list_leaves_places_out_until_asked(renamed, people, sign_in):
    client = sign_in(people[Role.SECURITY_ADMIN])
    listed = rows(client.get("/organisations/"))
    assert "香洲新区 珠海市香洲新区 区（功能区） 珠海市 不相隶属 —" in listed
    assert "瑞溪镇" not in listed
    assert "瑞溪镇" in rows(client.get("/organisations/?kind=town&parent=zhengan"))
    assert "玉溪镇" not in rows(client.get("/organisations/?kind=town&parent=zhengan"))
    assert "瑞溪村" in rows(client.get("/organisations/?text=瑞溪"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=老香洲", True),
        ("text=香洲区", True),  # its former name
        ("relation=separate&kind=district", True),
        ("relation=lower&kind=district", False),
        ("state=ended", False),
        ("text=%00", True),
    ],
)
def test_filters_of_the_list(renamed, bureau, sign_in, query, found):
    assert ("香洲新区 珠海市香洲新区" in rows(sign_in(bureau).get(f"/organisations/?{query}"))) is found


def test_the_page_of_a_body_tells_its_names_relations_and_pairings(renamed, bureau, sign_in):
    words = text_of(sign_in(bureau).get("/organisations/xiangzhou/"))
    for part in (
        "珠海市香洲新区 现行",
        "香洲区 香洲区 2021-01-01 至 2021-12-31",
        "香洲新区 珠海市香洲新区 2022-01-01 起 批复",
        "别称 老香洲",
        "不相隶属（2022-01-01 起）",
        f"{renamed.zhengan_pairing.number} 区县结对 香洲新区 正安县",
        "乡镇（街道） 1 个",
    ):
        assert part in words


def test_pairings_on_a_bodys_page_are_those_one_may_see(world, people, sign_in):
    words = text_of(sign_in(people[Role.COUNTY_OFFICER]).get("/organisations/xiangzhou/"))
    assert world.zhengan_pairing.number in words
    assert world.wuchuan_pairing.number not in words
    assert "TEST-" not in text_of(sign_in(people[Role.SECURITY_ADMIN]).get("/organisations/xiangzhou/"))


def test_telephones_are_not_everybodys(world, people, sign_in):
    factories.contact(world.daozhen, ContactRole.LIAISON, "道真联络", phone="0851-2")
    stranger = sign_in(people[Role.DISTRICT_OFFICER])
    assert "0851-2" not in text_of(stranger.get("/organisations/daozhen/"))
    refused = stranger.get("/organisations/daozhen/contacts/")
    assert (refused.status_code, "不在您的范围内" in refused.content.decode()) == (403, True)
    assert "0851-2" in text_of(sign_in(people[Role.LEADER]).get("/organisations/daozhen/contacts/"))
    assert sign_in(people[Role.LEADER]).get("/organisations/nobody/contacts/").status_code == 404


def test_an_officer_keeps_up_the_contacts_of_his_county(world, people, sign_in):
    client = sign_in(people[Role.COUNTY_OFFICER])
    page = client.get("/organisations/mine/contacts/")
    assert "正安县联系人" in text_of(page)
    assert text_of(page).count("待补") == 2
    facts = {"role": "leader", "name": "王副县长", "phone": "0851-26421234", "valid_from": "2022-01-01"}
    assert "必填" in client.post("/organisations/zhengan/contacts/add/", {**facts, "name": ""}).content.decode()
    done = client.post("/organisations/zhengan/contacts/add/", facts)
    assert done.headers["Location"] == "/organisations/zhengan/contacts/"
    made = Contact.objects.get()
    client.post(f"/organisations/zhengan/contacts/{made.pk}/correct/", {**facts, "name": "汪副县长", "reason": "错字"})
    client.post(f"/organisations/zhengan/contacts/{made.pk}/end/", {"valid_to": "2022-03-01"})
    made.refresh_from_db()
    assert (made.name, made.valid_to) == ("汪副县长", date(2022, 3, 1))
    after = text_of(client.get("/organisations/zhengan/contacts/"))
    assert "汪副县长" in after.partition("历任")[2]


def test_a_contact_of_another_body_is_not_reached_through_ones_own(world, people, sign_in):
    foreign = factories.contact(world.daozhen)
    client = sign_in(people[Role.COUNTY_OFFICER])
    assert client.get(f"/organisations/zhengan/contacts/{foreign.pk}/end/").status_code == 404
    assert client.get(f"/organisations/daozhen/contacts/{foreign.pk}/end/").status_code == 403


@pytest.mark.parametrize(
    ("role", "place"),
    [(Role.DISTRICT_OFFICER, "香洲区"), (Role.UNIT_OFFICER, "市教育局"), (Role.GROUP_MEMBER, "工作组正安县小组")],
)
def test_my_contacts_are_those_of_the_body_i_act_for(world, people, sign_in, role, place):
    assert f"{place}联系人" in text_of(sign_in(people[role]).get("/organisations/mine/contacts/"))


def test_the_system_administrator_renames_and_closes(world, people, sign_in):
    client = sign_in(people[Role.SYSTEM_ADMIN])
    typed = {"short": "新局", "full": "珠海市新局", "valid_from": "2022-03-01", "basis": "三定方案"}
    assert client.post(f"/organisations/{world.labour.code}/rename/", typed).status_code == 302
    assert Organisation.objects.get(pk=world.labour.pk).name_on(DAY) == "新局"
    address = f"/organisations/{world.labour.code}/close/"
    unknown = client.post(address, {"valid_to": "2022-03-31", "reason": "合并", "successor": "没有的局"})
    assert "没有找到这个单位" in unknown.content.decode()
    assert (
        client.post(address, {"valid_to": "2022-03-31", "reason": "合并", "successor": "市教育局"}).status_code == 302
    )
    world.labour.refresh_from_db()
    assert world.labour.successor == world.education
    assert sign_in(people[Role.BUREAU_OFFICER]).get(address).status_code == 403


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_stays_inside(world, bureau, sign_in, address):
    typed = {"kind": "school", "place": "zhengan", "name": "某小学"}
    done = sign_in(bureau).post(f"/organisations/partners/add/?side=west&next={address}", typed)
    assert done.headers["Location"] == "/organisations/partner-0001/"


def test_divisions_are_counted_by_county_with_source_and_date(world, bureau, sign_in):
    for number in range(2):
        factories.place("village", f"甲{number}村", parent=world.zhengan_town)
    factories.place("village", "乙社区", parent=world.zhengan_town, division_kind=DivisionKind.COMMUNITY)
    factories.place("village", "虚拟社区", parent=world.zhengan_town, offered=False)
    factories.place("town", "某科技园", parent=world.zhengan, offered=False)
    Division.objects.filter(name="正安县").update(source="统计用区划代码", as_at=date(2023, 6, 30))
    client = sign_in(bureau)
    listed = rows(client.get("/organisations/divisions/"))
    assert "正安县 县 遵义市 1 3 1 2 是 统计用区划代码 2023-06-30" in listed
    assert "瑞溪镇" not in listed
    below = rows(client.get("/organisations/divisions/?parent=正安县"))
    assert all(name in below for name in ("瑞溪镇", "甲0村", "虚拟社区"))
    assert "玉溪镇" not in below
    assert rows(client.get("/organisations/divisions/?offered=0")).count("否") == 2


@pytest.mark.parametrize("address", ["/organisations/", "/organisations/divisions/"])
def test_the_number_of_queries_does_not_grow(world, bureau, sign_in, queries, address):
    client = sign_in(bureau)
    before = queries(client, address)
    for number in range(3):
        county = factories.place("county", f"某{number}县", parent=world.zunyi, relation=Relation.SEPARATE)
        factories.place("town", f"某{number}镇", parent=county)
        factories.organisation(OrganisationKind.SCHOOL, f"某{number}校", parent=county)
    assert queries(client, address) == before


@pytest.mark.parametrize("address", ["/organisations/", "/organisations/divisions/"])
@pytest.mark.parametrize("query", ["sort=nothing", "kind=x&page=9999", "parent=" + "x" * 99, "level=%27", "export=pdf"])
def test_nonsense_in_the_address_is_no_error(world, bureau, sign_in, address, query):
    assert sign_in(bureau).get(f"{address}?{query}").status_code == 200
