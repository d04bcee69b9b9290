"""The portal as `make run` starts it: web server, worker and scheduler, with port 5672 refused."""

import os
import signal
import urllib.request
from pathlib import Path

import pytest

from tests.process.conftest import wait_for

pytestmark = pytest.mark.process

SEND_AND_WAIT = """
import time
from zhuzun.runs.jobs import clear_sessions
from zhuzun.runs.models import JobRun
before = JobRun.objects.filter(state="done").count()
{start}
deadline = time.monotonic() + 60
while JobRun.objects.filter(state="done").count() == before:
    assert time.monotonic() < deadline, "no job ran within a minute"
    time.sleep(0.2)
{end}
print("ran")
"""
EVERY_SECOND = """
from django_celery_beat.models import IntervalSchedule, PeriodicTask
second, _ = IntervalSchedule.objects.get_or_create(every=1, period="seconds")
PeriodicTask.objects.create(name="every second", task="runs.clear_sessions", interval=second)
"""


def shell(portal, start, end=""):
    return portal.python("manage.py", "shell", "-v0", "-c", SEND_AND_WAIT.format(start=start, end=end))


def get(serving, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{serving.port}{path}", timeout=10) as answer:
        return answer.status, answer.read().decode()


def gone(pids):
    """Whether none of the processes is left, apart from those that only wait to be counted out."""
    return all(not (stat := Path(f"/proc/{pid}/stat")).exists() or " Z " in stat.read_text() for pid in pids)


def test_an_unconfigured_broker_would_be_noticed(portal):
    """The trap works: a Celery app left at its default is refused and written down."""
    answer = portal.python("-c", "from celery import Celery; Celery('x').send_task('x', retry=False)")
    assert "refused" in answer.stderr
    assert portal.refused.read_text()
    portal.refused.unlink()


def test_it_answers_and_says_who_may_sign_in(portal, serving):
    assert get(serving, "/healthz")[0] == 200
    status, page = get(serving, "/accounts/login/")
    assert status == 200
    assert 'name="username"' in page
    assert f"http://127.0.0.1:{serving.port}/" in serving.output
    assert "bureau-head" in serving.output
    assert not portal.refused.exists()


def test_a_job_sent_by_another_process_is_run_by_the_worker(portal, serving):
    answer = shell(portal, "clear_sessions.delay()")
    assert answer.stdout.strip() == "ran", answer.stderr
    assert not portal.refused.exists()


def test_the_scheduler_sends_what_the_schedule_says(portal, serving):
    answer = shell(portal, EVERY_SECOND, "PeriodicTask.objects.filter(name='every second').delete()")
    assert answer.stdout.strip() == "ran", answer.stderr
    assert not portal.refused.exists()


def test_a_taken_port_is_named_before_anything_is_built(portal, serving):
    answer = portal.python("manage.py", "serve", "--port", str(serving.port))
    assert answer.returncode == 1
    assert f"PORT={serving.port + 1}" in answer.stderr
    assert "tables" not in answer.stdout


def test_nothing_stays_behind_when_it_is_killed(second):
    parts = second.descendants()
    second.process.kill()
    second.process.wait(10)
    wait_for(lambda: gone(parts), 30)


def test_a_part_that_ends_ends_all_with_an_error(second):
    parts = second.descendants()
    worker = next(pid for pid in parts if b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(worker, signal.SIGKILL)
    assert second.process.wait(30) == 1
    assert "ended by itself" in second.output
    wait_for(lambda: gone(parts), 30)


def test_ctrl_c_stops_all_of_it(serving):
    """The last of this file: it ends what the others asked."""
    parts = serving.descendants()
    assert len(parts) >= 2
    serving.process.send_signal(signal.SIGINT)
    assert serving.process.wait(30) == 0
    assert gone(parts)
