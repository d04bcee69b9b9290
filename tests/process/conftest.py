"""The portal as its own processes, in a folder and a database of their own, where port 5672 is refused and observed.

Port 5672 is where Celery would look for a broker that nobody configured; on a developer's machine something may answer
there and hide the fault. Every Python process of the portal loads the module below before anything else.
"""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from psycopg2 import sql

REFUSING = """
import os
import sys


def refuse(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][1] == 5672:
        with open(os.environ["REFUSED_LOG"], "a") as log:
            log.write(" ".join(sys.argv) + "\\n")
        raise ConnectionRefusedError(111, "port 5672 is refused in this test")


sys.addaudithook(refuse)
"""


class Portal:
    """One installation in `folder`; `env` is what its processes get."""

    def __init__(self, folder: Path, database_url: str, redis_url: str):
        self.folder = folder
        self.refused = folder / "refused.log"
        (folder / "sitecustomize.py").write_text(REFUSING)
        self.env = os.environ | {
            "PORTAL_ENV": "demo",
            "PORTAL_VAR": str(folder / "var"),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "REFUSED_LOG": str(self.refused),
            "PYTHONPATH": str(folder),
            "PYTHONUNBUFFERED": "1",
        }

    def python(self, *arguments) -> subprocess.CompletedProcess:
        """Run Python with the portal's environment to its end."""
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.env, capture_output=True, text=True, timeout=120, check=False
        )

    def serve(self) -> "Serving":
        """Start the portal as `make run` does, and return once it answers."""
        return Serving(self)


class Serving:
    """A running `manage.py serve`."""

    def __init__(self, portal: Portal):
        self.port = free_port()
        self.log = portal.folder / f"serve-{self.port}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(self.port)],
                cwd=settings.BASE_DIR,
                env=portal.env,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_for(lambda: "Ctrl-C" in self.output or self.process.poll() is not None, 600)
            assert self.process.poll() is None, self.output
        except BaseException:
            self.stop()
            raise

    @property
    def output(self) -> str:
        return self.log.read_text()

    def descendants(self) -> list[int]:
        """All processes below this one."""
        found, waiting = [], [self.process.pid]
        while waiting:
            children = Path(f"/proc/{(pid := waiting.pop())}/task/{pid}/children").read_text().split()
            waiting += map(int, children)
            found += map(int, children)
        return found

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds: float):
    """Wait until `condition()` holds; fail when it does not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so within {seconds} s"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def database_url():
    """A database of its own: on PostgreSQL a new one beside the tests', else the installation's own SQLite file."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    name = f"portal_process_{os.getpid()}"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{url.rpartition('/')[0]}/{name}"
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    connection.close()


@pytest.fixture(scope="module")
def portal(tmp_path_factory, database_url):
    """An installation with nothing in it yet."""
    redis = os.environ.get("REDIS_URL", "")
    return Portal(tmp_path_factory.mktemp("portal"), database_url, redis and f"{redis.rpartition('/')[0]}/7")


@pytest.fixture(scope="module")
def serving(portal):
    """The running portal; the first start builds the demonstration."""
    running = portal.serve()
    yield running
    running.stop()


@pytest.fixture
def second(portal, serving):
    """The same installation started once more, for tests that end it."""
    running = portal.serve()
    yield running
    running.stop()
