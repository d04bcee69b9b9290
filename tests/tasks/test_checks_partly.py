"""The check of a report of which one period is frozen: that part keeps what it froze, the other is checked on."""

import pytest

from tasks import checking
from tasks.kinds import CheckEvery, CheckState
from tasks.models import CheckSheet, FigureCheck, ProgressReport, ReportingPeriod
from tasks.services import checks
from tasks.services.opening import open_due
from tests import factories
from tests.tasks import checked, cycle
from tests.tasks.closed import accepted, close
from tests.tasks.cycle import at
from zhuzun.accounts.roles import Role
from zhuzun.errors import DomainError

NOW = at(8, month=1, year=2027)


@pytest.fixture
def sheet(world, people):
    """正安's sheet on its team's December report with the quarter's figure; December is frozen, nothing was said."""
    _, _, jobs, *_ = cycle.set_up(world)
    quarter = cycle.plan("t-quarter", "工作组季度情况", world.zhengan_team, kind="quarter")
    visits = factories.indicator("T-ORG01", "调研对接", family="ORG", unit="次")
    cycle.ask(quarter, visits)
    cycle.source(visits, "team", check=CheckEvery.PERIOD)
    for month, year in ((11, 2026), (12, 2026), (1, 2027)):
        open_due(now=at(1, month=month, year=year))
    report = ProgressReport.objects.get(parts__form__period__kind="quarter", filer=world.zhengan_team)
    accepted(report, people, by=people[Role.GROUP_MEMBER])
    close(ReportingPeriod.objects.get(label="2026年12月"), people, now=at(7, month=1, year=2027))
    found = CheckSheet.objects.get(report=report)
    found.jobs, found.visits = checked.line(found, jobs), checked.line(found, visits)
    return found


def test_what_is_frozen_is_not_answered_and_the_rest_is(sheet, people):
    county = people[Role.COUNTY_OFFICER]
    assert checking.barred(sheet) == ""
    for answer in (checked.agrees(sheet.jobs), checked.disputes(sheet.jobs)):
        with pytest.raises(DomainError, match="2026年12月 已定稿；如有不同意见"):
            checks.answer(sheet, [answer], actor=county, now=NOW)
    with pytest.raises(DomainError, match="2026年12月 已定稿"):  # all or none
        checks.answer(sheet, [checked.agrees(sheet.visits), checked.agrees(sheet.jobs)], actor=county, now=NOW)
    assert set(sheet.lines.values_list("state", flat=True)) == {CheckState.UNCHECKED}
    assert list(CheckSheet.objects.to_answer()) == [sheet]
    done = checks.confirm_all(sheet, mark=checking.mark_of(checking.waiting(sheet)), actor=county, now=NOW)
    assert done.finished_at == NOW
    assert not CheckSheet.objects.to_answer().exists()
    states = dict(sheet.lines.values_list("entry__period__kind", "state"))
    assert states == {"month": CheckState.UNCHECKED, "quarter": CheckState.CONFIRMED}  # silence stays silence


def test_a_dispute_of_what_is_frozen_is_not_settled_any_more(sheet, people):
    FigureCheck.objects.filter(pk=sheet.jobs.pk).update(state="disputed", other_value=9, reason="台账为9人")
    line = FigureCheck.objects.select_related("sheet__report", "entry__period", "entry__item").get(pk=sheet.jobs.pk)
    leader = people[Role.BUREAU_LEADER]
    assert "2026年12月 已定稿" in checks.why_not_settle(line, actor=leader)
    assert not checking.to_settle(leader).exists()


def test_the_page_says_why_at_the_line(sheet, people, sign_in, time_machine):
    time_machine.move_to(NOW, tick=False)
    client = sign_in(people[Role.COUNTY_OFFICER])
    page = client.get(sheet.get_absolute_url()).content.decode()
    assert page.count("2026年12月 已定稿；如有不同意见") == 2  # 帮助就业 and 其中脱贫
    assert f'name="verdict_{sheet.visits.pk}"' in page
    assert f'name="verdict_{sheet.jobs.pk}"' not in page
    assert "全部核对无误（1 项）" in page
    assert "待核对" in client.get("/tasks/checks/?state=waiting").content.decode()
