"""docs/permissions.md says what the policy table says."""

from django.conf import settings
from django.core.management import call_command

from zhuzun.access.handbook import as_markdown
from zhuzun.access.policy import PERMISSIONS


def test_page_is_fresh():
    written = (settings.BASE_DIR / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert written == as_markdown(), "run: .venv/bin/python manage.py write_docs"


def test_every_permission_stands_on_it():
    page = as_markdown()
    assert all(f"| `{name}` | {declared.label} |" in page for name, declared in PERMISSIONS.items())


def test_command_writes_it(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    call_command("write_docs", verbosity=0)
    assert (tmp_path / "docs" / "permissions.md").read_text(encoding="utf-8") == as_markdown()
