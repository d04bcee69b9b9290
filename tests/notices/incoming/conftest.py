"""Our own papers beside those of others."""

from tests.notices.papers.conftest import desk, offices  # noqa: F401 (fixtures)
