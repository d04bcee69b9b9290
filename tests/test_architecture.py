"""The order of the house, held by tests where no tool can see it."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import DecimalField, FloatField
from django.urls import URLPattern, get_resolver
from django.views import View

from zhuzun.ui.guards import Guarded

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("zhuzun", "pairing", "tasks")

# Floors by app label: a model may only point down. (Same order as the import contract in pyproject.toml.)
FLOORS = {
    "ui": 0,
    "organisations": 0.5,
    "accounts": 1,
    "access": 2,
    "periods": 3,
    "audit": 4,
    "runs": 4,
    "documents": 6,
    "rosters": 6.5,
    "notices": 7,
    "pairing": 8,
    "tasks": 9,
    "home": 12,
    "portal": 13,
}
OURS = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in FLOORS]


def sources(*packages):
    """Every module of our own as (path below the root, parsed tree)."""
    for package in packages or PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_every_app_has_its_floor():
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).is_relative_to(ROOT)}
    installed = {label for label in ours if ".venv" not in apps.get_app_config(label).path}
    assert installed == set(FLOORS)


def test_models_point_downwards():
    """Foreign keys are strings to import-linter. (simple-history's `history_user` is set from outside.)"""
    upwards = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in OURS
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.name != "history_user" and field.related_model
        if FLOORS.get(field.related_model._meta.app_label, -1) > FLOORS[model._meta.app_label]
    ]
    assert upwards == []


def test_quantities_are_whole_numbers():
    """SQLite adds DecimalFields as floats: money is in 分, figures in units of 10⁻⁴."""
    inexact = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        for field in model._meta.get_fields()
        if isinstance(field, DecimalField | FloatField)
    ]
    assert inexact == []


def test_models_speak_chinese():
    named = {model._meta.label: str(model._meta.verbose_name) for model in OURS if not model._meta.auto_created}
    historical = {label for label in named if ".Historical" in label}
    silent = {"accounts.FormerPassword"}  # shown nowhere
    assert [label for label in set(named) - historical - silent if named[label].isascii()] == []


# --- views -----------------------------------------------------------------------------------------------------------

# Rows a view may fetch other than through `visible_to`, each with its reason.
NOT_NARROWED = {
    (
        "pairing/views/actions.py",
        "Pairing",
        "below_county",
    ),  # counts what an end leaves behind, for one pairing he may end
    ("pairing/views/detail.py", "KeyCountyDesignation", "on"),  # a published fact of a county whose page he may see
    ("pairing/views/detail.py", "Pairing", "filter"),  # the very pairing that is shown
    ("tasks/views/ledger.py", "Responsibility", "of_policy"),  # the policy's own text
    ("zhuzun/runs/views/records.py", "PeriodicTask", "filter"),  # the Chinese names of the jobs
    ("zhuzun/accounts/views/signin.py", "User", "active_on"),  # the demonstration's accounts, shown before signing in
    ("zhuzun/organisations/views.py", "Organisation", "lacking_contacts"),  # whether his own body lacks a contact
}


def is_view(path):
    return path.endswith("/views.py") or "/views/" in path


def fetches(tree):
    """Every `Model.objects.method` and bare `.all()` in a module, as (model, first method)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            manager = node.value
            if manager.attr in ("objects", "_default_manager", "_base_manager") and isinstance(manager.value, ast.Name):
                yield manager.value.id, node.attr


def test_views_fetch_what_one_may_see():
    found = {(path, *fetch) for path, tree in sources() if is_view(path) for fetch in fetches(tree)}
    found = {one for one in found if one[2] != "visible_to"}
    assert found - NOT_NARROWED == set()
    assert NOT_NARROWED - found == set(), "no longer fetched: strike it from the list"


def view_classes():
    """Every class-based view behind an address of our own."""

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield pattern.callback
            elif pattern.namespace != "admin":
                yield from walk(pattern.url_patterns)

    return [view for view in walk(get_resolver().url_patterns)]


# Pages before sign-in, and the way out.
OPEN_PAGES = {"SignIn", "LogoutView", "healthz"}


def test_every_view_names_its_permission():
    """A page without a guard would be open to everybody who is signed in, or to the whole world."""
    for view in view_classes():
        kind = getattr(view, "view_class", None)
        if (kind or view).__name__ in OPEN_PAGES:
            continue
        assert kind is not None, f"{view.__name__} is a function: give it a guard"
        assert issubclass(kind, Guarded | View), kind
        assert issubclass(kind, Guarded), f"{kind.__name__} asks nobody"
        assert kind.permission != "", f"{kind.__name__} names no permission"


# --- time ------------------------------------------------------------------------------------------------------------

READS_CLOCK = re.compile(
    r"/views(\.py|/)|/admin(\.py|/)|/jobs\.py|/middleware\.py|/listeners\.py|/management/commands/"
)
# The others, each with its reason: everything else is given `now` or `day`.
READS_CLOCK_TOO = {
    "zhuzun/clock.py",
    "zhuzun/access/backends.py",  # whether somebody may is always asked of today
    "zhuzun/access/scopes.py",
    "zhuzun/accounts/models.py",  # the role in which somebody acts now
    "zhuzun/accounts/identity.py",
    "zhuzun/accounts/lockout.py",  # the lock-out page, called by axes as a view
    "zhuzun/accounts/fields.py",  # a form field that reads a body's name of today
    "zhuzun/access/models.py",  # a default of a form
    "zhuzun/documents/imports.py",  # the base of admin pages that import
    "zhuzun/ui/lists.py",  # the base of views
    "tasks/terms.py",  # a note drawn on pages
}
CLOCKS = {
    ("clock", "now"),
    ("clock", "today"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("date", "today"),
    ("datetime", "now"),
}


def reads_clock(tree):
    """Whether the module asks for this moment; `timezone.localdate(moment)` only converts one."""
    converting = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args}
    return any(
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS
        for node in ast.walk(tree)
        if id(node) not in converting
    )


def test_only_the_edges_read_the_clock():
    readers = {path for path, tree in sources() if reads_clock(tree) and not READS_CLOCK.search(path)}
    assert readers == READS_CLOCK_TOO


def test_the_day_of_a_moment_is_that_of_china():
    """`drafted_at.date()` is the day in UTC, and yesterday's until eight in the morning: ask `clock.day_of`."""
    found = [
        f"{path}:{node.lineno}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "date"
        if isinstance(node.value, ast.Attribute) and node.value.attr.endswith("_at")
    ]
    assert found == []


def test_services_take_actor_and_now_by_name():
    """One action, one function: `submit(report, *, actor, now)`."""
    for path, tree in sources():
        if not (path.endswith("/services.py") or "/services/" in path):
            continue
        for function in tree.body:
            if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
                continue
            if {"now", "actor"} & {one.arg for one in function.args.args}:
                pytest.fail(f"{path}: {function.name} takes actor or now by position")


# --- size ------------------------------------------------------------------------------------------------------------


WRITTEN = {"", ".html", ".css", ".js", ".sh", ".md"}


def lines_of(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_stay_small():
    """Tests, templates, styles and scripts as well; migrations are written by Django."""
    written = [ROOT / path for path, _ in sources(*PACKAGES, "tests")]
    for folder in ("templates", "static/css", "static/js", "docs", ".ci"):
        written += [path for path in (ROOT / folder).rglob("*") if path.suffix in WRITTEN]
    lengths = {path.relative_to(ROOT).as_posix(): lines_of(path) for path in written if path.is_file()}
    assert {"tests/conftest.py", "templates/base.html", "static/js/portal.js", ".ci/run"} <= set(lengths)
    assert {path for path, lines in lengths.items() if lines > 400} == set()


def test_functions_stay_small():
    long = [
        f"{path}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 50
    ]
    assert long == []
