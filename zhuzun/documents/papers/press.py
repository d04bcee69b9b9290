"""The kept child process that turns HTML into PDF, and what is said when it does not come to an end.

`run(drafts, …)` is a pure function for its caller. A process of the portal keeps one child, so that libraries and fonts
are loaded once; the child goes when it has been idle, and the next paper starts another. What takes long has a child of
its own, which steps back for everybody else's work: a short paper never waits behind a long one.
"""

import atexit
import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from zhuzun.documents.papers import fonts, store
from zhuzun.errors import DomainError

logger = logging.getLogger(__name__)

SECONDS = 40  # of work for one paper
MOST_PAGES = 200
MEGABYTES = 1536  # of address space: fonts are mapped, not read
_CHILD = Path(__file__).with_name("press_child.py")

TOO_SLOW = "排版超过规定时间，已停止。请减少表格行数或正文篇幅后重试；文稿没有变化。"
TOO_LARGE = "排版所需内存超过上限，已停止。请减少表格行数或正文篇幅后重试；文稿没有变化。"
TOO_MANY_PAGES = "排版后有 {} 页，最多 {} 页。请把较长的材料改作另附的文件；文稿没有变化。"
CRASHED = "排版程序意外终止，文稿没有变化，请重试。再次出现请联系系统管理员。"


BUSY = "正在排印别的公文，请稍后再试；文稿没有变化。"


class RenderFault(DomainError):
    """No PDF came out; the paper is as it was, and the work may be repeated."""


class RenderLate(RenderFault):
    """Not in the time that was allowed by the clock: with more of it, it may come out."""


class Lane(Enum):
    """Which child sets it; the value is how far that child steps back (nice)."""

    SHORT = 0
    LONG = 10


@dataclass(frozen=True)
class Printed:
    """A PDF and how many pages it has."""

    pdf: bytes
    pages: int


def run(
    drafts: list[str],
    *,
    seconds: int = SECONDS,
    wait: float | None = None,
    pages: int = MOST_PAGES,
    megabytes: int = MEGABYTES,
    lane: Lane = Lane.SHORT,
) -> Printed:
    """The PDF of the first draft that comes out; raises `RenderFault` with a sentence for the one who waits.

    `seconds` of work; `wait`: so long by the clock, the papers before it included.
    """
    until = time.monotonic() + (wait or 3 * seconds)
    order = [draft.encode() for draft in drafts]
    head = {"sizes": [len(draft) for draft in order], "seconds": seconds, "pages": pages}
    message = json.dumps(head).encode() + b"\n" + b"".join(order)
    with _turn(lane, until):
        for attempt in (1, 2):
            child = _child(megabytes, lane)
            answer = child.ask(message, until)
            if answer is not None:
                return _printed(*answer, pages)
            code = child.stop()
            if code != 0 or attempt == 2:  # 0: it had just gone idle, or made its last paper
                break
    raise _fault(code, child.late)


def kept(drafts: list[str], *, seconds: int = SECONDS, wait: float | None = None, **limits) -> bytes:
    """The same from the store, where the same was set before; set once, however many ask at the same moment."""
    until = time.monotonic() + (wait or 3 * seconds)
    try:
        return store.kept(
            key_of(drafts),
            lambda: run(drafts, seconds=seconds, wait=until - time.monotonic(), **limits).pdf,
            until - time.monotonic(),
        )
    except store.InWork as error:
        raise RenderLate(BUSY) from error


def key_of(drafts: list[str]) -> str:
    """Where what comes of these drafts is kept."""
    return store.key_of("pdf", drafts)


@contextmanager
def _turn(lane: Lane, until: float):
    """One paper after the other; who has waited long enough is told."""
    lock = _locks[lane]
    if not lock.acquire(timeout=max(until - time.monotonic(), 0)):
        raise RenderLate(BUSY)
    try:
        yield
    finally:
        lock.release()


def _printed(head: dict, pdf: bytes, most: int) -> Printed:
    fault = head.get("fault")
    if not fault:
        return Printed(pdf, head["pages"])
    logger.warning("a paper could not be set: %s", head)
    if fault == "pages":
        raise RenderFault(TOO_MANY_PAGES.format(head["pages"], most))
    raise RenderFault(TOO_LARGE if fault == "memory" else CRASHED)


def _fault(code: int, late: bool) -> RenderFault:
    logger.warning("the child that sets papers ended with %s%s", code, ", too late" if late else "")
    if late:
        return RenderLate(TOO_SLOW)
    return RenderFault(TOO_SLOW if code == -signal.SIGXCPU else CRASHED)


class Child:
    """One process with its two pipes; `pid` of the one who started it, because a fork must not use it."""

    def __init__(self, megabytes: int, lane: Lane):
        self.owner, self.megabytes, self.lane, self.late = os.getpid(), megabytes, lane, False
        names = ("LD_LIBRARY_PATH", "HOME")
        environment = {name: os.environ[name] for name in names if name in os.environ} | fonts.environment()
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-X", "utf8", str(_CHILD), str(megabytes), str(lane.value)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, "LC_ALL": "C.UTF-8"},
            cwd="/",
        )

    def ask(self, message: bytes, until: float) -> tuple[dict, bytes] | None:
        """The answer, or nothing where the child ended or took too long."""
        try:
            self.process.stdin.write(message)
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        buffer = bytearray()
        while b"\n" not in buffer:
            if not self._more(buffer, until):
                return None
        line, _, rest = bytes(buffer).partition(b"\n")
        head, buffer = json.loads(line), bytearray(rest)
        while len(buffer) < head["size"]:
            if not self._more(buffer, until):
                return None
        return head, bytes(buffer)

    def _more(self, buffer: bytearray, until: float) -> bool:
        left = until - time.monotonic()
        pipe = self.process.stdout.fileno()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            self.late = True
            return False
        chunk = os.read(pipe, 1 << 20)
        buffer += chunk
        return bool(chunk)

    def stop(self) -> int:
        """End it, if it has not ended, and say with which code."""
        if self.late:
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                pipe.close()
            except BrokenPipeError:
                logger.debug("the child went before it had read all")
        try:
            return self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


_locks = {lane: threading.Lock() for lane in Lane}
_kept: dict[Lane, Child] = {}


def _child(megabytes: int, lane: Lane = Lane.SHORT) -> Child:
    """The kept child, or a new one."""
    child = _kept.get(lane)
    if child is not None and child.owner == os.getpid():
        if child.process.poll() is None and child.megabytes == megabytes:
            return child
        child.stop()
    _kept[lane] = Child(megabytes, lane)
    return _kept[lane]


@atexit.register
def close() -> None:
    """End the kept children."""
    while _kept:
        _, child = _kept.popitem()
        if child.owner == os.getpid():
            child.stop()


def _after_fork() -> None:
    """A fork gets locks that nobody holds and no child: the pipes belong to its parent."""
    for lane in Lane:
        _locks[lane] = threading.Lock()
    for child in _kept.values():
        child.process.stdin.close()
        child.process.stdout.close()
        child.process.returncode = 0
    _kept.clear()


os.register_at_fork(after_in_child=_after_fork)
