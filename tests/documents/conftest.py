"""Reading without the child process, where a test is about what is read and not about the limits."""

import pytest

from zhuzun.documents import sandbox
from zhuzun.documents.reading import child


@pytest.fixture
def in_this_process(monkeypatch):
    """The child's function is called directly: quicker, and coverage sees it. test_hostile_files proves the child."""
    monkeypatch.setattr(sandbox, "run", lambda target, payload, **limits: child.read(payload))
