"""What a person sees before he signs, passes on or approves: the figures themselves, and what is wrong with them."""

import pytest
from django.urls import reverse

from tasks.models import CheckSheet, Entry, FigureCheck, ProgressReport, ReportingPeriod
from tasks.services import chain, closing
from tests.tasks.closed import accepted
from tests.tasks.cycle import FILING, at
from tests.tasks.filed import fill
from zhuzun.accounts.roles import Role


@pytest.fixture
def october(opened_month, time_machine):
    time_machine.move_to(FILING, tick=False)
    return opened_month


def test_a_leader_sees_the_figures_that_he_signs(october, people, sign_in):
    report = fill(october.report(october.world.xiangzhou), by=people[Role.DISTRICT_OFFICER], value=37)
    money = october.cell(october.money, october.world.wuchuan)
    Entry.objects.filter(pk=money.pk).update(state="na", value=None, reason="本月没有到位")
    chain.send_to_sign(ProgressReport.objects.get(pk=report.pk), actor=people[Role.DISTRICT_OFFICER], now=FILING)
    client = sign_in(people[Role.DISTRICT_LEADER])
    row = client.get("/tasks/signing/").content.decode()
    assert "未填 0 项，提示 0 处" in row
    assert f'href="{report.get_absolute_url()}#filing"' in row
    page = client.get(reverse("tasks:report_act", args=[report.pk, "sign"])).content.decode()
    assert "所报数据" in page
    assert "37.00" in page
    assert "不适用（本月没有到位）" in page
    assert "<input" not in page.split("所报数据")[1].split("查看整份报表")[0]  # to read, not to type


def test_the_bureaus_leader_sees_what_he_approves(october, people, sign_in):
    report = accepted(october.report(october.world.xiangzhou), people)
    sheet = CheckSheet.objects.create(
        report=report, county=october.world.zhengan, opened_on=FILING.date(), due_on=at(11).date()
    )
    said = {"state": "disputed", "other_value": 9, "reason": "县财政到账9万元", "seen_state": "value", "seen_value": 12}
    FigureCheck.objects.create(sheet=sheet, entry=october.cell(october.money, october.world.zhengan), **said)
    period = ReportingPeriod.objects.get(pk=october.period.pk)
    closing.propose(period, actor=people[Role.BUREAU_OFFICER], now=at(7))
    closing.check(period, actor=people[Role.BUREAU_HEAD], now=at(7))
    page = sign_in(people[Role.BUREAU_LEADER]).get(f"{period.get_absolute_url()}step/approve/").content.decode()
    assert "缺报（3 份，不计为零）" in page
    assert "高新区2026年10月进展报告" in page
    assert "有异议（1 项，不计入合计）" in page
    assert "县财政到账9万元" in page
    assert "财政援助资金到位" in page
    assert ">12.00" in page  # 务川's; 正安's stays out
    assert "?by=county" in page


# --- 代录 of a report that nobody has begun -----------------------------------------------------------------------
def test_the_page_of_a_report_not_begun_says_how_it_is_entered_for_the_body(october, people, sign_in):
    report = october.report(october.world.xiangzhou)
    for role in (Role.BUREAU_OFFICER, Role.GROUP_LEADER):
        page = sign_in(people[role]).get(report.get_absolute_url()).content.decode()
        assert "代录（报送单位没有账号或网络时）" in page, role
        assert f'href="{report.get_absolute_url()}?behalf=1#filing"' in page
        assert "尚未录入：请先按签字盖章的报表录入数据。" in page
    for role in (Role.DISTRICT_OFFICER, Role.COUNTY_OFFICER, Role.BUREAU_LEADER):
        answer = sign_in(people[role]).get(report.get_absolute_url())
        assert "代录（报送单位没有账号或网络时）" not in answer.content.decode(), role


def test_where_it_is_excused_it_says_that_nothing_is_to_be_entered(october, people, sign_in):
    report = october.report(october.world.xiangzhou)
    ProgressReport.objects.filter(pk=report.pk).update(excused=True, excuse_reason="机构调整")
    page = sign_in(people[Role.BUREAU_OFFICER]).get(report.get_absolute_url()).content.decode()
    assert "您不能为该单位代录：该单位本期免报：机构调整" in page
    assert "?behalf=1#filing" not in page
