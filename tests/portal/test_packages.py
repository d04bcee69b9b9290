"""The lock files: pinned, with hashes and no host; and nothing asked for that the portal does not use."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"]
PINNED = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==[^ ;]+( ; .+)?( --hash=sha256:[0-9a-f]{64})+")
# Used without being named in code: the web server, the drivers of database and queue, the workbooks of import-export.
SILENT = {"gunicorn", "psycopg2-binary", "redis", "openpyxl"}
MODULES = {
    "chinesecalendar": "chinese_calendar",
    "django-axes": "axes",
    "django-crispy-forms": "crispy_forms",
    "django-csp": "csp",
    "django-environ": "environ",
    "django-filter": "django_filters",
    "django-fsm-2": "django_fsm",
    "django-guardian": "guardian",
    "django-import-export": "import_export",
    "django-simple-history": "simple_history",
    "django-template-partials": "template_partials",
    "python-calamine": "python_calamine",
    "python-docx": "docx",
}


def entries(name):
    """The packages of a lock file, one line each, without remarks."""
    text = re.sub(r" \\\n\s*", " ", (ROOT / name).read_text())
    return [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_its_hashes(name):
    assert entries(name)
    assert [line for line in entries(name) if not PINNED.fullmatch(line)] == []


@pytest.mark.parametrize("name", [*LOCKS, "package-lock.json"])
def test_no_lock_file_names_a_host(name):
    text = (ROOT / name).read_text()
    if name.endswith(".json"):  # pages that ask for donations are no registry
        packages = json.loads(text)["packages"].values()
        text = json.dumps([{key: one for key, one in package.items() if key != "funding"} for package in packages])
    assert "://" not in text
    assert "index-url" not in text


def test_what_runs_needs_every_package_it_asks_for():
    wanted = re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==", (ROOT / "requirements.in").read_text(), re.MULTILINE)
    sources = [path for room in ("zhuzun", "pairing", "tasks") for path in (ROOT / room).rglob("*.py")]
    code = "\n".join(path.read_text() for path in sources)
    loud = [name for name in wanted if name not in SILENT]
    uses = {name: rf"""\b(from|import) {_module(name)}\b|["']{_module(name)}["'.]""" for name in loud}
    assert [name for name in loud if not re.search(uses[name], code)] == []


def _module(name):
    return MODULES.get(name, name.replace("-", "_"))
