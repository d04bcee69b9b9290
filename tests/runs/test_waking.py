"""Waking a job before its hour: once what happened is committed, and never at the cost of what happened."""

import pytest
from kombu.exceptions import OperationalError

from zhuzun.celery import app
from zhuzun.runs.models import JobRun
from zhuzun.runs.waking import wake

JOB = "runs.clear_sessions"


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_the_job_runs_once_it_is_committed(db, committed):
    app.loader.import_default_modules()  # as in a worker: tests run jobs at once
    with committed() as waiting:
        wake(JOB)
        assert not JobRun.objects.exists()
    assert len(waiting) == 1
    assert [run.job for run in JobRun.objects.all()] == [JOB]


def test_without_a_broker_nothing_fails_and_the_log_says_so(db, committed, monkeypatch, caplog):
    def away():
        raise OperationalError("Connection refused")

    monkeypatch.setattr(app, "connection_for_write", away)
    with committed():
        wake(JOB)
    assert not JobRun.objects.exists()
    assert f"{JOB} was not woken" in caplog.text
