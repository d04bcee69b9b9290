"""更正: asked, signed, approved by number, told to the other side; old versions and closed later periods stay."""

from decimal import Decimal

import pytest

from tasks import compiled, series
from tasks.kinds import CellState, CheckState, CorrectionState
from tasks.models import (
    CheckSheet,
    Correction,
    Entry,
    FigureCheck,
    OpeningFigure,
    PeriodSnapshot,
    ReportingPeriod,
)
from tasks.services import closing, corrections, filing
from tasks.services.opening import open_due
from tests import factories
from tests.tasks import cycle
from tests.tasks.closed import accepted, close
from tests.tasks.cycle import at
from tests.tasks.filed import PDF
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused
from zhuzun.notices.models import Message

ASKED, SIGNED, APPROVED = at(12), at(13), at(16)


@pytest.fixture
def october(world, opened_month, people):
    """香洲区's report is accepted and the month closed; everybody else's is 缺报."""
    made = opened_month
    accepted(made.report(world.xiangzhou), people)
    close(made.period, people)
    return made


def money(october):
    return october.cell(october.money, october.world.zhengan)


def ask(entry, people, typed="15", role=Role.DISTRICT_OFFICER, **more):
    facts = {"reason": "补报漏记的一笔", "actor": people[role], "now": ASKED, **more}
    return corrections.ask(entry, typed=typed, **facts)


def approved(entry, people, **more):
    one = corrections.sign(ask(entry, people, **more), actor=people[Role.DISTRICT_LEADER], now=SIGNED)
    return corrections.approve(one, actor=people[Role.BUREAU_LEADER], now=APPROVED)


def total(period, indicator, version=None):
    snapshot = period.snapshots.get(version=version) if version else compiled.latest_snapshot(period)
    return compiled.overview(one for one in compiled.frozen(snapshot) if one.indicator == indicator).value


def test_the_life_of_a_correction(october, people):
    one = approved(money(october), people)
    assert (one.state, one.number, str(one)) == (CorrectionState.APPROVED, 1, "2026年10月 更正第1号")
    assert (one.old_words, one.new_words) == ("12.00 万元", "15.00 万元")
    assert one.snapshot.version == 2
    period = october.period
    assert total(period, october.money, 1) == 24
    assert total(period, october.money) == 27
    assert closing.intact(period.snapshots.get(version=1))
    assert closing.intact(one.snapshot)
    assert one.snapshot.sha256 != period.snapshots.get(version=1).sha256
    entry = money(october)
    assert (entry.value, entry.updated_by) == (Decimal(15), people[Role.DISTRICT_OFFICER])
    told = Message.objects.filter(kind="correction").values_list("organisation__code", flat=True)
    assert sorted(told) == ["bureau", "xiangzhou", "zhengan"]
    acts = Event.objects.filter(action__startswith="correction").order_by("at").values_list("action", flat=True)
    assert list(acts) == ["correction.ask", "correction.sign", "correction.approve"]


def test_what_came_too_late_enters_as_the_next_number(october, people):
    approved(money(october), people)
    cell = october.cell(october.money, october.world.wuchuan)
    assert approved(cell, people, typed="0").number == 2
    assert october.period.snapshots.count() == 3
    rows = october.period.snapshots.get(version=3).figures
    assert rows.get(entry=cell).state == CellState.ZERO
    assert rows.count() == Entry.objects.filter(period=october.period).count()


def test_a_missing_cell_is_reported_late(october, people):
    cell = october.cell(october.jobs, october.world.zhengan)
    one = ask(cell, people, typed="8", role=Role.GROUP_MEMBER)
    assert one.old_words == "缺报"
    one = corrections.sign(one, actor=people[Role.GROUP_LEADER], now=SIGNED)
    corrections.approve(one, actor=people[Role.BUREAU_LEADER], now=APPROVED)
    assert total(october.period, october.jobs) == 8


def test_on_paper_with_the_scan(october, people):
    one = ask(money(october), people)
    officer = people[Role.DISTRICT_OFFICER]
    one = corrections.sign_on_paper(one, data=PDF, filename="更正.pdf", actor=officer, now=SIGNED)
    assert one.state == CorrectionState.SIGNED
    with pytest.raises(DomainError, match="目前状态"):
        corrections.sign(one, actor=people[Role.DISTRICT_LEADER], now=SIGNED)


def test_a_refused_one_leaves_everything_as_it_is(october, people):
    one = ask(money(october), people)
    leader = people[Role.BUREAU_LEADER]
    with pytest.raises(DomainError, match="请写明不予更正的理由"):
        corrections.refuse(one, actor=leader, now=SIGNED, reason="")
    one = corrections.refuse(one, actor=leader, now=SIGNED, reason="依据不足")
    assert (one.state, one.number, money(october).value) == (CorrectionState.REFUSED, None, 12)
    assert october.period.snapshots.count() == 1
    assert ask(money(october), people).state == CorrectionState.ASKED  # it may be asked for again


def test_what_cannot_be_asked(october, people):
    for typed, more, words in (
        ("", {}, "请填写更正后的数值"),
        ("12", {}, "与定稿数相同"),
        ("15", {"not_applicable": "无"}, "两者选一"),
        ("15", {"reason": " "}, "请写明更正原因"),
        ("十五", {}, "不是数字"),
    ):
        with pytest.raises(DomainError, match=words):
            ask(money(october), people, typed=typed, **more)
    for role in (Role.UNIT_OFFICER, Role.BUREAU_LEADER, Role.COUNTY_OFFICER, Role.GROUP_MEMBER):
        with pytest.raises(Refused):
            ask(money(october), people, role=role)
    ask(money(october), people)
    with pytest.raises(DomainError, match="已有更正申请在办理"):
        ask(money(october), people, typed="16")


def test_an_open_period_needs_none(world, people):
    made = cycle.month(world)
    with pytest.raises(DomainError, match="尚未定稿"):
        ask(made.cell(made.money, world.zhengan), people)


def test_of_two_approvals_one_wins(october, people):
    one = corrections.sign(ask(money(october), people), actor=people[Role.DISTRICT_LEADER], now=SIGNED)
    first, second = Correction.objects.get(pk=one.pk), Correction.objects.get(pk=one.pk)
    corrections.approve(first, actor=people[Role.BUREAU_LEADER], now=APPROVED)
    with pytest.raises(DomainError, match="已被他人处理"):
        corrections.approve(second, actor=people[Role.BUREAU_LEADER], now=APPROVED)
    assert PeriodSnapshot.objects.count() == 2


def test_open_later_periods_reckon_anew_and_closed_ones_keep_theirs(october, people, world):
    open_due(now=at(1, month=12))
    november = ReportingPeriod.objects.get(label="2026年11月")
    OpeningFigure.objects.all().delete()
    entry = Entry.objects.get(period=november, indicator=october.money, place=world.zhengan)
    accepted(
        october.report(world.xiangzhou).__class__.objects.get(parts__form__period=november, filer=world.xiangzhou),
        people,
    )
    Entry.objects.filter(pk=entry.pk).update(value=20)
    assert series.before(november, [entry])[series.key_of(entry)].year_to_date == 12
    kept = close(november, people, now=at(9, month=12)).sha256
    approved(money(october), people)
    assert series.before(november, [entry])[series.key_of(entry)].year_to_date == 15
    snapshot = compiled.latest_snapshot(november)
    assert (snapshot.version, snapshot.sha256) == (1, kept)
    assert snapshot.figures.get(entry=entry).span_value == 8


def test_a_correction_replaces_what_the_bureau_settled(october, people, world):
    """The settled figure was that of the old cell: later months go on from the corrected one."""
    entry = money(october)
    sheet = CheckSheet.objects.create(
        report=entry.section.report, county=world.zhengan, opened_on=at(4).date(), due_on=at(6).date()
    )
    settled = {
        "state": "settled",
        "settled_value": 10,
        "settlement": "以凭证为准",
        "seen_state": "value",
        "seen_value": 12,
    }
    line = FigureCheck.objects.create(sheet=sheet, entry=entry, **settled)
    open_due(now=at(1, month=12))
    later = Entry.objects.get(period__label="2026年11月", indicator=october.money, place=world.zhengan)
    assert series.before(later.period, [later])[series.key_of(later)].year_to_date == 10
    approved(entry, people)
    assert series.before(later.period, [later])[series.key_of(later)].year_to_date == 15
    line.refresh_from_db()
    assert (line.state, line.settled_value, line.seen_value) == (CheckState.UNCHECKED, None, 15)


def test_cells_of_a_closed_period_are_not_typed_over(october, people):
    report = october.report(october.world.gaoxin)
    officer = factories.person(Role.DISTRICT_OFFICER, october.world.gaoxin_department)
    cell = october.cell(october.money, october.world.daozhen)
    change = filing.Change(cell.pk, cell.version, typed="5")
    (outcome,) = filing.save_cells(report, [change], actor=officer, now=ASKED)
    assert "已定稿" in outcome.message
    assert october.cell(october.money, october.world.daozhen).state == CellState.MISSING


def test_pages_of_the_whole_way(october, sign_in, people, time_machine):
    time_machine.move_to(ASKED, tick=False)
    officer = sign_in(people[Role.DISTRICT_OFFICER])
    figure = officer.get(f"/tasks/periods/{october.period.pk}/figures/T-FUND01/").content.decode()
    url = f"/tasks/corrections/new/{money(october).pk}/"
    assert url in figure
    assert "定稿数：12.00 万元" in officer.get(url).content.decode()
    answer = officer.post(url, {"typed": "15", "reason": "补报"})
    page = answer.url
    leader = sign_in(people[Role.DISTRICT_LEADER])
    assert "更正为 15.00 万元" in leader.get(f"{page}sign/").content.decode()
    assert leader.post(f"{page}sign/").status_code == 302
    bureau = sign_in(people[Role.BUREAU_LEADER])
    assert bureau.post(f"{page}approve/", {"reason": "同意"}).status_code == 302
    county = sign_in(people[Role.COUNTY_OFFICER])
    text = county.get(page).content.decode()
    assert "更正第1号" in text
    assert "12.00 万元" in text
    assert "更正第1号" in county.get("/tasks/corrections/").content.decode()
    figure = officer.get(f"/tasks/periods/{october.period.pk}/figures/T-FUND01/").content.decode()
    assert "定稿数（第2版）" in figure
    assert "原为 12.00 万元，更正为 15.00 万元" in figure


def test_each_sees_corrections_of_his_own_reach(october, people):
    ask(money(october), people)
    seen = {role for role, user in people.items() if Correction.objects.visible_to(user).exists()}
    assert Role.UNIT_OFFICER not in seen
    assert {Role.DISTRICT_OFFICER, Role.COUNTY_OFFICER, Role.BUREAU_OFFICER, Role.GROUP_LEADER} <= seen
