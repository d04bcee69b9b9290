"""Figures of one county by different bodies that do not fit: told to both once they left the other, and never a bar."""

import pytest

from tasks import crossing, waiting
from tasks.kinds import ReportState
from tasks.models import ProgressReport
from tasks.services import review
from tasks.services.filing import Change, save_cells
from tasks.services.opening import open_due
from tests import factories
from tests.tasks import cycle
from tests.tasks.cycle import FILING
from zhuzun.accounts.roles import Role
from zhuzun.periods.services import current_calendar


@pytest.fixture
def both(world, people):
    """到位 by the district, 拨付 by the county team: 100 and 120."""
    seed = cycle.set_up(world)
    arrived = factories.indicator("FUND01", "财政援助资金到位", family="FUND", unit="万元", decimals=2)
    paid = factories.indicator("FUND03-拨付", "资金拨付金额", family="FUND", unit="万元", decimals=2)
    cycle.ask(seed[0], arrived)
    cycle.ask(seed[1], paid)
    cycle.source(arrived, "district")
    cycle.source(paid, "team")
    open_due(now=cycle.OPENED)
    reports = []
    for body, role, figure, value in (
        (world.xiangzhou, Role.DISTRICT_OFFICER, arrived, "100"),
        (world.zhengan_team, Role.GROUP_MEMBER, paid, "120"),
    ):
        report = ProgressReport.objects.get(filer=body)
        entry = figure.entries.get(place=world.zhengan)
        save_cells(report, [Change(entry.pk, 0, value)], actor=people[role], now=FILING)
        reports.append(report)
    return reports


def file(report):
    ProgressReport.objects.filter(pk=report.pk).update(
        state=ReportState.REVIEW, filed_on=FILING.date(), filed_at=FILING
    )


def test_a_draft_is_nobody_elses_business(both):
    assert [crossing.conflicts(report) for report in both] == [[], []]


def test_both_are_told_once_it_was_filed_and_nothing_is_stopped(both):
    district, team = both
    file(district)
    assert [one.text for one in crossing.conflicts(team)] == [
        "正安县 · 资金拨付金额：120 万元大于“财政援助资金到位”的 100 万元（香洲区填报），请与对方核对；不影响报送。"
    ]
    file(team)
    (told,) = crossing.conflicts(district)
    assert "100 万元小于“资金拨付金额”的 120 万元（工作组正安县小组填报）" in told.text
    assert team.hard_errors() == []


def test_figures_that_fit_are_passed_over(both, people):
    district, team = both
    entry = team.sections.get().entries.get(indicator__code="FUND03-拨付")
    save_cells(team, [Change(entry.pk, 1, "100")], actor=people[Role.GROUP_MEMBER], now=FILING)
    file(district)
    assert crossing.conflicts(team) == []


def test_the_bureau_is_warned_and_neither_goes_through_with_others(both, people):
    for report in both:
        file(report)
    officer = people[Role.BUREAU_OFFICER]
    rows = waiting.review_rows(officer, FILING.date(), current_calendar())
    assert {row.report.pk: (row.warnings, row.hindrance) for row in rows} == {
        report.pk: (1, "有 1 处提示，请打开逐份审核。") for report in both
    }
    results = review.accept_many({report.pk: ReportState.REVIEW for report in both}, actor=officer, now=FILING)
    assert [reason for _, reason in results] == ["有 1 处提示，请打开逐份审核。"] * 2


def test_many_reports_cost_one_query(both, django_assert_num_queries):
    for report in both:
        file(report)
    reports = list(ProgressReport.objects.filter(pk__in=[report.pk for report in both]))
    for report in reports:
        crossing.cells(report)
    with django_assert_num_queries(2):  # the cells, and the names of who filed them
        crossing.conflicts_of(reports)
