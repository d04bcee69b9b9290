"""What the drafts of the portal make of what they are given: places in a ranking, quotations of whole sentences."""

from decimal import Decimal

import pytest

from tasks.compiled import Sum
from tasks.papers import figures, narratives
from tasks.papers.figures import ranking


class _Standing:
    def __init__(self, share):
        self.share = Decimal(share)


class _Row:
    def __init__(self, *shares):
        self.standings = [None if share is None else _Standing(share) for share in shares]


def test_equal_means_share_a_place_and_separate_bodies_have_none():
    rows = [_Row("50", "80", "40", None, "90"), _Row("70", "40", "80", None, "90")]
    bodies = [(0, "香洲区", False), (1, "金湾区", False), (2, "斗门区", False), (3, "高新区", False), (4, "横琴", True)]
    assert [(one["place"], one["names"], one["mean"]) for one in ranking(rows, bodies)] == [
        (1, ["香洲区", "金湾区", "斗门区"], "60.00%")
    ]
    rows = [_Row("50", "80", "80", "10", "90")]
    assert [(one["place"], one["names"]) for one in ranking(rows, bodies)] == [
        (1, ["金湾区", "斗门区"]),
        (3, ["香洲区"]),
        (4, ["高新区"]),
    ]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("一句话。", "一句话。"),
        ("一 句\n话。", "一句话。"),
        ("甲" * 100 + "。" + "乙" * 200 + "。", "甲" * 100 + "。"),
        ("丙" * 300, "丙" * 240 + "……"),
    ],
)
def test_a_quotation_ends_with_a_whole_sentence(words, shown):
    assert narratives.shortened(words) == shown


@pytest.mark.parametrize(
    ("found", "computed", "words"),
    [
        ({}, False, ""),
        ({"missing": 1}, False, "另有缺报1项"),
        ({"unchecked": 2, "unchecked_amount": Decimal(1234)}, False, "其中1234.00万元未核对"),
        ({"disputed": 1, "disputed_amount": Decimal(3), "missing": 2}, False, "另有3.00万元待核、缺报2项"),
        ({"disputed": 1}, False, "另有1项待核"),
        (
            {"unchecked": 2, "disputed": 1, "lacking": ["11月", "2月"]},
            True,
            "含2项未核对，另有1项待核，缺2月、11月数据",
        ),
    ],
)
def test_what_is_unchecked_is_in_the_total_and_what_is_disputed_is_not(found, computed, words):
    row = type("Row", (), {"decimals": 2, "unit": "万元", "computed": computed})
    assert figures.notes(Sum(**found), row) == words
