"""Databases that are ready before a test begins: what is dear to build is built once a run, and each test has it whole.

An **image** is a database in a certain state: the bare tables, the small world, the whole policy. The first worker that
needs one builds it (on a copy of the image below it) and keeps it; every worker gets a copy of its own, in which a test
works inside a transaction that is rolled back at its end, as ever. A transactional test has a copy for itself, to be
thrown away. The objects that `build` gave are handed out anew to every test, so none sees what another did to them.

tests/conftest.py says which fixtures have an image, and puts the right one under each test.
"""

import fcntl
import gc
import pickle
import shutil
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import time_machine
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.utils import load_backend
from django.test.utils import override_settings, setup_databases

from tests import factories

ALIAS = "default"


@dataclass(frozen=True)
class Image:
    """A state, and how it comes about from the one below; `build` takes and gives the objects that tests ask for."""

    name: str
    below: "Image | None" = None
    build: Callable = lambda things: things
    at: datetime = factories.NOW  # the moment at which it is built, whatever day it is


TABLES = Image("tables")  # what `migrate` makes; below every test that asks for nothing more


class Shelf:
    """The images of one run in `folder`, which its workers share, and the copies of the worker of this name."""

    def __init__(self, folder: Path, worker: str):
        self.folder, self.worker = folder, worker
        self.database = connections.settings[ALIAS]
        sqlite = self.database["ENGINE"].endswith("sqlite3")
        self.store = Files(folder) if sqlite else Databases(self.database["NAME"])
        self.media = folder / "media"  # attachments of the images
        self.media.mkdir(exist_ok=True)
        self._open = {}
        with self._alone():
            (folder / f"{worker}.here").touch()
            self._built(TABLES)
            self.database["NAME"] = self.store.copy(TABLES.name, f"{TABLES.name}-{worker}")

    def prepare(self, image: Image):
        """Have a copy of the image for this worker."""
        if image is not TABLES and image not in self._open:
            self._open[image] = self._copied(image, f"{image.name}-{self.worker}")

    def _copied(self, image, key):
        """A connection to a new copy of the image."""
        with self._alone():
            self._built(image)
            shutil.copytree(self.media, settings.MEDIA_ROOT, dirs_exist_ok=True)
            return self.connection(self.store.copy(image.name, key))

    @contextmanager
    def under(self, image: Image):
        """Within, the database is this worker's copy of the image; gives the objects that were built with it."""
        self.prepare(image)
        with self._as_usual(self._open.get(image, connections[ALIAS])):
            yield self._things(image)

    @contextmanager
    def once(self, image: Image):
        """As `under`, with a copy for this one test: nothing is rolled back, and the copy is thrown away."""
        key = f"{image.name}-once-{self.worker}"
        connection = self._copied(image, key)
        try:
            with self._as_usual(connection):
                yield self._things(image)
        finally:
            connection.close()
            self.store.drop(key)

    @contextmanager
    def _as_usual(self, connection):
        """Within, this is the connection of everything, and other threads open one to the same database."""
        usual, self.database["NAME"] = self.database["NAME"], connection.settings_dict["NAME"]
        try:
            with _instead(connection):
                yield
        finally:
            self.database["NAME"] = usual

    @contextmanager
    def spare(self, key: str):
        """Within, a database of this key with the bare tables, for a process of its own: its name."""
        with self._alone():
            name = self.store.copy(TABLES.name, key)
        yield name
        self.store.drop(key)

    def clear(self):
        """This worker is done; the last one takes the images away."""
        for connection in (connections[ALIAS], *self._open.values()):
            connection.close()
        with self._alone():
            for image in (TABLES, *self._open):
                self.store.drop(f"{image.name}-{self.worker}")
            (self.folder / f"{self.worker}.here").unlink()
            if not any(self.folder.glob("*.here")):
                for built in self.folder.glob("*.built"):
                    self.store.drop(built.stem)
                    built.unlink()

    def _built(self, image: Image):
        """Make the image, unless a worker did, this one or another."""
        built = self.folder / f"{image.name}.built"
        if built.exists():
            return
        if image.below is None:
            things = self._migrated(image)
        else:
            self._built(image.below)
            things = self._filled(image)
        built.write_bytes(pickle.dumps((factories.numbered(), things)))

    def _migrated(self, image):
        self.database["TEST"]["NAME"] = self.store.name(image.name)
        gc.disable()  # a quarter of the time: Django keeps every model as it was at each step
        try:
            setup_databases(verbosity=0, interactive=False, aliases={ALIAS}, serialized_aliases=set())
        finally:
            gc.enable()
        connections[ALIAS].close()
        return {}

    def _filled(self, image):
        things = self._things(image.below)
        connection = self.connection(self.store.copy(image.below.name, image.name))
        there = override_settings(MEDIA_ROOT=self.media)
        with closing(connection), _instead(connection), there, time_machine.travel(image.at, tick=False):
            return image.build(things)

    def _things(self, image) -> dict:
        """The image's objects anew; what factories make from now on bears numbers that it does not hold."""
        number, things = pickle.loads((self.folder / f"{image.name}.built").read_bytes())
        factories.number_from(number)
        return things

    def connection(self, name):
        database = {**self.database, "NAME": name}
        return load_backend(database["ENGINE"]).DatabaseWrapper(database, ALIAS)

    @contextmanager
    def _alone(self):
        """One worker at a time."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@contextmanager
def _instead(connection):
    """Within, this connection is the one that everything uses."""
    usual = connections[ALIAS]
    if connection is usual:
        yield
        return
    _exchange(connection)
    try:
        yield
    finally:
        _exchange(usual)


def _exchange(connection):
    """Django remembers keys of content types, which a transactional test may have written anew in its database."""
    connections[ALIAS] = connection
    ContentType.objects.clear_cache()


class Files:
    """SQLite: one file an image."""

    def __init__(self, folder: Path):
        self.folder = folder

    def name(self, key: str) -> str:
        return str(self.folder / f"{key}.sqlite3")

    def copy(self, source: str, target: str) -> str:
        return shutil.copyfile(self.name(source), self.name(target))

    def drop(self, key: str):
        for file in self.folder.glob(f"{key}.sqlite3*"):  # the log beside it, too
            file.unlink()


class Databases:
    """PostgreSQL: databases beside the portal's own."""

    def __init__(self, portal: str):
        self.portal = portal

    def name(self, key: str) -> str:
        return f"test_{self.portal}_{key}"

    def copy(self, source: str, target: str) -> str:
        self.drop(target)  # of a run that was broken off
        self._do("CREATE DATABASE {} TEMPLATE {}", self.name(target), self.name(source))
        return self.name(target)

    def drop(self, key: str):
        """A thread of a test may have left a connection, which is ended first.

        (Not by force, which PostgreSQL refuses while its own cleaner happens to be there.)
        """
        with connections[ALIAS]._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = %s AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
                [self.name(key)],
            )
        self._do("DROP DATABASE IF EXISTS {}", self.name(key))

    def _do(self, statement, *names):
        with connections[ALIAS]._nodb_cursor() as cursor:
            cursor.execute(statement.format(*map(connections[ALIAS].ops.quote_name, names)))
