"""Ticking proposals rewrites their blocks and no other, in the order in which they were proposed."""

from zhuzun.documents.papers.text import Heading, Paragraph, Quotation
from zhuzun.notices.papers import proposing

ITEMS = [{"key": key, "label": key, "words": f"{key}。", "source": "香洲区进展报告"} for key in "甲乙丙"]
GROUP = {"code": "done_well", "label": "好的做法", "hint": "", "sentence": "", "items": ITEMS, "ticked": ["甲", "丙"]}
SECTIONS = [
    {"label": "好的做法", "opening": "", "facts": {"proposals": [GROUP]}},
    {"label": "", "opening": "特此通报。", "facts": {}},
]
FIRST, SECOND, THIRD = (Quotation(item["words"], item["source"]) for item in ITEMS)
HEAD, TYPED, END = Heading(1, "好的做法"), Paragraph("自己写的一段。"), Paragraph("特此通报。")


def ticked(blocks, *keys):
    return proposing.rewrite(blocks, SECTIONS, GROUP, keys)


def test_one_more_stands_between_those_that_stay():
    assert ticked([HEAD, FIRST, TYPED, THIRD, END], "甲", "乙", "丙") == [HEAD, FIRST, SECOND, TYPED, THIRD, END]


def test_one_instead_of_another_stands_in_its_place():
    assert ticked([HEAD, FIRST, TYPED, THIRD, END], "甲", "乙") == [HEAD, FIRST, SECOND, TYPED, END]
    assert ticked([HEAD, FIRST, THIRD, TYPED, END], "乙", "丙") == [HEAD, SECOND, THIRD, TYPED, END]


def test_what_was_ticked_and_taken_out_by_hand_stays_out_and_another_joins_the_end():
    assert ticked([HEAD, TYPED, THIRD, END], "甲", "乙", "丙") == [HEAD, TYPED, THIRD, SECOND, END]


def test_without_its_heading_what_is_left_stays():
    assert ticked([FIRST, THIRD, TYPED, END], "甲") == [FIRST, TYPED, END]
