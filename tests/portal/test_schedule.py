"""The schedule's rows: complete after migrate, and the administrator's word stays."""

import pytest
from django.core.management import call_command
from django_celery_beat.models import PeriodicTask

from zhuzun.celery import app
from zhuzun.schedule import SCHEDULE

pytestmark = pytest.mark.django_db


def test_every_routine_has_its_row_after_migrate():
    for routine in SCHEDULE:
        row = PeriodicTask.objects.get(task=routine.job)
        assert (row.name, row.description, row.enabled) == (routine.name, routine.reason, True)
        assert (row.crontab.hour, row.crontab.minute) == (str(routine.hour), str(routine.minute))
        assert str(row.crontab.timezone) == "Asia/Shanghai"


def test_every_routine_names_a_job_that_a_worker_knows():
    app.loader.import_default_modules()
    assert {routine.job for routine in SCHEDULE} <= set(app.tasks)


def test_migrate_changes_no_row_that_exists():
    PeriodicTask.objects.filter(task=SCHEDULE[0].job).update(name="我们自己的名称", enabled=False)
    call_command("migrate", verbosity=0)
    row = PeriodicTask.objects.get(task=SCHEDULE[0].job)
    assert (row.name, row.enabled) == ("我们自己的名称", False)


def test_migrate_brings_back_a_row_that_is_missing():
    PeriodicTask.objects.filter(task=SCHEDULE[0].job).delete()
    call_command("migrate", verbosity=0)
    assert PeriodicTask.objects.filter(task=SCHEDULE[0].job).count() == 1
