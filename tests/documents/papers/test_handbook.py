"""docs/papers.md is what the code says and what check_paper measures."""

import pytest
from django.conf import settings

from zhuzun.documents.papers import fonts
from zhuzun.documents.papers.handbook import as_markdown


@pytest.mark.skipif(any(one.is_real for one in fonts.found().values()), reason="the page is written with the stand-ins")
def test_the_page_is_up_to_date():
    written = (settings.BASE_DIR / "docs" / "papers.md").read_text(encoding="utf-8")
    assert written == as_markdown(), "run: .venv/bin/python manage.py write_paper_docs"
    assert "不符" not in written
