"""`manage.py jobs`: the same code as Celery's, at a given moment, once, in order."""

from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from tests.tasks import cycle
from zhuzun.celery import app
from zhuzun.runs.due import is_due, last_fired
from zhuzun.runs.models import JobRun
from zhuzun.schedule import SCHEDULE

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def routine(**plan):
    fields = {"minute": "0", "hour": "9", "timezone": SHANGHAI, **plan}
    return PeriodicTask(task="x", crontab=CrontabSchedule(**fields))


@pytest.mark.parametrize(
    ("plan", "until", "fired"),
    [
        ({}, "2026-11-05 08:59", "2026-11-04 09:00"),
        ({}, "2026-11-05 09:00", "2026-11-05 09:00"),
        ({"hour": "8,20"}, "2026-11-05 10:00", "2026-11-05 08:00"),
        ({"day_of_month": "1"}, "2026-11-05 10:00", "2026-11-01 09:00"),
        ({"day_of_week": "1"}, "2026-11-05 10:00", "2026-11-02 09:00"),
        ({"day_of_week": "0"}, "2026-11-05 10:00", "2026-11-01 09:00"),
        ({"day_of_month": "29", "month_of_year": "2"}, "2026-11-05 10:00", "2024-02-29 09:00"),
        ({"day_of_month": "31", "month_of_year": "1"}, "2027-01-31 08:00", "2026-01-31 09:00"),
    ],
)
def test_when_it_fired_last(plan, until, fired):
    assert last_fired(routine(**plan), at(until)) == at(fired)


def test_a_row_without_a_plan_fires_never():
    assert last_fired(PeriodicTask(task="x"), at("2026-11-05 10:00")) is None


def test_due_between_the_last_run_and_the_moment():
    daily = routine()
    assert is_due(daily, None, at("2026-11-05 08:00"))
    assert not is_due(daily, at("2026-11-04 09:01"), at("2026-11-05 08:59"))
    assert is_due(daily, at("2026-11-04 09:01"), at("2026-11-05 09:00"))
    often = PeriodicTask(task="x", interval=IntervalSchedule(every=10, period="minutes"))
    assert is_due(often, at("2026-11-05 08:00"), at("2026-11-05 08:10"))
    assert not is_due(often, at("2026-11-05 08:00"), at("2026-11-05 08:09"))


def run(*words):
    out = StringIO()
    call_command("jobs", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def plans(world):
    cycle.set_up(world)


@pytest.mark.usefixtures("plans")
class TestCommand:
    def test_a_month_opens_at_the_moment_given(self):
        assert "开启报告期 2026年10月，报表 4 份" in run("run", "tasks.open_periods", "--at", "2026-11-01T00:20")
        assert JobRun.objects.get().started_at == cycle.OPENED

    def test_what_is_due_runs_once_and_in_order(self):
        first = run("run-due", "--at", "2026-11-01T08:30")
        assert first.index("tasks.open_periods") < first.index("runs.clear_sessions")
        assert run("run-due", "--at", "2026-11-01T08:31").strip() == "没有到时间的任务。"
        assert "开启报告期 0 个" in run("run-due", "--at", "2026-11-02T00:20")

    def test_a_job_that_fails_holds_up_no_other_and_is_due_again(self, monkeypatch):
        def fails(now):
            raise RuntimeError("磁盘已满")

        monkeypatch.setattr(app.tasks["tasks.open_periods"], "body", fails)
        with pytest.raises(CommandError, match=r"tasks\.open_periods: 磁盘已满"):
            run("run-due", "--at", "2026-11-01T08:30")
        assert JobRun.objects.filter(state="done").count() == len(SCHEDULE) - 1
        monkeypatch.undo()
        assert run("run-due", "--at", "2026-11-01T08:31").startswith("tasks.open_periods：开启报告期 2026年10月")
        assert run("run-due", "--at", "2026-11-01T08:32").strip() == "没有到时间的任务。"

    def test_a_job_that_was_killed_is_due_again(self):
        JobRun.objects.create(job="tasks.open_periods", started_at=at("2026-11-01 00:20"))  # and never ended
        assert "tasks.open_periods：开启报告期 2026年10月" in run("run-due", "--at", "2026-11-01T08:30")
        assert "tasks.open_periods" not in run("run-due", "--at", "2026-11-01T08:31")

    def test_a_job_that_is_switched_off_stays_off(self):
        PeriodicTask.objects.filter(task="tasks.open_periods").update(enabled=False)
        assert "tasks.open_periods" not in run("run-due", "--at", "2026-11-01T08:30")

    def test_the_list_names_each(self):
        assert "开启报告期" in run("list")
        assert "从未运行" in run("list")

    def test_wrong_words_say_what_to_do(self):
        with pytest.raises(CommandError, match=r"There are: .*tasks\.open_periods"):
            run("run", "no.such")
        with pytest.raises(CommandError, match="2026-12-05T08:30"):
            run("run", "tasks.open_periods", "--at", "morgen")

    def test_the_future_is_refused_in_production(self, settings, time_machine):
        time_machine.move_to(cycle.OPENED)
        settings.DEMO = False
        with pytest.raises(CommandError, match="future"):
            run("run", "tasks.open_periods", "--at", "2026-12-05T08:30+08:00")


@pytest.mark.parametrize(
    ("state", "started", "error", "words"),
    [
        ("done", "2026-11-09 09:00", "", ["完成", "提醒 6 份"]),
        ("running", "2026-11-09 14:30", "", ["运行中"]),
        ("running", "2026-11-09 13:59", "", ["中断"]),  # its worker was killed
        (
            "failed",
            "2026-11-09 09:00",
            "Traceback …\n  File x\nOSError: 磁盘已满\n",
            ["失败", "出错，已办的有效，未办的由下次运行补办：OSError: 磁盘已满"],
        ),
    ],
)
def test_how_a_run_ended_reads_in_chinese(sign_in, people, time_machine, state, started, error, words):
    time_machine.move_to(at("2026-11-09 15:00"), tick=False)
    JobRun.objects.create(
        job="tasks.send_reminders",
        started_at=at(started),
        state=state,
        error=error,
        result="提醒 6 份" if not error else "",
    )
    answer = sign_in(people["bureau_officer"]).get("/runs/?export=csv").content.decode("utf-8-sig")
    row = answer.splitlines()[1]
    assert "催报提醒" in row
    assert all(word in row for word in words)
    assert "Traceback" not in row


def test_the_bureau_reads_what_ran(sign_in, people):
    JobRun.objects.create(job="tasks.open_periods", started_at=cycle.OPENED, result="开启报告期 0 个", state="done")
    page = sign_in(people["bureau_officer"]).get("/runs/").content.decode()
    assert "开启报告期 0 个" in page
    assert page.count("tasks.open_periods") == 0
