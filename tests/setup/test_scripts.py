"""What the set-up scripts say and do on machines that differ: nobody's root, no sudo, a snap instead of a browser."""

import os
import shutil
import subprocess

import pytest
from django.conf import settings

from tests.browser import chromium

TOOLS = ("bash", "cat", "cut", "env", "mkdir", "sha256sum", "tail", "true")
NO_CANDIDATE = "echo 'chromium:'; echo '  Installed: (none)'; echo '  Candidate: (none)'"


@pytest.fixture
def machine(tmp_path):
    """A machine with a handful of programs, where one is not root."""
    return Machine(tmp_path)


class Machine:
    """A PATH of its own; every call of apt-get is written down."""

    def __init__(self, folder):
        self.folder = folder
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.calls = folder / "calls"
        self.calls.touch()
        for name in TOOLS:
            (self.programs / name).symlink_to(shutil.which(name))
        self.has("apt-get", f'echo "$@" >>{self.calls}')
        self.has("id", "echo 1000")

    def has(self, name, script):
        """Put a program there."""
        path = self.programs / name
        path.write_text(f"#!{shutil.which('bash')}\n{script}\n")
        path.chmod(0o755)

    def run(self, script):
        """Run a line of shell with the scripts' shared part read in."""
        return subprocess.run(
            [shutil.which("bash"), "-c", f". .ci/lib.sh; {script}"],
            cwd=settings.BASE_DIR,
            env={"PATH": str(self.programs), "PORTAL_VAR": str(self.folder / "var"), "HOME": str(self.folder)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


INSTALL = "install_packages 'for Python' python3-venv"


def test_without_root_and_sudo_it_names_one_command(machine):
    answer = machine.run(INSTALL)
    assert answer.returncode == 1
    assert "su -c 'apt-get update && apt-get install -y --no-install-recommends python3-venv'" in answer.stderr
    assert machine.calls.read_text() == ""


def test_with_a_sudo_that_asks_and_no_terminal_it_names_one_command(machine):
    machine.has("sudo", "exit 1")
    answer = machine.run(INSTALL)
    assert answer.returncode == 1
    assert "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends python3-venv'" in answer.stderr
    assert machine.calls.read_text() == ""


@pytest.mark.parametrize("root", [True, False])
def test_as_root_or_with_sudo_it_installs(machine, root):
    machine.has("sudo", '[ "$1" = -n ] && shift; exec "$@"')
    if root:
        machine.has("id", "echo 0")
        (machine.programs / "sudo").unlink()
    answer = machine.run(INSTALL)
    assert answer.returncode == 0, answer.stderr
    assert machine.calls.read_text().splitlines() == [
        "update -q",
        "install -y -q --no-install-recommends python3-venv",
    ]


def test_without_apt_it_says_what_is_missing(machine):
    (machine.programs / "apt-get").unlink()
    answer = machine.run(INSTALL)
    assert answer.returncode == 1
    assert "no apt" in answer.stderr
    assert "python3-venv" in answer.stderr


def test_a_failed_step_says_what_failed_and_how_to_go_on(machine):
    answer = machine.run("step try 'the title' 'the advice' bash -c 'echo the reason; exit 3'; echo never")
    assert answer.returncode == 1
    assert "the title ... FAILED" in answer.stdout
    assert "never" not in answer.stdout
    for words in ("the reason", "Stopped at: the title", "How to go on: the advice", "var/log/try.log"):
        assert words in answer.stderr


@pytest.mark.parametrize(("policy", "there"), [("echo '  Candidate: 156.0.8078.73-1'", 0), (NO_CANDIDATE, 1)])
def test_a_package_that_only_others_provide_is_none(machine, policy, there):
    machine.has("apt-cache", policy)
    assert machine.run("apt_has chromium").returncode == there


def test_a_script_that_asks_for_a_snap_is_no_browser(machine, monkeypatch):
    monkeypatch.setenv("PATH", str(machine.programs) + os.pathsep + "/nowhere")
    machine.has("chromium-browser", 'echo "requires the chromium snap to be installed" >&2; exit 1')
    assert chromium.find() is None
    machine.has("google-chrome", "echo Google Chrome 156")
    assert chromium.find() == str(machine.programs / "google-chrome")
