"""A report over two periods of which one is frozen: the rest is filed; what belongs to the frozen one is corrected."""

import pytest

from tasks import reading
from tasks.grid import build
from tasks.kinds import CellState, ReportState
from tasks.models import Entry, Narrative, ProgressReport
from tasks.services import chain, filing
from tasks.services.filing import Change, save_cells
from tasks.services.opening import open_due
from tests import factories
from tests.tasks import cycle
from tests.tasks.closed import close
from tests.tasks.cycle import at
from tests.tasks.filed import sheet
from zhuzun.accounts.roles import Role
from zhuzun.errors import DomainError

NOW = at(8, month=1, year=2027)


@pytest.fixture
def report(world, people):
    """香洲区's December report, with the quarter's figure and text in it; December is frozen without it."""
    cycle.set_up(world)
    quarter = cycle.plan("t-quarter", "区季度情况", world.districts, kind="quarter")
    visits = factories.indicator("T-ORG01", "调研对接", family="ORG", unit="次")
    cycle.ask(quarter, visits)
    cycle.source(visits, "district")
    for month, year in ((11, 2026), (12, 2026), (1, 2027)):
        open_due(now=at(1, month=month, year=year))
    report = ProgressReport.objects.get(filer=world.xiangzhou, parts__form__period__kind="quarter")
    december = report.parts.exclude(form__period__kind="quarter").get().form.period
    close(december, people, now=at(7, month=1, year=2027))
    return ProgressReport.objects.get(pk=report.pk)


def fill_the_quarter(report, officer):
    cells = Entry.objects.filter(section__report=report, indicator__code="T-ORG01")
    changes = [Change(entry.pk, entry.version, "3") for entry in cells]
    assert all(outcome.kept for outcome in save_cells(report, changes, actor=officer, now=NOW))
    return ProgressReport.objects.get(pk=report.pk)


def test_only_the_open_part_is_asked_and_filed(report, people):
    officer = people[Role.DISTRICT_OFFICER]
    assert reading.lacking(report) == 2  # the quarter's figure for two counties
    report = fill_the_quarter(report, officer)
    assert reading.lacking(report) == 0
    sheet(report, by=officer, now=NOW)
    filed = chain.sign_on_paper(report, actor=officer, now=NOW)
    assert filed.state == ReportState.REVIEW
    december = Entry.objects.filter(section__report=report, period__kind="month")
    assert set(december.values_list("state", flat=True)) == {CellState.MISSING}


def test_the_frozen_part_is_locked_and_says_where_to_go(report, people, sign_in, time_machine):
    officer = people[Role.DISTRICT_OFFICER]
    assert {cell.open for cell in build(report).cells() if cell.entry.period.closed} == {False}
    text = report.sections.get(title="工作动态")
    with pytest.raises(DomainError, match="2026年12月 已定稿"):
        filing.save_text(text, {"practice": "补写"}, version=0, actor=officer, now=NOW)
    assert not Narrative.objects.filter(section=text).exists()
    time_machine.move_to(NOW, tick=False)
    page = sign_in(officer).get(report.get_absolute_url()).content.decode()
    assert "2026年12月已定稿，这部分不再填报" in page


def test_with_all_its_periods_frozen_nothing_is_filed(report, people):
    officer = people[Role.DISTRICT_OFFICER]
    report = fill_the_quarter(report, officer)
    quarter = report.parts.get(form__period__kind="quarter").form.period
    close(quarter, people, now=NOW)
    report = ProgressReport.objects.get(pk=report.pk)
    sheet(report, by=officer, now=NOW)
    with pytest.raises(DomainError, match="已定稿，如需更正请提交更正申请"):
        chain.sign_on_paper(report, actor=officer, now=NOW)
