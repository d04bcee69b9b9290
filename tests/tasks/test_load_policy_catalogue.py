"""The files of bodies, divisions and indicators hold together."""

import re
from collections import Counter

import pytest

from tasks.kinds import Direction, Family, Flow, Source
from tests.tasks.policy_files import FILES
from zhuzun.organisations.kinds import DivisionKind, OrganisationKind, Relation

DIVISIONS = {row["code"]: row for row in FILES.divisions}
INDICATORS = {row["code"]: row for row in FILES.json("indicators.json")}
BODIES = FILES.csv("organisations.csv")
CODE = re.compile(r"[A-Z]{3,4}\d{2}(?:-[一-鿿]+)?")

# County: townships (街道 镇 乡 民族乡 other), villages (居委会 村委会 类似), as the statistics bureau's list has them.
COUNTS = {
    "440402": ((9, 6, 0, 0, 4), (157, 7, 4)),
    "440403": ((1, 5, 0, 0, 0), (28, 101, 4)),
    "440404": ((0, 4, 0, 0, 2), (28, 14, 2)),
    "520322": ((2, 20, 2, 1, 0), (70, 162, 0)),
    "520324": ((2, 16, 0, 2, 0), (42, 112, 0)),
    "520325": ((1, 11, 2, 1, 0), (25, 66, 0)),
    "520326": ((3, 11, 2, 0, 0), (43, 81, 0)),
    "520327": ((4, 10, 0, 0, 0), (24, 63, 0)),
    "520328": ((3, 12, 0, 0, 0), (37, 100, 0)),
    "520330": ((4, 20, 2, 0, 0), (47, 210, 0)),
    "520381": ((3, 11, 3, 0, 0), (37, 90, 0)),
}
TOWN_KINDS = ("street", "town", "township", "ethnic_township", "pseudo_town")
VILLAGE_KINDS = ("community", "village", "pseudo_village")


@pytest.mark.parametrize("county", COUNTS)
def test_counts_of_a_county_are_those_of_the_code_list(county):
    kinds = Counter(row["kind"] for code, row in DIVISIONS.items() if code.startswith(county) and code != county)
    towns, villages = COUNTS[county]
    assert tuple(kinds[kind] for kind in TOWN_KINDS) == towns
    assert tuple(kinds[kind] for kind in VILLAGE_KINDS) == villages


def test_the_kind_of_a_village_is_told_by_its_code():
    for code, row in DIVISIONS.items():
        if row["level"] != "village":
            continue
        number = int(code[-3:])
        told = "community" if number < 200 else "village" if number < 400 else "pseudo_village"
        assert row["kind"] == told, code
        assert row["parent"] == code[:9]


def test_zones_have_no_code_of_their_own_and_hold_one_town_each():
    for code, town in (("ZH-HENGQIN", "440402104"), ("ZH-GAOXIN", "440402100")):
        zone = DIVISIONS[code]
        assert (zone["gb2260"], zone["statistics_parent"], zone["kind"]) == ("", "440402", DivisionKind.ZONE)
        assert [row["code"] for row in DIVISIONS.values() if row["parent"] == code] == [town]
        assert DIVISIONS[town]["statistics_parent"] == "440402"
    assert [row["short_name"] for row in DIVISIONS.values() if row["parent"] == "440402104"] == [
        *("新家园社区", "荷塘社区", "小横琴社区", "莲花社区"),
    ]
    assert sum(row["parent"] == "440402100" for row in DIVISIONS.values()) == 18


def test_what_is_neither_offered_nor_counted():
    kept = [row for row in DIVISIONS.values() if row["offered"] == "0"]
    assert {row["name"] for row in kept if row["level"] == "town"} == {
        *("桂山镇", "万山镇", "担杆镇", "南屏科技园", "保税区", "三溪科创小镇发展中心", "洪湾商贸物流中心"),
        *("联港工业区", "航空产业园"),
    }
    assert Counter(row["kind"] for row in kept if row["level"] == "village") == {"village": 7, "pseudo_village": 6}
    assert all("虚拟社区" not in row["name"] for row in DIVISIONS.values() if row["offered"] == "1")
    offered = [row for row in DIVISIONS.values() if row["offered"] == "1" and row["parent"] == "440402"]
    assert Counter(row["kind"] for row in offered) == {"street": 9, "town": 1}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("杉坪村村民委员会", "杉坪村"),
        ("鱼月村民委员会", "鱼月村"),
        ("池村村村民委员会", "池村村"),
        ("桂山村委会", "桂山村"),
        ("夏村村委会", "夏村"),
        ("翠香社区居民委员会", "翠香社区"),
        ("新家园社区居委会", "新家园社区"),
        ("天生社区居民委会员", "天生社区"),
        ("白蕉工业开发区居委会", "白蕉工业开发区"),
        ("富山工业园管理区", "富山工业园管理区"),
        ("桴㯊镇", "桴㯊镇"),
    ],
)
def test_short_names_of_places(name, short):
    assert {row["short_name"] for row in DIVISIONS.values() if row["name"] == name} >= {short}


def test_short_names_tell_siblings_apart():
    places = Counter((row["parent"], row["short_name"]) for row in DIVISIONS.values())
    assert max(places.values()) == 1
    endings = {"village": "村", "community": "社区"}
    for row in DIVISIONS.values():
        assert row["short_name"].endswith(endings.get(row["kind"], "")), row
        assert "委" not in row["short_name"][-4:], row


def test_national_codes_end_at_six_digits():
    assert all(row["gb2260"] in ("", code) for code, row in DIVISIONS.items())
    assert {len(row["gb2260"]) for row in DIVISIONS.values()} == {0, 6}
    assert sum(bool(row["gb2260"]) for row in DIVISIONS.values()) == 13


def test_bodies_of_the_policy():
    kinds = Counter(row["kind"] for row in BODIES)
    assert (kinds["district"], kinds["county"], kinds["county_team"], kinds["working_group"]) == (5, 8, 8, 1)
    assert (kinds["district_department"], kinds["county_department"], kinds["city_department"]) == (5, 8, 1)
    assert set(kinds) <= set(OrganisationKind)
    assert all(row["relation"] in Relation for row in BODIES)
    assert all(re.fullmatch(r"[a-z][a-z-]*", row["code"]) for row in BODIES)


def test_no_two_bodies_answer_to_one_name():
    owners = {}
    for row in [*BODIES, *FILES.csv("organisation_changes.csv")]:
        for name in {row["short_name"], row["full_name"], *filter(None, row.get("aliases", "").split("；"))}:
            assert owners.setdefault(name, row["code"]) == row["code"], name
    for row in DIVISIONS.values():
        if row["level"] in ("town", "village"):
            assert not {row["name"], row["short_name"]} & set(owners)


def test_relations_to_the_bureau():
    relation = {row["code"]: row["relation"] for row in BODIES}
    kind = {row["code"]: row["kind"] for row in BODIES}
    assert {relation[code] for code in relation if code.startswith("zy")} == {Relation.SEPARATE}
    assert {relation[code] for code in relation if kind[code] in ("district", "district_department")} == {
        Relation.LOWER
    }
    equal = ("municipal_unit", "party_unit", "peoples_body", "state_enterprise")
    assert {relation[code] for code in relation if kind[code] in equal} == {Relation.EQUAL}
    assert [code for code in relation if relation[code] == Relation.SELF] == ["zh-zhenxing"]
    assert relation["gd-nongcun-ldxz"] == Relation.UPPER
    changes = FILES.csv("organisation_changes.csv")
    assert {(row["code"], row["valid_from"], row["relation"]) for row in changes} == {
        ("zh-hengqin", "2021-09-17", Relation.SEPARATE),
        ("zh-hengqin-zhenxing", "2021-09-17", Relation.SEPARATE),
    }


def test_every_row_of_the_catalogue_is_there():
    rows = {"ORG": 6, "FUND": 10, "TAL": 8, "LAB": 11, "IND": 7, "CON": 3, "RUR": 4, "REF": 5, "SOC": 5, "PAIR": 7}
    wanted = {f"{family}{number:02}" for family, last in rows.items() for number in range(1, last + 1)}
    assert {code.split("-")[0] for code in INDICATORS} == wanted
    assert set(rows) == set(Family)
    assert {"TAL04-期", "TAL04-人次", "TAL01-东→西", "TAL01-西→东"} <= set(INDICATORS)


@pytest.mark.parametrize("code", INDICATORS)
def test_an_indicator_has_one_unit_one_direction_and_a_definition(code):
    row = INDICATORS[code]
    assert row["unit"]
    assert not set(row["unit"]) & set("、/，或")
    assert row["flow"] in Flow
    assert row["direction"] in Direction
    for arrow, direction in (("东→西", Direction.EAST_WEST), ("西→东", Direction.WEST_EAST)):
        assert arrow not in code or row["direction"] == direction
    assert row["definition"].endswith("。")
    assert row["decimals"] == (2 if row["unit"] in ("万元", "%", "百分点", "公里", "亩") else 0)
    assert bool(row["formula"]) == (row["source"] == Source.COMPUTED)


AREA_OF = {
    **dict.fromkeys((Family.ORG, Family.FUND, Family.PAIR)),
    Family.TAL: "talent",
    Family.LAB: "labour",
    Family.IND: "industry",
    Family.CON: "consumption",
    Family.RUR: "rural",
    Family.REF: "reform",
    Family.SOC: "society",
}


@pytest.mark.parametrize("code", INDICATORS)
def test_an_indicator_lies_in_the_family_of_its_code(code):
    row = INDICATORS[code]
    assert row["family"] == re.match("[A-Z]+", code)[0]
    assert row["area"] == AREA_OF[Family(row["family"])]


def test_a_part_is_counted_in_the_unit_of_its_total():
    for row in INDICATORS.values():
        if row["parent"]:
            assert INDICATORS[row["parent"]]["unit"] == row["unit"], row["code"]


def test_rates_and_shares_are_computed_from_indicators():
    computed = {"FUND03", "FUND04", "FUND06", "FUND07", "FUND09-开工率", "FUND09-完工率", "FUND08-占比"}
    assert all(INDICATORS[code]["source"] == Source.COMPUTED for code in computed)
    assert {row["code"] for row in INDICATORS.values() if row["unit"] in ("%", "百分点")} == computed | {"FUND05"}
    for row in INDICATORS.values():
        parts = CODE.findall(row["formula"])
        assert set(parts) <= set(INDICATORS) - {row["code"]}, row["code"]
        assert parts or not row["formula"] or row["family"] == Family.PAIR


def test_pairings_are_counted_never_filed():
    assert {row["source"] for row in INDICATORS.values() if row["family"] == Family.PAIR} == {Source.COMPUTED}
