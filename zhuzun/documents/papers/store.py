"""Rendered files, kept by the digest of what they were made from: whoever asks second does not wait.

The same content gives the same bytes, so a file that is there needs no second rendering, and none is ever out of date:
another content, other templates, another version of the program have another digest. The folder is a convenience: what
is missing, cut off or changed is made anew; it need not be in the backup.
"""

import fcntl
import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from django.conf import settings

logger = logging.getLogger(__name__)

UNUSED_FOR = timedelta(days=30)
MOST_BYTES = 1024**3  # together; the longest unused go first
_HEX = 64  # a SHA-256 stands before the bytes
_LOOK_AGAIN = 0.1  # seconds


def folder() -> Path:
    """Where they lie."""
    return Path(settings.MEDIA_ROOT) / "rendered"


def key_of(ending: str, parts: Iterable[str | bytes]) -> str:
    """The digest of a content, in this edition of the program."""
    digest = hashlib.sha256(f"{ending} {_edition()}".encode())
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(data)} ".encode() + data)
    return digest.hexdigest()


class InWork(Exception):
    """Another process makes just this file, and had not ended when the one who asked could wait no longer."""


def kept(key: str, make: Callable[[], bytes], wait: float = 3600) -> bytes:
    """The bytes under this key; made, and kept, where they are not there.

    Made once, however many ask at the same moment: the others wait, for `wait` seconds at most.
    """
    data = read(key)
    if data is None:
        with _turn(key, wait):
            data = read(key)
            if data is None:
                data = make()
                _write(key, data)
    return data


@contextmanager
def _turn(key: str, wait: float):
    """Held by one; the system lets go of it when its process ends, whatever the reason.

    Two may hold it after all where one opened the file as another took it away: that costs work, and nothing else.
    """
    place = _place(key).with_name(f"{key}.lock")
    lock = _opened(place)
    if lock is None:
        yield
        return
    try:
        _take_turn(lock, time.monotonic() + wait)
        try:
            yield
        finally:
            place.unlink(missing_ok=True)
    finally:
        os.close(lock)


def _opened(place: Path) -> int | None:
    try:
        place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        return os.open(place, os.O_RDWR | os.O_CREAT, 0o640)
    except OSError as error:
        logger.warning("nothing is kept of rendered files: %s", error)
        return None


def _take_turn(lock: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise InWork from None
            time.sleep(_LOOK_AGAIN)


def read(key: str) -> bytes | None:
    """The bytes, if they are there and whole."""
    place = _place(key)
    try:
        stored = place.read_bytes()
        os.utime(place)
    except OSError:
        return None
    data = stored[_HEX:]
    if hashlib.sha256(data).hexdigest().encode() == stored[:_HEX]:
        return data
    logger.warning("rendered file %s was not whole and is made anew", key)
    return None


def sha256_of(key: str) -> str:
    """What stands before the bytes: their SHA-256, without reading them; empty where nothing is kept."""
    try:
        with _place(key).open("rb") as stored:
            return stored.read(_HEX).decode("ascii", "replace")
    except OSError:
        return ""


def _write(key: str, data: bytes) -> None:
    """Whole or not at all; a full disk costs the next reader his time, and nobody his file."""
    place = _place(key)
    part = place.with_name(f"{uuid4().hex}.part")
    try:
        place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        part.write_bytes(hashlib.sha256(data).hexdigest().encode() + data)
        part.replace(place)
    except OSError as error:
        logger.warning("a rendered file was not kept: %s", error)
        with suppress(OSError):
            part.unlink()


def drop_unused(now: datetime) -> int:
    """Take away what nobody asked for in a month, and what is too much; how many files went."""
    found = sorted(_files(), reverse=True)  # last used first
    since, total, gone = (now - UNUSED_FOR).timestamp(), 0, 0
    for used, size, place in found:
        total += size
        if used < since or total > MOST_BYTES:
            place.unlink(missing_ok=True)
            gone += 1
    return gone


def _files():
    for place in folder().glob("*/*"):
        try:
            facts = place.stat()
        except OSError:  # another process was faster
            continue
        yield facts.st_mtime, facts.st_size, place


def _place(key: str) -> Path:
    return folder() / key[:2] / key


@cache
def _edition() -> str:
    """The program that renders: code, list of words, libraries. The templates' text is part of each content."""
    digest = hashlib.sha256("".join(version(name) for name in ("weasyprint", "python-docx", "segno")).encode())
    here = Path(__file__).parent
    for place in sorted((*here.glob("*.py"), here / "words.txt")):
        digest.update(place.read_bytes())
    return digest.hexdigest()
