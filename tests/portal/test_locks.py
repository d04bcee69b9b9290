"""The lock files install as they are, with the pip of the machine, whatever has been published since."""

import importlib.metadata
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^([\w.-]+)(?:\[([\w,.-]+)\])?==", re.MULTILINE)


def locked(name):
    found = PINNED.findall((ROOT / name).read_text())
    return {package.lower(): set(filter(None, extras.split(","))) for package, extras in found}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_package_that_another_asks_for_with_extras_is_locked_with_them(name):
    """pip before 23.3 looks for `coverage[toml]` beside the line `coverage==…`, takes the newest one and stops."""
    pins = locked(name)
    for package in pins:
        try:
            wants = importlib.metadata.requires(package) or []
        except importlib.metadata.PackageNotFoundError:  # of another system: colorama, tzdata
            continue
        for want in map(Requirement, wants):
            if want.extras and (want.marker is None or want.marker.evaluate({"extra": ""})):
                assert want.extras <= pins.get(want.name.lower(), set()), f"{package} asks for {want}"
