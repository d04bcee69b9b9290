"""Faults as they happen: a process killed (SIGKILL) in the midst of its work, and a Redis that does not answer."""

import signal

import pytest

from tests.process.conftest import free_port

pytestmark = pytest.mark.process

SET_UP = """
from tests import factories
from tests.tasks import cycle
world = factories.world()
factories.people(world)
cycle.set_up(world)
"""
COUNTS = """
from tasks.models import Entry, PeriodForm, ProgressReport, ReportingPeriod
from zhuzun.notices.models import Message, Reminder
from zhuzun.runs.models import JobRun
periods = [ReportingPeriod.objects.count(), PeriodForm.objects.count(), ProgressReport.objects.count()]
print(*periods, Entry.objects.count(), Reminder.objects.count(), Message.objects.count())
print(*JobRun.objects.order_by("pk").values_list("state", flat=True))
"""
# Runs a job whose `name` kills its own process, without a word, at the second call: after its writes, before the end.
DIES = """
import os, signal
from django.core.management import call_command
from {module} import {name} as real
import {module} as module
calls = []
def dies(*args, **facts):
    done = real(*args, **facts)
    calls.append(done)
    if len(calls) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return done
module.{name} = dies
call_command("jobs", "run", "{job}", "--at", "{at}")
"""
FILE = """
import re
from django.test import Client
from tasks.models import ProgressReport
from tests.tasks import filed
from zhuzun.accounts.models import User
officer = User.objects.get(username="district-officer")
report = filed.fill(ProgressReport.objects.get(filer__code="xiangzhou"), by=officer)
filed.sheet(report, by=officer)
client = Client(headers={"host": "127.0.0.1"})
client.force_login(officer)
address = f"/tasks/reports/{report.pk}/signed/"
seen = re.search(r'name="seen" value="([^"]*)"', client.get(address).content.decode()).group(1)
print(client.post(address, {"seen": seen, "text": ""}).status_code)
client.force_login(User.objects.get(username="bureau-officer"))
told = "已报送，待审核" in client.get("/notices/inbox/").content.decode()
print(ProgressReport.objects.get(pk=report.pk).state, told)
"""


@pytest.fixture(scope="module")
def prepared(portal):
    """The tables and a small world with plans switched on; no period opened yet."""
    for words in (("manage.py", "migrate", "-v0"), ("manage.py", "shell", "-v0", "-c", SET_UP)):
        answer = portal.python(*words)
        assert answer.returncode == 0, answer.stderr
    return portal


def shell(portal, code):
    return portal.python("manage.py", "shell", "-v0", "-c", code)


def counts(portal):
    """(periods, forms, reports, cells, reminders, messages), states of runs."""
    numbers, states = shell(portal, COUNTS).stdout.splitlines()
    return [int(number) for number in numbers.split()], states.split()


def job(portal, name, at):
    answer = portal.python("manage.py", "jobs", "run", name, "--at", at)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def test_killed_while_opening_a_period_the_next_run_completes_it(prepared):
    name, at = "tasks.open_periods", "2026-11-01T00:20"
    dying = DIES.format(module="tasks.services.opening", name="open_report", job=name, at=at)
    assert shell(prepared, dying).returncode == -signal.SIGKILL
    assert counts(prepared) == ([0, 0, 0, 0, 0, 0], ["running"])
    assert job(prepared, name, at) == f"{name}：开启报告期 2026年10月，报表 4 份"
    whole, states = counts(prepared)
    assert whole == [1, 2, 4, 10, 0, 0]
    assert states == ["running", "done"]
    assert job(prepared, name, at) == f"{name}：开启报告期 0 个"
    assert counts(prepared)[0] == whole


def test_killed_while_reminding_nobody_is_reminded_twice_or_forgotten(prepared):
    name, at = "tasks.send_reminders", "2026-11-03T09:00"
    dying = DIES.format(module="tasks.services.chasing", name="remind_once", job=name, at=at)
    assert shell(prepared, dying).returncode == -signal.SIGKILL
    assert counts(prepared)[0][-2:] == [1, 1]
    assert job(prepared, name, at) == f"{name}：提醒 1 份"
    assert job(prepared, name, at) == f"{name}：提醒 0 份"
    assert counts(prepared)[0][-2:] == [2, 2]


def test_with_redis_down_a_report_is_filed_and_the_bureau_finds_the_notice(prepared, monkeypatch):
    monkeypatch.setitem(prepared.env, "REDIS_URL", f"redis://127.0.0.1:{free_port()}/0")
    answer = shell(prepared, FILE)
    assert answer.stdout.split() == ["302", "review", "True"], answer.stderr
