"""Faults as they happen: a process killed (SIGKILL) in the midst of its work, and a Redis that does not answer."""

import json
import os
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
# What the next process finds and does, step by step.
NEXT = """
import json
from io import StringIO
from django.core.management import call_command
from tasks.models import Entry, PeriodForm, ProgressReport, ReportingPeriod
from zhuzun.notices.models import Message, Reminder
from zhuzun.runs.models import JobRun
def rows():
    return [model.objects.count() for model in (ReportingPeriod, PeriodForm, ProgressReport, Entry, Reminder, Message)]
def runs():
    return list(JobRun.objects.order_by("pk").values_list("state", flat=True))
def run():
    out = StringIO()
    call_command("jobs", "run", "{job}", "--at", "{at}", stdout=out)
    return out.getvalue().strip()
print(json.dumps([{steps}]))
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
def database_url(django_db_setup, django_db_blocker):
    """A copy of the tables that the run has made: test_serve migrates as an installation does."""
    url = os.environ.get("DATABASE_URL", "")
    with django_db_blocker.unblock(), django_db_setup.spare(f"faults-{os.getpid()}") as name:
        yield f"{url.rpartition('/')[0]}/{name}" if url.startswith("postgres") else f"sqlite:///{name}"


@pytest.fixture(scope="module")
def prepared(portal):
    """The tables and a small world with plans switched on; no period opened yet."""
    answer = portal.python("manage.py", "shell", "-v0", "-c", SET_UP)
    assert answer.returncode == 0, answer.stderr
    return portal


def shell(portal, code):
    return portal.python("manage.py", "shell", "-v0", "-c", code)


def dies(portal, module, name, **facts):
    answer = shell(portal, DIES.format(module=module, name=name, **facts))
    assert answer.returncode == -signal.SIGKILL, answer.stderr


def next_process(portal, steps, **facts):
    """What each of the steps gives, in the process that comes after the killed one."""
    answer = shell(portal, NEXT.format(steps=steps, **facts))
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_killed_while_opening_a_period_the_next_run_completes_it(prepared):
    job = {"job": "tasks.open_periods", "at": "2026-11-01T00:20"}
    dies(prepared, "tasks.services.opening", "open_report", **job)
    whole = [1, 2, 4, 10, 0, 0]
    assert next_process(prepared, "rows(), runs(), run(), rows(), runs(), run(), rows()", **job) == [
        [0, 0, 0, 0, 0, 0],
        ["running"],
        "tasks.open_periods：开启报告期 2026年10月，报表 4 份",
        whole,
        ["running", "done"],
        "tasks.open_periods：开启报告期 0 个",
        whole,
    ]


def test_killed_while_reminding_nobody_is_reminded_twice_or_forgotten(prepared):
    job = {"job": "tasks.send_reminders", "at": "2026-11-03T09:00"}
    dies(prepared, "tasks.services.chasing", "remind_once", **job)
    assert next_process(prepared, "rows()[-2:], run(), run(), rows()[-2:]", **job) == [
        [1, 1],
        "tasks.send_reminders：提醒 1 份",
        "tasks.send_reminders：提醒 0 份",
        [2, 2],
    ]


def test_with_redis_down_a_report_is_filed_and_the_bureau_finds_the_notice(prepared, monkeypatch):
    monkeypatch.setitem(prepared.env, "REDIS_URL", f"redis://127.0.0.1:{free_port()}/0")
    answer = shell(prepared, FILE)
    assert answer.stdout.split() == ["302", "review", "True"], answer.stderr
