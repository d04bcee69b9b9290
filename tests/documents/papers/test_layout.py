"""What stands beside what: 署名 and 成文日期, the heads of tables, escaping."""

from dataclasses import replace

import pytest

from zhuzun.documents.papers import samples
from zhuzun.documents.papers.layout import Cell, arranged, closing, head_size, marked, spans
from zhuzun.documents.papers.sheet import Annex, Form
from zhuzun.documents.papers.text import Paragraph
from zhuzun.documents.papers.title import width


def starts(close, name_and_right):
    """How far from the right the first sign stands."""
    name, right = name_and_right
    return right + width(name)


@pytest.mark.parametrize("name", ["珠海市乡村振兴局", "中共珠海市委农村工作领导小组", "甲局"])
def test_without_a_seal_the_day_begins_two_signs_behind_the_name(name):
    close = closing(replace(samples.NOTICE, signatures=(name,)))
    day_start = close.day_right + width(close.day)
    assert starts(close, close.signatures[0]) - day_start == 2
    assert min(close.day_right, close.signatures[0][1]) == 2


@pytest.mark.parametrize("name", ["珠海市乡村振兴局", "中共珠海市委农村工作领导小组办公室及其他机构", "甲局"])
def test_with_a_seal_the_name_is_centred_on_the_day(name):
    close = closing(replace(samples.CIRCULAR, signatures=(name,)))
    right = close.signatures[0][1]
    assert right + width(name) / 2 == close.day_right + width(close.day) / 2
    assert right >= 0
    assert close.day_right >= 4


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("引导落地（投产）企业（家）", "引导落地（投产）企业", "（家）"),
        ("专业技术人才（珠海选派）", "专业技术人才", "（珠海选派）"),
        ("县（市）", "", "县（市）"),
        ("市级（不分县）合计", "市级（不分县）合计", ""),
    ],
)
def test_the_unit_of_a_head_is_kept_whole(text, words, unit):
    cell = Cell(text, 1, 1)
    assert (cell.words, cell.unit) == (words, unit)


def test_the_head_of_a_table_spans():
    made = spans((("县", "资金", "", "就业", ""), ("", "到位", "支出", "人数", "其中")))
    assert [(cell.text, cell.columns, cell.rows) for cell in made[0]] == [("县", 1, 2), ("资金", 2, 1), ("就业", 2, 1)]
    assert [(cell.text, cell.columns, cell.rows) for cell in made[1]] == [
        (name, 1, 1) for name in ("到位", "支出", "人数", "其中")
    ]


def test_every_place_of_a_head_belongs_to_one_cell():
    made = spans((("甲", "", "", "丁"), ("", "", "丙", ""), ("一", "二", "三", "")))
    assert sum(cell.columns * cell.rows for row in made for cell in row) == 12


def test_the_letterhead_stays_inside_the_page():
    assert head_size(Form.OFFICIAL, ("中共珠海市委农村工作领导小组文件",)) * 16 < 156 * 72 / 25.4
    assert head_size(Form.OFFICIAL, ("甲局文件",)) == 50


def test_text_is_escaped_before_rare_signs_are_marked():
    assert marked("<b>大磏镇</b>") == '&lt;b&gt;大<span class="rare">磏</span>镇&lt;/b&gt;'


def test_tables_across_the_page_that_end_the_text_become_annexes_so_that_no_signature_stands_alone():
    told, wide = Paragraph("见附表。"), replace(samples.WIDE, title="")
    sheet = replace(samples.NOTICE, blocks=(told, samples.WIDE, wide), annexes=(Annex("甲"),))
    placed = arranged(sheet).sheet
    assert placed.blocks == (told,)
    assert placed.annexes == (Annex("甲"), Annex(samples.WIDE.title, (samples.WIDE,)), Annex("附表", (wide,)))
    assert arranged(replace(sheet, blocks=(wide, told))).sheet.blocks == (wide, told)
    assert arranged(replace(sheet, blocks=(wide,))).sheet.blocks == (wide,), "or nothing would be left"


def test_minutes_name_whom_they_go_to_at_their_foot():
    placed = arranged(replace(samples.MINUTES, addressees=(("市教育局", "市商务局"), ("珠海驻遵义工作组",))))
    assert (placed.addressees, placed.imprint_addressees) == ("", "市教育局、市商务局，珠海驻遵义工作组")
