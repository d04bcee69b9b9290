"""A paper's files: at a plain address the file itself, with what the paper says and a mark of what it is not."""

import hashlib
from io import BytesIO

import pytest
from django.urls import reverse
from pdfminer.high_level import extract_text

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.documents import vault
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.papers import press
from zhuzun.documents.papers.press import RenderFault
from zhuzun.documents.papers.sheet import Attendance, Form, Mark
from zhuzun.documents.services import attachments_of
from zhuzun.errors import DomainError
from zhuzun.notices.papers import printing, slips
from zhuzun.notices.papers.kinds import PaperState
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.services import chain, drafting, serving


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
    page = client.get(paper.get_absolute_url()).content.decode()
    assert f"SHA-256（.docx）{hashlib.sha256(answer.content).hexdigest()}" in page


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


def test_minutes_bear_their_own_letterhead_and_set_the_lists_of_persons_apart(desk):
    paper = Paper.objects.for_page().get(pk=desk.at(PaperState.PRINTING, kind="minutes").pk)
    told = [
        {"kind": "paragraph", "text": text} for text in ("出席：甲", "会议议定如下。", "出席人员：乙、丙。", "请假:丁")
    ]
    paper.blocks = told
    sheet = printing.sheet_of(paper)
    assert sheet.letterhead == (f"{sheet.signatures[0]}会议纪要",)
    assert [block.text for block in sheet.blocks] == ["出席：甲", "会议议定如下。"]
    assert sheet.attendance == (Attendance("出席", "乙、丙"), Attendance("请假", "丁"))
    notice = Paper.objects.for_page().get(pk=desk.at(PaperState.PRINTING, kind="notice").pk)
    notice.blocks = told
    assert len(printing.sheet_of(notice).blocks) == 4


@pytest.mark.parametrize(
    ("state", "there", "open_still"),
    [
        (PaperState.DRAFT, ("发文稿纸", "拟稿", "签发", "香洲区", "请各单位认真抓好落实。"), "年　　月　　日"),
        (PaperState.ISSUED, ("发文稿纸", "2022年3月15日", "号"), ""),
    ],
)
def test_the_slip_from_the_draft_to_the_record(desk, people, sign_in, state, there, open_still):
    paper = desk.at(state)
    answer = sign_in(people[Role.BUREAU_LEADER]).get(f"/documents/papers/{paper.pk}/slip.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    said = words(answer)
    for piece in there:
        assert piece in said
    assert "".join(open_still.split()) in said
    assert "未用印" not in said
    if state == PaperState.ISSUED:
        signings = slips.slip_of(Paper.objects.for_page().get(pk=paper.pk)).signings
        assert [(one.step, bool(one.name)) for one in signings] == [(s, True) for s in ("拟稿", "核稿", "签发", "复核")]
        assert sign_in(people[Role.DISTRICT_OFFICER]).get(f"/documents/papers/{paper.pk}/slip.pdf").status_code == 403
    link = f"/documents/papers/{paper.pk}/slip.pdf"
    assert link in sign_in(people[Role.BUREAU_OFFICER]).get(paper.get_absolute_url()).content.decode()


def test_a_returned_paper_forgets_who_checked_it(desk, people):
    paper = desk.at(PaperState.SIGNING)
    chain.give_back(paper, reason="请补充依据", actor=people[Role.BUREAU_LEADER], now=making.NOW)
    checked = slips.slip_of(Paper.objects.for_page().get(pk=paper.pk)).signings[1]
    assert (checked.step, checked.name, checked.opinion) == ("核稿", "", "")


def test_what_is_served_is_the_sealed_scan(desk, people, sign_in):
    paper = desk.at(PaperState.ISSUED)
    scan = attachments_of(paper, AttachmentKind.SEALED).get()
    client = sign_in(people[Role.DISTRICT_OFFICER])
    page = client.get(paper.get_absolute_url()).content.decode()
    assert page.index(scan.get_absolute_url()) < page.index(address(paper, "pdf"))
    assert "用印件（正式文本）" in page
    assert "<b>未用印，仅供参考</b>；以用印件为准" in page
    assert "slip.pdf" not in page
    assert client.get(scan.get_absolute_url()).content == making.PDF
    inner = desk.at(PaperState.ISSUED, kind="supervision", title="督办单")
    assert "未用印" not in client.get(inner.get_absolute_url()).content.decode()


def test_an_ended_paper_says_so_on_the_print_and_links_only_to_what_one_may_open(desk, people, sign_in):
    old = desk.at(PaperState.ISSUED, to=[desk.world.xiangzhou, desk.world.gaoxin])
    new = desk.at(PaperState.ISSUED, title="关于更正有关事项的通知", to=[desk.world.gaoxin])
    chain.end(old, "repeal", reason="附表有误", replaced_by=new, actor=people[Role.CLERK], now=making.NOW)
    clerk = sign_in(people[Role.CLERK])
    assert f"【已废止，以{new.number_text}为准】【未用印，仅供参考】" in words(clerk.get(address(old, "pdf")))
    assert f'href="{old.get_absolute_url()}"' in clerk.get(new.get_absolute_url()).content.decode()
    page = sign_in(people[Role.DISTRICT_OFFICER]).get(old.get_absolute_url()).content.decode()
    assert f"请以 {new.number_text}《关于更正有关事项的通知》为准" in page
    assert f'href="{new.get_absolute_url()}"' not in page


def test_what_cannot_be_set_leaves_the_paper_as_it_was(desk, people, sign_in, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path  # where nothing is kept

    def broken(order, **limits):
        raise RenderFault("排版程序没有在限定时间内完成，请稍后再试。")

    monkeypatch.setattr(press, "run", broken)
    paper = desk.draft()
    page = sign_in(people[Role.BUREAU_OFFICER]).get(address(paper, "pdf"), follow=True)
    assert "请稍后再试" in page.content.decode()
    assert Paper.objects.get(pk=paper.pk).state == PaperState.DRAFT


def test_a_wrong_file_is_taken_down_before_it_goes_out(desk, sign_in, django_capture_on_commit_callbacks):
    officer, clerk = ({"actor": desk.people[role], "now": making.NOW} for role in (Role.BUREAU_OFFICER, Role.CLERK))
    draft = desk.draft()
    annex = drafting.enclose(draft, data=making.PDF, filename="附件.pdf", note="", **officer)
    url = reverse("notices:paper_file_withdraw", args=[annex.pk])
    assert url in sign_in(desk.people[Role.BUREAU_OFFICER]).get(draft.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        drafting.take_down(annex, reason="误传", **officer)
    assert vault.read(annex.pk) == b""
    page = sign_in(desk.people[Role.CLERK]).get(draft.get_absolute_url()).content.decode()
    assert ("没有附件。" in page, annex.get_absolute_url() in page) == (True, False)
    printed = desk.at(PaperState.ISSUING)
    scan = chain.file_sealed(printed, data=making.PDF, filename="用印件.pdf", **clerk)
    answer = sign_in(desk.people[Role.CLERK]).post(
        reverse("notices:paper_file_withdraw", args=[scan.pk]), {"reason": "不是本文"}
    )
    assert (answer.status_code, printed.has_sealed_scan()) == (302, False)
    chain.file_sealed(printed, data=making.PDF, filename="用印件.pdf", **clerk)
    served = serving.issue(Paper.objects.get(pk=printed.pk), **clerk)
    with pytest.raises(DomainError, match="请撤销后重新印发"):
        chain.take_down_sealed(attachments_of(served).standing().get(), reason="不是本文", **clerk)
