"""对接联系人: whom one may call, and who is missing."""

import pytest

from tests import factories
from tests.pairing.test_annex import text_of
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import ContactRole

ADDRESS = "/pairing/contacts/"


def test_both_sides_of_ones_pairings_and_nobody_else(world, people, sign_in):
    factories.contact(world.zhengan_department, ContactRole.LIAISON, "正安联络", phone="0851-1")
    factories.contact(world.daozhen, ContactRole.LIAISON, "道真联络", phone="0851-2")
    factories.contact(world.education, ContactRole.LIAISON, "教育联络")
    district = text_of(sign_in(people[Role.DISTRICT_OFFICER]).get(ADDRESS))
    assert "正安联络 0851-1" in district
    assert "道真联络" not in district
    assert "教育联络" not in district
    bureau = text_of(sign_in(people[Role.BUREAU_OFFICER]).get(ADDRESS))
    assert all(name in bureau for name in ("正安联络", "道真联络", "教育联络"))


def test_a_missing_contact_is_no_light(world, people, sign_in):
    """遵义's bodies owe 珠海 nothing (不相隶属): what is open is said quietly, without a warning colour."""
    page = sign_in(people[Role.COUNTY_OFFICER]).get(ADDRESS).content.decode()
    assert 'class="state state-idle"' in page
    assert "state-soon" not in page
    assert "须有" not in page


def test_only_those_who_lack_somebody(world, people, sign_in):
    client = sign_in(people[Role.BUREAU_OFFICER])
    factories.contact(world.xiangzhou, ContactRole.LEADER, "李区长")
    factories.contact(world.xiangzhou_department, ContactRole.LIAISON, "赵科长")
    factories.contact(world.gaoxin, ContactRole.LEADER, "王主任")
    lacking = text_of(client.get(f"{ADDRESS}?lacking=1"))
    assert "高新区 区（功能区） 王主任 — 联络员" in lacking
    assert "香洲区 区（功能区）" not in lacking


def test_found_by_body_person_and_kind(world, people, sign_in):
    factories.contact(world.xiangzhou, ContactRole.LEADER, "李区长")
    factories.contact(world.gaoxin, ContactRole.LEADER, "王主任")
    factories.contact(world.education, ContactRole.LIAISON, "钱科长")
    client = sign_in(people[Role.BUREAU_OFFICER])
    for asked, found, others in (
        ("text=王主任", "王主任", ("李区长", "钱科长")),
        ("text=香洲", "李区长", ("王主任", "钱科长")),
        ("kind=municipal_unit", "钱科长", ("李区长", "王主任")),
    ):
        page = text_of(client.get(f"{ADDRESS}?{asked}"))
        assert found in page, asked
        assert not any(name in page for name in others), asked
    district = sign_in(people[Role.DISTRICT_OFFICER])
    assert "王主任" not in text_of(district.get(f"{ADDRESS}?text=王主任"))


def test_the_file_names_what_is_missing(world, people, sign_in):
    file = sign_in(people[Role.BUREAU_OFFICER]).get(f"{ADDRESS}?export=csv").content.decode()
    assert "高新区,区（功能区）,—,—,分管领导、联络员" in file


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_the_guardians_read_no_telephone_numbers(world, people, sign_in, role):
    assert sign_in(people[role]).get(ADDRESS).status_code == 403


def test_the_number_of_queries_does_not_grow(world, people, sign_in, queries):
    client = sign_in(people[Role.BUREAU_OFFICER])
    factories.contact(world.gaoxin, ContactRole.LEADER, "甲")
    one = queries(client, ADDRESS)
    for number in range(3):
        body = factories.organisation("municipal_unit", f"市第{number}局", parent=world.zhuhai)
        factories.contact(body, ContactRole.LEADER, f"乙{number}")
    assert queries(client, ADDRESS) == one
