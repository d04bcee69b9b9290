"""Files that are wrong, damaged or made to do harm: refused in Chinese, quickly and in little memory."""

import io
import json
import resource
import time
import zipfile
from contextlib import contextmanager
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documents import corpus
from tests.documents.corpus import MAIN, rows_xml, sheet_xml, xlsx, zipped
from tests.documents.test_reader import COLUMNS, HEAD, read, refusal, texts
from zhuzun.documents import sandbox, sheets
from zhuzun.documents.reading import child
from zhuzun.errors import DomainError

GOOD = xlsx({"结对": [HEAD, ["P1", "横琴", "正安", "2021-07-22"]]})
SHEET = "xl/worksheets/sheet1.xml"
MACRO = [("xl/vbaProject.bin", b"\x00")]


@contextmanager
def quickly():
    """Reading or refusing takes less than a second of the processor, of ours and the child's together.

    (Not of the clock: the machine may be busy with other tests.)
    """
    started = spent()
    yield
    assert spent() - started < 1


def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    ("content", "filename", "told"),
    [
        pytest.param(b"", "a.xlsx", "文件是空的", id="empty"),
        pytest.param(b"\x00" * 100, "a.csv", "文件是空的", id="only NUL"),
        pytest.param(corpus.encrypted(), "a.xlsx", "打开密码", id="password"),
        pytest.param(corpus.old_workbook(), "a.xls", "旧格式", id="xls"),
        pytest.param(corpus.old_workbook(), "a.xlsx", "旧格式", id="xls called xlsx"),
        pytest.param(corpus.old_workbook(), "a.et", "旧格式", id="et"),
        pytest.param(b"a,b", "a.xls", "旧格式", id="text called xls"),
        pytest.param(GOOD, "a.xlsm", "宏", id="xlsm by name"),
        pytest.param(xlsx({"表": [HEAD]}, extra=MACRO), "a.xlsx", "宏", id="macros called xlsx"),
        pytest.param(xlsx({"表": [HEAD]}, content_types="sheet.macroEnabled.main"), "a.xlsx", "宏", id="macro type"),
        pytest.param(xlsx({"表": [HEAD]}, extra=[("xl/macrosheets/s.xml", "<a/>")]), "a.xlsx", "宏", id="macro sheet"),
        pytest.param(GOOD, "a.csv", "改为 .xlsx", id="xlsx called csv"),
        pytest.param(GOOD, "a.docx", "不符", id="xlsx called docx"),
        pytest.param("珠海方,遵义方".encode(), "a.xlsx", "不是 Excel 工作簿", id="csv called xlsx"),
        pytest.param(b"%PDF-1.7 ...", "a.csv", "不是 Excel 表格", id="pdf called csv"),
        pytest.param(b"\x89PNG\r\n", "", "不是 Excel 表格", id="png"),
        pytest.param(b"abc\x00\x01\x02", "a.csv", "不是 Excel 表格", id="binary called csv"),
        pytest.param("甲".encode(), "a.txt", "不是 Excel 表格", id="txt"),
        pytest.param(b"<html><table><tr><td>1", "a.xls", "网页", id="web page called xls"),
        pytest.param(b"\xef\xbb\xbf<?xml version='1.0'?><Workbook>", "a.xlsx", "网页", id="xml called xlsx"),
        pytest.param(zipped([("a.txt", "a")]), "a.xlsx", "压缩包", id="zip"),
        pytest.param(zipped([("[Content_Types].xml", "<a/>"), ("word/document.xml", "<a/>")]), "", "不是", id="docx"),
        pytest.param(zipped([("xl/workbook.bin", "a")]), "a.xlsx", "xlsb", id="xlsb"),
        pytest.param(zipped([("mimetype", "a"), ("content.xml", "<a/>")]), "a.xlsx", "ods", id="ods"),
        pytest.param(zipped([("[Content_Types].xml", "<a/>")]), "a.xlsx", "不是 Excel", id="package of nothing"),
        pytest.param(GOOD[: len(GOOD) // 2], "a.xlsx", "损坏", id="cut in half"),
        pytest.param(GOOD[:-10], "a.xlsx", "损坏", id="end cut off"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 200, "a.xlsx", "损坏", id="zip in name"),
        pytest.param(corpus.repacked(GOOD, {SHEET: "<worksheet><sheetData>"}), "a.xlsx", "损坏", id="xml not closed"),
        pytest.param(xlsx({"表": "not xml"}), "a.xlsx", "损坏", id="not xml"),
        pytest.param(b"\xff" * 50, "a.csv", "编码", id="no known encoding"),
    ],
)
def test_refused_with_what_to_do(content, filename, told):
    with quickly():
        message = refusal(content, filename)
    assert told in message
    assert message.endswith("。")


def test_too_large_is_refused_unread():
    assert (
        refusal(b"PK" + b"\x00" * 3_000_000, max_bytes=2 * 1024 * 1024) == "文件超过 2 MB，请删除无关内容或分次上传。"
    )


def test_too_many_rows_are_refused_not_cut():
    content = xlsx({"表": [HEAD] + [["P", "横琴", "正安"]] * 11})
    assert "数据超过 10 行" in refusal(content, max_rows=10)
    assert len(read(content, max_rows=11).rows) == 11
    assert "数据超过 2 行" in refusal("珠海方,遵义方\n甲,乙\n甲,乙\n甲,乙\n".encode(), "a.csv", max_rows=2)


BOMB_HEAD = f'<worksheet xmlns="{MAIN}"><sheetData>{rows_xml([HEAD])}'.encode()
BOMB_TAIL = b"</sheetData></worksheet>"


@cache
def row_bomb(times=1500):
    """Some 240 MB of rows in half a megabyte."""
    piece = b"<row><c><v>1</v></c></row>" * 6000
    return corpus.streamed_bomb(SHEET, piece, times, BOMB_HEAD, BOMB_TAIL, GOOD)


@cache
def string_bomb(times=1800):
    base = xlsx({"结对": [[corpus.raw("<v>0</v>", "s")]]}, strings="<si><t>a</t></si>")
    head, tail = f'<sst xmlns="{MAIN}">'.encode(), b"</sst>"
    return corpus.streamed_bomb("xl/sharedStrings.xml", b"<si><t>aaaaaaa</t></si>" * 7000, times, head, tail, base)


@cache
def echo_bomb():
    """One text of 30,000 characters named by 20,000 cells: 600 MB if every cell had its own copy."""
    strings = f"<si><t>珠海方</t></si><si><t>遵义方</t></si><si><t>{'安' * 30_000}</t></si>"
    row = '<row><c t="s"><v>2</v></c><c t="s"><v>2</v></c></row>'
    rows = f'<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>{row * 9_000}'
    return xlsx({"表": sheet_xml(rows)}, strings=strings)


@cache
def many_entries():
    return zipped([("[Content_Types].xml", "<a/>"), *((f"xl/{n}", "") for n in range(3000))])


@cache
def million_empty_rows(times=1000):
    return corpus.streamed_bomb(SHEET, b'<row ht="12"/>' * 1000, times, BOMB_HEAD, BOMB_TAIL, GOOD)


@cache
def lying_sizes():
    """A bomb whose table of contents says that each part has ten bytes."""
    return corpus.with_declared_sizes(row_bomb(300), 10)


@cache
def overlapping_merges():
    merges = '<mergeCell ref="B2:B1048576"/>' * 19_000
    rows = [HEAD] + [["P", "横琴", "正安"]] * 3000
    return xlsx({"表": sheet_xml(rows, after=f"<mergeCells>{merges}</mergeCells>")})


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (row_bomb, "解压后过大"),
        (string_bomb, "解压后过大"),
        (echo_bomb, "文字过多"),
        (many_entries, "解压后过大"),
        (million_empty_rows, "含空行"),
        (lying_sizes, "损坏"),
        (overlapping_merges, "损坏"),
        (lambda: corpus.repacked(GOOD, {SHEET: ENTITIES + LAUGHS}), "实体"),
        (lambda: corpus.repacked(GOOD, {SHEET: EXTERNAL + LAUGHS.replace("j", "a")}), "实体"),
        (lambda: corpus.repacked(GOOD, {"xl/workbook.xml": ENTITIES + "<workbook>&j;</workbook>"}), "实体"),
        (lambda: corpus.repacked(GOOD, {"_rels/.rels": EXTERNAL + "<Relationships>&a;</Relationships>"}), "实体"),
        (lambda: xlsx({"结对": [HEAD]}, strings=f"{'<si><t>a</t></si>' * 400_001}"), "没有"),
        (lambda: xlsx({"表": sheet_xml(f'<row r="2"/>{rows_xml([HEAD])}')}), "损坏"),
        (lambda: xlsx({"表": sheet_xml('<row r="1"><c r="B9"><v>1</v></c></row>')}), "损坏"),
        (lambda: xlsx({"表": sheet_xml('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>')}), "损坏"),
        (lambda: xlsx({"表": sheet_xml('<row r="1048577"/>')}), "损坏"),
        (lambda: xlsx({"表": [HEAD, [corpus.raw("<v>9</v>", "s")]]}), "「表」表 A2"),
        (lambda: xlsx({"表": [HEAD, [corpus.raw("<v>nan</v>", "n")]]}), "「表」表 A2"),
        (lambda: xlsx({"表": [HEAD, [corpus.raw("<v>1</v>", "zz")]]}), "损坏"),
        (lambda: xlsx({"表": [HEAD, ["甲" * 70_000]]}), "「表」表 A2"),
    ],
)
def test_made_to_do_harm(make, told):
    content = make()
    with quickly():
        if told == "没有":  # texts that no cell names are not even read
            assert read(content).rows == ()
        else:
            assert told in refusal(content)


def test_a_false_dimension_costs_nothing():
    """A 5 KB file that says it reaches to XFD1048576, with one cell there."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    rows = rows_xml([HEAD, ["P1", "横琴", "正安"]]) + far
    content = xlsx({"表": sheet_xml(rows, before='<dimension ref="A1:XFD1048576"/>')})
    with quickly():
        assert texts(read(content), "编号") == [["P1"]]


@pytest.mark.parametrize(
    "make", [row_bomb, string_bomb, echo_bomb, million_empty_rows, lying_sizes, overlapping_merges]
)
def test_a_bomb_is_refused_for_its_reason_in_little_memory(make, monkeypatch):
    """With half the memory the child still comes to its own answer: it never needed more."""
    monkeypatch.setattr(sheets, "MEGABYTES", 80)
    assert "过于复杂" not in refusal(make())


class TestChild:
    """The limits themselves, on work that ends by nothing else."""

    def run(self, function, payload=b"", *, seconds=2, megabytes=100, folder=corpus.HERE):
        return sandbox.run(f"work:{function}", payload, seconds=seconds, megabytes=megabytes, folder=folder)

    def test_answers(self):
        assert self.run("echo", b"abc") == b"abc"

    def test_is_stopped_when_it_takes_too_long(self):
        started = time.perf_counter()
        for forever in ("spin", "sleep"):
            with pytest.raises(sandbox.Killed) as killed:
                self.run(forever, seconds=1)
            assert killed.value.slow
        assert time.perf_counter() - started < 10

    def test_is_stopped_when_it_takes_too_much_memory(self):
        with pytest.raises(sandbox.Killed) as killed:
            self.run("swell")
        assert not killed.value.slow

    def test_may_not_write_a_file(self, tmp_path):
        target = tmp_path / "written"
        with pytest.raises(sandbox.Killed):
            self.run("write", str(target).encode())
        assert not target.exists() or target.read_bytes() == b""

    @pytest.mark.parametrize("function", ["start", "fork", "connect"])
    def test_may_not_start_a_process_nor_open_a_connection(self, function):
        with pytest.raises(sandbox.Killed):
            self.run(function)

    def test_sees_nothing_of_our_environment(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "secret")
        assert b"secret" not in self.run("environment")

    @pytest.mark.parametrize(("slow", "told"), [(True, "未能在规定时间内"), (False, "过大或过于复杂")])
    def test_becomes_a_chinese_message(self, slow, told, monkeypatch):
        def killed(*args, **kwargs):
            raise sandbox.Killed(slow=slow)

        monkeypatch.setattr(sandbox, "run", killed)
        assert told in refusal(GOOD)


def in_process(content, filename="a.xlsx"):
    """What the child would answer, without the child: hundreds of files in seconds."""
    question = {"filename": filename, "columns": [[c.name, list(c.aliases), c.required] for c in COLUMNS]}
    question |= {"max_rows": 1000, "skip_totals": True}
    return json.loads(child.read(json.dumps(question).encode() + b"\n" + content))


def is_an_answer(answer):
    return answer["refused"].endswith("。") if "refused" in answer else isinstance(answer["rows"], list)


RICH = xlsx(
    {
        "说明": [["说明"]],
        "结对": [["结对表"], HEAD, ["P1", "横琴", corpus.raw("<v>0</v>", "s"), corpus.number(44399, 1)]],
    },
    strings="<si><t>正安</t></si>",
    styles=corpus.DATE_STYLES,
)


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_bytes_of_a_workbook_changed_at_random(data):
    """200 files that a bad disk or a bad person made: an answer or a refusal, never an error of ours."""
    content = bytearray(RICH)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    assert is_an_answer(in_process(bytes(content[:cut])))


@pytest.mark.parametrize("part", sorted(zipfile.ZipFile(io.BytesIO(RICH)).namelist()))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_every_part_changed_at_random(part, data):
    """The zip is whole, one part of it is not: cut, doubled, or with letters exchanged."""
    with zipfile.ZipFile(io.BytesIO(RICH)) as package:
        inside = package.read(part)
    start = data.draw(st.integers(0, len(inside)))
    end = data.draw(st.integers(start, min(len(inside), start + 40)))
    put = data.draw(
        st.sampled_from([b"", b"0", b"-1", b"99999999999", b"<", b'"', b"&#0;", b"\xff", inside[start:end] * 2])
    )
    assert is_an_answer(in_process(corpus.repacked(RICH, {part: inside[:start] + put + inside[end:]})))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_any_bytes_called_csv(content):
    assert is_an_answer(in_process("珠海方,遵义方\n".encode() + content, "a.csv"))
    assert is_an_answer(in_process(content, "a.csv"))


def test_a_mutated_file_through_the_real_child():
    """The same by the real way, for a few of each kind."""
    for cut in range(1, len(RICH), len(RICH) // 12):
        with pytest.raises(DomainError):
            read(RICH[:cut])
