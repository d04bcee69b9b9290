"""What every test stands on. Set-up of a kind of test lies in the conftest of its folder."""

import socket

import pytest
from django.conf import settings as portal_settings
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseOperations as SqliteOperations

from tests import factories
from zhuzun.celery import app as celery_app

# Hashing slowly protects people, not tests.
portal_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Jobs run where they are started; tests/process starts a real worker.
celery_app.conf.task_always_eager = True
celery_app.conf.task_eager_propagates = True

AMQP = 5672  # Celery's default broker: an unnoticed server there would hide that ours is not configured


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix):
    """SQLite in a file of its own: the threads of a live server then have connections of their own, as in real life."""
    database = portal_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def no_default_broker():
    """Nothing in this process talks to port 5672."""
    connect = socket.socket.connect

    def refusing(self, address):
        if isinstance(address, tuple) and address[1] == AMQP:
            raise ConnectionRefusedError(f"a test tried to reach port {AMQP}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refusing)
        yield


@pytest.fixture(scope="session", autouse=True)
def emptying_goes_round_triggers():
    """A transactional test empties every table at its end; on SQLite the append-only triggers step aside for that.

    (PostgreSQL truncates, which its row triggers do not see.) They are back before the next test begins.
    """
    empty = SqliteOperations.sql_flush

    def sql_flush(self, *args, **kwargs):
        with connections[self.connection.alias].cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        aside = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        return [*aside, *empty(self, *args, **kwargs), *(sql for _, sql in triggers)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqliteOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture
def world(db):
    """Two districts, three counties and all the bodies around them: tests/factories.py."""
    return factories.world()


@pytest.fixture
def people(world):
    """One person for each role, by role: `people[Role.BUREAU_OFFICER]`; the district is 香洲, the county 正安."""
    return factories.people(world)


@pytest.fixture
def strangers(world):
    """The same roles at other bodies: the officers of 高新 and of 道真 and the member for 道真, by role."""
    seats = {
        "district_officer": world.gaoxin_department,
        "county_officer": world.daozhen_department,
        "unit_officer": world.labour,
        "group_member": world.daozhen_team,
    }
    return {role: factories.person(role, body, username=f"other-{role}") for role, body in seats.items()}


@pytest.fixture
def sign_in(client):
    """Sign somebody in and give the client back: `sign_in(people[Role.CLERK]).get("/")`."""

    def enter(user):
        client.force_login(user)
        return client

    return enter
