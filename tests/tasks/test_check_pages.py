"""The pages of the check: a county's list and sheet, confirming all, 代录, disputes; within one's own reach."""

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tasks.kinds import CheckState
from tasks.models import CheckSheet, FigureCheck, ReportingPeriod
from tasks.services import checks
from tests.tasks import checked, filed
from tests.tasks.checked import disputes
from tests.tasks.cycle import at
from zhuzun.accounts.roles import Role
from zhuzun.home import cards
from zhuzun.home.cards import Moment


@pytest.fixture
def october(opened_month):
    return opened_month


@pytest.fixture
def sheet(october, people, time_machine):
    time_machine.move_to(at(9), tick=False)
    return checked.asked(october, people)


@pytest.fixture
def county(sheet, sign_in, people):
    return sign_in(people[Role.COUNTY_OFFICER])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", response.content.decode()))


def form_of(sheet, **said) -> dict:
    """What the page sends: for each code the verdict, the other figure and the reason."""
    data = {}
    for line in sheet.lines.select_related("entry__indicator"):
        verdict, other, reason = said.get(line.entry.indicator.code.replace("T-", ""), ("", "", ""))
        data |= {f"verdict_{line.pk}": verdict, f"other_{line.pk}": other, f"reason_{line.pk}": reason}
        data[f"version_{line.pk}"] = line.version
    return data


def states(sheet):
    return {line.entry.indicator.code: line.state for line in sheet.lines.select_related("entry__indicator")}


# --- the list ---------------------------------------------------------------------------------------------------------
def test_the_list_is_calm_and_ones_own(county, sheet, october, strangers):
    filed.filed(october.report(october.world.daozhen_team), by=strangers[Role.GROUP_MEMBER])
    page = county.get(reverse("tasks:checks"))
    text = text_of(page)
    assert "数据核对 共 1 份" in text
    assert "正安县" in text
    assert "道真" not in text
    assert "待核对" in text
    assert "2026-11-11" in text
    assert "逾期" not in text
    assert "state-late" not in page.content.decode()


def test_the_list_after_its_day_still_names_nobody_late(county, time_machine):
    time_machine.move_to(at(27), tick=False)
    page = county.get(reverse("tasks:checks"))
    assert "逾期" not in text_of(page)
    assert "state-late" not in page.content.decode()


STATES = [("review", None, "待核对"), ("returned", None, "填报单位修改中"), ("accepted", "closed", "已定稿")]


@pytest.mark.parametrize(("state", "period", "word"), STATES)
def test_each_sheet_says_how_it_stands(county, sheet, october, state, period, word):
    type(sheet.report).objects.filter(pk=sheet.report_id).update(state=state)
    if period:
        ReportingPeriod.objects.filter(pk=october.period.pk).update(state=period, closed_at=at(9))
    page = county.get(reverse("tasks:checks"))
    assert word in text_of(page).split("标记")[1]
    waiting = county.get(reverse("tasks:checks"), {"state": "waiting"})
    assert ("筛选出 1 份" in text_of(waiting)) == (word == "待核对")


def test_the_list_goes_out_as_a_file(county, sheet, october, people):
    checks.answer(sheet, [disputes(checked.line(sheet, october.jobs))], actor=people[Role.COUNTY_OFFICER], now=at(5))
    rows = county.get(reverse("tasks:checks"), {"export": "csv"}).content.decode("utf-8-sig").splitlines()
    assert "待核对,2,1,1," in next(row for row in rows if "正安县小组" in row)


def queries(client, url) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_as_many_queries_for_one_sheet_as_for_two(sheet, october, people, strangers, sign_in):
    client = sign_in(people[Role.BUREAU_OFFICER])
    urls = [reverse("tasks:checks"), reverse("tasks:disputes")]
    checks.answer(sheet, [disputes(checked.line(sheet, october.jobs))], actor=people[Role.COUNTY_OFFICER], now=at(5))
    one = [queries(client, url) for url in urls]
    filed.filed(october.report(october.world.daozhen_team), by=strangers[Role.GROUP_MEMBER])
    other = CheckSheet.objects.get(county=october.world.daozhen)
    said = [disputes(line) for line in other.lines.all()]
    checks.answer(other, said, actor=strangers[Role.COUNTY_OFFICER], now=at(5))
    assert [queries(client, url) for url in urls] == one


# --- the sheet --------------------------------------------------------------------------------------------------------
def test_the_sheet_shows_each_figure_and_keeps_what_is_said(county, sheet):
    page = text_of(county.get(sheet.get_absolute_url()))
    assert "请于2026年11月11日前核对" in page
    assert "12 人" in page
    assert "未核对 2 项" in page
    sent = form_of(sheet, LAB01=("confirmed", "", ""), LAB05=("disputed", "1，009", "实名台账"))
    answer = county.post(sheet.get_absolute_url(), sent, follow=True)
    assert "核对结果已保存" in text_of(answer)
    assert states(sheet) == {"T-LAB01": CheckState.CONFIRMED, "T-LAB05": CheckState.DISPUTED}
    assert sheet.lines.get(state=CheckState.DISPUTED).other_value == 1009
    again = county.post(sheet.get_absolute_url(), form_of(sheet, LAB01=("confirmed", "", "")))
    assert "请先选择核对结果" in text_of(again)  # nothing else was said


WRONG = [
    (("disputed", "1.2万", "台账"), "请按单位填写，不写“万”"),
    (("disputed", "", "台账"), "请填写贵方核对的数值"),
    (("disputed", "9", ""), "请写明理由"),
    (("", "9", "台账"), "请同时选“有异议”"),
    (("disputed", "12", "台账"), "贵方数值与填报数值相同"),
]


@pytest.mark.parametrize(("said", "message"), WRONG)
def test_what_is_wrong_is_said_and_nothing_is_lost(county, sheet, said, message):
    page = county.post(sheet.get_absolute_url(), form_of(sheet, LAB01=said, LAB05=("confirmed", "", "")))
    assert message in text_of(page)
    if said[2]:
        assert f'value="{said[2]}"' in page.content.decode()
    assert set(states(sheet).values()) == {CheckState.UNCHECKED}


def test_garbage_is_refused(county, sheet):
    line = sheet.lines.first()
    sent = {f"verdict_{line.pk}": "settled", f"version_{line.pk}": "x", "settled_value": "1"}
    assert county.post(sheet.get_absolute_url(), sent).status_code == 200
    assert county.post(sheet.get_absolute_url(), {f"verdict_{line.pk}": "confirmed"}).status_code == 200
    assert set(states(sheet).values()) == {CheckState.UNCHECKED}


def test_a_stale_page_is_told_and_can_go_on(county, sheet, october, people):
    stale = form_of(sheet, LAB01=("disputed", "9", "台账"))
    one = checked.line(sheet, october.jobs)
    checks.confirm(sheet, {one.pk: one.version}, actor=people[Role.COUNTY_LEADER], now=at(5))
    page = county.post(sheet.get_absolute_url(), stale)
    assert "已有变动" in text_of(page)
    assert "县（市）分管领导" in text_of(page)
    version = re.search(rf'name="version_{one.pk}" value="(\d+)"', page.content.decode())
    assert version.group(1) == "1"


def test_all_at_once_after_showing_how_many(county, sheet):
    url = reverse("tasks:check_all", args=[sheet.pk])
    page = county.get(url)
    assert "下列 2 项未核对的数据" in text_of(page)
    mark = re.search(r'name="mark" value="(\w+)"', page.content.decode()).group(1)
    assert "已全部核对无误" in text_of(county.post(url, {"mark": mark}, follow=True))
    assert set(states(sheet).values()) == {CheckState.CONFIRMED}
    assert "没有未核对的数据" in text_of(county.get(url))


def test_all_at_once_asks_again_where_something_changed(county, sheet, october, people):
    url = reverse("tasks:check_all", args=[sheet.pk])
    mark = re.search(r'name="mark" value="(\w+)"', county.get(url).content.decode()).group(1)
    one = checked.line(sheet, october.jobs)
    checks.confirm(sheet, {one.pk: one.version}, actor=people[Role.COUNTY_LEADER], now=at(5))
    page = county.post(url, {"mark": mark})
    assert "待核对的数据有变动" in text_of(page)
    assert "下列 1 项" in text_of(page)
    assert f'value="{mark}"' not in page.content.decode()


def test_whoever_only_reads_finds_no_form(sheet, sign_in, people):
    for role in (Role.CITY_OFFICER, Role.DISTRICT_OFFICER, Role.BUREAU_HEAD, Role.LEADER):
        client = sign_in(people[role])
        page = client.get(sheet.get_absolute_url())
        assert page.status_code == 200
        assert "verdict_" not in page.content.decode()
        assert client.post(sheet.get_absolute_url(), form_of(sheet, LAB01=("confirmed", "", ""))).status_code == 403
        assert client.get(reverse("tasks:check_all", args=[sheet.pk])).status_code == 403
    assert set(states(sheet).values()) == {CheckState.UNCHECKED}


def test_another_countys_sheet_is_not_there(sheet, sign_in, strangers):
    client = sign_in(strangers[Role.COUNTY_OFFICER])
    for name in ("check", "check_all", "check_sheet"):
        assert client.get(reverse(f"tasks:{name}", args=[sheet.pk])).status_code == 404


def test_while_the_filer_changes_it_the_page_says_so(county, sheet, people):
    checked.returned(sheet.report, people, now=at(6))
    page = county.get(sheet.get_absolute_url())
    assert "填报单位正在修改这份报表" in text_of(page)
    assert "verdict_" not in page.content.decode()


# --- 代录 -------------------------------------------------------------------------------------------------------------
def test_for_a_county_with_its_scan(sheet, sign_in, people):
    client = sign_in(people[Role.GROUP_MEMBER])
    page = client.get(sheet.get_absolute_url())
    assert "代录（附签章件）" in text_of(page)
    assert "verdict_" not in page.content.decode()  # first the scan
    scan = BytesIO(filed.PDF)
    scan.name = "核对单.pdf"
    client.post(reverse("tasks:check_sheet", args=[sheet.pk]), {"file": scan, "note": ""})
    assert "verdict_" in client.get(sheet.get_absolute_url()).content.decode()
    client.post(sheet.get_absolute_url(), form_of(sheet, LAB01=("confirmed", "", "")))
    sheet.refresh_from_db()
    assert sheet.on_behalf
    assert "代录" in text_of(client.get(reverse("tasks:checks")))


def test_a_wrong_scan_is_taken_down_with_a_reason(sheet, sign_in, people, strangers):
    scan = checks.attach_sheet(sheet, data=filed.PDF, filename="错件.pdf", actor=people[Role.GROUP_MEMBER], now=at(5))
    url = reverse("tasks:check_sheet_withdraw", args=[scan.pk])
    assert sign_in(strangers[Role.GROUP_MEMBER]).get(url).status_code == 404
    client = sign_in(people[Role.GROUP_MEMBER])
    assert client.get(url).status_code == 200
    client.post(url, {"reason": "传错"})
    assert not checks.has_signed_sheet(sheet)


# --- disputes and the report's page -----------------------------------------------------------------------------------
@pytest.fixture
def disputed(sheet, october, people) -> FigureCheck:
    one = checked.line(sheet, october.jobs)
    checks.answer(sheet, [disputes(one)], actor=people[Role.COUNTY_OFFICER], now=at(5))
    return checked.line(sheet, october.jobs)


def test_the_bureau_sees_both_figures_and_settles(disputed, sheet, sign_in, people):
    client = sign_in(people[Role.BUREAU_OFFICER])
    listed = text_of(client.get(reverse("tasks:disputes"), {"state": "waiting"}))
    assert "12 人" in listed
    assert "9 人" in listed
    assert "县人社局口径不同" in listed
    url = reverse("tasks:dispute", args=[disputed.pk])
    page = client.get(url)
    assert "采用填报数：12 人" in text_of(page)
    assert "工作组未填写意见" in text_of(page)
    missing = client.post(url, {"choice": "another", "value": "", "reason": "x", "version": disputed.version})
    assert "请填写另定的数值" in text_of(missing)
    done = client.post(
        url, {"choice": "county", "value": "", "reason": "以台账为准", "version": disputed.version}, follow=True
    )
    assert "已裁定" in text_of(done)
    disputed.refresh_from_db()
    assert (disputed.state, disputed.settled_value) == (CheckState.SETTLED, 9)
    assert "没有待裁定的异议" in text_of(client.get(url))
    assert "市局裁定 9 人：以台账为准" in text_of(client.get(sheet.get_absolute_url()))


def test_only_the_bureau_settles(disputed, sign_in, people):
    for role in (Role.COUNTY_OFFICER, Role.DISTRICT_OFFICER, Role.GROUP_LEADER, Role.BUREAU_LEADER):
        client = sign_in(people[role])
        assert client.get(reverse("tasks:disputes")).status_code == 403
        assert client.get(reverse("tasks:dispute", args=[disputed.pk])).status_code == 403


def test_the_reports_page_shows_each_cells_check(disputed, sheet, sign_in, people):
    page = text_of(sign_in(people[Role.GROUP_MEMBER]).get(sheet.report.get_absolute_url()))
    assert "县（市）核对" in page
    assert "有异议" in page
    assert "9 人" in page
    assert "未核对" in page


def test_the_workbench_counts_what_waits(disputed, sheet, people):
    now = Moment(at(9), at(9).date())
    found = {
        role: {
            one.card.title: (one.count, one.url) for block in cards.drawn_for(people[role], now) for one in block.cards
        }
        for role in (Role.COUNTY_OFFICER, Role.BUREAU_HEAD, Role.GROUP_MEMBER)
    }
    assert found[Role.COUNTY_OFFICER]["待核对的数据"] == (1, "/tasks/checks/?state=waiting")
    assert found[Role.BUREAU_HEAD]["有异议待裁定的数据"] == (1, "/tasks/disputes/?state=waiting")
    assert "待核对的数据" not in found[Role.GROUP_MEMBER]
