"""Kept renderings: made once for each content, made anew where the file is not whole, dropped when nobody asks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from tests import factories
from zhuzun.documents.papers import docx, pdf, press, samples, store


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return store.folder()


def kept(folder):
    return [place for place in folder.glob("*/*") if place.is_file()]


def test_made_once_for_each_content(monkeypatch, folder):
    made = []
    monkeypatch.setattr(press, "run", lambda order, **limits: made.append(order) or press.Printed(b"%PDF", 1))
    assert store.read(press.key_of(pdf.drafts(samples.INNER))) is None
    assert [pdf.file(samples.INNER) for _ in range(3)] == [b"%PDF"] * 3
    assert len(made) == 1
    assert store.read(press.key_of(pdf.drafts(samples.INNER))) == b"%PDF"
    pdf.file(replace(samples.INNER, title="另一件督办单"))
    assert len(made) == len(kept(folder)) == 2


def test_the_docx_too(monkeypatch):
    first = docx.file(samples.INNER)
    monkeypatch.setattr(docx, "render", lambda sheet: pytest.fail("it was there"))
    assert docx.file(samples.INNER) == first


def test_a_fault_keeps_nothing(monkeypatch, folder):
    def broken(order, **limits):
        raise press.RenderFault("排版程序意外终止，文稿没有变化，请重试。")

    monkeypatch.setattr(press, "run", broken)
    with pytest.raises(press.RenderFault):
        pdf.file(samples.INNER)
    assert kept(folder) == []


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: data[:30], lambda data: data[:-1] + b"x"])
def test_what_is_not_whole_is_made_anew(folder, spoil):
    key = store.key_of("pdf", ["甲"])
    store.kept(key, lambda: b"whole")
    (place,) = kept(folder)
    place.write_bytes(spoil(place.read_bytes()))
    assert store.kept(key, lambda: b"anew") == b"anew"
    assert store.read(key) == b"anew"


def test_who_comes_while_it_is_made_waits_and_at_last_says_so():
    key, found = store.key_of("pdf", ["甲"]), []

    def make():
        with pytest.raises(store.InWork):
            store.kept(key, lambda: b"twice", wait=0)
        waiter.start()
        return b"once"

    waiter = Thread(target=lambda: found.append(store.kept(key, lambda: b"twice")))
    assert store.kept(key, make) == b"once"
    waiter.join(10)
    assert found == [b"once"]


def test_a_full_disk_takes_nobodys_file(monkeypatch, settings, tmp_path):
    (tmp_path / "file").write_text("no folder")
    settings.MEDIA_ROOT = tmp_path / "file"
    assert store.kept(store.key_of("pdf", ["甲"]), lambda: b"made") == b"made"


def test_two_contents_never_share_a_key():
    keys = {store.key_of(*content) for content in (("pdf", ["ab", "c"]), ("pdf", ["a", "bc"]), ("docx", ["ab", "c"]))}
    assert len(keys) == 3


def test_what_nobody_asks_for_goes_and_the_oldest_of_too_much(monkeypatch, folder):
    for name in "甲乙丙":
        store.kept(store.key_of("pdf", [name]), lambda: b"x" * 100)
    assert store.drop_unused(factories.NOW) == 0
    monkeypatch.setattr(store, "MOST_BYTES", 400)
    assert store.drop_unused(factories.NOW) == 1
    (newest, *_) = sorted((place.stat().st_mtime for place in kept(folder)), reverse=True)
    assert store.drop_unused(datetime.fromtimestamp(newest, UTC) + timedelta(days=31)) == 2
    assert kept(folder) == []
