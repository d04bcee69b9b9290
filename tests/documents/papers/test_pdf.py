"""Papers as PDF: what comes out, what is refused, and what happens when the child that sets them is killed."""

import os
import re
import signal
import socket
import zlib
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from pdfminer.high_level import extract_text

from zhuzun.documents.papers import layout, measured, pdf, press, samples
from zhuzun.documents.papers.sheet import Annex, Mark
from zhuzun.documents.papers.text import Heading, Paragraph, Table


def words(printed):
    return extract_text(BytesIO(printed.pdf)).replace("\n", "")


def streams(data):
    """Every stream of a PDF, inflated."""
    found = re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL)
    return b"\n".join(zlib.decompress(part) if part[:1] == b"x" else part for part in found)


def page(printed, number):
    return extract_text(BytesIO(printed.pdf), page_numbers=[number - 1]).replace("\n", "")


@pytest.fixture(scope="module")
def printed():
    """Each of the samples, set once."""
    return {name: pdf.render(sheet) for name, sheet in samples.ALL.items()}


def test_the_same_sheet_gives_the_same_bytes_also_from_another_child(printed):
    press.close()
    assert {name: pdf.render(sheet).pdf for name, sheet in samples.ALL.items()} == {
        name: one.pdf for name, one in printed.items()
    }


def test_it_is_pdf_a_3b_and_searchable_with_rare_names(printed):
    printed = printed["通报"]
    described = re.search(rb"<x:xmpmeta.*?</x:xmpmeta>", streams(printed.pdf), re.DOTALL)[0]
    assert re.search(rb'part(>|=")3', described)
    assert re.search(rb'conformance(>|=")B', described)
    assert samples.CIRCULAR.number in words(printed)
    assert samples.RARE in words(printed)
    assert len(printed.pdf) < 600_000


def test_no_font_lacks_a_sign_of_the_samples(printed):
    assert not any("\x00" in words(one) for one in printed.values())


def test_without_a_number_it_says_draft_on_every_page():
    printed = pdf.render(replace(samples.CIRCULAR, number=None, marks=(Mark.UNSEALED,)))
    assert all("【草稿】【未用印，仅供参考】" in page(printed, number + 1) for number in range(printed.pages))


def test_the_imprint_shares_the_page_of_the_text_where_it_fits(printed):
    printed = printed["通知"]
    assert "2026年11月25日印发" in page(printed, printed.pages)
    assert "请于12月20日前" in page(printed, printed.pages)


def test_an_imprint_that_finds_no_room_has_a_page_of_its_own_without_a_number():
    printed = next(filter(imprint_is_alone, map(filled, range(19, 26))))
    assert f"— {printed.pages} —" not in words(printed)
    assert f"— {printed.pages - 1} —" in words(printed)


def filled(paragraphs):
    return pdf.render(replace(samples.NOTICE, blocks=tuple(Paragraph(f"段落{n}。") for n in range(paragraphs))))


def imprint_is_alone(printed):
    last = page(printed, printed.pages)
    return "2026年11月25日印发" in last and "段落" not in last


def test_the_head_of_a_table_is_repeated_on_every_page():
    rows = tuple((f"第{n}行", str(n), "") for n in range(500))
    table = Table("长表", "个", (("名称", "数量", "备注甲"),), rows)
    printed = pdf.render(replace(samples.NOTICE, annexes=(Annex("长表", (table,)),)))
    assert printed.pages > 10
    found = words(printed)
    assert found.count("备注甲") == printed.pages - 2
    assert all(f"第{n}行" in found for n in (0, 250, 499))


def test_no_row_of_a_table_stands_alone_with_its_head():
    told = tuple(Paragraph(f"第{n}段。") for n in range(3))
    pages = measured.pages(pdf.render(replace(samples.NOTICE, blocks=(*told, samples.FIGURES))).pdf)
    rows = [sum(any(name in line.text for name in samples.COUNTIES) for line in page.lines) for page in pages]
    assert sum(rows) == len(samples.COUNTIES)
    assert 1 not in rows


def test_the_name_of_a_group_of_rows_stays_with_the_first_of_them():
    def first_page(rows):
        table = replace(samples.FIGURES, head=(("指标", "数"),), rows=tuple(rows))
        lines = measured.pages(pdf.render(replace(samples.NOTICE, blocks=(table,))).pdf)[0].lines
        return [line.text for line in lines if re.match("第[0-9]+行|四、消费协作", line.text)]

    rows = [(f"第{n}行", "1") for n in range(40)]
    last = len(first_page(rows)) - 1
    assert first_page([*rows[:last], ("四、消费协作", ""), *rows[last:]]) == [f"第{n}行1" for n in range(last)]


def test_cells_of_a_table_are_of_one_size(printed):
    lines = measured.pages(printed["通报"].pdf)[1].lines
    cells = [line for line in lines if any(name in line.text for name in samples.COUNTIES)]
    assert {glyph.size for line in cells for glyph in line.glyphs} == {12.0}


def test_a_note_does_not_stand_alone_on_the_last_page_of_minutes():
    told = tuple(Paragraph(f"第{n}段。") for n in range(3))
    printed = pdf.render(replace(samples.MINUTES, blocks=told, note="此件公开发布"))
    assert "列席" in page(printed, printed.pages)
    assert "（此件公开发布）" in page(printed, printed.pages)


def test_long_cells_are_set_in_lines_of_their_own():
    row = ("组织开展劳务对接、技能培训和稳岗服务，" * 6, "1")
    sheet = replace(samples.NOTICE, blocks=(Table("", "", (("内容", "数量"),), (row,)),))
    lines = [
        line
        for line in measured.pages(pdf.render(sheet).pdf)[0].lines
        if "组织开展" in line.text or "稳岗" in line.text
    ]
    assert len(lines) > 2
    assert all(below.base - above.base > 4 for above, below in pairwise(lines))


def test_what_follows_a_table_across_the_page_stands_upright():
    sheet = replace(samples.NOTICE, blocks=(Paragraph("见下表。"), samples.WIDE, Paragraph("以上。")))
    upright = [page.upright for page in measured.pages(pdf.render(sheet).pdf)]
    assert (upright[0], upright[1], upright[-1]) == (True, False, True)


def test_markup_is_printed_as_it_was_typed_and_opens_nothing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden", encoding="utf-8")
    attack = f'<script>x</script><img src="file://{secret}"><link rel="attachment" href="file://{secret}">'
    printed = pdf.render(
        replace(samples.NOTICE, title="<b>粗</b>的通知", blocks=(Paragraph(attack), Heading(1, "&lt;题")))
    )
    assert '<img src="file' in words(printed)
    assert "&lt;题" in words(printed)
    assert b"/EmbeddedFile" not in printed.pdf


def test_the_renderer_opens_no_address_even_where_the_document_holds_one(tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("p { content: 'hidden' } p::before { content: 'hidden' }", encoding="utf-8")
    draft = f'<link rel="stylesheet" href="file://{secret}"><style>@import "file://{secret}";</style><p>text</p>'
    assert "hidden" not in words(press.run([draft]))


def test_addresses_in_the_text_are_words_and_nobody_hears_of_them():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        place = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        typed = f"见{place}、file:///etc/passwd、url({place})"
        sheet = replace(samples.NOTICE, title=f"关于{place}的通知", blocks=(Paragraph(typed),), note=place, qr=place)
        assert typed in words(pdf.render(sheet))
        bare = f'<img src="{place}"><style>@import "{place}"; p {{ background: url("{place}") }}</style><p>text</p>'
        assert "text" in words(press.run([f'{bare}<link rel="attachment" href="{place}">']))
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_title_of_120_signs_and_300_recipients():
    bodies = tuple(f"第{n}号单位名称" for n in range(300))
    printed = pdf.render(replace(samples.CIRCULAR, title="关于东西部协作" * 17, addressees=(bodies,), copies=bodies))
    found = re.sub("— [0-9]+ —|\x0c", "", words(printed))
    assert "主送机关名单" in found
    assert [body for body in bodies if found.count(body) != 2] == []


def test_a_list_of_recipients_that_fills_the_first_page_moves_to_the_imprint():
    bodies = tuple(f"第{n}号单位名称" for n in range(40))
    placed = layout.arranged(replace(samples.NOTICE, addressees=(bodies,)))
    assert placed.addressees == ""
    assert placed.imprint_addressees.startswith("第0号单位名称、")
    assert "主送：第0号" in page(pdf.render(replace(samples.NOTICE, addressees=(bodies,))), 2)


# --- bombs and faults ---


def test_too_many_pages_are_refused():
    with pytest.raises(press.RenderFault, match="排版后有 2 页，最多 1 页"):
        pdf.render(samples.NOTICE, pages=1)


def test_too_much_work_is_stopped_and_the_next_paper_prints():
    bomb = "<table>" + "<tr><td><p>x</p></td></tr>" * 60_000 + "</table>"
    with pytest.raises(press.RenderFault, match="排版超过规定时间"):
        press.run([bomb], seconds=1)
    assert pdf.render(samples.INNER).pages == 1


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 3_000,
        "<table><tr><td>" * 400,
        "<p>" + "W" * 200_000,
        '<p style="font-size: 1e9px">甲</p>',
        '<table><tr><td colspan="100000000">',
    ],
)
def test_a_bomb_is_an_error_in_words_or_a_page(bomb):
    with suppress(press.RenderFault):
        press.run([bomb], seconds=3)
    assert pdf.render(samples.INNER).pages == 1


def test_a_killed_child_is_a_clear_error_and_the_next_paper_prints(monkeypatch):
    pdf.render(samples.INNER)
    child = press._kept[press.Lane.SHORT]
    ask = child.ask
    monkeypatch.setattr(child, "ask", lambda *order: (os.kill(child.process.pid, signal.SIGKILL), ask(*order))[1])
    with pytest.raises(press.RenderFault, match="排版程序意外终止，文稿没有变化，请重试"):
        pdf.render(samples.INNER)
    assert pdf.render(samples.INNER).pages == 1


def test_a_child_that_went_idle_is_replaced_in_silence(monkeypatch):
    pdf.render(samples.INNER)
    child = press._kept[press.Lane.SHORT]
    monkeypatch.setattr(child, "ask", lambda *order: (child.process.stdin.close(), child.process.wait(10), None)[2])
    assert pdf.render(samples.INNER).pages == 1


def test_the_child_may_neither_connect_nor_write(tmp_path):
    from zhuzun.documents.papers.press_child import refuse

    for event, arguments in (
        ("socket.connect", ()),
        ("subprocess.Popen", ()),
        ("open", (str(tmp_path / "x"), "wb", 0)),
    ):
        with pytest.raises(PermissionError):
            refuse(event, arguments)
    refuse("open", ("/usr/share/fonts/x.otf", "rb", 0))
