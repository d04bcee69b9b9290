"""The sample pages stand beside the portal's own; navigation and notes are empty until a test fills them."""

import pytest

from zhuzun.ui import navigation, notes


@pytest.fixture
def sample_site(settings, world):
    """The sample pages of tests/ui/sample.py over the small world."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    return world


@pytest.fixture
def empty_navigation(monkeypatch):
    """A navigation that the test fills itself."""
    monkeypatch.setattr(navigation, "_entries", {})


@pytest.fixture
def no_notes(monkeypatch):
    """No notes but the test's own."""
    monkeypatch.setattr(notes, "_sources", [])
