"""Scheduled runs: one row each, and housekeeping that may run twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from zhuzun.runs.jobs import clear_sessions, run_and_record
from zhuzun.runs.models import JobRun, RunState

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 5, 8, 19, 10, tzinfo=UTC)


def test_a_run_leaves_one_row_with_its_result():
    run_and_record("test.job", lambda now: f"处理至 {now:%Y-%m-%d}", now=NOW)
    run = JobRun.objects.get()
    assert (run.job, run.state, run.result, run.error) == ("test.job", RunState.DONE, "处理至 2023-05-08", "")
    assert run.started_at == NOW
    assert run.ended_at is not None


def test_a_failed_run_keeps_its_error_and_raises_it_again():
    def body(now):
        raise ValueError("no ink")

    with pytest.raises(ValueError, match="no ink"):
        run_and_record("test.job", body, now=NOW)
    run = JobRun.objects.get()
    assert run.state == RunState.FAILED
    assert "no ink" in run.error


def test_clearing_sessions_deletes_the_expired_ones_once():
    Session.objects.create(session_key="old", session_data="", expire_date=NOW - timedelta(seconds=1))
    Session.objects.create(session_key="new", session_data="", expire_date=NOW)
    assert clear_sessions.body(NOW) == "清理过期会话 1 条"
    assert clear_sessions.body(NOW) == "清理过期会话 0 条"
    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_the_job_itself_runs_its_body_and_leaves_a_row():
    clear_sessions.delay()
    assert [(run.job, run.state) for run in JobRun.objects.all()] == [("runs.clear_sessions", RunState.DONE)]
