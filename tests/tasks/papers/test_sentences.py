"""What a draft says where things are not as usual: nobody filed, 横琴 is late, a figure was corrected."""

from datetime import date

import pytest

from tasks.models import PaperPlan, PeriodForm, PeriodPaper, PlanNarrative, ProgressReport, ReportingPeriod, Target
from tasks.papers import figures, news
from tasks.services import corrections, papers
from tasks.services.opening import open_due
from tests import factories
from tests.tasks.closed import CLOSED, accepted, close
from tests.tasks.cycle import at
from tests.tasks.papers.reading import group_of, of, said, sent_to
from zhuzun.accounts.roles import Role
from zhuzun.documents.papers import text
from zhuzun.errors import DomainError
from zhuzun.notices.papers import waiting
from zhuzun.notices.papers.kinds import Standing
from zhuzun.notices.papers.services import drafting
from zhuzun.organisations.kinds import OrganisationKind, Relation

MORNING = at(6, 8, 40)
DECEMBER = CLOSED.replace(month=12, day=9)


def test_nobody_filed(october, people):
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    words = said(of("circular"))
    assert "各领域均没有计入汇总的数据。2026年10月定稿数（第1版）中缺报10项，缺报的不计入汇总，也不计为零。" in words
    assert "应报送进展情况的区和市直单位2家，截至2026年11月9日均尚未报送。" in words
    assert "方面本期没有汇总数据" not in words
    assert said(of("report")).endswith("特此报告。")


def test_a_separate_body_is_neither_named_nor_counted(october, people):
    """With a count of two and one name, everybody would know who the other is."""
    ProgressReport.objects.filter(filer=october.world.gaoxin).update(relation=Relation.SEPARATE)
    accepted(october.report(october.world.xiangzhou), people)
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    assert "2026年10月应报送进展情况的区和市直单位1家（不含高新区），按时报送。" in said(of("circular"))
    assert group_of(of("circular"), "missing")["items"] == []


def test_a_body_with_two_reports_counts_once(october, people):
    """As the worse of them stands: 香洲区 filed one of two in time."""
    accepted(october.report(october.world.xiangzhou), people)
    second = october.report(october.world.gaoxin)
    ProgressReport.objects.filter(pk=second.pk).update(filer=october.world.xiangzhou, sequence=7)
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    assert "区和市直单位1家，截至2026年11月9日尚未报送。" in said(of("circular"))


def test_filed_within_its_extension_counts_as_in_time(october, people):
    accepted(october.report(october.world.xiangzhou), people)
    row = ProgressReport.objects.filter(filer=october.world.xiangzhou)
    row.update(filed_on=date(2026, 11, 8), extended_to=date(2026, 11, 12))
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    assert "按时报送1家，截至" in said(of("circular"))
    assert group_of(of("circular"), "late")["items"] == []


def test_what_is_due_of_a_closed_period_is_no_next_step(october, people):
    """A period may be closed before its last day, when everybody has filed."""
    PeriodForm.objects.filter(period=october.period).update(due_on=date(2026, 11, 12))
    accepted(october.report(october.world.xiangzhou), people)
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    assert said(of("circular")).splitlines()[-2].endswith("下一步报送工作：2026年11月区月报于2026年12月7日前报送。")


def test_one_reports_emoji_keeps_no_paper_from_being_drafted(october, people, world):
    area = factories.policy().areas[0]
    PlanNarrative.objects.create(plan=october.district_plan, title="劳务协作情况", area=area, max_chars=300, position=9)
    open_due(now=at(1, 1, month=12))
    october.period = ReportingPeriod.objects.get(label="2026年11月")
    report = accepted(october.report(world.xiangzhou), people)
    section = report.sections.get(narrative__area=area)
    section.text.practice = "组织专场招聘会三场😀，逐户走访\a摸底，已有一百余人到岗。"
    section.text.save()
    close(october.period, people)
    assert papers.draft_due(now=DECEMBER).startswith("起草公文 3 件")  # and October's 催报提醒
    paper = PeriodPaper.objects.get(period=october.period, kind="circular").paper
    quoted = [one.text for one in text.from_json(paper.blocks) if isinstance(one, text.Quotation)]
    assert quoted == ["组织专场招聘会三场，逐户走访摸底，已有一百余人到岗。"]


def test_a_paper_that_cannot_be_drafted_keeps_no_other_from_it(closed, monkeypatch):
    whole = drafting.draft

    def draft(**facts):
        if facts["kind"] == "circular":
            raise DomainError("标题太长。")
        return whole(**facts)

    monkeypatch.setattr(papers.drafting, "draft", draft)
    assert papers.draft_due(now=CLOSED) == (
        "起草公文 1 件；市乡村振兴局关于2026年10月东西部协作工作进展情况的报告；2026年10月通报未能起草：标题太长。"
    )


def test_the_bureau_in_its_own_name_writes_to_the_districts_departments(closed, offices):
    """A department does not write to party committees and governments: they would be left with a copy."""
    PaperPlan.objects.filter(kind="circular").update(identity=offices[Standing.BUREAU])
    papers.draft_due(now=CLOSED)
    paper = of("circular")
    kinds = {row.organisation.kind for row in paper.recipients.select_related("organisation") if row.part == "main"}
    assert kinds == {OrganisationKind.DISTRICT_DEPARTMENT}
    assert "xiangzhou" not in sent_to(paper)
    assert paper.addressed_to == "各有关区（功能区）乡村振兴部门"


def test_units_that_report_are_addressed_with_the_districts(closed):
    ProgressReport.objects.filter(filer=closed.world.gaoxin).update(filer=closed.world.education, relation="equal")
    papers.draft_due(now=CLOSED)
    assert of("circular").addressed_to == "各有关区（功能区）党（工）委、人民政府（管委会），市直各相关单位"


# --- against the course -----------------------------------------------------------------------------------------------
class _Standing:
    def __init__(self, gap, expected, share):
        self.gap, self.expected, self.share = gap, expected, share
        self.aim = type("Aim", (), {"value": 44394})


@pytest.mark.parametrize(
    ("gap", "expected", "share", "words"),
    [
        (None, None, "85.00", ""),
        (0, 37734, "85.00", "达到进度要求"),
        (1, 37734, "85.01", "快于进度要求"),
        ("-775.28", "37734.90", "83.25", "慢于进度要求"),
        ("-1.97", "37734.90", "85.00", "略慢于进度要求（少1.97万元）"),  # 85.00% of it, and 85.00% is asked
    ],
)
def test_the_pace_never_contradicts_the_share_beside_it(gap, expected, share, words):
    from decimal import Decimal

    number = lambda one: None if one is None else Decimal(one)  # noqa: E731
    row = type("Row", (), {"decimals": 2, "unit": "万元"})
    assert figures.pace(_Standing(number(gap), number(expected), Decimal(share)), row) == words


def test_where_all_are_behind_it_says_so_and_what_has_no_target_is_said_of_the_ranking(october, aims, people, gaoxin):
    Target.objects.update(value=48)
    target = Target.objects.first()
    Target.objects.create(
        agreement=target.agreement, indicator=october.teachers, place=target.place, value=48, course="even"
    )
    PaperPlan.objects.filter(kind="circular").update(ranked=True)
    accepted(october.report(october.world.xiangzhou), people)
    accepted(october.report(october.world.gaoxin), people, by=gaoxin)
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    words = said(of("circular"))
    assert "香洲区：2项指标均慢于进度要求。" in words
    assert "高新区：财政援助资金到位慢于进度要求。" in words
    note = "平均完成比例（保留两位小数，没有数据或未设目标的指标不计）"
    assert f"{note}排名：第1名香洲区（50.00%），第2名高新区（25.00%）。" in words


def test_what_is_behind_the_citys_course_is_proposed_as_a_problem(october, aims, people, gaoxin):
    facts = {"agreement": Target.objects.first().agreement, "indicator": october.money, "place": october.world.zunyi}
    Target.objects.create(value=48, course="even", **facts)
    accepted(october.report(october.world.xiangzhou), people)
    accepted(october.report(october.world.gaoxin), people, by=gaoxin)
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    items = {one["key"]: one["words"] for one in group_of(of("circular"), "problems")["items"]}
    words = "财政援助资金到位完成年度目标的75.00%，比按进度应达的40.00万元少4.00万元。"
    assert items[f"behind-{october.money.code}"] == words
    assert words not in said(of("circular"))  # proposed, no more


def test_what_is_wanted_at_the_end_of_the_year_has_no_course_and_nobody_is_behind_it(october, aims, people):
    facts = {"agreement": Target.objects.first().agreement, "place": october.world.xiangzhou, "value": 100}
    Target.objects.create(indicator=october.teachers, course="year_end", **facts)
    accepted(october.report(october.world.xiangzhou), people)
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    words = said(of("circular"))
    assert "\t年末一次性\t" in words
    assert "香洲区：1项指标达到或快于进度要求。" in words


def test_districts_of_one_mean_share_a_place_and_it_says_so(october, aims, people, gaoxin):
    Target.objects.filter(place=october.world.gaoxin).update(value=12)
    PaperPlan.objects.filter(kind="circular").update(ranked=True)
    accepted(october.report(october.world.xiangzhou), people)
    accepted(october.report(october.world.gaoxin), people, by=gaoxin)
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    assert "排名：并列第1名香洲区、高新区（100.00%）。" in said(of("circular"))


def test_one_district_alone_is_not_ranked(october, aims, people):
    PaperPlan.objects.filter(kind="circular").update(ranked=True)
    accepted(october.report(october.world.xiangzhou), people)
    close(october.period, people)
    papers.draft_due(now=CLOSED)
    assert "排名" not in said(of("circular"))


# --- what changes afterwards ------------------------------------------------------------------------------------------
@pytest.fixture
def corrected(closed, people):
    """The papers are drafted; then 香洲区's money is corrected."""
    papers.draft_due(now=CLOSED)
    cell = closed.cell(closed.money, closed.world.zhengan)
    asked = corrections.ask(
        cell, typed="20", reason="补报一笔到账资金", actor=people[Role.DISTRICT_OFFICER], now=at(10)
    )
    signed = corrections.sign(asked, actor=people[Role.DISTRICT_LEADER], now=at(10))
    corrections.approve(signed, actor=people[Role.BUREAU_LEADER], now=at(11))
    return closed


def test_a_correction_changes_no_draft_and_whoever_reads_it_is_told(corrected, officer, sign_in, time_machine):
    time_machine.move_to(at(12), tick=False)
    old = of("circular")
    assert "财政援助资金到位24.00万元" in said(old)
    told = "2026年10月现行定稿数为第2版，含更正第1号，本稿用的是第1版；要用现行数的，请在报告期页面重新起草。"
    assert news.of(old, officer) == [told]
    client = sign_in(officer)
    assert told in client.get(old.get_absolute_url()).content.decode()
    new = papers.draft_by_hand(
        ReportingPeriod.objects.get(pk=corrected.period.pk), kind="circular", actor=officer, now=at(12)
    )
    assert "财政援助资金到位32.00万元" in said(new)
    assert "以上数据为2026年10月定稿数（第2版，含更正第1号）" in said(new)
    assert news.of(new, officer) == []
    assert "现行定稿数" not in client.get(new.get_absolute_url()).content.decode()


def test_renaming_a_body_or_changing_a_plan_changes_no_draft(closed):
    papers.draft_due(now=CLOSED)
    paper = of("report")
    before = (paper.blocks, paper.annexes, paper.snapshot)
    closed.world.xiangzhou.names.update(short="香洲新区", full="珠海市香洲新区")
    closed.district_plan.items.all().delete()
    type(closed.money).objects.filter(pk=closed.money.pk).update(name="资金", unit="元")
    paper = of("report")
    assert (paper.blocks, paper.annexes, paper.snapshot) == before


# --- who is to do what ------------------------------------------------------------------------------------------------
def test_a_draft_of_the_portal_waits_for_its_officers_until_one_takes_it_up(closed, people, officer):
    papers.draft_due(now=CLOSED)
    other = factories.person(Role.BUREAU_OFFICER, closed.world.bureau)
    counted = lambda: [waiting.count_waiting(one) for one in (officer, other, people[Role.BUREAU_HEAD])]  # noqa: E731
    assert counted() == [2, 2, 0]
    drafting.choose(of("circular"), chosen={"problems": ["lacking"]}, annexes=[], actor=officer, now=CLOSED)
    assert counted() == [2, 1, 0]


def test_a_periods_page_lists_the_chasing_paper_and_promises_only_what_will_come(
    october, offices, officer, sign_in, time_machine
):
    time_machine.move_to(at(9), tick=False)
    client, page = sign_in(officer), october.period.get_absolute_url()
    assert "催报提醒由系统自动起草" in client.get(page).content.decode()
    PaperPlan.objects.filter(kind="reminder").update(since=date(2026, 11, 9))  # switched on after the due day
    bureau = offices[Standing.BUREAU]
    paper = papers.chase_by_paper(october.period, kind="notice", identity=bureau, actor=officer, now=MORNING)
    shown = client.get(page).content.decode()
    assert "由系统自动起草" not in shown
    assert paper.title in shown
    assert paper.get_absolute_url() in shown


def test_of_several_due_days_each_body_is_told_to_mind_its_own(october):
    ProgressReport.objects.filter(filer=october.world.gaoxin).update(due_on=date(2026, 11, 4))
    papers.draft_due(now=MORNING)
    assert said(of("reminder")).startswith(
        "2026年10月进展报告应于2026年11月4日、2026年11月5日前报送（以各单位的截止日期为准）。"
    )
