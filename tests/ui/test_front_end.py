"""The front-end files: listed, installed, served, and found under hashed names in production."""

import re
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.contrib.staticfiles import finders as django_finders
from django.core.management import call_command

from zhuzun.ui import checks, finders, icons

ROOT = Path(portal_settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if path.parent.name != "papers" or "notices" in path.parts]


def test_all_that_is_listed_is_installed():
    assert checks.front_end_is_installed(None) == []
    assert len(finders.listed()) > 100


def test_a_missing_package_is_reported_with_the_way_out(tmp_path, monkeypatch):
    monkeypatch.setattr(finders, "missing", lambda: ["@tabler/core/dist/css/tabler.min.css"])
    (error,) = checks.front_end_is_installed(None)
    assert "tabler.min.css" in error.msg
    assert "npm ci" in error.hint


def test_an_empty_folder_misses_every_package(tmp_path):
    absent = finders.missing(tmp_path)
    assert "@tabler/core/dist/css/tabler.min.css" in absent
    assert "@fontsource-variable/noto-sans-sc/files" in absent


def test_only_listed_files_are_found():
    assert django_finders.find("vendor/tabler/tabler.min.css").endswith("dist/css/tabler.min.css")
    assert django_finders.find("vendor/tabler/tabler.css") is None
    assert django_finders.find("vendor/../package.json") is None
    assert django_finders.find("vendor/tabler/tabler.min.css", find_all=True)


def test_collectstatic_with_hashed_names_succeeds(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    names = [path.name for path in (tmp_path / "vendor" / "tabler").iterdir()]
    assert any(re.fullmatch(r"tabler\.min\.[0-9a-f]{12}\.css", name) for name in names)
    assert (tmp_path / "staticfiles.json").exists()


@pytest.mark.parametrize("name", sorted(icons.ICONS))
def test_every_icon_draws_something(name):
    assert "<path d=" in icons.svg(name)


def test_an_unlisted_icon_is_refused():
    with pytest.raises(icons.UnknownIcon):
        icons.svg("../../package")


def test_templates_use_listed_icons_only():
    used = {name for path in TEMPLATES for name in re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8"))}
    assert used
    assert used <= icons.ICONS


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_carries_inline_script_or_style(path):
    """The CSP would refuse it, visibly in the console and invisibly on the page.

    Official papers (templates/papers) are no pages: no browser draws them, and what sets them opens no other file.
    """
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert not re.search(r"(?:src|href|url\()=?[\"']?(?:https?:)?//", text)


@pytest.mark.parametrize("name", ["list", "detail", "form", "confirm"])
def test_generic_templates_open_by_naming_blocks_and_context(name):
    head = (ROOT / "templates" / "generic" / f"{name}.html").read_text(encoding="utf-8")[:600]
    assert "Blocks:" in head
    assert "Context:" in head
