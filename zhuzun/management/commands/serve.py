"""Run the whole portal on one machine: web server, worker and scheduler, until Ctrl-C."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 15


class Command(BaseCommand):
    help = "Prepare the database, then run web server, worker and scheduler until Ctrl-C. Loopback only."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args, port, **options):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, stop)
        running = {}
        try:
            self.run(port, running)
        except KeyboardInterrupt:
            self.stdout.write("\nStopping ...")
        finally:
            end(running.values())
        self.stdout.write("Stopped.")

    def run(self, port, running):
        """Everything up to a running portal, then watch it; what was started stands in `running`."""
        refuse_taken(port)
        call_command("prepare", collect=not settings.DEMO)
        for name, command in commands(port).items():
            running[name] = start(command, port)
        wait_until_it_answers(port, running)
        self.welcome(port)
        self.watch(running)

    def welcome(self, port):
        """The address and, on a demonstration, who may sign in."""
        self.stdout.write(f"\n珠遵协作  http://{HOST}:{port}/   (Ctrl-C stops it)\n")
        if settings.DEMO:
            call_command("demo", accounts=True)

    def watch(self, running):
        """Wait; a part that ends by itself ends all, loudly, instead of leaving half a portal behind."""
        while True:
            for name, process in running.items():
                if process.poll() is not None:
                    raise CommandError(f"The {name} ended by itself (code {process.returncode}); see its lines above.")
            time.sleep(0.5)


def commands(port) -> dict[str, list[str]]:
    """What runs side by side. Without Redis one process is worker and scheduler; with it they are two."""
    python = [sys.executable, "-m"]
    web = ["gunicorn", "zhuzun.wsgi", "--bind", f"{HOST}:{port}", "--threads", "4", "--no-control-socket"]
    celery = ["celery", "--quiet", "-A", "zhuzun"]
    quiet = ["--loglevel", "WARNING"]
    parts = {"web server": python + web + ["--log-level", "warning"]}
    if settings.REDIS_URL:
        parts["worker"] = python + celery + ["worker", "--concurrency", "2", *quiet]
        parts["scheduler"] = python + celery + ["beat", "--pidfile", "", *quiet]
    else:
        parts["worker"] = python + celery + ["worker", "-B", "--pool", "solo", *quiet]
    return parts


def start(command, port) -> subprocess.Popen:
    """Start one part in a session of its own: a Ctrl-C reaches only us, and we stop the parts in order."""
    env = dict(os.environ)
    if settings.DEMO:  # a bare machine has no user but root; the demonstration is for this machine only
        env["PYTHONWARNINGS"] = "ignore:You're running the worker with superuser privileges"
        env["PORTAL_URL"] = env.get("PORTAL_URL") or f"http://{HOST}:{port}"  # links in e-mails and QR codes
    return subprocess.Popen(  # noqa: S603  # our own command line
        command,
        cwd=settings.BASE_DIR,
        env=env,
        start_new_session=True,
        preexec_fn=end_with_parent,  # safe: we run no threads
    )


def end_with_parent():
    """In the new part: have the kernel stop it when we are killed, so that nothing keeps the port."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(signum, frame):
    """Signals that mean «stop» all take the way of Ctrl-C."""
    raise KeyboardInterrupt


def end(processes):
    """Ask every part to finish what it does, and make it after a while."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(deadline - time.monotonic(), 0.1))
        with contextlib.suppress(ProcessLookupError):  # as a rule nothing of its session is left
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def refuse_taken(port):
    """Say that the port is taken before anything is built up."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(f"Port {port} is in use. Choose another: make run PORT={port + 1}") from error


def wait_until_it_answers(port, running):
    """Return once /healthz answers; fail when a part has ended or it takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        for name, process in running.items():
            if process.poll() is not None:
                raise CommandError(f"The {name} did not start (code {process.returncode}); see its lines above.")
        if answers(port):
            return
        time.sleep(0.2)
    raise CommandError(f"The portal did not answer within {START_SECONDS} seconds; see the lines above.")


def answers(port) -> bool:
    """Whether /healthz is well."""
    try:
        call_command("healthcheck", port=port)
    except CommandError:
        return False
    return True
