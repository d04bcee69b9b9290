"""下级结对: the list with its filters, and adding step by step from the real divisions."""

import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from pairing import candidates
from pairing.kinds import RULES, SUB_KINDS, PairingKind
from pairing.models import Pairing
from tests import factories
from tests.factories import DAY
from tests.pairing.test_annex import text_of
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation, OrganisationAlias

ADD = "/pairing/sub/add/"


def numbers(response) -> set:
    return set(re.findall(r'<td class="code">\s*<a href="/pairing/([^/]+)/"', response.content.decode()))


# --- the list --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.COUNTY_OFFICER, Role.GROUP_MEMBER, Role.INSPECTOR])
def test_another_scopes_rows_are_absent_from_list_and_file(world, people, sign_in, role):
    client = sign_in(people[role])
    assert numbers(client.get("/pairing/sub/")) == {world.zhengan_towns.number}
    file = client.get("/pairing/sub/?export=csv").content.decode()
    assert "瑞溪镇" in file
    assert "玉溪镇" not in file
    assert "玉溪镇" not in client.get("/pairing/sub/?text=玉溪").content.decode().split("<tbody>")[-1]


def test_each_column_says_its_thing(world, bureau, sign_in):
    words = text_of(sign_in(bureau).get("/pairing/sub/"))
    assert (
        f"{world.zhengan_towns.number} 镇街结对 前山镇 香洲区 瑞溪镇 正安县 2021-07-22 — 有效 珠委农组〔2021〕12号"
        in words
    )


@pytest.fixture
def varied(world):
    """Pairings in every state, of several kinds."""
    OrganisationAlias.objects.create(organisation=world.zhengan_village, name="老瑞溪")
    make = factories.pairing
    east, west = world.xiangzhou_village, world.zhengan_village
    return {
        "ended": make(PairingKind.VILLAGE, east, west, valid_to=date(2021, 12, 31)),
        "ending": make(PairingKind.COMMUNITY, east, west, valid_to=DAY + timedelta(days=60)),
        "later": make(PairingKind.VILLAGE, east, west, valid_from=DAY + timedelta(days=1)),
        "long": make(PairingKind.SOCIAL_VILLAGE, world.education, west, valid_to=DAY + timedelta(days=61)),
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=village", {"ended", "later"}),
        ("state=ended", {"ended"}),
        ("state=ending", {"ending"}),
        ("state=coming", {"later"}),
        ("state=running", {"ending", "long", "zhengan", "daozhen"}),
        ("on=2021-12-31", {"ended", "ending", "long", "zhengan", "daozhen"}),
        ("county=daozhen", {"daozhen"}),
        ("district=xiangzhou&state=running", {"ending", "zhengan"}),
        ("text=老瑞溪", {"ended", "ending", "later", "long"}),
        ("text=唐家湾", {"daozhen"}),
        ("text=没有这个", set()),
    ],
)
def test_filters(world, varied, bureau, sign_in, query, expected):
    rows = {**varied, "zhengan": world.zhengan_towns, "daozhen": world.daozhen_towns}
    found = numbers(sign_in(bureau).get(f"/pairing/sub/?{query}"))
    assert {key for key, row in rows.items() if row.number in found} == expected


def test_the_list_and_a_row_agree_on_the_state(varied):
    for state in ("running", "ending", "ended", "coming"):
        listed = set(Pairing.objects.in_state(state, DAY))
        alone = {row for row in Pairing.objects.all() if row.state_on(DAY) == state}
        assert alone == listed - set(Pairing.objects.ending_within(DAY)) if state == "running" else alone == listed


@pytest.mark.parametrize(
    "query", ["kind=x", "on=2022-02-30", "county=%27", "sort=bogus", "page=-1", "state=%00", "text=" + "长" * 300]
)
def test_nonsense_in_the_address_is_no_error(world, bureau, sign_in, query):
    assert sign_in(bureau).get(f"/pairing/sub/?{query}").status_code == 200


def test_it_sorts_by_the_names_of_the_day(world, bureau, sign_in):
    page = sign_in(bureau).get("/pairing/sub/?sort=-east").content.decode()
    assert page.index("唐家湾镇") < page.index("前山镇")  # 唐 stands behind 前


def test_the_number_of_queries_does_not_grow(world, bureau, sign_in, queries):
    client = sign_in(bureau)
    two = queries(client, "/pairing/sub/")
    for number in range(3):
        village = factories.place("village", f"甲{number}村", parent=world.zhengan_town)
        factories.pairing(PairingKind.VILLAGE, world.xiangzhou_village, village)
    assert queries(client, "/pairing/sub/") == two


# --- adding ----------------------------------------------------------------------------------------------------------
def options(response, name) -> list[str]:
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', response.content.decode(), re.DOTALL)
    return re.findall(r'<option value="([^"]+)"', select.group()) if select else []


def test_the_frames_are_those_one_may_work_in(world, people, sign_in):
    assert options(sign_in(people[Role.GROUP_MEMBER]).get(ADD), "frame") == [world.zhengan_pairing.number]
    district = options(sign_in(people[Role.DISTRICT_OFFICER]).get(ADD), "frame")
    assert set(district) == {world.zhengan_pairing.number, world.wuchuan_pairing.number}
    refused = sign_in(people[Role.COUNTY_OFFICER]).get(ADD)
    assert (refused.status_code, "由市局经办" in refused.content.decode()) == (403, True)


def test_the_first_frame_offered_suits_the_first_kind(world, bureau, sign_in):
    """镇街结对 comes first, and lies below a county pairing: the two cities' stands last."""
    cities = factories.pairing("city", world.zhuhai, world.zunyi)
    offered = options(sign_in(bureau).get(ADD), "frame")
    assert offered[-1] == cities.number
    assert len(offered) == 4


def test_places_come_step_by_step_without_scripts(world, people, sign_in):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    scope = f"{ADD}?kind=village&frame={world.zhengan_pairing.number}"
    first = client.get(scope)
    assert options(first, "west_town") == [world.zhengan_town.code]
    assert options(first, "west") == []
    address = f"{scope}&east_town={world.xiangzhou_town.code}&west_town={world.zhengan_town.code}"
    second = client.get(address)
    assert set(options(second, "east")) == {world.xiangzhou_town.code, world.xiangzhou_village.code}
    assert options(second, "west") == [world.zhengan_village.code]
    facts = {"east": world.xiangzhou_village.code, "west": world.zhengan_village.code, "valid_from": "2022-03-01"}
    assert "依据文件" in client.post(address, facts).content.decode()
    done = client.post(address, {**facts, "basis": "协议"})
    made = Pairing.objects.get(kind=PairingKind.VILLAGE)
    assert done.headers["Location"] == made.get_absolute_url()
    assert Event.objects.get(action="pairing.add").actor == people[Role.DISTRICT_OFFICER]


def test_asking_for_other_choices_keeps_what_the_second_step_holds(world, people, sign_in):
    """The first step's button, without scripts: other villages on one side, all else kept, nothing saved."""
    other = factories.place("town", "安场镇", parent=world.zhengan)
    village = factories.place("village", "光明村", parent=other)
    facts = {
        "east": world.xiangzhou_village.code,
        "west": "",
        "valid_from": "2022-03-01",
        "basis": "协议",
        "note": "首批",
    }
    scope = {"kind": "village", "frame": world.zhengan_pairing.number, "east_town": world.xiangzhou_town.code}
    client = sign_in(people[Role.DISTRICT_OFFICER])
    page = client.post(ADD, {**scope, **facts, "west_town": other.code, "choose": "1"})
    text = page.content.decode()
    assert options(page, "west") == [village.code]
    assert f'<option value="{world.xiangzhou_village.code}" selected>' in text
    assert all(f'value="{typed}"' in text for typed in ("2022-03-01", "协议", "首批"))
    assert "error-summary" not in text
    assert not Pairing.objects.filter(kind=PairingKind.VILLAGE).exists()
    done = client.post(ADD, {**scope, **facts, "west_town": other.code, "west": village.code})
    assert done.headers["Location"] == Pairing.objects.get(kind=PairingKind.VILLAGE).get_absolute_url()


def test_a_village_is_found_by_name_too(world, people, sign_in):
    scope = f"{ADD}?kind=village&frame={world.zhengan_pairing.number}&west_text=瑞溪"
    assert options(sign_in(people[Role.DISTRICT_OFFICER]).get(scope), "west") == [world.zhengan_village.code]


def test_anothers_frame_or_party_is_not_accepted(world, people, sign_in):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    foreign = client.get(f"{ADD}?kind=town&frame={world.daozhen_pairing.number}")
    assert options(foreign, "east") == []
    posted = client.post(f"{ADD}?kind=town&frame={world.daozhen_pairing.number}", {"east": world.gaoxin_town.code})
    assert (posted.status_code, options(posted, "east")) == (200, [])  # the first step again
    facts = {"east": world.gaoxin_town.code, "west": world.zhengan_town.code, "valid_from": "2022-03-01", "basis": "x"}
    refused = client.post(f"{ADD}?kind=town&frame={world.zhengan_pairing.number}", facts)
    assert "请从列出的单位中选择" in refused.content.decode()
    assert Pairing.objects.below_county().count() == 2


def test_what_is_not_offered_or_has_gone_is_not_in_the_list(world, bureau, sign_in):
    factories.place("town", "某科技园", parent=world.zhengan, offered=False, code="park-town")
    factories.place("town", "撤并镇", parent=world.zhengan, valid_to=date(2021, 12, 31), code="gone-town")
    found = options(sign_in(bureau).get(f"{ADD}?kind=town&frame={world.zhengan_pairing.number}"), "west")
    assert found == [world.zhengan_town.code]


def test_no_list_of_choices_is_longer_than_sixty(world, bureau, sign_in):
    for number in range(candidates.MOST + 5):
        factories.organisation(OrganisationKind.SCHOOL, f"第{number}小学", parent=world.zhengan)
    page = sign_in(bureau).get(f"{ADD}?kind=school&frame={world.zhengan_pairing.number}")
    assert len(options(page, "west")) == candidates.MOST
    assert "另有 5 个未列出" in page.content.decode()
    narrowed = sign_in(bureau).get(f"{ADD}?kind=school&frame={world.zhengan_pairing.number}&west_text=第64小学")
    assert len(options(narrowed, "west")) == 1


def test_a_partner_is_registered_on_the_way_and_chosen(world, people, sign_in):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    page = client.get(f"{ADD}?kind=hospital&frame={world.zhengan_pairing.number}").content.decode()
    address = re.search(r'href="(/organisations/partners/add/\?[^"]+side=west[^"]+)"', page).group(1)
    address = address.replace("&amp;", "&")
    asked = parse_qs(urlsplit(address).query)
    assert (asked["kind"], asked["place"]) == (["hospital"], ["zhengan"])
    typed = {"kind": "hospital", "place": "zhengan", "name": "正安县人民医院"}
    back = client.post(address, typed).headers["Location"]
    made = Organisation.objects.get(names__short="正安县人民医院")
    assert back == f"{ADD}?kind=hospital&frame={world.zhengan_pairing.number}&west={made.code}"
    assert f'<option value="{made.code}" selected>' in client.get(back).content.decode()


def test_city_bodies_pair_below_the_cities(world, bureau, sign_in):
    cities = factories.pairing(PairingKind.CITY, world.zhuhai, world.zunyi)
    office = factories.organisation(OrganisationKind.CITY_DEPARTMENT, "遵义市教育局", parent=world.zunyi)
    page = sign_in(bureau).get(f"{ADD}?kind=department&frame={cities.number}")
    assert world.education.code in options(page, "east")
    assert options(page, "west") == [office.code]
    towns = sign_in(bureau).get(f"{ADD}?kind=town&frame={cities.number}")
    assert "须选择区县结对" in towns.content.decode()


@pytest.mark.parametrize("kind", SUB_KINDS)
def test_every_kind_offers_its_bodies(world, bureau, sign_in, kind):
    """A registered body of the first allowed kind on either side is offered, and pairs."""
    chosen, query = {}, f"{ADD}?kind={kind}&frame={world.zhengan_pairing.number}"
    for side, home, town in (
        ("east", world.xiangzhou, world.xiangzhou_town),
        ("west", world.zhengan, world.zhengan_town),
    ):
        wanted = getattr(RULES[kind], side)[0]
        existing = {OrganisationKind.TOWN: town, OrganisationKind.VILLAGE: town.children.first()}
        body = existing.get(wanted) or factories.organisation(wanted, parent=home)
        chosen[side] = body.code
        query += f"&{side}_town={town.code}"
    Pairing.objects.below_county().update(valid_to=date(2021, 12, 31))
    client = sign_in(bureau)
    assert chosen["east"] in options(client.get(query), "east")
    done = client.post(query, {**chosen, "valid_from": "2022-03-01", "basis": "协议"})
    assert done.status_code == 302
    assert Pairing.objects.get(kind=kind, valid_from=date(2022, 3, 1)).east.code == chosen["east"]


# --- replacing -------------------------------------------------------------------------------------------------------
def test_replacing_offers_the_former_parties_and_links_both(world, people, sign_in):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    other = factories.place("town", "安场镇", parent=world.zhengan)
    address = f"/pairing/sub/{world.zhengan_towns.number}/replace/"
    page = client.get(address)
    assert f'<option value="{world.zhengan_town.code}" selected>' in page.content.decode()
    facts = {"east": world.xiangzhou_town.code, "west": other.code, "valid_from": "2022-04-01"}
    done = client.post(address, {**facts, "basis": "新协议", "reason": "调整"})
    world.zhengan_towns.refresh_from_db()
    follower = world.zhengan_towns.successor
    assert done.headers["Location"] == follower.get_absolute_url()
    assert (follower.west, world.zhengan_towns.valid_to) == (other, date(2022, 3, 31))


def test_replacing_is_refused_to_others(world, people, strangers, sign_in):
    address = f"/pairing/sub/{world.zhengan_towns.number}/replace/"
    assert sign_in(people[Role.COUNTY_OFFICER]).get(address).status_code == 403
    assert sign_in(strangers["district_officer"]).get(address).status_code == 404
    county = f"/pairing/sub/{world.zhengan_pairing.number}/replace/"
    assert sign_in(people[Role.BUREAU_OFFICER]).get(county).status_code == 404
