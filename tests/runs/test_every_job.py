"""Every job of the schedule: it exists, takes its moment as an argument, and a second run then changes nothing."""

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import serializers

from tasks.models import Entry, NameLine, PaperPlan, PeriodPaper, ProgressReport, ReportingPeriod
from tasks.services.opening import open_due
from tests import factories
from tests.notices.papers import making
from tests.tasks import cycle
from zhuzun.accounts.roles import Role
from zhuzun.celery import app
from zhuzun.documents.models import PendingImport
from zhuzun.documents.services import create_import
from zhuzun.notices.models import DigestSent, Message, Reminder
from zhuzun.notices.papers.kinds import Standing
from zhuzun.notices.papers.models import Paper
from zhuzun.runs.models import Job, JobRun
from zhuzun.schedule import SCHEDULE

JOBS = [routine.job for routine in SCHEDULE]


@pytest.fixture
def work(world, people):
    """Something for every job to do at NOW."""
    cycle.set_up(world, starts_on=date(2022, 2, 1))
    bureau = making.offices(world)[Standing.BUREAU]
    PaperPlan.objects.create(kind="reminder", span="month", identity=bureau, active=True)
    long_ago = factories.NOW - timedelta(days=3)
    Session.objects.create(session_key="old", session_data="", expire_date=long_ago)
    Session.objects.create(session_key="new", session_data="", expire_date=factories.NOW + timedelta(hours=1))
    facts = {"kind": "notices.zip_papers", "title": "打包公文", "owner": people[Role.CLERK], "asked_at": long_ago}
    Job.objects.create(**facts, kept_until=long_ago + timedelta(days=1))
    for moment in (factories.NOW, long_ago):  # an upload drops what is stale on its way
        upload = create_import(
            kind="roster", data=b"x", filename="a.csv", actor=people[Role.SECURITY_ADMIN], now=moment
        )
        PendingImport.objects.filter(pk=upload.pk).update(filename=f"{moment:%d}.csv")


# What they do is shown in tests/notices/test_digests.py and tests/documents/papers/test_store.py.
ELSEWHERE = {"notices.send_digests", "documents.drop_rendered"}
REPORTING = (ReportingPeriod, ProgressReport, Entry, Reminder, NameLine)
TOUCHED = (Job, Session, PendingImport, Message, DigestSent, Paper, PeriodPaper, *REPORTING)


def everything():
    """All rows that a job may touch."""
    return [serializers.serialize("json", model.objects.order_by("pk")) for model in TOUCHED]


def body_of(name):
    app.loader.import_default_modules()
    return app.tasks[name].body


@pytest.mark.parametrize("name", JOBS)
def test_a_second_run_changes_nothing(work, name):
    body = body_of(name)
    if name in ("tasks.send_reminders", "tasks.draft_papers"):  # of February's reports, in March
        open_due(now=factories.NOW)
    before = everything()
    first = body(factories.NOW)
    between = everything()
    second = body(factories.NOW)
    assert everything() == between
    assert isinstance(first, str)
    assert (before != between) == (first != second), "a run that found nothing says so"
    assert before != between or name in ELSEWHERE


def test_stale_uploads_go_and_fresh_ones_stay(people):
    keeper = people[Role.SECURITY_ADMIN]
    create_import(kind="roster", data=b"old", filename="old.csv", actor=keeper, now=factories.NOW)
    body = body_of("documents.drop_stale_imports")
    assert body(factories.NOW + timedelta(hours=23)) == "清理未确认的上传文件 0 份"
    assert body(factories.NOW + timedelta(hours=24)) == "清理未确认的上传文件 1 份"
    assert not PendingImport.objects.exists()


def test_every_job_leaves_its_row(db):
    for name in JOBS:
        app.tasks[name].delay()
    assert sorted(JobRun.objects.values_list("job", flat=True)) == sorted(JOBS)


def test_no_job_is_left_out_of_the_schedule():
    app.loader.import_default_modules()
    written = {name for name, task in app.tasks.items() if hasattr(task, "body") and not name.startswith("celery.")}
    assert written == set(JOBS)
