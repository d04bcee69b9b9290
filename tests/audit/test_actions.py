"""Every code that the sources write into the trail has a Chinese label, and no label is left over."""

import ast
from pathlib import Path

from zhuzun.audit.actions import ACTIONS

ROOT = Path(__file__).resolve().parents[2]
WRITERS = {"record", "announce"}


def calls():
    """Every call of `record` or `announce` in the sources, as (file, call)."""
    for package in ("zhuzun", "pairing", "tasks"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args and _name(node.func) in WRITERS:
                    yield path.relative_to(ROOT).as_posix(), node


def _name(function):
    return getattr(function, "attr", getattr(function, "id", ""))


def constants(node):
    """The texts that the first argument may be: itself, or both arms of «a if … else b»."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_act_has_its_label():
    written = {code for _, call in calls() for code in constants(call.args[0])}
    assert written - set(ACTIONS) == set()


def test_no_label_is_left_over():
    """The code is somewhere in the sources besides the table: as an argument, or in a table of acts."""
    sources = "".join(
        path.read_text(encoding="utf-8")
        for package in ("zhuzun", "pairing", "tasks")
        for path in (ROOT / package).rglob("*.py")
        if path.name != "actions.py"
    )
    assert [code for code in ACTIONS if f'"{code}"' not in sources] == []


def test_labels_are_chinese_and_single():
    assert len(set(ACTIONS.values())) == len(ACTIONS)
    assert all(not label.isascii() for label in ACTIONS.values())
