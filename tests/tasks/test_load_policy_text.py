"""The data files say what the policy's own text says: compared with the text, no database needed."""

import hashlib
import re
from itertools import pairwise

import pytest

from tasks.kinds import Nature
from tests.tasks.policy_files import DOCUMENT, FILES

TEXT = DOCUMENT.text("document.txt")
PARAGRAPHS = DOCUMENT.paragraphs()
FACTS = DOCUMENT.json("document.json")
MEASURES = DOCUMENT.json("measures.json")
BODIES = {row["code"]: row for row in FILES.csv("organisations.csv")}
MEASURES_IN = {7: 11, 8: 12, 9: 11, 10: 9, 11: 6, 12: 10, 13: 4}
BRACKET = re.compile(r"（([^（）]+)[）)]$")


def spans_of(number):
    return [row["span"] for row in MEASURES if row["number"].split(".")[0] == str(number)]


def bracket_of(number):
    return re.split("[，、]", BRACKET.search(PARAGRAPHS[number])[1])


def test_the_text_is_the_one_that_was_issued():
    """Blanks aside (page breaks are joined), not a character differs from the paper."""
    bare = re.sub(r"\s+", "", TEXT)
    assert len(bare) == 5741
    assert (
        hashlib.sha256(bare.encode()).hexdigest() == "eb6a84ae4dfeb9f5c09ea2741fe61591188d769b01b23c48fb981f669b10f1d9"
    )


def test_sixteen_paragraphs_in_four_parts():
    assert list(PARAGRAPHS) == list(range(1, 17))
    assert all(text.endswith(("。", "）", ")")) for text in PARAGRAPHS.values()), "a page break was left inside"
    for row in FACTS["paragraphs"]:
        assert PARAGRAPHS[row["number"]].startswith(f"{row['number']}. {row['heading']}。")
    parts = list(dict.fromkeys(row["part"] for row in FACTS["paragraphs"]))
    assert parts == ["一、总体要求", "二、结对关系", "三、主要任务", "四、保障措施"]
    assert all(part in TEXT.splitlines() for part in parts)


def test_facts_of_the_document_stand_in_its_text():
    lines = TEXT.splitlines()
    for name in ("number", "title", "plan_title", "issuer", "printer", "covering_text", "preamble", "annex_title"):
        assert FACTS[name] in lines, name
    assert f"{FACTS['recipients']}：" in lines
    assert (FACTS["issued_on"], FACTS["printed_on"]) == ("2021-07-22", "2021-07-23")
    assert "2021年7月22日" in lines
    assert "2021年7月23日印发" in lines
    assert FACTS["term_to"] == "2025-12-31"
    assert len(FACTS["upper_documents"]) == 4


def test_sixty_three_measures_numbered_in_the_order_of_the_text():
    assert [row["number"] for row in MEASURES] == [
        f"{p}.{n}" for p, last in MEASURES_IN.items() for n in range(1, last + 1)
    ]
    assert len(MEASURES) == 63
    assert len({row["title"] for row in MEASURES}) == 63
    for number in MEASURES_IN:
        places = [PARAGRAPHS[number].index(span) for span in spans_of(number)]
        assert places == sorted(places)


@pytest.mark.parametrize("row", MEASURES, ids=lambda row: row["number"])
def test_a_span_is_an_exact_part_of_its_paragraph(row):
    assert PARAGRAPHS[int(row["number"].split(".")[0])].count(row["span"]) == 1


@pytest.mark.parametrize("number", MEASURES_IN)
def test_no_part_of_a_paragraph_is_left_over(number):
    """Heading, measures, framing sentences and bracket make up the whole paragraph; only punctuation remains."""
    facts = next(row for row in FACTS["paragraphs"] if row["number"] == number)
    rest = BRACKET.sub("", PARAGRAPHS[number]).removeprefix(f"{number}. {facts['heading']}。")
    for passage in [*spans_of(number), *facts["framing"]]:
        assert passage in rest
        rest = rest.replace(passage, "")
    assert set(rest) <= set("，。；"), rest


def test_spans_do_not_overlap():
    for number in MEASURES_IN:
        text = PARAGRAPHS[number]
        ends = [(text.index(span), text.index(span) + len(span)) for span in spans_of(number)]
        assert all(first[1] <= second[0] for first, second in pairwise(ends))


def test_only_two_sentences_frame_and_ask_for_nothing():
    assert {row["number"]: len(row["framing"]) for row in FACTS["paragraphs"] if row["framing"]} == {7: 1, 9: 1}


def test_the_nature_of_a_measure_follows_from_a_verb_in_its_span():
    meaning = {}
    for row in MEASURES:
        assert row["verb"] in row["span"], row["number"]
        assert meaning.setdefault(row["verb"], row["nature"]) == row["nature"], row["verb"]
    assert meaning["探索"] == Nature.EXPLORE
    assert {meaning[verb] for verb in ("支持", "鼓励", "助力")} == {Nature.SUPPORT}
    assert {meaning[verb] for verb in ("打造", "创建", "实施", "开展", "组织")} == {Nature.BUILD}
    assert {meaning[verb] for verb in ("继续", "持续")} == {Nature.CONTINUE}
    natures = {row["number"]: row["nature"] for row in MEASURES}
    assert [number for number, nature in natures.items() if nature == Nature.PERIODIC] == ["9.4"]
    assert [number for number, nature in natures.items() if nature == Nature.EXPLORE] == ["7.6", "8.7", "8.10", "12.7"]


@pytest.mark.parametrize("number", MEASURES_IN)
def test_responsible_parties_stand_in_the_order_of_the_bracket(number):
    rows = [row for row in DOCUMENT.json("responsibilities.json") if row["paragraph"] == number]
    assert [row["written_as"] for row in rows] == bracket_of(number)
    for row in rows:
        if "organisation" in row:
            body = BODIES[row["organisation"]]
            assert row["written_as"] in {body["short_name"], *body["aliases"].split("；")}
        else:
            assert (row["written_as"], row["group"]) == ("各区", "districts")


def test_twenty_four_responsible_parties_in_twenty_five_spellings():
    rows = DOCUMENT.json("responsibilities.json")
    parties = {row.get("organisation") or row["group"] for row in rows}
    assert len(parties) == 24
    assert {row["written_as"] for row in rows if row.get("organisation") == "zh-gongxin"} == {
        "市工业和信息化局",
        "市工业和信息局",
    }
    assert len({row["written_as"] for row in rows}) == 25
    in_all = {p for p in parties if sum(p in (r.get("organisation"), r.get("group")) for r in rows) == 7}
    assert in_all == {"zh-zhenxing", "zh-gongzuozu", "districts"}


def test_areas_are_the_seven_paragraphs_of_part_three():
    areas = DOCUMENT.json("areas.json")
    assert [row["paragraph"] for row in areas] == list(MEASURES_IN)
    assert [row["name"] for row in areas] == [
        *("劳务协作", "产业协作", "消费协作", "乡村建设"),
        *("人才支援与交流", "改革创新", "社会力量"),
    ]


def test_duties_are_exact_parts_of_the_notice_and_of_14_to_16():
    rows = DOCUMENT.json("duties.json")
    counts = {14: 8, 15: 6, 16: 8}
    assert [row["code"] for row in rows] == ["R0.1"] + [
        f"R{p}.{n}" for p, last in counts.items() for n in range(1, last + 1)
    ]
    for row in rows:
        whole = PARAGRAPHS[row["paragraph"]] if row["paragraph"] else FACTS["covering_text"]
        assert row["span"] in whole, row["code"]


def test_pairings_and_key_counties_are_those_of_the_annex():
    rows = [line.split("\t") for line in TEXT.split("国家乡村振 兴重点帮扶 县\n")[1].split("\n\n")[0].splitlines()]
    pairs, marked, east = [], set(), ""
    for row in rows:
        east = row[0] or east
        west = row[1].replace(" ", "")
        pairs.append((east, west))
        if row[3] == "是":
            marked.add(west)
    facts = DOCUMENT.json("pairings.json")
    counties = [row for row in facts["pairings"] if row["kind"] == "county"]
    assert [(BODIES[r["east"]]["short_name"], BODIES[r["west"]]["full_name"]) for r in counties] == pairs
    assert len(pairs) == 8
    assert {BODIES[code]["full_name"] for code in facts["key_counties"]["counties"]} == marked
    assert marked == {"正安县", "务川仡佬族苗族自治县"}


def test_pairings_are_those_of_paragraph_5_as_well():
    sentences = PARAGRAPHS[5].split("：")[1].rstrip("。").split("；")
    told = {
        (east, west)
        for east, wests in (s.removesuffix("结对").split("与") for s in sentences)
        for west in wests.split("、")
    }
    rows = [row for row in DOCUMENT.json("pairings.json")["pairings"] if row["kind"] == "county"]
    assert {(BODIES[row["east"]]["short_name"], BODIES[row["west"]]["full_name"]) for row in rows} == told
