"""Papers as .docx: the text of the PDF, the page of the standard, styles by name, the same bytes."""

import time
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from tests.documents.papers import schema_order
from zhuzun.documents.papers import docx, samples
from zhuzun.documents.papers.sheet import Annex, Mark
from zhuzun.documents.papers.text import Paragraph, Table


def opened(sheet):
    return Document(BytesIO(docx.render(sheet)))


def lines(document):
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("name", samples.ALL)
def test_the_same_sheet_gives_the_same_bytes_and_opens(name):
    data = docx.render(samples.ALL[name])
    assert data == docx.render(samples.ALL[name])
    assert zipfile.ZipFile(BytesIO(data)).testzip() is None
    text = "".join(lines(Document(BytesIO(data))))
    assert samples.ALL[name].title in text.replace("\n", "")
    assert samples.ALL[name].number in text


@pytest.mark.parametrize("name", samples.ALL)
def test_the_page_is_that_of_the_standard(name):
    section = opened(samples.ALL[name]).sections[0]
    found = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(length.mm) for length in found] == [210, 297, 37, 28]
    assert [round(length.mm) for length in (section.right_margin, section.bottom_margin)] == [26, 35]


@pytest.mark.parametrize("name", samples.ALL)
def test_word_finds_every_part_where_its_schema_wants_it(name):
    package = zipfile.ZipFile(BytesIO(docx.render(samples.ALL[name])))
    parts = [part for part in package.namelist() if part.startswith("word/") and part.endswith(".xml")]
    assert {part: schema_order.faults(package.read(part)) for part in parts} == {part: [] for part in parts}


def test_styles_bear_the_names_of_the_office_and_the_fonts_of_the_standard():
    document = opened(samples.CIRCULAR)
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"版头", "发文字号", "公文标题", "主送机关", "一级标题", "署名", "成文日期", "附注", "附件标题"} <= styles
    assert 'w:eastAsia="仿宋_GB2312"' in document.styles["Normal"].element.xml
    assert 'w:eastAsia="方正小标宋简体"' in document.styles["公文标题"].element.xml


def test_the_program_sets_the_numbers_and_the_parts_of_a_heading():
    assert "（一）资金支持。截至9月底，财政援助资金到位25984.00万元，占年度协议数的86.61%。" in lines(
        opened(samples.CIRCULAR)
    )


def test_page_numbers_stand_outside():
    section = opened(samples.CIRCULAR).sections[0]
    assert 'w:jc w:val="right"' in section.footer._element.xml
    assert 'w:jc w:val="right"' not in section.even_page_footer._element.xml
    assert opened(samples.LETTER).sections[0].different_first_page_header_footer


def test_the_red_line_is_as_wide_as_the_text_where_something_stands_indented_above_it():
    for name in ("报告", "纪要"):
        ruled = [one for one in opened(samples.ALL[name]).paragraphs if one._p.xpath("w:pPr/w:pBdr")]
        assert [one._p.xpath("w:pPr/w:ind") for one in ruled] == [[]]


def test_no_signature_has_a_page_of_its_own_and_no_row_stands_alone():
    document = opened(samples.LETTER)
    text = next(one for one in document.paragraphs if one.text == "特此致函。")
    listed = next(one for one in document.paragraphs if one.text.startswith("附件："))
    assert text.paragraph_format.keep_with_next
    assert listed.paragraph_format.keep_with_next
    rows = document.tables[0].rows
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in rows]
    assert kept == [True, True, True, *[None] * 5, True, None]


def test_the_name_of_a_group_of_rows_stays_with_the_first_of_them():
    named = replace(
        samples.FIGURES, head=(("指标", "数"),), rows=(("甲", "1"), ("乙", "2"), ("丙类", ""), ("丁", "3"), ("戊", "4"))
    )
    rows = opened(replace(samples.NOTICE, blocks=(named,))).tables[0].rows
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in rows]
    assert kept == [True, True, False, True, True, False]


def test_a_heading_that_goes_on_in_its_line_bears_a_style():
    heading = next(one for one in opened(samples.CIRCULAR).paragraphs if one.text.startswith("（一）资金支持。"))
    assert [run.style.name for run in heading.runs] == ["二级标题字", "Default Paragraph Font"]


def test_it_opens_in_todays_word_as_chinese_text_without_a_foreign_picture():
    package = zipfile.ZipFile(BytesIO(docx.render(samples.NOTICE)))
    assert (
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
        in package.read("word/settings.xml").decode()
    )
    assert 'w:eastAsia="zh-CN"' in package.read("word/styles.xml").decode()
    assert "docProps/thumbnail.jpeg" not in package.namelist()


def test_a_page_with_nothing_but_the_imprint_has_no_number():
    last = opened(samples.UPWARD).sections[-1]
    assert "PAGE" not in last.footer._element.xml + last.even_page_footer._element.xml


def test_a_wide_table_stands_across_and_what_follows_upright():
    sections = opened(samples.UPWARD).sections
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert round(sections[1].page_width.mm) == 297


def test_the_head_of_a_table_spans_and_is_repeated():
    xml = opened(samples.CIRCULAR).tables[0]._tbl.xml
    assert xml.count("<w:tblHeader/>") == 2
    assert xml.count('w:gridSpan w:val="2"') == 2
    assert 'w:vMerge w:val="restart"' in xml


def test_a_draft_says_so_above_every_page():
    document = opened(replace(samples.CIRCULAR, number=None, marks=(Mark.DEMO,)))
    assert document.sections[0].header.paragraphs[0].text == "【草稿】【演示】"
    assert document.sections[0].even_page_header.paragraphs[0].text == "【草稿】【演示】"


def test_markup_is_text_and_500_rows_are_quick_to_write():
    table = Table("长表", "", (("名称", "<b>"),), tuple((f"第{n}行", "&lt;") for n in range(500)))
    document = opened(replace(samples.NOTICE, blocks=(Paragraph("<w:t>甲</w:t>"),), annexes=(Annex("表", (table,)),)))
    assert "<w:t>甲</w:t>" in lines(document)
    assert document.tables[0]._tbl.xml.count("<w:tr>") == 501


def test_the_largest_table_takes_no_time_that_a_page_could_not_wait_for():
    """Its parts were moved one by one once, which took twenty times as long."""
    table = Table("明细表", "个", (("数",) * 24,), (("1",) * 24,) * 499)
    begun = time.process_time()
    docx.render(replace(samples.INNER, blocks=(table,)))
    assert time.process_time() - begun < 3
