"""What WPS, Word and sheets put on the clipboard, cut into blocks."""

import time

import pytest

from zhuzun.documents.papers.pasted import cut, pieces
from zhuzun.documents.papers.text import Heading, Paragraph, Table
from zhuzun.errors import DomainError


def table(head, *rows):
    return Table("", "", (head,), rows)


@pytest.mark.parametrize(
    ("pasted", "blocks"),
    [
        # automatic numbers come with a tab behind them, and are no table
        (
            "一、\t总体要求\n（一）\t压实责任\n1.\t制定方案\n2.\t抓好落实\n（1）\t分工",
            (
                Heading(1, "总体要求"),
                Heading(2, "压实责任"),
                Heading(3, "制定方案"),
                Heading(3, "抓好落实"),
                Heading(4, "分工"),
            ),
        ),
        # a first line's indent by a tab, and bullets
        ("\t各区要压实责任。\n\t各县要加强对接。", (Paragraph("各区要压实责任。"), Paragraph("各县要加强对接。"))),
        ("●\t劳务协作\n●\t产业协作", (Paragraph("劳务协作"), Paragraph("产业协作"))),
        ("\uf06c\t劳务协作\n\uf06c\t产业协作", (Paragraph("劳务协作"), Paragraph("产业协作"))),
        # a table whose first column are numbers is a table all the same
        ("序号\t事项\n1.\t培训\n2.\t招聘", (table(("序号", "事项"), ("1.", "培训"), ("2.", "招聘")),)),
        ("1\t培训\n2\t招聘", (table(("1", "培训"), ("2", "招聘")),)),
        # a sheet's cell of several lines, and quotes in it
        (
            '区\t说明\n香洲区\t"第一行\r\n第二行"\n金湾区\t"称""好""\n了"',
            (table(("区", "说明"), ("香洲区", "第一行第二行"), ("金湾区", '称"好"了')),),
        ),
        ('他说：\n"甲\n乙"', (Paragraph("他说："), Paragraph('"甲'), Paragraph('乙"'))),
        # soft line breaks, blanks of all kinds, signs that nobody sees, marks of fields and pictures
        ("第一行\v第二行", (Paragraph("第一行"), Paragraph("第二行"))),
        ("\u3000\u3000各区\u200b要\ufeff抓好\u00ad落实\u200e。\x01\x02\x15", (Paragraph("各区要抓好落实。"),)),
        # a year and an enumeration of industries are no numbers
        ("2021年以来", (Paragraph("2021年以来"),)),
        ("一、二、三产业融合发展", (Paragraph("一、二、三产业融合发展"),)),
        ("三、二季度工作打算", (Heading(1, "二季度工作打算"),)),
        # markup of the web stays the text that it is
        (
            "<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n<st1:place>珠海</st1:place>",
            (Paragraph("<p class=MsoNormal><o:p>&nbsp;</o:p></p>"), Paragraph("<st1:place>珠海</st1:place>")),
        ),
        ("", ()),
        ("\t\t\n\u3000\n \t", ()),
    ],
)
def test_what_programs_write_round_the_words_goes(pasted, blocks):
    assert cut(pasted) == blocks


@pytest.mark.parametrize("sign", ['"', '"\n', '""\t', "\t", "一、", "\n\t", "（一", "1."])
def test_a_long_paste_is_cut_in_no_time_and_an_endless_one_is_refused(sign):
    began = time.monotonic()
    pieces(sign * (240_000 // len(sign)))
    with pytest.raises(DomainError, match="正文最多 60000 字"):
        pieces(sign * 1_000_000)
    assert time.monotonic() - began < 10
