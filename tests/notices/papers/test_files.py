"""A paper's files: at a plain address the file itself, with what the paper says and a mark of what it is not."""

from io import BytesIO

import pytest
from pdfminer.high_level import extract_text

from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.documents.papers import pdf
from zhuzun.documents.papers.press import RenderFault
from zhuzun.documents.papers.sheet import Form, Mark
from zhuzun.notices.papers import printing
from zhuzun.notices.papers.kinds import PaperState
from zhuzun.notices.papers.models import Paper


def address(paper, ending):
    return f"/notices/{paper.pk}/paper.{ending}"


def words(answer):
    return "".join(extract_text(BytesIO(answer.content)).split())


def test_a_draft_says_so(desk, people, sign_in):
    paper = desk.draft(title="关于做好协作工作的通知")
    answer = sign_in(people[Role.BUREAU_OFFICER]).get(address(paper, "pdf"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-1.7")
    said = words(answer)
    for piece in ("草稿", "关于做好协作工作的通知", "请各单位认真抓好落实。", "香洲区"):
        assert piece in said
    assert "未用印" not in said
    assert Event.objects.filter(action="export", detail__form="pdf").count() == 1


def test_an_issued_one_bears_its_number_and_dates_and_no_seal(desk, people, sign_in):
    paper = desk.at(PaperState.ISSUED)
    said = words(sign_in(people[Role.DISTRICT_OFFICER]).get(address(paper, "pdf")))
    for piece in (paper.number_text, "2022年3月15日", "未用印，仅供参考", "印发"):
        assert piece in said
    assert "草稿" not in said


def test_the_same_paper_for_the_word_processor(desk, people, sign_in):
    paper = desk.at(PaperState.ISSUED)
    client = sign_in(people[Role.BUREAU_OFFICER])
    answer = client.get(address(paper, "docx"))
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer["Content-Disposition"]
    assert client.get(address(paper, "docx")).content == answer.content


@pytest.mark.parametrize(
    ("kind", "form", "marks"),
    [
        ("circular", Form.OFFICIAL, (Mark.UNSEALED, Mark.DEMO)),
        ("letter", Form.LETTER, (Mark.UNSEALED, Mark.DEMO)),
        ("minutes", Form.MINUTES, (Mark.DEMO,)),
        ("reminder", Form.INNER, (Mark.DEMO,)),
    ],
)
def test_each_kind_in_its_own_format(desk, kind, form, marks):
    sheet = printing.sheet_of(Paper.objects.for_page().get(pk=desk.at(PaperState.PRINTING, kind=kind).pk))
    assert (sheet.form, sheet.marks) == (form, marks)
    sheet.check()


def test_what_cannot_be_set_leaves_the_paper_as_it_was(desk, people, sign_in, monkeypatch):
    def broken(sheet):
        raise RenderFault("排版程序没有在限定时间内完成，请稍后再试。")

    monkeypatch.setattr(pdf, "render", broken)
    paper = desk.draft()
    page = sign_in(people[Role.BUREAU_OFFICER]).get(address(paper, "pdf"), follow=True)
    assert "请稍后再试" in page.content.decode()
    assert Paper.objects.get(pk=paper.pk).state == PaperState.DRAFT
