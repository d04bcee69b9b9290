"""The filer's side of the chain: signed in the portal or on paper, filed, entered for another, recalled."""

from datetime import date

import pytest

from tasks import events, reading
from tasks.kinds import CellState, ReportState, RoundAct, SignOff
from tasks.models import Entry, PeriodForm, ProgressReport
from tasks.services import chain, filing
from tests.tasks import filed
from tests.tasks.cycle import FILING, at
from zhuzun.accounts.roles import Role
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attach
from zhuzun.errors import DomainError, Refused


@pytest.fixture
def october(opened_month):
    return opened_month


@pytest.fixture
def report(october, people):
    """香洲区's, filled by its officer."""
    return filed.fill(october.report(october.world.xiangzhou), by=people[Role.DISTRICT_OFFICER])


def test_signed_in_the_portal_it_leaves_the_body(report, people):
    sent = chain.send_to_sign(report, actor=people[Role.DISTRICT_OFFICER], now=FILING)
    assert sent.state == ReportState.SIGNING
    assert sent.filed_on is None
    signed = chain.sign(sent, actor=people[Role.DISTRICT_LEADER], now=at(5, 9))
    assert (signed.state, signed.signed_by) == (ReportState.REVIEW, SignOff.PORTAL)
    assert (signed.filed_on, signed.filed_at, signed.refiled_on) == (date(2026, 11, 5), at(5, 9), None)
    assert signed.review_due_on == date(2026, 11, 10)  # three working days of the bureau
    assert [row.act for row in signed.rounds.all()] == [RoundAct.TO_SIGN, RoundAct.FILE]
    assert len(signed.rounds.last().snapshot["cells"]) == signed.sections.filter(kind="figures").count() * 2


def test_the_leader_gives_back_with_words_and_the_officer_takes_back(report, people):
    officer, leader = people[Role.DISTRICT_OFFICER], people[Role.DISTRICT_LEADER]
    sent = chain.send_to_sign(report, actor=officer, now=FILING)
    with pytest.raises(DomainError, match="请写明退回的原因"):
        chain.give_back(sent, text=" ", actor=leader, now=FILING)
    back = chain.give_back(sent, text="金额请核对", actor=leader, now=FILING)
    assert back.state == ReportState.DRAFTING
    assert back.rounds.last().text == "金额请核对"
    again = chain.send_to_sign(back, actor=officer, now=FILING)
    assert chain.take_back(again, actor=officer, now=FILING).state == ReportState.DRAFTING


def test_on_paper_only_with_the_scan(report, people):
    officer = people[Role.DISTRICT_OFFICER]
    with pytest.raises(DomainError, match="请先上传本次报送的签章扫描件"):
        chain.sign_on_paper(report, actor=officer, now=FILING)
    wrong = chain.attach_sheet(report, data=filed.PDF, filename="错件.pdf", actor=officer, now=FILING)
    chain.withdraw_sheet(report, wrong, reason="传错", actor=officer, now=FILING)
    with pytest.raises(DomainError, match="请先上传"):
        chain.sign_on_paper(report, actor=officer, now=FILING)
    chain.attach_sheet(report, data=filed.PDF, filename="签章件.pdf", actor=officer, now=FILING)
    done = chain.sign_on_paper(report, actor=officer, now=at(4, 11))
    assert (done.state, done.signed_by, done.on_behalf) == (ReportState.REVIEW, SignOff.PAPER, False)
    with pytest.raises(DomainError, match="不能上传签章件"):
        chain.attach_sheet(done, data=filed.PDF, filename="签章件.pdf", actor=officer, now=at(4, 12))


def test_the_scan_is_of_what_is_filed(report, october, people):
    """What the leader signed on paper is what leaves the body; 代录 is typed after the paper, see below."""
    officer = people[Role.DISTRICT_OFFICER]
    chain.attach_sheet(report, data=filed.PDF, filename="签章件.pdf", actor=officer, now=at(4, 11))
    cell = reading.cells(report)[0]
    change = filing.Change(entry=cell.pk, version=cell.version, typed="77")
    filing.save_cells(report, [change], actor=officer, now=at(4, 12))
    reading.forget(report)
    with pytest.raises(DomainError, match="2026-11-04 12:00 又改了数据或文字"):
        chain.sign_on_paper(report, actor=officer, now=at(4, 13))
    again = filed.PDF + b"\n"  # a scan of its own; the old one once more is no new signature
    chain.attach_sheet(report, data=again, filename="签章件2.pdf", actor=officer, now=at(4, 14))
    assert chain.sign_on_paper(report, actor=officer, now=at(4, 15)).state == ReportState.REVIEW


def test_plain_filing_only_where_the_plan_wants_no_signature(report, people):
    officer = people[Role.DISTRICT_OFFICER]
    with pytest.raises(DomainError, match="须经分管领导审签"):
        chain.file(report, actor=officer, now=FILING)
    ProgressReport.objects.filter(pk=report.pk).update(sign_off_wanted=False)
    assert chain.file(report, actor=officer, now=FILING).signed_by == SignOff.NONE


def test_nothing_leaves_that_is_not_whole(report, people):
    Entry.objects.filter(section__report=report).update(state=CellState.MISSING, value=None)
    with pytest.raises(DomainError, match="项未填"):
        chain.send_to_sign(report, actor=people[Role.DISTRICT_OFFICER], now=FILING)
    assert not report.rounds.exists()


def test_evidence_where_the_plan_asks_for_it(report, people):
    officer = people[Role.DISTRICT_OFFICER]
    PeriodForm.objects.update(evidence=True)
    with pytest.raises(DomainError, match="须附佐证材料"):
        chain.send_to_sign(report, actor=officer, now=FILING)
    attach(filed.PDF, "台账.pdf", to=report, kind=AttachmentKind.EVIDENCE, actor=officer, now=FILING)
    assert chain.send_to_sign(report, actor=officer, now=FILING).state == ReportState.SIGNING


def test_entered_for_a_body_it_is_marked(report, people):
    bureau = people[Role.BUREAU_OFFICER]
    filed.sheet(report, by=bureau)
    done = chain.file_for(report, actor=bureau, now=at(4, 11))
    assert done.on_behalf
    assert done.rounds.last().on_behalf
    assert done.rounds.last().by == bureau
    with pytest.raises(Refused):
        chain.file_for(report, actor=people[Role.UNIT_OFFICER], now=FILING, seen=ReportState.REVIEW)


def test_ones_own_report_is_no_entry_for_another(october, people):
    member = people[Role.GROUP_MEMBER]
    own = filed.fill(october.report(october.world.zhengan_team), by=member)
    filed.sheet(own, by=member)
    with pytest.raises(DomainError, match="请直接填报报送"):
        chain.file_for(own, actor=member, now=FILING)


def test_a_recalled_first_filing_does_not_count(report, people):
    officer = people[Role.DISTRICT_OFFICER]
    filed.sheet(report, by=officer)
    done = chain.sign_on_paper(report, actor=officer, now=at(4, 11))
    back = chain.recall(done, text="漏填一项", actor=officer, now=at(4, 12))
    assert (back.state, back.filed_on, back.review_due_on) == (ReportState.DRAFTING, None, None)
    assert ProgressReport.objects.overdue(date(2026, 11, 6)).filter(pk=back.pk).exists()
    with pytest.raises(DomainError, match="请先上传"):  # the old scan is not of what is filed now
        chain.sign_on_paper(back, actor=officer, now=at(6))
    filed.sheet(back, by=officer, now=at(6), data=filed.PDF + b"%2\n")
    late = chain.sign_on_paper(back, actor=officer, now=at(6, 11))
    assert late.filed_on == date(2026, 11, 6)
    assert [row.act for row in late.rounds.all()] == [RoundAct.FILE, RoundAct.RECALL, RoundAct.FILE]


def test_the_listeners_hear_of_a_filing_and_can_undo_it(report, people, monkeypatch):
    officer, heard = people[Role.DISTRICT_OFFICER], []
    filed.sheet(report, by=officer)

    def refuse(report, *, actor, now):
        heard.append((report.pk, actor, now))
        raise DomainError("不行")

    monkeypatch.setattr(events, "filed", [refuse])
    with pytest.raises(DomainError, match="不行"):
        chain.sign_on_paper(report, actor=officer, now=at(4, 11))
    assert heard == [(report.pk, officer, at(4, 11))]
    report.refresh_from_db()
    assert report.state == ReportState.DRAFTING
    assert not report.rounds.exists()


def test_whoever_comes_second_reads_who_was_first(report, people):
    officer, leader = people[Role.DISTRICT_OFFICER], people[Role.DISTRICT_LEADER]
    sent = chain.send_to_sign(report, actor=officer, now=FILING)
    chain.sign(sent, actor=leader, now=FILING)
    with pytest.raises(DomainError, match=f"已被他人处理：{leader.name}.*审签并报送"):
        chain.give_back(sent, text="再改", actor=leader, now=FILING, seen=ReportState.SIGNING)
