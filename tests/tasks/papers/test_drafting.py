"""Papers of a period: drafted once by the portal from frozen figures, to those whom the rules allow; never sent."""

from datetime import date
from decimal import Decimal

import pytest

from tasks.kinds import NameVerdict
from tasks.models import NameLine, PaperPlan, PeriodPaper, PlanNarrative, ProgressReport, ReportingPeriod
from tasks.services import naming, papers
from tasks.services.opening import open_due
from tests import factories
from tests.tasks.closed import CLOSED, accepted, close
from tests.tasks.cycle import at
from tests.tasks.papers.reading import group_of, of, said, sent_to
from zhuzun.accounts.roles import Role
from zhuzun.documents.papers import text
from zhuzun.errors import DomainError, Refused
from zhuzun.notices.models import Message
from zhuzun.notices.papers.kinds import Standing
from zhuzun.notices.papers.services import chain, drafting
from zhuzun.organisations.kinds import Relation
from zhuzun.organisations.models import OrganisationRelation

MORNING = at(6, 8, 40)  # a Friday, the day after the due date


# --- on closing -------------------------------------------------------------------------------------------------------
def test_closing_brings_a_circular_and_a_report_once(closed):
    words = papers.draft_due(now=CLOSED)
    assert words.startswith("起草公文 2 件；市委农村工作领导小组关于2026年10月东西部协作工作进展情况的通报")
    assert papers.draft_due(now=CLOSED) == "起草公文 0 件"
    assert sorted(PeriodPaper.objects.values_list("kind", "by_itself")) == [("circular", True), ("report", True)]
    assert of("circular").drafted_by is None
    assert of("circular").drafter == "系统起草"


def test_what_is_not_planned_is_not_drafted(closed, plans):
    PaperPlan.objects.filter(kind="report").update(active=False)
    PaperPlan.objects.filter(kind="circular").update(since=date(2026, 11, 10))  # closed on the ninth
    assert papers.draft_due(now=CLOSED) == "起草公文 0 件"
    PaperPlan.objects.filter(kind="circular").update(since=date(2026, 11, 9))
    assert PeriodPaper.objects.count() == 0
    papers.draft_due(now=CLOSED)
    assert [row.kind for row in PeriodPaper.objects.all()] == ["circular"]


def test_the_second_worker_gives_up_its_draft(closed, plans, monkeypatch):
    papers.draft_due(now=CLOSED)
    before = PeriodPaper.objects.get(kind="circular").paper_id
    # It looked before the first one had committed.
    assert papers._once(plans["circular"], closed.period.__class__.objects.get(pk=closed.period.pk), CLOSED) is None
    assert PeriodPaper.objects.get(kind="circular").paper_id == before
    assert PeriodPaper.objects.count() == 2
    assert type(of("circular")).objects.count() == 2


def test_the_officers_are_told(closed):
    papers.draft_due(now=CLOSED)
    told = Message.objects.filter(title__startswith="系统已起草").order_by("pk")
    assert [row.link for row in told] == [of("circular").get_absolute_url(), of("report").get_absolute_url()]


def test_the_text_says_figures_missing_bodies_and_where_they_are_from(closed):
    papers.draft_due(now=CLOSED)
    words = said(of("circular"))
    assert "现将2026年10月东西部协作工作进展情况通报如下。" in words
    assert "截至2026年10月底，各领域工作进展情况如下。" in words
    assert "财政援助资金到位24.00万元（另有缺报1项）" in words
    assert "以上数据为2026年10月定稿数（第1版），其中缺报6项，缺报的不计入汇总，也不计为零。" in words
    assert "各区年度目标尚未下达，本期不作进度比较。" in words
    assert "2026年10月应报送进展情况的区和市直单位2家，按时报送1家，截至2026年11月9日尚未报送1家。" in words
    assert "特此通报。" in words.splitlines()[-1]


def test_no_late_body_is_named_by_the_machine(closed):
    papers.draft_due(now=CLOSED)
    paper = of("circular")
    assert "高新区" not in said(paper).split("报送情况")[1]
    assert [item["words"] for item in group_of(paper, "missing")["items"]] == ["高新区"]


def test_a_draft_never_changes_when_data_do(closed, people):
    papers.draft_due(now=CLOSED)
    before = of("circular").blocks
    cell = closed.cell(closed.money, closed.world.zhengan)
    type(cell).objects.filter(pk=cell.pk).update(value=Decimal(99))
    assert of("circular").blocks == before
    assert of("circular").snapshot["version"] == 1
    assert of("circular").snapshot["basis"].startswith("2026年10月定稿数（第1版），校验值 ")


def test_the_report_goes_up_with_its_tables(closed):
    papers.draft_due(now=CLOSED)
    paper = of("report")
    titles = [one["title"] for one in paper.annexes]
    assert titles[0] == "2026年10月东西部协作工作进展分任务领域汇总表"
    assert len(titles) == 3
    by_county = text.from_json(paper.annexes[1]["blocks"])[0]
    assert by_county.head[0] == ("指标", "单位", "正安县", "务川县", "道真县", "合计", "备注")
    money = next(row for row in by_county.rows if row[0] == "财政援助资金到位")
    assert money == ("财政援助资金到位", "万元", "12.00", "12.00", "缺报", "24.00", "缺报1项")
    assert by_county.rows[0] == ("一、组织领导和资金投入", *[""] * 6)


def test_districts_are_addressed_and_hengqin_gets_a_copy(closed):
    relation = OrganisationRelation.objects.get(organisation=closed.world.gaoxin)
    relation.relation = Relation.SEPARATE  # as 横琴
    relation.save()
    papers.draft_due(now=CLOSED)
    paper = of("circular")
    assert sent_to(paper) == {"xiangzhou": "main", "gaoxin": "copy"}
    assert paper.addressed_to == "各有关区（功能区）党（工）委、人民政府（管委会）"  # no municipal unit reports monthly


def test_a_separate_body_is_never_proposed_as_late(october, people):
    ProgressReport.objects.filter(filer=october.world.gaoxin).update(relation=Relation.SEPARATE)
    accepted(october.report(october.world.xiangzhou), people)
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    assert group_of(of("circular"), "missing")["items"] == []


# --- against target and course ----------------------------------------------------------------------------------------
def test_districts_stand_against_target_and_course(october, aims, people, gaoxin):
    accepted(october.report(october.world.xiangzhou), people)
    accepted(october.report(october.world.gaoxin), people, by=gaoxin)
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    words = said(of("circular"))
    assert "财政援助资金到位\t83.33\t100.00\t50.00" in words
    assert "香洲区：1项指标达到或快于进度要求。" in words
    assert "高新区：财政援助资金到位慢于进度要求。" in words
    assert "排名" not in words


def test_ranking_is_the_leaders_word(october, aims, people, plans, gaoxin):
    with pytest.raises(Refused):
        papers.rank(plans["circular"], ranked=True, actor=people[Role.BUREAU_OFFICER], now=MORNING)
    papers.rank(plans["circular"], ranked=True, actor=people[Role.BUREAU_LEADER], now=MORNING)
    with pytest.raises(DomainError, match="只有通报可以排名"):
        papers.rank(plans["report"], ranked=True, actor=people[Role.BUREAU_LEADER], now=MORNING)
    accepted(october.report(october.world.xiangzhou), people)
    accepted(october.report(october.world.gaoxin), people, by=gaoxin)
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    words = said(of("circular"))
    assert "排名：第1名香洲区（100.00%），第2名高新区（50.00%）。" in words
    assert words.count("排名") == 1


# --- ticks ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def drafted(closed):
    naming.draw_up(closed.period, ProgressReport.objects.filter(filer=closed.world.gaoxin), now=CLOSED)
    papers.draft_due(now=CLOSED)
    return of("circular")


def tick(paper, officer, **chosen):
    return drafting.choose(type(paper).objects.get(pk=paper.pk), chosen=chosen, annexes=[], actor=officer, now=CLOSED)


def test_a_name_is_ticked_only_after_the_leader_confirmed_it(drafted, officer, people):
    key = group_of(drafted, "missing")["items"][0]["key"]
    with pytest.raises(DomainError, match="市局领导尚未确定是否列入"):
        tick(drafted, officer, missing=[key])
    line = NameLine.objects.get()
    naming.decide(line, verdict=NameVerdict.NAMED, actor=people[Role.BUREAU_LEADER], now=CLOSED)
    paper = tick(drafted, officer, missing=[key])
    assert "截至2026年11月9日尚未报送的单位有：高新区。" in said(paper)
    paper = tick(paper, officer)
    assert "高新区" not in said(paper).split("报送情况")[1]


def test_a_spared_body_is_never_ticked(drafted, officer, people):
    leader = people[Role.BUREAU_LEADER]
    naming.decide(NameLine.objects.get(), verdict=NameVerdict.SPARED, reason="台风停工", actor=leader, now=CLOSED)
    key = group_of(drafted, "missing")["items"][0]["key"]
    with pytest.raises(DomainError, match="市局领导已确定不列入"):
        tick(drafted, officer, missing=[key])


def test_a_ticked_problem_gets_its_heading_in_its_place_and_loses_it_again(drafted, officer):
    assert "存在问题" not in said(drafted)
    paper = tick(drafted, officer, problems=["lacking"])
    lines = said(paper).splitlines()
    place = next(number for number, line in enumerate(lines) if line.endswith("、存在问题"))
    assert lines[place - 1].startswith("2026年10月应报送")  # after 报送情况
    assert lines[place + 1].startswith("部分数据尚不完整，汇总数据中有")
    assert lines[place + 2].endswith("、下一步报送安排")
    assert said(tick(paper, officer)) == said(drafted)


def test_what_was_typed_by_hand_stays(drafted, officer):
    blocks = [
        *text.from_json(drafted.blocks)[:-1],
        text.Paragraph("请各区认真总结。"),
        text.from_json(drafted.blocks)[-1],
    ]
    drafting.write(drafted, blocks=blocks, actor=officer, now=CLOSED)
    paper = tick(drafted, officer, problems=["lacking"])
    assert "请各区认真总结。" in said(paper)
    changed = [
        text.Paragraph("已改过。") if "部分数据" in getattr(b, "text", "") else b for b in text.from_json(paper.blocks)
    ]
    drafting.write(paper, blocks=changed, actor=officer, now=CLOSED)
    with pytest.raises(DomainError, match="在正文中已修改或删除"):
        tick(paper, officer)


def test_a_draft_that_is_on_its_way_is_not_ticked_any_more(drafted, officer, people):
    chain.submit(drafted, actor=officer, now=CLOSED)
    with pytest.raises(DomainError, match="不能修改"):
        tick(drafted, officer, problems=["lacking"])


def test_who_takes_it_up_is_its_drafter_and_does_not_sign_it(drafted, officer):
    paper = tick(drafted, officer, problems=["lacking"])
    assert paper.drafted_by == officer
    assert paper.drafted_by_him(officer)


def test_who_passes_it_on_as_it_is_is_its_drafter(drafted, officer):
    assert chain.submit(drafted, actor=officer, now=CLOSED).drafted_by == officer


def test_annexes_are_left_out_when_unticked(closed, officer):
    papers.draft_due(now=CLOSED)
    paper = drafting.choose(of("report"), chosen={}, annexes=[0, 2], actor=officer, now=CLOSED)
    assert [one["title"][-5:] for one in paper.printed_annexes] == ["领域汇总表", "区）汇总表"]
    assert len(paper.annex_titles) == 2


# --- quotations -------------------------------------------------------------------------------------------------------
def test_good_practice_is_quoted_with_its_source_from_accepted_reports_only(october, people, world):
    area = october.money.area or _area()
    PlanNarrative.objects.create(plan=october.district_plan, title="劳务协作情况", area=area, max_chars=300, position=9)
    october = _reopened(october)
    report = accepted(october.report(world.xiangzhou), people)
    section = report.sections.get(narrative__area=area)
    section.text.practice = "组织专场招聘会三场，逐户走访摸底，已有一百余人到岗。"
    section.text.save()
    close(october.period, people)
    papers.draft_due(now=CLOSED.replace(month=12, day=9))
    paper = PeriodPaper.objects.get(period=october.period, kind="circular").paper
    quoted = [one for one in text.from_json(paper.blocks) if isinstance(one, text.Quotation)]
    assert [(one.text, one.source) for one in quoted] == [
        (
            "组织专场招聘会三场，逐户走访摸底，已有一百余人到岗。",
            f"香洲区2026年11月进展报告，{area.name}“主要做法”",
        )
    ]


def _area():
    return factories.policy().areas[0]


def _reopened(october):
    """November, whose form has the text."""
    open_due(now=at(1, 1, month=12))
    october.period = ReportingPeriod.objects.get(label="2026年11月")
    return october


# --- after a due date -------------------------------------------------------------------------------------------------
def test_one_reminder_after_the_due_date_to_those_that_may_be_chased(october):
    assert papers.draft_due(now=at(5, 8, 40)) == "起草公文 0 件"  # the due date itself
    assert papers.draft_due(now=MORNING) == "起草公文 1 件；关于尽快报送2026年10月进展报告的提醒"
    paper = of("reminder")
    names = [row.organisation.name_on(MORNING.date()) for row in paper.recipients.select_related("organisation")]
    assert set(names) >= {"香洲区乡村振兴部门", "高新区乡村振兴部门"}
    assert said(paper).splitlines() == [
        "2026年10月进展报告应于2026年11月5日前报送。截至2026年11月6日，你单位尚未报送。",
        "请于2026年11月10日前登录珠海—遵义东西部协作工作平台报送。"
        "确有困难的，请说明目前进展和预计报送日期，并与我局联系。",
    ]
    assert papers.draft_due(now=at(9, 8, 40)) == "起草公文 0 件"


def test_no_reminder_on_a_free_day_nor_to_whom_it_is_not_sent(october, people):
    ProgressReport.objects.exclude(filer=october.world.gaoxin).update(excused=True, excuse_reason="停报")
    ProgressReport.objects.filter(filer=october.world.gaoxin).update(relation=Relation.SEPARATE)
    assert papers.draft_due(now=MORNING) == "起草公文 0 件"
    ProgressReport.objects.filter(filer=october.world.gaoxin).update(
        relation=Relation.LOWER, extended_to=date(2026, 11, 12)
    )
    assert papers.draft_due(now=MORNING) == "起草公文 0 件"
    assert papers.draft_due(now=at(14, 8, 40)) == "起草公文 0 件"  # a Saturday
    assert papers.draft_due(now=at(16, 8, 40)).startswith("起草公文 1 件")


def test_nobody_missing_no_reminder(october, people, officer):
    ProgressReport.objects.update(excused=True, excuse_reason="停报")
    assert papers.draft_due(now=MORNING) == "起草公文 0 件"
    with pytest.raises(DomainError, match="没有可以催报的单位"):
        papers.draft_by_hand(october.period, kind="reminder", actor=officer, now=MORNING)


def test_a_letter_only_when_the_bureau_asks(october, offices, officer):
    paper = papers.chase_by_paper(
        october.period, kind="notice", identity=offices[Standing.BUREAU], actor=officer, now=MORNING
    )
    assert paper.title == "市乡村振兴局关于尽快报送2026年10月进展报告的通知"
    assert said(paper).endswith("特此通知。")
    assert paper.drafted_by == officer
    assert not PeriodPaper.objects.exists()


# --- by hand, and arranging -------------------------------------------------------------------------------------------
def test_a_circular_waits_for_the_frozen_figures(october, officer):
    with pytest.raises(DomainError, match="审定定稿后才能起草"):
        papers.draft_by_hand(october.period, kind="circular", actor=officer, now=MORNING)


def test_by_hand_as_often_as_asked(closed, officer, people):
    papers.draft_due(now=CLOSED)
    period = type(closed.period).objects.get(pk=closed.period.pk)
    papers.draft_by_hand(period, kind="circular", actor=officer, now=CLOSED)
    assert PeriodPaper.objects.filter(kind="circular").count() == 2
    with pytest.raises(Refused):
        papers.draft_by_hand(period, kind="circular", actor=people[Role.DISTRICT_OFFICER], now=CLOSED)


def test_switching_on_begins_today(plans, offices, officer, people):
    plan = plans["report"]
    papers.arrange(plan, identity=plan.identity, active=False, actor=officer, now=MORNING)
    plan = papers.arrange(plan, identity=offices[Standing.OFFICE], active=True, actor=officer, now=CLOSED)
    assert (plan.active, plan.since, plan.identity) == (True, date(2026, 11, 9), offices[Standing.OFFICE])
    with pytest.raises(Refused):
        papers.arrange(plan, identity=plan.identity, active=False, actor=people[Role.BUREAU_LEADER], now=CLOSED)
