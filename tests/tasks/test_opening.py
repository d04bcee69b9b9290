"""Periods open by themselves, once, in order, also after weeks of outage; changing a plan changes no opened period."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tasks.jobs import open_periods
from tasks.kinds import CellState, EntryMode, FilerRule, PlaceRule, PlanState, ReportState
from tasks.models import Entry, PeriodForm, PlanItem, ProgressReport, ReportingPeriod, ReportPart
from tasks.services.opening import open_due
from tests import factories
from tests.tasks import cycle
from tests.tasks.cycle import at
from zhuzun.audit.models import Event
from zhuzun.organisations.kinds import OrganisationKind, Relation


@pytest.fixture
def october(opened_month):
    return opened_month


def labels():
    return list(ReportingPeriod.objects.order_by("end", "kind").values_list("label", flat=True))


def test_a_month_opens_on_the_first_day_after_it(world):
    cycle.set_up(world)
    assert str(open_due(now=cycle.at(31, 23, 59, month=10))) == "开启报告期 0 个"
    assert str(open_due(now=cycle.OPENED)) == "开启报告期 2026年10月，报表 4 份"


def test_each_body_owes_its_report_with_the_figures_of_which_it_is_the_source(october):
    world = october.world
    report = october.report(world.xiangzhou)
    assert report.title == "香洲区2026年10月进展报告"
    assert report.state == ReportState.NOT_STARTED
    assert (report.due_on, report.soon_on) == (date(2026, 11, 5), date(2026, 11, 3))
    assert report.relation == Relation.LOWER
    cells = Entry.objects.filter(section__report=report).values_list("place__code", "indicator__code", "channel")
    assert sorted(cells) == [
        ("wuchuan", "T-FUND01", ""),
        ("wuchuan", "T-TAL02", "区选派"),
        ("zhengan", "T-FUND01", ""),
        ("zhengan", "T-TAL02", "区选派"),
    ]
    assert set(Entry.objects.values_list("state", flat=True)) == {CellState.MISSING}
    assert [one.title for one in report.sections.order_by("position")] == ["正安县", "务川县", "工作动态"]


def test_a_team_files_for_its_own_county_only(october):
    report = october.report(october.world.daozhen_team)
    assert set(report.sections.values_list("place__code", flat=True)) == {"daozhen"}
    assert {body.code for body in report.readers.all()} == {"daozhen", "gaoxin"}


def test_what_nobody_files_here_is_not_asked(october):
    """市教育局's row belongs to its own plan, which does not run."""
    assert not Entry.objects.filter(channel="市教育局选派").exists()


def test_a_second_run_and_a_second_scheduler_change_nothing(october):
    counts = [model.objects.count() for model in (ReportingPeriod, PeriodForm, ProgressReport, Entry, Event)]
    assert str(open_due(now=cycle.OPENED)) == "开启报告期 0 个"
    assert str(open_due(now=at(30, month=11))) == "开启报告期 0 个"
    assert counts == [model.objects.count() for model in (ReportingPeriod, PeriodForm, ProgressReport, Entry, Event)]


def test_weeks_of_outage_are_caught_up_in_order(world):
    cycle.set_up(world)
    assert str(open_due(now=at(3, month=2, year=2027))).startswith(
        "开启报告期 2026年10月、2026年11月、2026年12月、2027年1月"
    )
    assert ProgressReport.objects.filter(filer=world.xiangzhou).count() == 4


def test_merged_and_skipped_months(world):
    rows = [[1, 2], *([month] for month in range(3, 12))]
    cycle.set_up(world, span_groups=rows, starts_on=date(2026, 12, 1))
    open_due(now=at(2, month=4, year=2027))
    assert labels() == ["2027年1—2月", "2027年3月"]


def test_a_plan_owes_nothing_before_its_first_period(world):
    cycle.set_up(world, starts_on=date(2026, 10, 2))
    open_due(now=at(2, month=12))
    assert labels() == ["2026年11月"]


def test_a_plan_that_is_not_switched_on_opens_nothing(world):
    cycle.set_up(world, state=PlanState.DRAFT)
    assert str(open_due(now=at(2, month=12))) == "开启报告期 0 个"


def test_quarter_and_month_due_on_the_same_day_are_one_report(world):
    cycle.set_up(world, starts_on=date(2026, 9, 1))
    quarter = cycle.plan("t-quarter", "区季度情况", world.districts, kind="quarter", starts_on=date(2026, 7, 1))
    visits = factories.indicator("T-ORG01", "调研对接", family="ORG", unit="次")
    cycle.ask(quarter, visits)
    cycle.source(visits, FilerRule.DISTRICT)
    open_due(now=at(1, month=10))
    assert labels() == ["2026年9月", "2026年第三季度"]
    report = ProgressReport.objects.get(filer=world.xiangzhou)
    assert [str(part.form.period) for part in report.parts.order_by("form")] == ["2026年9月", "2026年第三季度"]
    assert report.title == "香洲区2026年9月进展报告"
    assert report.due_on == date(2026, 10, 8)  # the fifth lies in the holidays
    assert Entry.objects.get(indicator=visits, place=world.wuchuan).period.label == "2026年第三季度"


def test_a_unit_files_for_all_counties_and_for_the_city_apart(world):
    cycle.set_up(world)
    unit = cycle.plan("t-unit", "市直单位季报", world.education, kind="month")
    pupils = factories.indicator("T-LAB10", "招收学生")
    cycle.ask(unit, pupils)
    cycle.source(pupils, FilerRule.BODY, body=world.education, places=PlaceRule.BOTH)
    open_due(now=cycle.OPENED)
    report = ProgressReport.objects.get(filer=world.education)
    titles = [one.title for one in report.sections.filter(kind="figures").order_by("position")]
    assert titles == ["正安县", "务川县", "道真县", "市级（不分县）"]


def test_a_body_without_figures_is_excused_where_the_plan_says_so(world):
    cycle.set_up(world)
    party = factories.organisation(OrganisationKind.PARTY_UNIT, "市委网信办", parent=world.zhuhai)
    unit = cycle.plan("t-unit", "市直单位季报", party, excused_kinds=["party_unit"])
    unit.narratives.create(title="工作情况")
    open_due(now=cycle.OPENED)
    report = ProgressReport.objects.get(filer=party)
    assert report.excused
    assert report.excuse_reason == "本期没有数据报送任务，按报送安排免报"


def test_the_bureaus_own_report_wants_no_signature_of_a_leader_first(world):
    cycle.set_up(world)
    unit = cycle.plan("t-own", "本局月报", world.bureau)
    unit.narratives.create(title="工作情况")
    open_due(now=cycle.OPENED)
    report = ProgressReport.objects.get(filer=world.bureau)
    assert (report.sign_off_wanted, report.head_review) == (False, False)


def test_changing_a_plan_never_changes_an_opened_period(october):
    plan = october.district_plan
    PlanItem.objects.filter(plan=plan).delete()
    plan.due_day = 20
    plan.save()
    form = PeriodForm.objects.get(plan=plan)
    assert form.due_on == date(2026, 11, 5)
    assert form.items.count() == 2


def test_an_indicator_renamed_later_keeps_its_words_in_the_period(october):
    october.money.name = "另一个名称"
    october.money.save()
    assert october.cell(october.money, october.world.zhengan).item.name == "财政援助资金到位"


def test_one_figure_has_one_source_in_the_database(october):
    cell = october.cell(october.jobs, october.world.zhengan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            section=october.report(october.world.xiangzhou).sections.first(),
            item=cell.item,
            period=cell.period,
            indicator=cell.indicator,
            place=cell.place,
        )


def test_a_figure_asked_by_two_plans_is_asked_once(world):
    cycle.set_up(world)
    extra = cycle.plan("t-extra", "临时", world.districts, due_day=9)
    cycle.ask(extra, Entry._meta.get_field("indicator").related_model.objects.get(code="T-FUND01"))
    open_due(now=cycle.OPENED)
    assert Entry.objects.filter(indicator__code="T-FUND01").count() == 3


def test_an_act_cut_short_leaves_a_whole_period_or_none(world, monkeypatch):
    from tasks.services import opening

    cycle.set_up(world)
    calls = []

    def fail_at_second(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return original(*args, **kwargs)

    original = opening.open_report
    monkeypatch.setattr(opening, "open_report", fail_at_second)
    with pytest.raises(KeyboardInterrupt):
        open_due(now=cycle.OPENED)
    assert (ReportingPeriod.objects.count(), ReportPart.objects.count()) == (0, 0)
    monkeypatch.undo()
    assert str(open_due(now=cycle.OPENED)) == "开启报告期 2026年10月，报表 4 份"


def test_the_job_tells_in_chinese(world):
    cycle.set_up(world)
    assert open_periods.body(cycle.OPENED) == "开启报告期 2026年10月，报表 4 份"


def test_a_stock_keeps_its_mode(october):
    assert october.cell(october.teachers, october.world.zhengan, "区选派").item.mode == EntryMode.STOCK
