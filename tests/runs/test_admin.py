"""What the machine did, and when it shall do it: for 系统管理员, the first readable for 审计管理员 too."""

import pytest
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from tests import factories
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused
from zhuzun.runs.models import JobRun
from zhuzun.runs.services import reschedule
from zhuzun.runs.timetable import clock_words, interval_words, words_of

RUNS, ROUTINES = "/admin/runs/jobrun/", "/admin/django_celery_beat/periodictask/"


@pytest.fixture
def routine(db):
    return PeriodicTask.objects.get(task="runs.clear_sessions")


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_runs_are_readable_and_nothing_more(people, sign_in, role):
    run = JobRun.objects.create(job="runs.clear_sessions", started_at=factories.NOW, result="清理过期会话 12 条")
    client = sign_in(people[role])
    text = client.get(RUNS).content.decode()
    assert "清理过期会话 12 条" in text
    assert "runs.clear_sessions" not in text.split("result_list")[1]
    assert client.get(f"{RUNS}{run.pk}/change/").status_code == 200
    assert client.post(f"{RUNS}{run.pk}/change/", {"result": "x"}).status_code == 403
    assert client.get(f"{RUNS}add/").status_code == 403


@pytest.mark.parametrize("role", [Role.BUREAU_LEADER, Role.SECURITY_ADMIN])
def test_runs_are_nobody_elses(people, sign_in, role):
    assert sign_in(people[role]).get(RUNS).status_code == 403
    assert sign_in(people[role]).get(ROUTINES).status_code == 403


def test_times_are_the_administrators_word(people, sign_in, routine):
    client = sign_in(people[Role.SYSTEM_ADMIN])
    page = client.get(f"{ROUTINES}{routine.pk}/change/").content.decode()
    assert "每天 03:10" in page
    data = {"enabled": "on", "hour": "4", "minute": "5", "change_reason": "夜间备份"}
    assert client.post(f"{ROUTINES}{routine.pk}/change/", data).status_code == 302
    routine.refresh_from_db()
    assert words_of(routine) == "每天 04:05"
    line = Event.objects.about(routine).get()
    assert (line.action, line.reason, line.detail) == (
        "schedule.change",
        "夜间备份",
        {"时间": ["每天 03:10", "每天 04:05"]},
    )


@pytest.mark.parametrize("wrong", [{"hour": "24"}, {"minute": "60"}, {"hour": ""}, {"change_reason": ""}])
def test_wrong_times_are_refused(people, sign_in, routine, wrong):
    client = sign_in(people[Role.SYSTEM_ADMIN])
    data = {"enabled": "on", "hour": "4", "minute": "5", "change_reason": "夜间备份", **wrong}
    assert client.post(f"{ROUTINES}{routine.pk}/change/", data).status_code == 200
    assert not Event.objects.about(routine).exists()


def test_switched_off_is_said(people, routine):
    facts = {"enabled": False, "hour": 3, "minute": 10, "now": factories.NOW}
    with pytest.raises(Refused):
        reschedule(routine, reason="停", actor=people[Role.AUDIT_ADMIN], **facts)
    with pytest.raises(DomainError):
        reschedule(routine, reason=" ", actor=people[Role.SYSTEM_ADMIN], **facts)
    assert words_of(reschedule(routine, reason="停", actor=people[Role.SYSTEM_ADMIN], **facts)) == "已停用"


def test_auditor_reads_the_times_only(people, sign_in, routine):
    client = sign_in(people[Role.AUDIT_ADMIN])
    assert client.get(ROUTINES).status_code == 200
    data = {"enabled": "on", "hour": "4", "minute": "5", "change_reason": "夜间备份"}
    assert client.post(f"{ROUTINES}{routine.pk}/change/", data).status_code == 403


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ({"minute": "30", "hour": "2"}, "每天 02:30"),
        ({"minute": "0", "hour": "8", "day_of_week": "1"}, "每周一 08:00"),
        ({"minute": "0", "hour": "8", "day_of_week": "1,5"}, "每周一、五 08:00"),
        ({"minute": "0", "hour": "8", "day_of_month": "10"}, "每月 10 日 08:00"),
        ({"minute": "0", "hour": "8", "day_of_month": "10", "month_of_year": "1"}, "每年 1 月 10 日 08:00"),
        ({"minute": "5", "hour": "*"}, "每天，每小时第 5 分"),
        ({"minute": "*/5", "hour": "8-17"}, "每天，时 8-17，分 */5"),
    ],
)
def test_times_in_words(plan, expected):
    assert clock_words(CrontabSchedule(**plan)) == expected


def test_intervals_in_words():
    plan = IntervalSchedule(every=10, period="minutes")
    assert interval_words(plan) == "每 10 分钟"
    assert words_of(PeriodicTask(interval=plan)) == "每 10 分钟"
    assert words_of(PeriodicTask()) == "—"
