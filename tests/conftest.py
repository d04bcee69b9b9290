"""What every test stands on. Set-up of a kind of test lies in the conftest of its folder."""

import pytest
from django.conf import settings as portal_settings

from zhuzun.celery import app as celery_app

# Hashing slowly protects people, not tests.
portal_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Jobs run where they are started; tests/process starts a real worker.
celery_app.conf.task_always_eager = True
celery_app.conf.task_eager_propagates = True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix):
    """SQLite in a file of its own: the threads of a live server then have connections of their own, as in real life."""
    database = portal_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
