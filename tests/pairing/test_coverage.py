"""Coverage: counted from the rows, within what one may see, as at a day; each number opens to its rows."""

import re
from datetime import date
from decimal import Decimal

import pytest

from pairing import coverage
from pairing.coverage import Place
from pairing.kinds import PairingKind
from pairing.models import Pairing
from tests import factories
from tests.factories import DAY
from tests.pairing.test_annex import text_of
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import DivisionKind


@pytest.fixture
def places(world):
    """正安 has three townships (one paired), two 行政村 (one paired) and one 社区; one township is not offered."""
    factories.place("town", "安场镇", parent=world.zhengan)
    factories.place("town", "和溪镇", parent=world.zhengan)
    factories.place("town", "开发区", parent=world.zhengan, offered=False)
    factories.place("village", "燕子村", parent=world.zhengan_town)
    factories.place("village", "城南社区", parent=world.zhengan_town, division_kind=DivisionKind.COMMUNITY)
    factories.pairing(PairingKind.VILLAGE, world.xiangzhou_village, world.zhengan_village)
    return world


def cells(user, day=DAY, kind=""):
    rows = coverage.coverage_on(day, user, kind).rows
    return {str(row.county): [(cell.total, cell.paired, cell.without) for cell in row.cells] for row in rows}


def test_places_are_counted_by_county_and_sort(places, bureau):
    assert cells(bureau) == {
        "正安县": [(3, 1, 2), (2, 1, 1), (1, 0, 1)],
        "务川县": [(0, 0, 0)] * 3,
        "道真县": [(1, 1, 0), (1, 0, 1), (0, 0, 0)],
    }


def test_key_counties_stand_first_and_shares_are_rounded_half_up(places, bureau):
    found = coverage.coverage_on(DAY, bureau)
    assert [str(row.county) for row in found.rows] == ["正安县", "务川县", "道真县"]
    assert [cell.percent for cell in found.rows[0].cells] == [Decimal("33.3"), Decimal("50.0"), Decimal("0.0")]
    assert found.rows[1].cells[0].percent is None
    assert (found.total[0].total, found.total[0].paired, found.total[0].percent) == (4, 2, Decimal("50.0"))
    assert found.everything


def test_a_place_with_two_partners_counts_once_and_ended_ones_do_not(places, bureau):
    factories.pairing(PairingKind.SOCIAL_TOWN, places.education, places.zhengan_town)
    assert cells(bureau)["正安县"][0] == (3, 1, 2)
    Pairing.objects.filter(west=places.zhengan_town).update(valid_to=date(2022, 3, 14))
    assert cells(bureau)["正安县"][0] == (3, 0, 3)
    assert cells(bureau, date(2022, 3, 14))["正安县"][0] == (3, 1, 2)


def test_one_kind_alone(places, bureau):
    factories.pairing(PairingKind.SOCIAL_TOWN, places.education, places.zhengan_town)
    assert cells(bureau, kind="social_town")["正安县"] == [(3, 1, 2), (2, 0, 2), (1, 0, 1)]
    assert cells(bureau, kind="village")["正安县"] == [(3, 0, 3), (2, 1, 1), (1, 0, 1)]


@pytest.mark.parametrize(
    ("role", "counties", "everything"),
    [
        (Role.BUREAU_OFFICER, {"正安县", "务川县", "道真县"}, True),
        (Role.LEADER, {"正安县", "务川县", "道真县"}, True),
        (Role.DISTRICT_OFFICER, {"正安县", "务川县"}, False),
        (Role.COUNTY_OFFICER, {"正安县"}, False),
        (Role.GROUP_MEMBER, {"正安县"}, False),
    ],
)
def test_each_sees_his_counties_and_their_total(places, people, sign_in, role, counties, everything):
    assert set(cells(people[role])) == counties
    words = text_of(sign_in(people[role]).get("/pairing/coverage/"))
    assert ("合计（您可见的县）" in words) is not everything


def test_a_count_never_tells_what_a_list_hides(places, people, strangers):
    """高新's officer was given nothing in 正安: neither its row nor its number."""
    assert set(cells(strangers["district_officer"])) == {"道真县"}
    factories.pairing(PairingKind.SOCIAL_TOWN, places.education, places.wuchuan.children.first() or places.zhengan_town)
    assert (
        cells(people[Role.DISTRICT_OFFICER], kind="social_town")["正安县"][0][1] == 0
    )  # the city's, not the district's


@pytest.mark.parametrize("state", ["", "paired", "without"])
@pytest.mark.parametrize("place", list(Place))
def test_each_number_opens_to_its_rows(places, bureau, sign_in, place, state):
    cell = {cell.place: cell for cell in coverage.coverage_on(DAY, bureau).rows[0].cells}[place]
    expected = {"": cell.total, "paired": cell.paired, "without": cell.without}[state]
    page = sign_in(bureau).get(f"/pairing/coverage/zhengan/{place}/?state={state}&on={DAY}").content.decode()
    assert len(re.findall(r"<tr[^>]*>\s*<td", page)) == expected


def test_the_rows_name_the_partners(places, people, sign_in):
    client = sign_in(people[Role.COUNTY_OFFICER])
    words = text_of(client.get("/pairing/coverage/zhengan/town/"))
    assert "瑞溪镇 正安县 前山镇 （镇街结对）" in words
    assert "安场镇 正安县 尚无" in words
    file = client.get("/pairing/coverage/zhengan/town/?export=csv").content.decode()
    assert "前山镇（镇街结对）" in file


def test_what_is_not_ones_own_is_not_found(places, people, sign_in):
    assert sign_in(people[Role.COUNTY_OFFICER]).get("/pairing/coverage/daozhen/town/").status_code == 404
    assert sign_in(people[Role.COUNTY_OFFICER]).get("/pairing/coverage/zhengan/city/").status_code == 404
    assert sign_in(people[Role.SECURITY_ADMIN]).get("/pairing/coverage/").status_code == 403


def test_links_lead_to_pages_that_open(places, people, sign_in):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    page = client.get("/pairing/coverage/").content.decode()
    links = set(re.findall(r'href="(/pairing/[^"]+)"', page))
    assert len(links) > 15
    assert {client.get(link.replace("&amp;", "&")).status_code for link in links} == {200}


def test_a_bad_day_and_an_early_day_are_told(places, bureau, sign_in):
    client = sign_in(bureau)
    assert "不是日期" in client.get("/pairing/coverage/?on=x").content.decode()
    assert "这一天没有区县结对" in client.get("/pairing/coverage/?on=2021-01-01").content.decode()


def test_the_file_holds_the_table(places, people, sign_in):
    response = sign_in(people[Role.DISTRICT_OFFICER]).get("/pairing/coverage/?export=csv")
    lines = response.content.decode().splitlines()
    assert lines[1].startswith("正安县,是,3,1,2,0.333,2,1,1,0.5,1,0,1,0.0,")
    assert lines[-1].startswith("合计（可见的县）,,3,1,2,0.333")


def test_the_number_of_queries_does_not_grow(places, bureau, sign_in, queries):
    client = sign_in(bureau)
    three, rows = queries(client, "/pairing/coverage/"), queries(client, "/pairing/coverage/zhengan/town/")
    for number in range(3):
        county = factories.place("county", f"某{number}县", parent=places.zunyi)
        factories.county_pairing(places.gaoxin, county)
        town = factories.place("town", f"某{number}镇", parent=places.zhengan)
        factories.pairing(PairingKind.TOWN, places.xiangzhou_town, town)
    assert queries(client, "/pairing/coverage/") == three
    assert queries(client, "/pairing/coverage/zhengan/town/") == rows
