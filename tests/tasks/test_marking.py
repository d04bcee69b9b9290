"""Marking spans in the verbatim text never changes the text."""

from tasks.marking import pieces
from tasks.models import Measure


def measure(number, span):
    return Measure(number=number, span=span)


def test_joined_again_the_pieces_are_the_text():
    text = "7. 标题。甲事，乙事；甲事又一次。（各区）"
    cut = pieces(text, [measure("7.1", "甲事"), measure("7.2", "乙事"), measure("7.3", "甲事又一次")])
    assert "".join(piece.text for piece in cut) == text
    assert [(p.text, p.measure.number) for p in cut if p.measure] == [
        ("甲事", "7.1"),
        ("乙事", "7.2"),
        ("甲事又一次", "7.3"),
    ]


def test_a_span_that_is_not_there_is_left_unmarked():
    cut = pieces("甲事。", [measure("7.1", "丙事")])
    assert [(piece.text, piece.measure) for piece in cut] == [("甲事。", None)]


def test_a_span_before_the_one_before_it_is_left_unmarked():
    cut = pieces("甲事乙事", [measure("7.1", "乙事"), measure("7.2", "甲事")])
    assert [piece.measure.number for piece in cut if piece.measure] == ["7.1"]
    assert "".join(piece.text for piece in cut) == "甲事乙事"
