"""Filling in a report: four kinds of cell, versions, what comes too late, zeroes, carried figures, texts, sections."""

from decimal import Decimal

import pytest

from tasks.kinds import CellState, ReportState
from tasks.models import Entry, OpeningFigure, ProgressReport
from tasks.services import filing
from tasks.services.filing import Change, save_cells
from tasks.services.opening import open_due
from tests import factories
from tests.tasks import cycle
from tests.tasks.cycle import FILING, at
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused


@pytest.fixture
def october(opened_month):
    return opened_month


@pytest.fixture
def member(people):
    return people[Role.GROUP_MEMBER]


@pytest.fixture
def officer(people):
    return people[Role.DISTRICT_OFFICER]


@pytest.fixture
def report(october):
    """正安's county team: 帮助就业 and 其中脱贫."""
    return october.report(october.world.zhengan_team)


@pytest.fixture
def jobs(october):
    return october.cell(october.jobs, october.world.zhengan)


def put(report, entry, typed=None, *, actor, now=FILING, **more):
    entry.refresh_from_db()
    change = Change(
        entry.pk, more.pop("version", entry.version), typed, more.pop("reason", None), more.pop("note", None)
    )
    outcome = save_cells(report, [change], actor=actor, now=now, **more)[0]
    entry.refresh_from_db()
    return outcome


def state_of(report, value):
    ProgressReport.objects.filter(pk=report.pk).update(state=value, filed_on=FILING.date(), filed_at=FILING)


@pytest.mark.parametrize(
    ("typed", "reason", "state", "value", "why"),
    [
        ("1，234", None, CellState.VALUE, Decimal(1234), ""),
        ("0", None, CellState.ZERO, Decimal(0), ""),
        ("", "本县无此项任务", CellState.NOT_APPLICABLE, None, "本县无此项任务"),
        (None, "本县无此项任务", CellState.NOT_APPLICABLE, None, "本县无此项任务"),
    ],
)
def test_a_cell_says_one_of_four_things(report, jobs, member, typed, reason, state, value, why):
    assert put(report, jobs, typed, reason=reason, actor=member).kind == filing.SAVED
    assert (jobs.state, jobs.value, jobs.reason) == (state, value, why)
    assert (jobs.version, jobs.updated_by, jobs.updated_at) == (1, member, FILING)
    assert report.state == ReportState.DRAFTING
    put(report, jobs, "", reason="", actor=member)
    assert (jobs.state, jobs.value, jobs.reason) == (CellState.MISSING, None, "")


def test_a_figure_typed_over_not_applicable_takes_its_place(report, jobs, member):
    put(report, jobs, None, reason="本县无此项任务", actor=member)
    put(report, jobs, "5", actor=member)
    assert (jobs.state, jobs.value, jobs.reason) == (CellState.VALUE, Decimal(5), "")


def test_a_figure_and_a_reason_together_are_refused(report, jobs, member):
    outcome = put(report, jobs, "5", reason="不适用", actor=member)
    assert (outcome.kind, outcome.message) == ("error", "已填数值，不能同时注明不适用；请清空其中一项。")
    assert jobs.state == CellState.MISSING
    assert report.state == ReportState.NOT_STARTED


def test_the_bad_cell_is_told_and_the_good_one_saved(report, jobs, october, member):
    poor = october.cell(october.jobs_poor, october.world.zhengan)
    changes = [Change(jobs.pk, 0, "1.2万"), Change(poor.pk, 0, "7")]
    bad, good = save_cells(report, changes, actor=member, now=FILING)
    assert (bad.kind, bad.message) == ("error", "请按单位填写，不写“万”，例如 12000。")
    assert bad.change.typed == "1.2万"
    assert good.kind == "saved"


def test_one_line_in_the_trail_for_many_cells(report, jobs, october, member):
    poor = october.cell(october.jobs_poor, october.world.zhengan)
    save_cells(report, [Change(jobs.pk, 0, "1200"), Change(poor.pk, 0, "7")], actor=member, now=FILING)
    event = Event.objects.get(action="report.fill")
    assert event.detail == {
        "正安县 帮助农村劳动力就业": ["未填", "1,200 人"],
        "正安县 其中脱贫劳动力": ["未填", "7 人"],
    }
    assert event.actor == member


def test_what_changes_nothing_leaves_no_trace(report, jobs, member):
    assert put(report, jobs, "", actor=member).kind == filing.SAME
    assert not Event.objects.filter(action="report.fill").exists()
    assert report.state == ReportState.NOT_STARTED


def test_two_tabs_the_second_is_told_and_keeps_his_text(report, jobs, member, world):
    other = factories.person(Role.GROUP_MEMBER, world.zhengan_team, name="李四")
    put(report, jobs, "130", actor=other, now=at(4, 10, 31))
    outcome = put(report, jobs, "140", version=0, actor=member)
    assert outcome.kind == filing.CONFLICT
    assert outcome.message == "李四 2026-11-04 10:31 已改为：130 人。您填写的内容未保存，请核对。"
    assert outcome.change.typed == "140"
    assert jobs.value == 130
    assert put(report, jobs, "140", actor=member).kind == filing.SAVED


def test_the_same_figure_sent_twice_is_no_conflict(report, jobs, member):
    put(report, jobs, "130", version=0, actor=member)
    assert put(report, jobs, "130", version=0, actor=member).kind == filing.SAME


@pytest.mark.parametrize("state", [ReportState.SIGNING, ReportState.REVIEW, ReportState.HEAD, ReportState.ACCEPTED])
def test_what_arrives_after_filing_is_refused_with_the_reason(report, jobs, member, state):
    state_of(report, state)
    with pytest.raises(DomainError, match="不能再修改。您填写的内容没有保存，仍留在本页。"):
        put(report, jobs, "5", actor=member)
    jobs.refresh_from_db()
    assert jobs.state == CellState.MISSING


def test_an_excused_body_fills_in_nothing(report, jobs, member):
    ProgressReport.objects.filter(pk=report.pk).update(excused=True, excuse_reason="机构调整")
    with pytest.raises(DomainError, match="免报（机构调整）"):
        put(report, jobs, "5", actor=member)


@pytest.mark.parametrize(
    "role", [Role.BUREAU_OFFICER, Role.DISTRICT_OFFICER, Role.GROUP_LEADER, Role.UNIT_OFFICER, Role.COUNTY_OFFICER]
)
def test_nobody_else_fills_in(report, jobs, people, role):
    with pytest.raises(Refused):
        put(report, jobs, "5", actor=people[role])


def test_the_bureau_enters_for_a_body_and_it_is_marked(report, jobs, people):
    put(report, jobs, "5", actor=people[Role.BUREAU_OFFICER], behalf=True)
    assert report.on_behalf
    with pytest.raises(Refused):
        put(report, jobs, "6", actor=people[Role.DISTRICT_OFFICER], behalf=True)


def test_a_cell_of_another_report_is_not_reached(report, october, member):
    money = october.cell(october.money, october.world.zhengan)
    assert put(report, money, "5", actor=member).message == "这一格不在本报表中。"
    assert money.state == CellState.MISSING


# --- after a return --------------------------------------------------------------------------------------------------
@pytest.fixture
def returned(october):
    """香洲's report came back for 正安县; 务川县 stays closed until it is opened."""
    report = october.report(october.world.xiangzhou)
    report.sections.filter(place=october.world.zhengan).update(returned=True, comment="请核对")
    state_of(report, ReportState.RETURNED)
    report.refresh_from_db()
    return report


def test_only_what_was_sent_back_is_open(returned, october, officer):
    sent_back = october.cell(october.money, october.world.zhengan)
    stayed = october.cell(october.money, october.world.wuchuan)
    assert put(returned, sent_back, "5", actor=officer).kind == filing.SAVED
    closed = put(returned, stayed, "5", actor=officer)
    assert closed.message == "“务川县”未被退回，如需修改请先打开这一部分。"
    filing.unlock(stayed.section, actor=officer, now=at(4, 11))
    assert put(returned, stayed, "5", actor=officer).kind == filing.SAVED
    assert returned.state == ReportState.RETURNED


def test_a_section_opened_before_the_last_filing_is_closed_again(returned, october, officer):
    section = october.cell(october.money, october.world.wuchuan).section
    filing.unlock(section, actor=officer, now=at(4, 11))
    ProgressReport.objects.filter(pk=returned.pk).update(filed_at=at(5, 9))
    returned.refresh_from_db()
    assert not section.is_open(returned)


# --- many at once ----------------------------------------------------------------------------------------------------
def test_all_empty_cells_are_confirmed_as_zero_after_their_number_was_shown(report, jobs, member):
    put(report, jobs, "5", actor=member)
    assert len(filing.zeroes(report)) == 1
    with pytest.raises(DomainError, match="现为 1 项"):
        filing.zero_all(report, seen=2, actor=member, now=FILING)
    assert filing.zero_all(report, seen=1, actor=member, now=FILING) == 1
    assert sorted(Entry.objects.filter(section__report=report).values_list("state", flat=True)) == ["value", "zero"]
    assert not filing.is_zero_report(report)


def test_nothing_but_zeros_is_a_zero_report(report, member):
    filing.zero_all(report, seen=2, actor=member, now=FILING)
    assert filing.is_zero_report(report)


def test_zero_for_a_cumulated_figure_means_that_nothing_was_added(report, jobs, october, member):
    before(october, october.jobs, october.world.zhengan, 120)
    filing.zero_all(report, seen=2, actor=member, now=FILING)
    jobs.refresh_from_db()
    assert (jobs.state, jobs.value) == (CellState.VALUE, 120)
    assert filing.is_zero_report(report)


def before(october, indicator, place, value, channel=""):
    OpeningFigure.objects.create(
        indicator=indicator,
        place=place,
        channel=channel,
        year=2026,
        month=9,
        value=value,
        entered_by=factories.person(Role.BUREAU_OFFICER, october.world.bureau),
        entered_at=cycle.OPENED,
    )


def test_figures_at_the_periods_end_are_carried_over(october, officer):
    report = october.report(october.world.xiangzhou)
    before(october, october.teachers, october.world.zhengan, 35, "区选派")
    teachers = october.cell(october.teachers, october.world.zhengan, "区选派")
    assert teachers.pk not in [entry.pk for entry, _ in filing.zeroes(report)]
    assert filing.carry_over(report, seen=1, actor=officer, now=FILING) == 1
    teachers.refresh_from_db()
    assert (teachers.state, teachers.value) == (CellState.VALUE, 35)


# --- texts and sections ----------------------------------------------------------------------------------------------
@pytest.fixture
def text(october):
    """工作动态 of 香洲区, at most 300 characters."""
    return october.report(october.world.xiangzhou).sections.get(kind="narrative")


def write(text, version=0, now=FILING, *, actor, **fields):
    return filing.save_text(text, fields, version=version, actor=actor, now=now)


def test_a_text_is_saved_with_its_version(text, officer):
    saved = write(text, actor=officer, practice="选派教师\r\n12名。")
    assert (saved.practice, saved.version, saved.updated_by) == ("选派教师\n12名。", 1, officer)
    assert write(text, 0, actor=officer, practice="选派教师\n12名。").version == 1
    with pytest.raises(DomainError, match="已修改这段文字。您填写的内容没有保存"):
        write(text, 0, actor=officer, practice="别的")


def test_a_text_has_its_limit(text, officer):
    write(text, actor=officer, practice="字 " * 300)
    with pytest.raises(DomainError, match="最多 300 字，现有 301 字，请压缩。"):
        write(text, 1, actor=officer, practice="字" * 301)


def test_nothing_this_time_or_a_text(text, officer):
    assert write(text, actor=officer, nothing=True).nothing
    with pytest.raises(DomainError, match="已勾选“本期无此项工作”"):
        write(text, 1, actor=officer, practice="有")


def test_no_text_after_filing(text, officer):
    state_of(text.report, ReportState.REVIEW)
    with pytest.raises(DomainError, match="不能再修改"):
        write(text, actor=officer, practice="有")


def test_a_section_is_handed_to_a_colleague(text, officer, world):
    colleague = factories.person(Role.DISTRICT_OFFICER, world.xiangzhou_department)
    assert {officer, colleague} <= set(filing.colleagues(text.report, now=FILING))
    given = filing.assign(text, person=colleague, until=cycle.DUE, actor=officer, now=FILING)
    assert (given.assignee, given.assigned_until) == (colleague, cycle.DUE)
    assert list(ProgressReport.objects.handed_to(colleague)) == [text.report]
    assert not ProgressReport.objects.handed_to(officer).exists()
    stranger = factories.person(Role.DISTRICT_OFFICER, world.gaoxin_department)
    with pytest.raises(DomainError, match="只能分给"):
        filing.assign(text, person=stranger, until=cycle.DUE, actor=officer, now=FILING)
    assert filing.tick(given, done=True, actor=colleague, now=FILING).is_ticked(text.report)
    assert not ProgressReport.objects.handed_to(colleague).exists()


def test_what_was_handed_over_waits_no_more_once_it_is_filed(text, officer, world):
    filing.assign(text, person=officer, until=None, actor=officer, now=FILING)
    assert ProgressReport.objects.handed_to(officer).exists()
    state_of(text.report, ReportState.REVIEW)
    assert not ProgressReport.objects.handed_to(officer).exists()


def test_constant_number_of_queries(october, member, report, django_assert_max_num_queries):
    cells = Entry.objects.filter(section__report=report)
    with django_assert_max_num_queries(22):
        save_cells(report, [Change(cell.pk, 0, "7") for cell in cells], actor=member, now=FILING)


def test_the_next_month_goes_on_from_the_last(october, report, jobs, member):
    put(report, jobs, "120", actor=member)
    open_due(now=at(1, month=12))
    november = ProgressReport.objects.get(filer=report.filer, period__label="2026年11月")
    assert [entry.indicator for entry, _ in filing.zeroes(november)] == [october.jobs_poor]  # 120 is not filed yet
    state_of(report, ReportState.REVIEW)
    november = ProgressReport.objects.get(pk=november.pk)
    filing.zero_all(november, seen=2, actor=member, now=at(2, month=12))
    assert november.sections.first().entries.get(indicator=october.jobs).value == 120
