"""The system check: what is missing, what stands in, and an error without the library that cuts fonts."""

from dataclasses import replace

import pytest
from django.core.checks import ERROR, INFO, WARNING

from zhuzun.documents.papers import checks, fonts


def messages(monkeypatch, *, command="check"):
    monkeypatch.setattr("sys.argv", ["manage.py", command])
    return checks.papers_can_be_printed(None)


def with_fonts(monkeypatch, **families):
    """A machine on which just these fonts are installed."""
    found = {face.name: fonts.Found(face, families.get(face.name, "")) for face in fonts.FACES}
    monkeypatch.setattr(fonts, "found", lambda: found)


REAL = {face.name: face.real[0] for face in fonts.FACES}
FREE = {face.name: face.stand_ins[0] for face in fonts.FACES}


def test_nothing_to_say_where_the_office_has_its_fonts(monkeypatch):
    with_fonts(monkeypatch, **REAL)
    assert messages(monkeypatch) == []


def test_stand_ins_are_named_to_one_who_asks_and_nobody_else(monkeypatch):
    with_fonts(monkeypatch, **FREE)
    (found,) = messages(monkeypatch)
    assert found.level == INFO
    assert "仿宋: FandolFang" in found.msg
    assert messages(monkeypatch, command="migrate") == []


def test_a_face_without_a_font_is_a_warning_with_its_package(monkeypatch):
    with_fonts(monkeypatch, **{**REAL, "fang": ""})
    (found,) = messages(monkeypatch, command="migrate")
    assert (found.level, found.id) == (WARNING, "papers.W001")
    assert "仿宋_GB2312" in found.msg
    assert "texlive-lang-chinese" in found.hint


def test_without_the_library_that_cuts_fonts_nothing_starts(monkeypatch):
    with_fonts(monkeypatch, **REAL)
    there = fonts._library
    monkeypatch.setattr(fonts, "_library", lambda name: None if "subset" in name else there(name))
    (found,) = messages(monkeypatch, command="migrate")
    assert (found.level, found.id) == (ERROR, "papers.E001")
    assert "libharfbuzz-subset0" in found.msg
    assert fonts.missing_packages() == ["libharfbuzz-subset0"]


def test_a_family_is_found_by_its_exact_name():
    here = fonts._Fontconfig.load()
    assert here.has(fonts.RARE)
    assert not here.has("方正不存在体")


@pytest.mark.parametrize(("family", "weight"), [("方正小标宋简体", "normal"), (fonts.RARE, "bold")])
def test_only_the_stand_in_for_a_title_is_bold(family, weight):
    face = next(face for face in fonts.FACES if face.name == "title")
    assert fonts.Found(face, family).weight == weight
    assert fonts.Found(replace(face, bold=False), family).weight == "normal"


def test_rare_signs_come_from_the_fallback():
    assert fonts.Found(fonts.FACES[1], "仿宋_GB2312").stack == f'"仿宋_GB2312", "{fonts.RARE}"'
