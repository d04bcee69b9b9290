"""The starter configuration: plans laid ready and switched off, each figure with one source, the year's load."""

from collections import Counter
from datetime import date

import pytest

from tasks.kinds import FilerRule, PlanState
from tasks.models import Entry, FigureSource, PlanItem, ProgressReport, ReportingPeriod, ReportPlan
from tasks.services.opening import open_due
from tests.tasks.cycle import at

pytestmark = pytest.mark.usefixtures("whole_policy")

# office-practice.md, «Who files what»: figure → (rule, channel, body) of each row, and how often the county checks
TABLE = {
    "FUND01": ([("district", "", "")], "quarter"),
    "FUND03-拨付": ([("team", "", "")], "quarter"),
    "FUND04-支出": ([("team", "", "")], "quarter"),
    "LAB01": ([("team", "", "")], "quarter"),
    "TAL01-东→西": ([("district", "区选派", ""), ("body", "市委组织部选派", "zh-zuzhi")], "quarter"),
    "IND02": ([("district", "", "")], "quarter"),
    "CON01-采购": (
        [
            ("district", "区级渠道", ""),
            ("body", "市供销社渠道", "zh-gongxiao"),
            ("body", "市农控集团渠道", "zh-nongkong"),
            ("body", "市商务局渠道", "zh-shangwu"),
        ],
        "year",
    ),
    "SOC02": (
        [
            ("district", "区级动员", ""),
            ("body", "市工商联渠道", "zh-gongshanglian"),
            ("body", "团市委渠道", "zh-tuanwei"),
        ],
        "quarter",
    ),
    "LAB10-职校": ([("body", "", "zh-jiaoyu")], ""),
    "LAB10-技校": ([("body", "", "zh-renshe")], ""),
    "REF01": ([("body", "", "zh-zhengshu")], ""),
}


@pytest.mark.parametrize("code", TABLE)
def test_who_files_what(code):
    rows = FigureSource.objects.filter(indicator__code=code).select_related("body").order_by("position")
    wanted, check = TABLE[code]
    assert [(row.rule, row.channel, row.body.code if row.body else "") for row in rows] == wanted
    assert {row.check_every for row in rows} == {check}


def test_nothing_is_switched_on():
    assert set(ReportPlan.objects.values_list("state", flat=True)) == {PlanState.DRAFT}
    assert str(open_due(now=at(1, year=2027))) == "开启报告期 0 个"


def test_every_figure_asked_has_a_source_among_those_who_owe():
    asked = set(PlanItem.objects.values_list("indicator__code", flat=True))
    assert asked == set(FigureSource.objects.values_list("indicator__code", flat=True))


def test_nobody_computes_by_hand():
    assert not PlanItem.objects.filter(indicator__source="computed").exists()


@pytest.fixture
def year(whole_policy):
    """All plans switched on for 2026 and its periods opened."""
    ReportPlan.objects.update(state=PlanState.ACTIVE, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    open_due(now=at(2, month=1, year=2027))


def periods():
    labels = list(ReportingPeriod.objects.order_by("end", "-start").values_list("label", flat=True))
    assert labels == [
        "2026年1—2月",
        "2026年3月",
        "2026年第一季度",
        "2026年4月",
        "2026年5月",
        "2026年6月",
        "2026年第二季度",
        "2026年7月",
        "2026年8月",
        "2026年9月",
        "2026年第三季度",
        "2026年10月",
        "2026年11月",
        "2026年1—11月",
        "2026年12月",
        "2026年第四季度",
        "2026年",
    ]


def the_load_of_each_body():
    """Eleven months (the quarters ride in them) and the year; a unit three quarters, the text and the figures."""
    load = Counter(ProgressReport.objects.filter(excused=False).values_list("filer__code", flat=True))
    assert {load[f"zh-{name}"] for name in ("xiangzhou", "jinwan", "doumen", "gaoxin", "hengqin")} == {12}
    assert load["zh-gongzuozu-daozhen"] == 12
    assert load["zh-gongxiao"] == 5
    assert load["zh-minzheng"] == 4  # it owns no figure
    assert load["zh-zuzhi"] == 4
    assert load["zh-wangxin"] == 0


def one_source_for_each_figure_and_place():
    cells = Entry.objects.filter(period__label="2026年9月", indicator__code="FUND01")
    assert cells.count() == 8
    filers = dict(cells.values_list("place__code", "section__report__filer__code"))
    assert filers["zy-zhengan"] == "zh-hengqin"
    assert filers["zy-daozhen"] == "zh-gaoxin"
    sources = FigureSource.objects.filter(rule=FilerRule.TEAM, indicator__code="LAB01").count()
    assert sources == 1


def every_figure_is_asked_to_the_years_end():
    """Else the year's total would lack what a unit reports by quarters (缺报) and could never be whole."""
    # In no order: the usual one joins four tables, for which PostgreSQL takes minutes without statistics.
    asked = set(Entry.objects.order_by().filter(period__last=12).values_list("indicator__code", "channel"))
    assert asked == set(FigureSource.objects.values_list("indicator__code", "channel"))
    report = ProgressReport.objects.get(filer__code="zh-jiaoyu", period__label="2026年第四季度")
    assert [str(part.form.period) for part in report.parts.order_by("pk")] == ["2026年第四季度", "2026年"]
    assert report.due_on == date(2027, 1, 11)  # the 10th is a Sunday


def a_district_files_for_its_own_counties_only():
    report = ProgressReport.objects.get(filer__code="zh-xiangzhou", period__label="2026年10月")
    places = set(report.sections.filter(kind="figures").values_list("place__code", flat=True))
    assert places == {"zy-fenggang", "zy-wuchuan"}


def due_days_follow_the_chinese_calendar():
    due = dict(ProgressReport.objects.filter(filer__code="zh-gaoxin").values_list("period__label", "due_on"))
    assert due["2026年9月"] == date(2026, 10, 8)  # 国庆
    assert due["2026年4月"] == date(2026, 5, 6)  # 劳动节
    assert due["2026年10月"] == date(2026, 11, 5)
    assert due["2026年1—11月"] == date(2026, 12, 18)  # the 20th is a Sunday: brought forward


@pytest.mark.usefixtures("year")
def test_one_year():
    """Opening a year is dear: everything about it is looked at once."""
    periods()
    the_load_of_each_body()
    one_source_for_each_figure_and_place()
    every_figure_is_asked_to_the_years_end()
    a_district_files_for_its_own_counties_only()
    due_days_follow_the_chinese_calendar()
