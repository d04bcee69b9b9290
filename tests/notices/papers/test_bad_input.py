"""What people paste and upload: handled, or refused in Chinese where it stands, and nothing typed is lost."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.documents.services import attachments_of
from zhuzun.notices.papers.kinds import PaperState, Standing
from zhuzun.notices.papers.models import Paper

MARKUP = "<script>alert(1)</script><b onclick=x>加粗</b> & “引号” {{ 7 }} {% now %}"


@pytest.fixture
def draft(desk):
    return desk.draft()


@pytest.fixture
def officer(desk, sign_in):
    return sign_in(desk.people[Role.BUREAU_OFFICER])


def rows(*found, **more):
    """A form of the editor with these (kind, words, source)."""
    kinds, words, sources = zip(*found, strict=True)
    return {"kind": list(kinds), "words": list(words), "source": list(sources), **more}


def sent(officer, paper, data):
    return officer.post(f"/notices/{paper.pk}/text/", data)


def plain(answer):
    """The page as its reader sees it."""
    return html.unescape(answer.content.decode())


def test_markup_stays_the_text_that_it_is(officer, draft):
    data = rows(("paragraph", MARKUP, ""), ("quotation", MARKUP, MARKUP), ("heading1", MARKUP, ""))
    assert sent(officer, draft, data).status_code == 302
    for page in (f"/notices/{draft.pk}/", f"/notices/{draft.pk}/text/"):
        answer = officer.get(page)
        assert MARKUP in plain(answer)
        assert "<script>alert" not in answer.content.decode()
        assert "<b onclick" not in answer.content.decode()


def test_markup_in_title_recipients_line_and_reason_too(officer, draft, desk):
    data = {"kind": "notice", "identity": draft.identity_id, "title": MARKUP, "addressed": MARKUP, "note": MARKUP}
    more = {"urgency": "none", "openness": "not", "enclosures": MARKUP}
    assert officer.post(f"/notices/{draft.pk}/head/", {**data, **more}).status_code == 302
    officer.post(f"/notices/{draft.pk}/submit/", {"reason": MARKUP})
    for page in ("/notices/", f"/notices/{draft.pk}/", f"/notices/{draft.pk}/rounds/1/"):
        answer = officer.get(page)
        assert MARKUP in plain(answer), page
        assert "<script>alert" not in answer.content.decode(), page


def test_everything_wrong_is_named_at_its_row_and_nothing_is_lost(officer, draft):
    before = Paper.objects.get(pk=draft.pk).blocks
    data = rows(
        ("paragraph", "好的一段。", ""),
        ("paragraph", "", ""),  # falls away, and the rows keep the numbers that stand before them
        ("paragraph", "请尽快报送😀", ""),
        ("quotation", "没有出处的话", ""),
        ("table", "区\t金额\n香洲区\t1\t多一格", "拨付情况（单位：万元）"),
        ("paragraph", "长" * 5001, ""),
        ("paragraph", "看不见\u202e的字", ""),
        ("table", "只有一行", ""),
    )
    answer = sent(officer, draft, data)
    assert answer.status_code == 200
    assert answer.context["faults"] == {
        2: "第 3 段含有表情符号「😀」，公文中不能使用，请删去。",
        3: "第 4 段没有注明出处，请填写。",
        4: "第 5 段第 2 行有 3 格，表头有 2 格，请对齐。",
        5: "第 6 段有 5001 字，最多 5000 字，请缩短或分段。",
        6: "第 7 段含有控制字符或不可见字符（在“看不见”之后），请删去后重新填写。",
        7: "表格至少要有表头和一行内容，每行的各格用 Tab 分隔（可从表格中复制粘贴）。",
    }
    page = plain(answer)
    for kept in (
        "好的一段。",
        "请尽快报送😀",
        "没有出处的话",
        "拨付情况（单位：万元）",
        "长" * 5001,
        'href="#words-2"',
    ):
        assert kept in page
    assert Paper.objects.get(pk=draft.pk).blocks == before


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        ("\n".join(["区\t金额"] * 502), "有 501 行，最多 500 行。较长的表格请另附电子表格。"),
        ("\t".join(["列"] * 25) + "\n" + "\t".join(["格"] * 25), "有 25 列，最多 24 列，请拆成两张表。"),
        ("一段\n" * 401, "正文有 401 块，最多 400 块。较长的材料请作附件。"),
        ("字" * 4_000 + "\n" + ("字" * 4_000 + "\n") * 15, "最多 60000 字。较长的材料请作附件。"),
        ("请报送😀", "含有表情符号「😀」"),
    ],
)
def test_a_paste_that_is_too_much_is_refused_and_stays_in_its_field(officer, draft, pasted, why):
    answer = sent(officer, draft, rows(("paragraph", "已写的一段", ""), press="paste", pasted=pasted))
    assert why in plain(answer)
    assert pasted.splitlines()[0] in plain(answer)
    assert "已写的一段" in plain(answer)


def test_pasted_office_text_becomes_blocks(officer, draft):
    """Lines, levels and a table; the page says that it is not saved yet."""
    pasted = "一、工作情况\n各区推进。\n单位：万元\n区\t金额\n香洲区\t1\n<table><tr><td>x</td></tr></table>"
    page = sent(officer, draft, rows(("paragraph", "", ""), press="paste", pasted=pasted))
    assert [row.kind for row, *_ in page.context["rows"]] == ["heading1", "paragraph", "table", "paragraph"]
    typed = rows(("paragraph", "前言", ""), ("paragraph", "特此通知。", ""), press="paste", pasted=pasted)
    assert [row.words for row, *_ in sent(officer, draft, typed).context["rows"]][::5] == ["前言", "特此通知。"]
    typed["pasted"] += "\n特此通知。"
    assert [row.words for row, *_ in sent(officer, draft, typed).context["rows"]].count("特此通知。") == 1
    assert "尚未保存" in plain(page)
    assert "<table><tr><td>x</td></tr></table>" in plain(page)


def test_more_rows_than_a_paper_has_are_refused_and_stay(officer, draft):
    answer = sent(officer, draft, rows(*[("paragraph", "段", "")] * 401))
    assert "正文最多 400 段，现有 401 段" in plain(answer)
    assert len(answer.context["rows"]) == 401, "what was typed is gone"
    answer = sent(officer, draft, rows(*[("paragraph", "段", "")] * 300, press="paste", pasted="又\n" * 101))
    assert "正文最多 400 段，现有 401 段" in plain(answer)
    assert (len(answer.context["rows"]), answer.context["pasted"]) == (300, "又\n" * 101)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": ["paragraph", "paragraph"], "words": ["一段"], "source": [""]},
        {"words": ["一段"]},
        {"kind": ["paragraph"], "words": SimpleUploadedFile("a.pdf", b"MZ"), "source": [""]},
    ],
)
def test_half_a_form_saves_nothing_and_shows_what_is_saved(officer, draft, data):
    """Else the next 保存 would empty the text."""
    answer = sent(officer, draft, data)
    assert "提交的内容不完整，没有保存" in plain(answer)
    assert [row.words for row, *_ in answer.context["rows"]] == ["请各单位认真抓好落实。", ""]
    assert Paper.objects.get(pk=draft.pk).has_text()


def head(officer, paper, **changed):
    data = {"kind": "notice", "identity": paper.identity_id, "title": "题", "urgency": "none", "openness": "not"}
    return officer.post(f"/notices/{paper.pk}/head/", {**data, **changed})


def test_a_title_of_120_signs_holds_and_one_more_does_not(officer, draft):
    assert head(officer, draft, title="题" * 120).status_code == 302
    assert Paper.objects.get(pk=draft.pk).title == "题" * 120
    assert 'maxlength="120"' not in plain(officer.get(f"/notices/{draft.pk}/head/")), (
        "a browser would cut a paste unseen"
    )
    assert head(officer, draft, title="中共珠海市委 农村组\r\n关于做好工作的通知").status_code == 302
    assert Paper.objects.get(pk=draft.pk).title == "中共珠海市委 农村组关于做好工作的通知", "a line's end is no blank"
    answer = head(officer, draft, title="目" * 121, note="附注还在")
    assert "120" in answer.context["form"].errors["title"][0]
    assert "目" * 121 in plain(answer)
    assert "附注还在" in plain(answer)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("title", "关于😀的通知", "标题含有表情符号「😀」"),
        ("addressed", "各区\u200f", "主送写法含有控制字符"),
        ("addressed", "区" * 121, "120"),
        ("note", "此件公开🎉", "附注含有表情符号"),
        ("enclosures", "一览表\n" * 31, "附件最多 30 个，现有 31 个"),
        ("enclosures", "名" * 121, "第 1 个附件名称有 121 字，最多 120 字"),
        ("copies", "1e9", "整数"),
        ("reply_by", "明天", "请填写日期"),
        ("identity", "999999", "选择"),
        ("kind", "order", "选择"),
        ("title", "题\x00目", "含有看不见的控制字符"),
    ],
)
def test_what_cannot_be_printed_is_refused_at_its_field(officer, draft, field, value, why):
    answer = head(officer, draft, **{field: value})
    assert answer.status_code == 200, "it was taken"
    assert why in answer.context["form"].errors[field][0]
    assert value.splitlines()[0] in plain(answer) or field in ("identity", "kind")
    assert Paper.objects.get(pk=draft.pk).title == draft.title


def upload(name, data):
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("通知.pdf", b"PK\x03\x04 no pdf"),
        ("通知.pdf", b""),
        ("程序.exe", b"MZ"),
        ("表.xlsx", making.PDF),
        ("页.html", b"<html><script>alert(1)</script>"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_at_its_field(officer, draft, name, data):
    answer = officer.post(f"/notices/{draft.pk}/enclose/", {"file": upload(name, data), "note": "说明还在"})
    assert answer.context["form"].errors["file"]
    assert "说明还在" in plain(answer)
    assert not attachments_of(draft).exists()


def test_the_signed_sheet_and_the_sealed_scan_are_looked_at_too(desk, sign_in):
    clerk, false = sign_in(desk.people[Role.CLERK]), b"MZ no scan"
    paper = desk.at(PaperState.CHECKING)
    data = {"checker_name": "王核", "signer_name": "李签", "checked_on": "2022-03-14", "signed_on": "2022-03-15"}
    answer = clerk.post(f"/notices/{paper.pk}/sign_outside/", {**data, "file": upload("发文稿纸.pdf", false)})
    assert answer.context["form"].errors["file"]
    assert "李签" in plain(answer)
    assert Paper.objects.get(pk=paper.pk).state == PaperState.CHECKING
    paper = desk.at(PaperState.PRINTING)
    answer = clerk.post(f"/notices/{paper.pk}/sealed/", {"file": upload("用印件.pdf", false)})
    assert answer.context["form"].errors["file"]


def test_who_may_sign_is_offered_and_another_may_be_typed(desk, sign_in):
    clerk = sign_in(desk.people[Role.CLERK])
    identity = desk.offices[Standing.LEADING_GROUP]
    identity.signers = ["李签", "<王>"]
    identity.save()
    paper = desk.at(PaperState.CHECKING)
    page = clerk.get(f"/notices/{paper.pk}/sign_outside/").content.decode()
    assert '<option value="李签"></option><option value="&lt;王&gt;"></option>' in page
    assert 'enctype="multipart/form-data"' in page, "a browser would send the file's name and not the file"
    data = {"checker_name": "王核", "signer_name": "赵签", "checked_on": "2022-03-14", "signed_on": "2022-03-15"}
    answer = clerk.post(f"/notices/{paper.pk}/sign_outside/", {**data, "file": upload("发文稿纸.pdf", making.PDF)})
    assert answer.status_code == 302
    assert Paper.objects.get(pk=paper.pk).signer_name == "赵签"


def test_no_scripted_number_or_recipient_slips_in(officer, draft, desk):
    """Keys that are no bodies, and bodies that the rules refuse: the first are nobody, the second are told."""
    url = f"/notices/{draft.pk}/recipients/"
    odd = {"to-abc": "main", "to-²": "main", f"to-{'9' * 30}": "main"}
    answer = officer.post(url, {**odd, "to-999999": "main", f"to-{desk.world.zhengan.pk}": "boss"})
    assert answer.status_code == 200
    assert officer.post(url, {f"to-{desk.world.zhengan.pk}": "main"}).status_code == 302
    page = plain(officer.get(f"/notices/{draft.pk}/"))
    assert "主送 正安县：与该单位不相隶属，只能用函，或列为抄送。" in page


@pytest.mark.parametrize("key", ["²", "9" * 30, "9" * 5000])
def test_a_number_that_is_none_or_far_too_large_does_no_harm(officer, draft, key):
    assert officer.post(f"/notices/{draft.pk}/recipients/", {f"to-{key[:900]}": "main"}).status_code == 302
    for press in ("up", "add", "drop"):
        data = rows(("paragraph", "第一段", ""), press=f"{press}-{key}")
        assert sent(officer, draft, data).context["rows"][0][0].words == "第一段"
    assert "没有选中公文" in plain(officer.get("/notices/bundle/", {"paper": key}))
