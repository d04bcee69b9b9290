"""The page in which a report is filled in: without scripts a plain form, with them JSON; nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tasks.grid import build
from tasks.kinds import CellState, ReportState
from tasks.models import Entry, ProgressReport
from tasks.services.opening import open_due
from tests import factories
from tests.tasks import cycle
from tests.tasks.filed import PDF, fill
from zhuzun.accounts.roles import Role


@pytest.fixture
def october(opened_month, time_machine):
    made = opened_month
    time_machine.move_to(cycle.FILING, tick=False)
    return made


@pytest.fixture
def report(october):
    return october.report(october.world.zhengan_team)


@pytest.fixture
def jobs(october):
    return october.cell(october.jobs, october.world.zhengan)


@pytest.fixture
def member(people, sign_in):
    return sign_in(people[Role.GROUP_MEMBER])


def drawn(report, **typed):
    """The fields of all cells as the page drew them, with what a person typed over."""
    fields = {}
    for cell in build(ProgressReport.objects.get(pk=report.pk)).cells():
        key = cell.entry.pk
        fields |= {f"s-{key}": cell.seen, f"t-{key}": cell.typed, f"r-{key}": cell.reason, f"n-{key}": cell.note}
    return fields | typed


def send(client, report, fields, **more):
    return client.post(reverse("tasks:report_cells", args=[report.pk]), fields, **more)


def test_the_grid_shows_the_cells_with_sign_unit_and_definition(member, report, jobs):
    page = member.get(report.get_absolute_url()).content.decode()
    assert f'name="t-{jobs.pk}"' in page
    assert "帮助农村劳动力就业" in page
    assert "人 · 本年累计" in page
    assert "帮助农村劳动力就业的人数。" in page
    assert "未填的 <span data-number>2</span> 项确认为零" in page


def test_a_plain_form_saves_what_was_touched(member, report, jobs):
    answer = send(member, report, drawn(report, **{f"t-{jobs.pk}": "1，234"}), follow=True)
    assert "已保存 1 项（2026-11-04 10:32）。" in answer.content.decode()
    jobs.refresh_from_db()
    assert (jobs.value, jobs.version) == (1234, 1)
    assert Entry.objects.filter(section__report=report, state=CellState.MISSING).count() == 1


def test_an_error_stands_at_its_cell_and_the_typed_text_stays(member, report, jobs):
    page = send(member, report, drawn(report, **{f"t-{jobs.pk}": "1.2万"})).content.decode()
    assert 'value="1.2万"' in page
    assert "请按单位填写，不写“万”，例如 12000。" in page
    assert "有 1 项没有保存，原因见各格；已保存 0 项。" in page


def test_a_form_drawn_earlier_does_not_undo_what_another_saved_in_a_cell_that_it_did_not_touch(
    member, report, jobs, october
):
    old = drawn(report)
    send(member, report, drawn(report, **{f"t-{jobs.pk}": "130"}))
    poor = october.cell(october.jobs_poor, october.world.zhengan)
    send(member, report, old | {f"t-{poor.pk}": "7"})
    jobs.refresh_from_db()
    poor.refresh_from_db()
    assert (jobs.value, poor.value) == (130, 7)


def test_json_for_the_script(member, report, jobs):
    fields = drawn(report, **{f"t-{jobs.pk}": "130"})
    data = send(member, report, fields, headers={"Accept": "application/json"}).json()
    assert data["at"] == "10:32"
    assert data["missing"] == 1
    assert data["fills"] == {"zeroes": 1, "carried": 0}  # the buttons above the grid follow
    cell = next(cell for cell in data["cells"] if cell["entry"] == jobs.pk)
    assert (cell["kind"], cell["typed"], cell["sign"]) == ("saved", "130", "")
    assert next(one for one in data["cells"] if one["entry"] != jobs.pk)["kind"] == ""


def test_a_conflict_keeps_both(member, report, jobs):
    old = drawn(report, **{f"t-{jobs.pk}": "140"})
    send(member, report, drawn(report, **{f"t-{jobs.pk}": "130"}))
    page = send(member, report, old).content.decode()
    assert 'value="140"' in page
    assert "已改为：130 人。您填写的内容未保存，请核对。" in page


def test_the_script_learns_that_the_session_is_over(client, report, jobs):
    answer = send(client, report, drawn(report), headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert send(client, report, drawn(report)).status_code == 302


def test_what_arrives_after_filing_is_answered_with_the_reason(member, report, jobs):
    fields = drawn(report, **{f"t-{jobs.pk}": "5"})
    ProgressReport.objects.filter(pk=report.pk).update(
        state=ReportState.REVIEW, filed_on=cycle.FILING.date(), filed_at=cycle.FILING
    )
    answer = send(member, report, fields, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert "不能再修改" in answer.json()["message"]
    page = member.get(report.get_absolute_url()).content.decode()
    assert f'name="t-{jobs.pk}"' not in page


def test_a_reader_sees_figures_and_no_fields(sign_in, people, report, jobs):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    assert f'name="t-{jobs.pk}"' not in client.get(report.get_absolute_url()).content.decode()
    answer = send(client, report, drawn(report, **{f"t-{jobs.pk}": "5"}), headers={"Accept": "application/json"})
    assert answer.status_code == 403


def test_the_bureau_enters_for_a_body_only_when_it_says_so(sign_in, people, report, jobs):
    client = sign_in(people[Role.BUREAU_OFFICER])
    assert f'name="t-{jobs.pk}"' not in client.get(report.get_absolute_url()).content.decode()
    page = client.get(report.get_absolute_url() + "?behalf=1").content.decode()
    assert "您正在为工作组正安县小组代录" in page
    send(client, report, drawn(report, **{f"t-{jobs.pk}": "5", "behalf": "1"}))
    report.refresh_from_db()
    assert report.on_behalf


def test_zeroes_are_shown_before_they_are_confirmed(member, report):
    url = reverse("tasks:report_zero", args=[report.pk])
    page = member.get(url).content.decode()
    assert "共 <b>2</b> 项" in page
    answer = member.post(url, {"count": "2"}, follow=True)
    assert "零报告" in answer.content.decode()
    assert "未填的数据刚才有变动" in member.post(url, {"count": "2"}).content.decode()
    for name in ("report_zero", "report_carry"):  # nothing left: no empty table, no button
        answer = member.get(reverse(f"tasks:{name}", args=[report.pk]), follow=True)
        assert answer.redirect_chain[0][0] == report.get_absolute_url()
        assert "没有可" in answer.content.decode()


def test_a_text_is_saved_and_comes_back_when_it_cannot_be(sign_in, people, october):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    report = october.report(october.world.xiangzhou)
    section = report.sections.get(kind="narrative")
    url = reverse("tasks:section_text", args=[report.pk, section.pk])
    assert "已保存" in client.post(url, {"version": "0", "practice": "选派教师"}, follow=True).content.decode()
    page = client.post(url, {"version": "0", "practice": "别人的话"}).content.decode()
    assert "已修改这段文字" in page
    assert "别人的话" in page
    data = client.post(url, {"version": "1", "practice": "又改"}, headers={"Accept": "application/json"}).json()
    assert data == {"at": "10:32", "version": 2}


def test_sections_are_handed_on_ticked_and_opened(sign_in, people, october):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    report = october.report(october.world.xiangzhou)
    section = report.sections.first()
    url = reverse("tasks:section_assign", args=[report.pk, section.pk])
    assert people[Role.DISTRICT_OFFICER].name in client.get(url).content.decode()
    client.post(url, {"person": people[Role.DISTRICT_OFFICER].pk, "until": "2026-11-05"})
    client.post(reverse("tasks:section_tick", args=[report.pk, section.pk]), {"done": "1"})
    section.refresh_from_db()
    assert section.assignee == people[Role.DISTRICT_OFFICER]
    assert section.ticked_at == cycle.FILING


def wide(world, number):
    """市教育局 files one figure for `number` counties."""
    cycle.set_up(world)
    for n in range(number - 3):
        county = factories.place("county", f"甲{n}县", parent=world.zunyi)
        factories.county_pairing(world.xiangzhou, county)
    plan = cycle.plan("t-unit", "市直单位月报", world.education)
    pupils = factories.indicator("T-LAB10", "招收学生")
    cycle.ask(plan, pupils)
    cycle.source(pupils, "body", body=world.education, places="both")
    open_due(now=cycle.OPENED)
    return ProgressReport.objects.get(filer=world.education)


def queries(client, report, django_assert_max_num_queries, most=200):
    with django_assert_max_num_queries(most) as counted:
        assert client.get(report.get_absolute_url()).status_code == 200
    return len(counted)


@pytest.mark.parametrize("number", [8, 80])
def test_queries_do_not_grow_with_the_counties(
    world, people, sign_in, time_machine, number, django_assert_max_num_queries
):
    time_machine.move_to(cycle.FILING, tick=False)
    report = wide(world, number)
    client = sign_in(people[Role.UNIT_OFFICER])
    assert Entry.objects.filter(section__report=report).count() == number + 1
    assert queries(client, report, django_assert_max_num_queries) <= 60


def test_evidence_that_the_plan_asks_for_is_attached_on_the_page(world, people, sign_in, time_machine):
    time_machine.move_to(cycle.FILING, tick=False)
    october = cycle.month(world, evidence=True)
    officer = people[Role.DISTRICT_OFFICER]
    report = fill(october.report(world.xiangzhou), by=officer)
    client = sign_in(officer)
    assert "本报送任务须附佐证材料，请先上传。" in client.get(report.get_absolute_url()).content.decode()
    file = SimpleUploadedFile("台账.pdf", PDF)
    answer = client.post(reverse("tasks:report_evidence", args=[report.pk]), {"file": file}, follow=True)
    page = answer.content.decode()
    assert "台账.pdf" in page
    assert "本报送任务须附佐证材料" not in page
