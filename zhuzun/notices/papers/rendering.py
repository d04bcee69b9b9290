"""The files that the portal makes of a paper: PDF, .docx, its 发文稿纸. Kept, so that a warm one comes at once."""

from zhuzun.documents.papers import docx, pdf, slip
from zhuzun.notices.papers import printing, slips
from zhuzun.notices.papers.kinds import File

HEAVY = 2_000  # cells of tables, or what takes as long (Sheet.weight): some four seconds of work
AT_ONCE = 15  # seconds of work for one who waits at a page
IN_BACKGROUND = 120


def file(paper, which: File, seconds: int = AT_ONCE) -> bytes:
    """Its bytes; raises `DomainError` with the reason where it cannot be set, and leaves the paper as it is."""
    if which == File.SLIP:
        return slip.file(slips.slip_of(paper), seconds=seconds)
    sheet = printing.sheet_of(paper)
    return docx.file(sheet) if which == File.DOCX else pdf.file(sheet, seconds=seconds)


def takes_long(paper, which: File) -> bool:
    """Whether it is more than a page may wait for: a heavy paper that nobody has asked for yet. (.docx is quick.)"""
    sheet = printing.sheet_of(paper)
    if which == File.DOCX or sheet.weight <= HEAVY:
        return False
    return not (slip.is_kept(slips.slip_of(paper)) if which == File.SLIP else pdf.is_kept(sheet))
