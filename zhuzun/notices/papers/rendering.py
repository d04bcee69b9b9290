"""The files that the portal makes of a paper: PDF, .docx, its 发文稿纸. Kept, so that a warm one comes at once.

A plain link answers with the file itself. What takes long is set ahead by a worker when the paper is written or takes a
step; whoever asks before that waits, for a bounded time and in a bounded number, so that the portal goes on for
everybody else. `Later` is for who can wait no longer.
"""

import threading
from contextlib import contextmanager

from zhuzun.documents.papers import docx, pdf, press, slip, store, text
from zhuzun.errors import DomainError
from zhuzun.notices.papers import printing, slips
from zhuzun.notices.papers.kinds import File
from zhuzun.runs.waking import wake

HEAVY = 2_000  # cells of tables, or what takes as long (`text.weight`): some four seconds of work
AT_ONCE = 15  # seconds of work for one who waits at a page
IN_BACKGROUND = 120
PATIENCE = 45  # seconds by the clock that a page waits; a proxy in front waits 60 as a rule
SEATS = 2  # heavy papers that are waited for in one process, of its four threads
SET_AHEAD = "notices.set_ahead"

_seats = threading.BoundedSemaphore(SEATS)


class Later(Exception):
    """The file is still being set, or others wait for theirs: the link answers in a while."""


def file(paper, which: File) -> bytes:
    """Its bytes, in the background; raises `DomainError` where it cannot be set, and leaves the paper as it is."""
    if which == File.DOCX:
        return docx.file(printing.sheet_of(paper))
    return press.kept(_drafts(paper, which), seconds=IN_BACKGROUND, lane=press.Lane.LONG)


def for_reader(paper, which: File) -> bytes:
    """Its bytes for one who waits at a page; raises `Later`, or `DomainError` where it cannot be set."""
    if which == File.DOCX:
        return docx.file(printing.sheet_of(paper))
    drafts = _drafts(paper, which)
    found = store.read(press.key_of(drafts))
    if found is not None:
        return found
    try:
        if not is_heavy(paper):
            return press.kept(drafts, seconds=AT_ONCE, wait=PATIENCE)
        with _seat():
            return press.kept(drafts, seconds=IN_BACKGROUND, wait=PATIENCE, lane=press.Lane.LONG)
    except press.RenderLate as error:
        ahead(paper)
        raise Later from error


def is_heavy(paper) -> bool:
    """Whether it is more work than a page waits for without noticing. (.docx is quick.)"""
    texts = (paper.blocks, *(one["blocks"] for one in paper.printed_annexes))
    return sum(text.weight(text.from_json(one)) for one in texts) > HEAVY


def takes_long(paper, which: File = File.PDF) -> bool:
    """Whether whoever opens it now has to wait."""
    return is_heavy(paper) and store.read(press.key_of(_drafts(paper, which))) is None


def ahead(paper) -> None:
    """Have a heavy paper set as it stands now, once this is committed: then its link answers at once."""
    if is_heavy(paper):
        wake(SET_AHEAD, paper.pk, paper.changed_at.isoformat())


def _drafts(paper, which: File) -> list[str]:
    if which == File.SLIP:
        return slip.drafts(slips.slip_of(paper))
    return pdf.drafts(printing.sheet_of(paper))


def digests(paper) -> list[tuple[str, str]]:
    """SHA-256 of PDF and .docx of a printed paper, as far as they were asked for; a heavy one is left out."""
    if not paper.printed_on:
        return []
    try:
        sheet = printing.sheet_of(paper)
        found = () if is_heavy(paper) else (("PDF", pdf.sha256(sheet)), (".docx", docx.sha256(sheet)))
    except DomainError:  # what cannot be set has no file
        return []
    return [(ending, digest) for ending, digest in found if digest]


@contextmanager
def _seat():
    if not _seats.acquire(blocking=False):
        raise Later
    try:
        yield
    finally:
        _seats.release()
