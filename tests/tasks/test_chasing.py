"""Reminders as the job sends them: each step once for each recipient, whatever happens in between."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connections

from tasks.kinds import NameVerdict
from tasks.models import NameLine, PeriodForm, ProgressReport
from tasks.services import adjusting, chasing, naming
from tasks.services.chasing import send_due
from tasks.services.opening import open_due
from tests.tasks import cycle
from tests.tasks.checked import asked
from tests.tasks.cycle import at
from zhuzun.accounts.roles import Role
from zhuzun.errors import DomainError, Refused
from zhuzun.notices import inbox
from zhuzun.notices.models import Message, Reminder
from zhuzun.organisations.kinds import Relation


@pytest.fixture
def october(opened_month, people):
    """The month of October, opened; the districts owe it until 5 November (a Thursday)."""
    return opened_month


def morning(day):
    return at(day, 9)


def steps_of(report):
    return list(Reminder.objects.about(report).values_list("step", flat=True))


BEFORE, ON, AFTER = (3, "香洲区", "截止前2个工作日"), (5, "香洲区", "截止当日"), (6, "香洲区", "逾期1个工作日")
# Who is told through the month, by the body's relation to the bureau: (day, to whom, step).
BY_RELATION = {
    "lower": [BEFORE, ON, AFTER, (9, "市乡村振兴局", "逾期2个工作日"), (10, "市乡村振兴局", "拟通报名单")],
    "equal": [BEFORE, ON, AFTER],
    "separate": [(3, "香洲区", "温馨提示")],  # 横琴: directly, once
    "self": [],
    "upper": [],
}


@pytest.mark.parametrize("relation", BY_RELATION)
def test_the_ladder_of_the_starter_plans_by_relation(october, world, relation):
    """区月报 as the starter configuration lays it ready."""
    plans = json.loads((settings.BASE_DIR / "fixtures/policy/report_plans.json").read_text())
    PeriodForm.objects.update(ladder=next(row["ladder"] for row in plans if row["code"] == "district-month"))
    ProgressReport.objects.exclude(filer=world.xiangzhou).update(excused=True, excuse_reason="只看一个单位")
    ProgressReport.objects.filter(filer=world.xiangzhou).update(relation=relation)
    for day in range(1, 31):
        send_due(now=morning(day))
    sent = Reminder.objects.order_by("at", "pk").select_related("organisation")
    assert [(row.at.day, str(row.organisation), row.label) for row in sent] == BY_RELATION[relation]


def test_two_days_before_the_districts_are_reminded(october, world, people):
    assert send_due(now=morning(2)) == "提醒 0 份"
    assert send_due(now=morning(3)).startswith("提醒 2 份")
    report = october.report(world.xiangzhou)
    row = Reminder.objects.about(report).get()
    assert (row.step, row.label, row.organisation, row.sent_by) == (
        "filer-2@2026-11-05",
        "截止前2个工作日",
        world.xiangzhou,
        None,
    )
    assert row.message.title == f"{report.title}2026年11月5日截止报送"
    assert "请按时报送" in row.text
    assert inbox.count_unread(people[Role.DISTRICT_OFFICER]) == 1
    assert inbox.count_unread(people[Role.DISTRICT_LEADER]) == 0


def test_a_second_run_sends_nothing_and_a_free_day_does_nothing(october):
    send_due(now=morning(3))
    before = Message.objects.count()
    assert send_due(now=morning(3)) == send_due(now=morning(4)) == "提醒 0 份"
    assert send_due(now=morning(7)) == "今天不是工作日，提醒 0 份"
    assert Message.objects.count() == before


def test_a_clock_that_jumps_a_day_back_and_on_repeats_nothing(october, world):
    """Also over the turn of the year, where December's period opens: once for each step, body and period."""
    for day in (3, 4, 3, 5, 6, 5, 4, 6):
        send_due(now=morning(day))
        assert open_due(now=morning(day)).periods == []
    assert steps_of(october.report(world.xiangzhou)) == [f"filer{offset}@2026-11-05" for offset in ("-2", "+0", "+1")]
    turn = [at(1, month=1, year=2027), at(31, month=12), at(1, month=1, year=2027)]
    opened = [open_due(now=now).periods for now in turn]
    assert opened == [["2026年11月", "2026年12月"], [], []]
    assert ProgressReport.objects.filter(filer=world.xiangzhou).count() == 3


def test_the_whole_ladder_of_a_month(october, world, people):
    for day in range(1, 31):
        send_due(now=morning(day))
    report = october.report(world.xiangzhou)
    assert steps_of(report) == [f"filer{offset}@2026-11-05" for offset in ("-2", "+0", "+1")]
    form = PeriodForm.objects.get(plan=october.district_plan)
    assert steps_of(form) == ["head+2@2026-11-05", "names+3@2026-11-05"]
    to_head = Reminder.objects.about(form).first()
    assert to_head.organisation == world.bureau
    assert to_head.message.title == "区月报（2026年10月）逾期2个工作日，2 个单位尚未报送"
    assert "香洲区、高新区" in to_head.text
    assert inbox.count_unread(people[Role.BUREAU_HEAD]) == 1
    assert [row.title for row in inbox.messages_of(people[Role.BUREAU_LEADER])] == [
        "区月报（2026年10月）拟通报名单：逾期3个工作日，2 个单位尚未报送"  # one a day, with the list
    ]
    assert inbox.count_unread(people[Role.LEADER]) == 0  # nothing leaves the bureau


def test_after_an_outage_only_the_step_that_stands(october, world):
    assert send_due(now=morning(10)) == "提醒 0 份，报告市局 1 次"
    assert steps_of(october.report(world.xiangzhou)) == []


def test_what_is_filed_excused_or_extended(october, world, people):
    officer = people[Role.BUREAU_OFFICER]
    adjusting.excuse(october.report(world.gaoxin), reason="台风停工", actor=officer, now=at(2))
    ProgressReport.objects.filter(filer=world.xiangzhou).update(extended_to=date(2026, 11, 12))
    for day in (3, 5, 6, 9):
        assert send_due(now=morning(day)) == "提醒 0 份"
    assert send_due(now=morning(10)) == "提醒 1 份"
    assert steps_of(october.report(world.xiangzhou)) == ["filer-2@2026-11-12"]
    assert steps_of(october.report(world.gaoxin)) == []


def test_a_moved_date_begins_the_ladder_anew(october, world, people):
    send_due(now=morning(3))
    report = october.report(world.xiangzhou)
    facts = {"reason": "与季报合并", "actor": people[Role.BUREAU_OFFICER], "now": at(3)}
    adjusting.move_due(report, due_on=date(2026, 11, 12), **facts)
    send_due(now=morning(10))
    assert steps_of(report) == ["filer-2@2026-11-05", "filer-2@2026-11-12"]


def test_a_separate_body_gets_one_courteous_hint(october, world):
    ProgressReport.objects.filter(filer=world.gaoxin).update(relation=Relation.SEPARATE)
    for day in range(1, 31):
        send_due(now=morning(day))
    report = october.report(world.gaoxin)
    row = Reminder.objects.about(report).get()
    assert (row.step, row.label, row.organisation) == ("courtesy", "温馨提示", world.gaoxin)
    assert row.message.title == f"温馨提示：{report.title}"
    assert not any(word in row.text for word in ("逾期", "催", "截止"))
    assert set(NameLine.objects.values_list("report__filer__code", flat=True)) == {"xiangzhou"}


def test_the_way_by_the_group(october, world, people):
    ProgressReport.objects.filter(filer=world.gaoxin).update(relation=Relation.SEPARATE)
    form = PeriodForm.objects.get(plan=october.district_plan)
    form.ladder = [{"relation": "separate", "offset": -2, "audience": "filer", "via_group": True}]
    form.save()
    send_due(now=morning(3))
    row = Reminder.objects.about(october.report(world.gaoxin)).get()
    assert row.organisation == world.group
    assert "转告高新区" in row.text
    assert inbox.count_unread(people[Role.GROUP_LEADER]) == 1


def test_a_worker_killed_between_two_reminders_is_followed_by_one_that_goes_on(october, monkeypatch):
    real, done = chasing.remind_once, []

    def dies(**facts):
        if done:
            raise KeyboardInterrupt
        done.append(real(**facts))
        return done[-1]

    monkeypatch.setattr(chasing, "remind_once", dies)
    with pytest.raises(KeyboardInterrupt):
        send_due(now=morning(3))
    monkeypatch.undo()
    assert Reminder.objects.count() == 1
    assert send_due(now=morning(3)) == "提醒 1 份"
    assert Reminder.objects.count() == Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment(world, people):
    cycle.month(world)
    start = Barrier(2)

    def work():
        try:
            start.wait(5)
            return send_due(now=morning(3))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        said = [one.result(30) for one in [pool.submit(work) for _ in range(2)]]
    assert sum(int(words.split()[1]) for words in said) == 2
    assert Reminder.objects.count() == Message.objects.count() == 2


def test_a_county_is_hinted_at_its_check_by_way_of_the_group(october, world, people):
    sheet = asked(october, people)
    assert sheet.due_on > date(2026, 11, 4)
    said = [send_due(now=at(day, 9)) for day in range(4, 30)]
    assert sum("核对提示 1 份" in words for words in said) == 1
    row = Reminder.objects.about(sheet).get()
    assert (row.organisation, row.label) == (world.zhengan_team, "核对温馨提示")
    assert "不视为认可" in row.text


def test_the_number_of_queries_to_look_is_constant(october, world, django_assert_num_queries):
    send_due(now=morning(3))
    with django_assert_num_queries(10):
        send_due(now=morning(4))
    ProgressReport.objects.filter(filer=world.gaoxin).update(excused=True, excuse_reason="台风")
    with django_assert_num_queries(10):
        send_due(now=morning(4))


# --- the list of names ------------------------------------------------------------------------------------------------
@pytest.fixture
def names(october):
    send_due(now=morning(10))
    return october.period.name_list


def test_the_list_is_drawn_up_and_names_nobody(names, people):
    assert [str(line.report.filer) for line in names.lines.all()] == ["香洲区", "高新区"]
    assert {line.verdict for line in names.lines.all()} == {NameVerdict.OPEN}


def test_the_leader_decides_name_by_name(names, people):
    leader = people[Role.BUREAU_LEADER]
    first, second = names.lines.all()
    naming.decide(first, verdict="named", actor=leader, now=at(10))
    with pytest.raises(DomainError, match="不列入的请写明理由"):
        naming.decide(second, verdict="spared", actor=leader, now=at(10))
    naming.decide(second, verdict="spared", reason="台风停工", actor=leader, now=at(10))
    assert list(names.lines.values_list("verdict", flat=True)) == ["named", "spared"]
    assert names.lines.first().decided_by == leader
    with pytest.raises(Refused):
        naming.decide(first, verdict="named", actor=people[Role.BUREAU_HEAD], now=at(10))


def test_who_was_excused_or_given_time_since_is_not_named(names, world, people):
    line = names.lines.get(report__filer=world.xiangzhou)
    ProgressReport.objects.filter(pk=line.report_id).update(extended_to=date(2026, 11, 20))
    with pytest.raises(DomainError, match="目前为“已批延期”"):
        naming.decide(line, verdict="named", actor=people[Role.BUREAU_LEADER], now=at(10))


# --- by hand ----------------------------------------------------------------------------------------------------------
def test_chasing_many_by_hand(october, world, people):
    officer = people[Role.BUREAU_OFFICER]
    ProgressReport.objects.filter(filer=world.gaoxin).update(relation=Relation.SEPARATE)
    rows = [october.report(world.xiangzhou), october.report(world.gaoxin)]
    outcome = chasing.chase(rows, text="请今天报送。", actor=officer, now=at(6))
    assert [report.filer for report in outcome.done] == [world.xiangzhou]
    assert [why for _, why in outcome.refused] == ["不相隶属单位不催报，由系统发一次温馨提示"]
    row = Reminder.objects.about(rows[0]).get()
    assert (row.step, row.sent_by, row.text) == ("manual-2026-11-06", officer, "请今天报送。")
    again = chasing.chase(rows[:1], text="请今天报送。", actor=officer, now=at(6, 15))
    assert [why for _, why in again.refused] == ["今天已催报过"]
    with pytest.raises(DomainError, match="请填写催报内容"):
        chasing.chase(rows, text=" ", actor=officer, now=at(6))
    with pytest.raises(Refused):
        chasing.chase(rows, text="请报送。", actor=people[Role.DISTRICT_OFFICER], now=at(6))


def test_a_list_that_was_copied_is_recorded(october, world, people):
    from tests import factories

    factories.contact(world.xiangzhou, name="张联络", phone="0756-1234567")
    rows = [october.report(world.xiangzhou)]
    officer = people[Role.BUREAU_OFFICER]
    chasing.copied(rows, channel="copied", actor=officer, now=at(9))
    row = Reminder.objects.about(rows[0]).get()
    assert (row.channel, row.message, row.sent_by) == ("copied", None, officer)
    assert "香洲区：尚缺 2026年10月（逾期 2 个工作日）" in row.text
    assert "张联络 0756-1234567" in row.text
    chasing.copied(rows, channel="copied", actor=officer, now=at(9, 15))
    chasing.copied(rows, channel="phone", actor=officer, now=at(9, 16))
    assert Reminder.objects.about(rows[0]).count() == 2
