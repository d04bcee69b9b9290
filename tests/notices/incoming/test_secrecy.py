"""密级: refused wherever it stands, and nothing of it is kept: no row, file, line in a log, session, or page."""

import io
import logging
import zipfile
from datetime import date

import docx
import openpyxl
import pytest
from django.contrib.sessions.models import Session
from django.core.files import uploadedfile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests import factories
from tests.documents import pdfs
from tests.notices.incoming import making
from zhuzun.accounts.roles import Role
from zhuzun.documents import secrecy, vault
from zhuzun.documents.secrecy import Marked
from zhuzun.errors import DomainError
from zhuzun.notices.incoming.kinds import Handling
from zhuzun.notices.incoming.models import IncomingPaper
from zhuzun.notices.incoming.services import registering, serving
from zhuzun.notices.papers.kinds import PaperState
from zhuzun.notices.papers.services import chain, drafting

NOW = making.NOW
WORD = "某某专项行动"  # what must be found nowhere afterwards
NEW = "/notices/incoming/new/"


def a_docx(text, header=""):
    """Each sign in a run of its own, as WPS leaves it after corrections."""
    found, out = docx.Document(), io.BytesIO()
    for sign in text:
        (found.paragraphs[0] if found.paragraphs else found.add_paragraph()).add_run(sign)
    found.sections[0].header.paragraphs[0].text = header
    found.save(out)
    return out.getvalue()


def an_xlsx(*cells):
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(cells)
    book.save(out)
    return out.getvalue()


def a_pdf(title):
    """A scan whose own description bears the mark."""
    info = f"4 0 obj<</Title<feff{title.encode('utf-16-be').hex()}>>>endobj\n".encode()
    return making.SCAN.replace(b"trailer<</Root 1 0 R>>", info + b"trailer<</Root 1 0 R/Info 4 0 R>>")


# --- what is a mark, and what only looks like one --------------------------------------------------------------------
MARKS = (
    "机密★1年",
    "绝密★长期",
    "秘密★",
    "机　密",
    "機密",
    "【秘密】",
    "（机密）",
    "密级：秘密",
    "机密☆10年",
    "秘密10年",
    "000123机密特急",
)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_in_a_title_and_on_its_own_line(mark):
    for title in (mark, f"{mark} 关于工作的通知", f"关于工作的通知 {mark}"):
        assert secrecy.is_marked(title), title
    assert secrecy.bears_mark(mark, head=True)


@pytest.mark.parametrize(
    "title",
    [
        "关于开展保守国家秘密宣传月活动的通知",
        "关于加强商业秘密保护工作的意见",
        "关于手机密码和计算机密集使用管理的通知",
        "关于加强保密工作的通知",
        "关于召开保密工作会议的通知",
        "关于印发机密文件管理办法的通知",
        "绝密、机密、秘密级载体清查表",
        "关于商业秘密三年行动计划的通知",
        "内部",
        "密级：内部",
        "不涉及秘密",
        "粤乡振〔2026〕8号",
    ],
)
def test_words_about_secrecy_are_no_mark(title):
    assert not secrecy.is_marked(title)
    assert not secrecy.bears_mark(title, head=True)


def test_a_bare_word_is_a_mark_beside_a_title_and_at_the_head_of_a_paper_only():
    for words in ("机密〔2026〕3号", "机密关于工作的通知", "关于工作的通知-机密", "关于工作的通知机密", "按机密件办理"):
        assert secrecy.is_marked(words), words
    assert not secrecy.bears_mark("他们之间没有什么秘密可言。", head=True)
    assert not secrecy.bears_mark("机密", head=False)  # a cell of a list


@pytest.mark.parametrize(
    "line", ["机密★1年", "000123　机密★1年　特急", "粤府〔2026〕3号　机密★1年", "绝密★长期", "秘密(cid:7)3年"]
)
def test_the_starred_mark_is_one_on_any_page(line):
    assert secrecy.bears_mark(line, head=False)


@pytest.mark.parametrize("line", ["凡标有“机密★1年”的文件，应当单独存放。", "标志形式为机密★1年", "三、机密级、秘密级"])
def test_the_starred_mark_within_a_sentence_is_none(line):
    assert not secrecy.bears_mark(line, head=True)


# --- refused everywhere ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("field", ["title", "sender_number", "sender", "note"])
def test_no_field_takes_it_neither_new_nor_corrected(people, field):
    clerk = people[Role.CLERK]
    with pytest.raises(Marked, match="本系统为非涉密系统"):
        making.registered(clerk, data=None, **{field: f"{WORD}机密★1年"})
    assert not IncomingPaper.objects.exists()
    paper = making.registered(clerk, data=None)
    with pytest.raises(Marked):
        registering.correct(paper, actor=clerk, now=NOW, **{**making.FACTS, field: "秘密"})


def test_no_later_word_takes_it_either(world, people):
    clerk = people[Role.CLERK]
    paper, facts = making.registered(clerk), {"actor": clerk, "now": NOW}
    rest = {"part": Handling.ACT, "reply_by": date(2022, 3, 25)}
    with pytest.raises(Marked):
        serving.distribute(paper, bodies=[world.xiangzhou], opinion="按机密件办理", **rest, **facts)
    serving.distribute(paper, bodies=[world.xiangzhou], opinion="", **rest, **facts)
    row = paper.deliveries.get()
    with pytest.raises(Marked):
        serving.reply(row, words="见机密★1年件", actor=people[Role.DISTRICT_OFFICER], now=NOW)
    with pytest.raises(Marked):
        serving.serve_outside(row, on=NOW.date(), note="秘密件一份", **facts)
    for act in (
        lambda: registering.add_file(paper, data=making.SCAN, filename="附件.pdf", note="秘密", **facts),
        lambda: registering.close(paper, result="转机密件办理", filed_as="", **facts),
        lambda: registering.close(paper, result="已传阅", filed_as="机密-1", **facts),
        lambda: registering.strike(paper, reason="是秘密件", **facts),
    ):
        with pytest.raises(Marked):
            act()


FILES = {
    "name": ("机密★通知.pdf", lambda: making.SCAN),
    "docx": ("通知.docx", lambda: a_docx(f"机密★1年\n{WORD}")),
    "header": ("通知.docx", lambda: a_docx("关于工作的通知", header="秘 密")),
    "xlsx": ("名册.xlsx", lambda: an_xlsx(WORD, "绝密")),
    "pdf": ("通知.pdf", lambda: a_pdf(f"{WORD}（机密）")),
}


@pytest.mark.parametrize("case", FILES)
def test_no_file_that_says_so(people, case):
    name, make = FILES[case]
    paper = making.registered(people[Role.CLERK], data=None)
    before = files()
    with pytest.raises(Marked) as caught:
        registering.add_file(paper, data=make(), filename=name, note="", actor=people[Role.CLERK], now=NOW)
    assert ("文件名" if case == "name" else "文件内容") in caught.value.message
    assert files() == before


def test_a_file_about_secrecy_and_a_scan_are_taken(people):
    clerk = people[Role.CLERK]
    paper = making.registered(clerk)
    data = a_docx("各单位要依法保守国家秘密和商业秘密，及时更换手机密码。")
    assert registering.add_file(paper, data=data, filename="通知.docx", note="", actor=clerk, now=NOW)


def test_what_nobody_can_read_is_not_taken(people):
    with pytest.raises(DomainError, match="不能核对有无密级标志"):
        making.registered(people[Role.CLERK], data=b"%PDF-1.7\n%%EOF\n")
    assert not IncomingPaper.objects.exists()


PDFS = {
    "at the head": lambda: pdfs.written((pdfs.TOP, "机密"), (pdfs.MIDDLE, WORD)),
    "with a star below": lambda: pdfs.written((pdfs.TOP, "关于工作的通知"), (pdfs.MIDDLE, "秘密★1年")),
    "in a file inside": lambda: pdfs.written((pdfs.TOP, "通知"), inside=[a_docx(f"秘密★1年\n{WORD}")]),
    "in a file inside one inside": lambda: pdfs.written(inside=[pdfs.written(inside=["机密★1年".encode()])]),
}


@pytest.mark.parametrize("case", PDFS)
def test_no_pdf_that_says_so(case):
    with pytest.raises(Marked, match="文件内容"):
        secrecy.refuse_file(PDFS[case](), "通知.pdf")


def test_a_docx_with_a_marked_table_inside_is_refused():
    out, package = io.BytesIO(), zipfile.ZipFile(io.BytesIO(a_docx("通知")))
    with zipfile.ZipFile(out, "w") as book:
        for name in package.namelist():
            book.writestr(name, package.read(name))
        book.writestr("word/embeddings/1.xlsx", an_xlsx("秘密★3年"))
    with pytest.raises(Marked):
        secrecy.refuse_file(out.getvalue(), "通知.docx")


def test_neither_do_our_own_papers_take_one(desk):
    officer, clerk = ({"actor": desk.people[role], "now": NOW} for role in (Role.BUREAU_OFFICER, Role.CLERK))
    marked, before = {"data": a_docx(f"秘密★1年\n{WORD}"), "filename": "附件.docx"}, files()
    with pytest.raises(Marked, match="文件内容"):
        drafting.enclose(desk.draft(), note="", **marked, **officer)
    with pytest.raises(Marked, match="说明"):
        drafting.enclose(desk.draft(), note="机密件", data=making.SCAN, filename="附件.pdf", **officer)
    with pytest.raises(Marked, match="文件内容"):
        chain.file_sealed(desk.at(PaperState.PRINTING), **marked, **clerk)
    people = {"checker_name": "甲", "checked_on": NOW.date(), "signer_name": "乙", "signed_on": NOW.date()}
    with pytest.raises(Marked, match="文件内容"):
        chain.sign_outside(desk.at(PaperState.SIGNING, title="另一件"), **people, **marked, **clerk)
    assert files() == before


def an_ofd(*lines, entry="<ofd:OFD xmlns:ofd='o'><ofd:DocBody/></ofd:OFD>"):
    """A 版式文件 of one page, each line a text object."""
    out, page = io.BytesIO(), "".join(f"<TextObject><TextCode>{line}</TextCode></TextObject>" for line in lines)
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("OFD.xml", entry)
        book.writestr("Doc_0/Pages/Page_0/Content.xml", f"<Page>{page}</Page>")
    return out.getvalue()


def test_an_ofd_is_taken_unless_it_says_so(people):
    paper = making.registered(people[Role.CLERK], data=an_ofd("关于工作的通知"), filename="来文.ofd")
    assert paper.has_file()
    with pytest.raises(Marked, match="文件内容"):
        secrecy.refuse_file(an_ofd("机密", "关于工作的通知"), "来文.ofd")
    with pytest.raises(DomainError, match="内容却不是版式文件"):
        secrecy.refuse_file(an_ofd(entry="<x/>"), "来文.ofd")


def test_what_is_no_mark_by_its_place_is_taken_and_what_is_locked_is_not():
    secrecy.refuse_file(pdfs.written((pdfs.TOP, "机密文件清查表"), (pdfs.MIDDLE, "秘密")), "清查表.pdf")
    with pytest.raises(DomainError, match="请取消密码后重新上传"):
        secrecy.refuse_file(pdfs.locked(), "通知.pdf")
    with pytest.raises(DomainError, match="过于复杂"):
        secrecy.refuse_file(pdfs.written(inside=[b"x"] * (secrecy.MOST_INSIDE + 1)), "通知.pdf")


# --- nothing is kept -------------------------------------------------------------------------------------------------
def files():
    return sorted(path.name for path in vault.folder().rglob("*") if path.is_file())


def tables() -> dict:
    """Every row of every table."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = [" ".join(map(readable, row)) for row in cursor]
    return found


def readable(value) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)


def everything_stored() -> str:
    """All of it, sessions decoded."""
    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join([*sessions, *(row for rows in tables().values() for row in rows)])


def counts() -> dict:
    """How many rows each table has."""
    return {table: len(rows) for table, rows in tables().items()}


def upload(name, data):
    return {"file": SimpleUploadedFile(name, data)}


BIG = making.SCAN.replace(
    b"%%EOF\n", b"%" + b"x" * (6 * 1024 * 1024) + b"\n%%EOF\n"
)  # above what Django keeps in memory
SENT = {
    "title": lambda: {"title": f"关于{WORD}的通知（机密★1年）"},
    "number": lambda: {"title": f"关于{WORD}的通知", "sender_number": "粤密〔2022〕1号 秘密"},
    "wrong besides": lambda: {"title": f"关于{WORD}的通知（机密）", "dated_on": "不是日期"},
    "name of a file of another kind": lambda: {"title": f"{WORD}", **upload(f"{WORD}机密.exe", b"MZ")},
    "name of a large file": lambda: {"title": f"{WORD}", **upload(f"{WORD}（秘密）.pdf", BIG)},
    "contents": lambda: {"title": f"关于{WORD}的通知", **upload(f"{WORD}.docx", a_docx(f"机密★1年\n{WORD}"))},
}


@pytest.mark.parametrize("case", SENT)
def test_nothing_of_it_is_kept_not_even_its_title(people, sign_in, caplog, monkeypatch, time_machine, case):
    time_machine.move_to(factories.NOW, tick=False)
    client = sign_in(people[Role.CLERK])
    client.get(NEW)
    monkeypatch.setattr(uploadedfile.tempfile, "NamedTemporaryFile", in_no_temp_folder)
    before, kept = counts(), files()
    with caplog.at_level(logging.DEBUG):
        page = client.post(NEW, {**making.FACTS, "answer_by": "", **SENT[case]()}).content.decode()
    assert "本系统为非涉密系统，严禁存储、处理、传输国家秘密；本次填写的内容和文件均未保留" in page
    assert "送本单位机要（保密）人员" in page
    assert WORD not in page
    assert WORD not in caplog.text
    assert WORD not in everything_stored()
    assert (counts(), files()) == (before, kept)
    assert making.registered(people[Role.CLERK]).receipt == "收文〔2022〕1号"  # no number was used up


def in_no_temp_folder(*args, **kwargs):
    raise AssertionError("an upload went to a temporary file")


def test_the_proof_would_notice(people):
    making.registered(people[Role.CLERK], title=f"关于{WORD}的通知", data=None)
    assert WORD in everything_stored()
