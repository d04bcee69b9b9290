"""What every test stands on. Set-up of a kind of test lies in the conftest of its folder."""

import gc
import socket
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.test import TransactionTestCase
from whitenoise.middleware import WhiteNoiseMiddleware

from tests import factories
from tests.images import TABLES, Image, Shelf
from tests.matrix import estate as estates
from tests.tasks import cycle
from zhuzun.celery import app as celery_app

# Hashing slowly protects people, not tests.
portal_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Jobs run where they are started; tests/process starts a real worker.
celery_app.conf.task_always_eager = True
celery_app.conf.task_eager_propagates = True

# What stands in memory once the tests are found stays there: no need to look through it for garbage again and again,
# nor while it comes in.
GARBAGE = (50_000, 20, 20)
gc.disable()

HERE = Path(__file__).parent
PROCESSES = HERE / "process"  # the portal in processes of its own, with the database of the environment

AMQP = 5672  # Celery's default broker: an unnoticed server there would hide that ours is not configured


# Whatever works with a database asks for one of these, itself or through another fixture.
DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out what works with no database, and what is marked one_database: a second run says nothing",
    )


# What takes long comes first, what waits for other processes before all: at the end workers share what is short, and
# none waits for the other's last journey.
LONG = ("process/test_serve.py", "process", "browser", "home/test_demo.py", "test_crawl.py", "test_matrix.py")


def pytest_collection_modifyitems(config, items):
    """The suite's second run is on another database: what that says nothing about has had its run on the first."""
    items.sort(key=_turn)
    if not config.getoption("--database-only"):
        return
    of_database = [item for item in items if _works_with_database(item) and not _proven_on_one(item)]
    kept = set(of_database)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = of_database


def _turn(item) -> int:
    return next((turn for turn, name in enumerate(LONG) if item.path.is_relative_to(HERE / name)), len(LONG))


def _proven_on_one(item) -> bool:
    """Whether it is marked so; each mark says why another database changes nothing."""
    marks = list(item.iter_markers("one_database"))
    if not all(len(mark.args) == 1 for mark in marks):
        raise pytest.UsageError(f"{item.nodeid}: one_database wants its reason")
    return bool(marks)


def _works_with_database(item) -> bool:
    test_case = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or bool(DATABASE & set(item.fixturenames))
        or (test_case is not None and issubclass(test_case, TransactionTestCase))
        or item.path.is_relative_to(PROCESSES)
    )


@pytest.fixture(scope="session", autouse=True)
def media_of_tests(tmp_path_factory):
    """Attachments of tests lie in a folder of their own, never among those of a portal in this checkout."""
    portal_settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


def pytest_collection_finish():
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    gc.enable()


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
def static_files_are_listed_once():
    """Each test client builds the middleware anew, where whitenoise looks up every static file, in 12 ms."""
    look_up, listed = WhiteNoiseMiddleware.add_files_from_finders, {}

    def add_files_from_finders(self):
        if not listed:
            look_up(self)
            listed.update(self.files)
        self.files.update(listed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add_files_from_finders)
        yield


# --- the database, with what a test asks for (tests/images.py) --------------------------------------------------------

WORLD = Image("world", TABLES, lambda things: {"world": factories.world()})
PEOPLE = Image("people", WORLD, lambda things: {**things, "people": factories.people(things["world"])})
ESTATE = Image("estate", PEOPLE, estates.all_of)
POLICY = Image("whole_policy", TABLES, lambda things: {"whole_policy": factories.whole_policy()})


def _with_month(things):
    return {**things, "opened_month": cycle.month(things["world"])}


MONTH = Image("opened_month", WORLD, _with_month, at=cycle.OPENED)
PEOPLES_MONTH = Image("opened_month_people", PEOPLE, _with_month, at=cycle.OPENED)
# The first of these that a test asks for stands ready.
IMAGES = {image.name: image for image in (ESTATE, MONTH, PEOPLE, WORLD, POLICY)}


def image_for(asked) -> Image:
    """What has to stand ready for a test that asks for fixtures of these names."""
    image = next((IMAGES[name] for name in IMAGES if name in asked), TABLES)
    return PEOPLES_MONTH if image is MONTH and "people" in asked else image


@pytest.fixture(scope="session")
def django_db_setup(request, tmp_path_factory, django_test_environment, django_db_blocker):
    """In place of pytest-django's: the tables are made once a run, and every worker gets a copy."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if worker else base) / "databases"
    folder.mkdir(exist_ok=True)
    with django_db_blocker.unblock():
        shelf = Shelf(folder, worker or "only")
    yield shelf
    with django_db_blocker.unblock():
        shelf.clear()


@pytest.fixture
def ready(request, django_db_setup, django_db_blocker):
    """The objects that stand in the database from the beginning, by fixture name."""
    asked, marker = request.fixturenames, request.node.get_closest_marker("django_db")
    image = image_for(asked)
    lasting = {"transactional_db", "live_server"} & set(asked) or (marker and marker.kwargs.get("transaction"))
    under = django_db_setup.once if lasting else django_db_setup.under
    with django_db_blocker.unblock(), under(image) as things, pytest.MonkeyPatch.context() as patch:
        if lasting:
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: None)  # nobody needs it emptied
        yield things


@pytest.fixture
def _django_db_helper(ready, _django_db_helper):
    """pytest-django begins its transaction once the right database is in place."""


@pytest.fixture
def world(db, ready):
    """Two districts, three counties and all the bodies around them: tests/factories.py."""
    return ready.get("world") or factories.world()


@pytest.fixture
def people(world, ready):
    """One person for each role, by role: `people[Role.BUREAU_OFFICER]`; the district is 香洲, the county 正安."""
    return ready.get("people") or factories.people(world)


@pytest.fixture
def opened_month(world, ready):
    """October 2026 in the small world, opened on 1 November: plans, reports and empty cells (tests/tasks/cycle.py)."""
    return ready.get("opened_month") or cycle.month(world)


@pytest.fixture
def whole_policy(db, ready):
    """The real policy as `load_policy` brings it (fixtures/policy), all places of its annex included: its document."""
    return ready.get("whole_policy") or factories.whole_policy()


@pytest.fixture
def strangers(world, ready):
    """The same roles at other bodies: the officers of 高新 and of 道真 and the member for 道真, by role."""
    return ready.get("strangers") or factories.strangers(world)


@pytest.fixture
def estate(world, people, strangers, ready):
    """A small world in which every page has something to show (tests/matrix/estate.py)."""
    return ready.get("estate") or estates.build(world, people, strangers)


@pytest.fixture
def pages_only(monkeypatch):
    """The test client keeps no copy of what each template saw (`context`): for tests that ask for many pages."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda store, **sent: None)


@pytest.fixture
def sign_in(client):
    """Sign somebody in and give the client back: `sign_in(people[Role.CLERK]).get("/")`."""

    def enter(user):
        client.force_login(user)
        return client

    return enter
