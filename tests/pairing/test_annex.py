"""结对关系: the annex as at any day, with links for whoever may open a pairing, the picture, and the file."""

import re
from datetime import date

import pytest

from pairing import annex, schematic
from tests import factories
from tests.factories import NOW
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.documents import sheets
from zhuzun.organisations.models import OrganisationName


@pytest.fixture
def renamed(world):
    """香洲区 bears another name from 2021-09-17 on."""
    world.xiangzhou.names.update(valid_to=date(2021, 9, 16))
    OrganisationName.objects.create(
        organisation=world.xiangzhou,
        short="香洲新区",
        full="珠海市香洲新区",
        valid_from=date(2021, 9, 17),
        basis="批复",
    )
    return world


def text_of(response) -> str:
    """The page's words without markup and doubled blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_table_is_printed_as_the_annex_does(world, bureau, sign_in):
    page = sign_in(bureau).get("/pairing/").content.decode()
    assert "珠海市东西部协作结对关系明细表" in page
    assert [page.count(f'rowspan="{n}"') for n in (2, 1, 3)] == [1, 1, 1]  # two districts, one cell over all counties
    assert "务川仡佬族苗族自治县" in page
    assert "3个县（市）" in page
    assert page.count("annex-star") == 2
    words = text_of(sign_in(bureau).get("/pairing/"))
    assert "合计 2 个区（功能区） 3 个县（市） 2 个国家乡村振兴重点帮扶县" in words


def test_names_key_counties_and_rows_are_those_of_the_day(renamed, bureau, sign_in):
    client = sign_in(bureau)
    before = client.get("/pairing/?on=2021-09-16").content.decode()
    after = client.get("/pairing/?on=2021-09-17").content.decode()
    assert "香洲新区" not in before
    assert "香洲新区" in after
    assert "这一天还没有结对关系" in client.get("/pairing/?on=2021-07-21").content.decode()
    renamed.wuchuan.division.key_designations.update(valid_to=date(2021, 12, 31))
    assert client.get("/pairing/?on=2022-01-01").content.decode().count("annex-star") == 1


@pytest.mark.parametrize("text", ["2026-13-01", "昨天", "' OR 1=1", "%00", "9999999-01-01", "<b>"])
def test_a_bad_day_is_told_and_today_is_shown(world, bureau, sign_in, text):
    response = sign_in(bureau).get(f"/pairing/?on={text}")
    page = response.content.decode()
    assert response.status_code == 200
    assert "不是日期，请按 2026-11-23 填写" in page
    assert "截至2022年3月15日" in page
    assert "<b>" not in page.split("不是日期")[0][-40:]


@pytest.mark.parametrize("role", list(Role))
def test_everybody_sees_the_table_and_links_only_what_he_may_open(world, people, sign_in, role):
    client = sign_in(people[role])
    page = client.get("/pairing/").content.decode()
    assert "务川仡佬族苗族自治县" in page
    addresses = set(re.findall(r'href="(/pairing/TEST-\d+/)"', page))
    everywhere = {
        row.get_absolute_url() for row in (world.zhengan_pairing, world.wuchuan_pairing, world.daozhen_pairing)
    }
    mine = {Role.COUNTY_OFFICER, Role.COUNTY_LEADER, Role.GROUP_MEMBER}
    mine_expected = {world.zhengan_pairing.get_absolute_url()}
    district = {world.zhengan_pairing.get_absolute_url(), world.wuchuan_pairing.get_absolute_url()}
    none = {Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}
    narrow = dict.fromkeys(mine, mine_expected) | {key: set() for key in none}
    narrow |= dict.fromkeys((Role.DISTRICT_OFFICER, Role.DISTRICT_LEADER, Role.INSPECTOR), district)
    assert addresses == narrow.get(role, everywhere)
    assert all(client.get(address).status_code == 200 for address in addresses)
    if addresses != everywhere:
        assert "不能打开的结对详情" in page


def test_the_cities_stand_above(world, bureau, sign_in):
    both = factories.pairing("city", world.zhuhai, world.zunyi)
    page = sign_in(bureau).get("/pairing/").content.decode()
    assert f'href="{both.get_absolute_url()}">珠海市—遵义市' in page


def test_the_file_holds_the_table_and_is_recorded(world, people, sign_in):
    response = sign_in(people[Role.COUNTY_OFFICER]).get("/pairing/?on=2022-03-01&export=xlsx")
    columns = [sheets.Column(name) for name in (*annex.HEADINGS, "编号")]
    rows = sheets.read(response.content, filename="t.xlsx", columns=columns).rows
    assert [row[annex.HEADINGS[1]].value for row in rows] == ["正安县", "务川仡佬族苗族自治县", "道真仡佬族苗族自治县"]
    assert [row[annex.HEADINGS[2]].value or "" for row in rows] == ["是", "是", ""]
    event = Event.objects.get(action="export")
    assert (event.at, event.detail["on"], event.detail["rows"]) == (NOW, "2022-03-01", 4)


def test_the_picture_names_everybody_and_opens_details(world, bureau, sign_in):
    page = sign_in(bureau).get("/pairing/").content.decode()
    assert "香洲区结对正安县、务川县；高新区结对道真县。" in page
    assert "示意图，只表示结对关系，不表示地理位置，不作划界依据。" in page
    assert page.count('<path class="schematic-link') == 3


def test_no_two_lines_of_the_picture_cross(world, bureau):
    picture = schematic.picture_of(annex.annex_on(NOW.date(), bureau))
    ends = [(link.start, link.end) for link in picture.links]
    assert ends == sorted(ends)
    assert len({end for _, end in ends}) == 3


def test_the_number_of_queries_does_not_grow(world, people, sign_in, queries):
    client = sign_in(people[Role.COUNTY_OFFICER])
    three = queries(client, "/pairing/")
    for number in range(3):
        county = factories.place("county", f"某{number}县", parent=world.zunyi)
        factories.county_pairing(world.gaoxin, county)
    assert queries(client, "/pairing/") == three
