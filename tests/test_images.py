"""What is ready before a test begins is the test's own: whole, true to its maker, and never seen changed by another."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection

from tasks.models import Measure
from tests import factories
from tests.conftest import IMAGES
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.organisations.models import Division, Organisation

HERE = Path(__file__).parent


@pytest.mark.parametrize("turn", [1, 2])
def test_rows_and_objects_are_new_in_every_test(people, world, turn):
    assert world.bureau.note == Organisation.objects.get(pk=world.bureau.pk).note == ""
    assert people[Role.BUREAU_HEAD].home == world.bureau
    Organisation.objects.filter(pk=world.bureau.pk).update(note="改")
    world.bureau.note = "改"
    User.objects.filter(pk=people[Role.LEADER].pk).delete()


@pytest.mark.parametrize("turn", [1, 2])
def test_the_whole_policy_is_new_in_every_test(whole_policy, turn):
    assert (whole_policy.code, whole_policy.paragraphs.count(), Measure.objects.count()) == ("2021-12", 16, 63)
    assert Division.objects.filter(level="village").count() > 1000
    assert not User.objects.exists()
    Measure.objects.all().delete()


@pytest.mark.django_db
def test_a_test_that_asks_for_nothing_has_nothing():
    assert not Organisation.objects.exists()


def test_ready_or_built_in_place_is_the_same_world(world):
    """The objects a test is given say what its database says."""
    for name, row in vars(world).items():
        fresh = type(row).objects.get(pk=row.pk)
        for field in row._meta.concrete_fields:
            assert getattr(row, field.attname) == getattr(fresh, field.attname), (name, field.attname)


def test_what_a_test_makes_bears_numbers_of_its_own(world):
    """The factories' numbers go on behind those of the ready rows, in every worker."""
    highest = Organisation.objects.order_by("-position").values_list("position", flat=True)[0]
    assert factories.organisation("enterprise").position > highest


def test_a_ready_database_keeps_the_rules(world):
    """Triggers and constraints are copied along."""
    factories.event()
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="只可新增"):
        cursor.execute("UPDATE audit_event SET action = 'x'")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_has_a_database_for_itself(world, turn):
    """In other threads, too: those of a live server."""
    with ThreadPoolExecutor(1) as thread:
        elsewhere = thread.submit(lambda: connection.settings_dict["NAME"]).result()
    assert "world-once" in connection.settings_dict["NAME"]
    assert elsewhere == connection.settings_dict["NAME"]
    assert ContentType.objects.get_for_model(User) in ContentType.objects.all()
    assert not User.objects.exists()
    factories.people(world)  # committed, and gone with the copy


@pytest.mark.django_db
def test_what_django_remembers_of_one_database_is_forgotten_in_another(django_db_setup):
    django_db_setup.prepare(IMAGES["world"])
    ContentType.objects.get_for_model(User).pk = -1  # as after the database was emptied
    with django_db_setup.under(IMAGES["world"]):
        known = ContentType.objects.get_for_model(User)
        assert known in ContentType.objects.all()
        known.pk = -1
    assert ContentType.objects.get_for_model(User) in ContentType.objects.all()


def test_no_other_fixture_bears_the_name_of_an_image():
    """A test that asks for another thing of this name would find rows in its database that it does not know of."""
    found = [
        f"{path.relative_to(HERE)}: {name}"
        for path in HERE.rglob("*.py")
        for name in re.findall(r"@pytest\.fixture.*\n(?:@.*\n)*def (\w+)\(", path.read_text(encoding="utf-8"))
        if name in IMAGES and path != HERE / "conftest.py"
    ]
    assert found == []


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="files are simply deleted")
def test_a_connection_that_a_thread_left_open_does_not_keep_a_database(django_db_setup):
    store = django_db_setup.store
    store.copy("tables", "left-open")
    left = django_db_setup.connection(store.name("left-open"))
    left.ensure_connection()
    store.drop("left-open")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [store.name("left-open")])
        assert cursor.fetchone() is None
    left.close()
