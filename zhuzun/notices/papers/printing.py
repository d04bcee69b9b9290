"""A paper as it is printed: its row becomes the one value from which PDF and .docx are set."""

import re
from dataclasses import replace

from django.conf import settings

from zhuzun.documents.papers.sheet import Annex, Attendance, Form, Mark, Sheet
from zhuzun.documents.papers.text import Blocks, Paragraph, from_json
from zhuzun.notices.papers import checking
from zhuzun.notices.papers.kinds import PaperState, Part, Urgency
from zhuzun.notices.papers.models import Paper


def sheet_of(paper: Paper) -> Sheet:
    """What stands on it now: a draft without number and dates, an issued paper with both.

    The portal's own rendering bears no seal: what is served under seal is the scan, and this says 未用印，仅供参考. Of
    a paper that ended it says that too.
    """
    issuer = paper.issuer
    blocks, attendance = _parted(from_json(paper.blocks), paper.spec.form)
    sheet = Sheet(
        form=paper.spec.form,
        title=paper.title,
        blocks=blocks,
        letterhead=(_letterhead(paper, issuer),),
        number=paper.number_text or None,
        signers=(paper.signer_name,) if paper.spec.upward and paper.signer_name else (),
        urgency="" if paper.urgency == Urgency.NONE else paper.get_urgency_display(),
        addressees=tuple(map(tuple, paper.addressees)),
        annexes=_annexes(paper),
        attendance=attendance,
        signatures=(issuer,),
        dated=paper.signed_on,
        sealed=paper.spec.sealed,
        note=paper.note,
        copies=tuple(paper.named(Part.COPY)),
        printer=paper.identity.printer.full_name_on(paper.printed_on) if paper.printed_on else "",
        printed_on=paper.printed_on,
        print_run=paper.copies,
        marks=tuple(_marks(paper)),
        instead=f"以{paper.replaced_by.number_text}为准" if paper.replaced_by else "",
    )
    return replace(sheet, qr=_qr(paper, _known_by(paper, sheet)))


def _letterhead(paper, issuer: str) -> str:
    """A 文件 bears the identity's 版头, minutes “×××会议纪要”, all others the issuer's name."""
    if paper.spec.form is Form.OFFICIAL:
        return paper.identity.masthead
    return f"{issuer}会议纪要" if paper.spec.form is Form.MINUTES else issuer


_ATTENDANCE = re.compile(r"(出席|请假|缺席|列席)(?:人员)?[：:]\s*(\S.{0,1999})")


def _parted(blocks: Blocks, form: Form) -> tuple[Blocks, tuple[Attendance, ...]]:
    """The text of minutes, and the lists that end it: 出席：…, 请假：…, 列席：… are set in a format of their own."""
    entries: list[Attendance] = []
    while form is Form.MINUTES and blocks and isinstance(blocks[-1], Paragraph):
        listed = _ATTENDANCE.fullmatch(blocks[-1].text)
        if listed is None:
            break
        entries.insert(0, Attendance(listed[1], listed[2].rstrip("。")))
        blocks = blocks[:-1]
    return blocks, tuple(entries)


def digest_of(paper: Paper) -> str:
    """What a printed paper is known by."""
    return _known_by(paper, sheet_of(paper))


def _known_by(paper, sheet) -> str:
    """The digest kept at printing. Of what was printed before digests were kept: of the content that the portal holds,
    which nobody can write any more since 送核稿.
    """
    return paper.digest or (sheet.digest if paper.printed_on else "")


def _qr(paper, digest):
    """Where a copy in hand is checked: only for what is printed, and where the series wants it."""
    series = paper.identity.series_of(paper.spec)
    return checking.address(paper, digest) if series and series.qr and digest and paper.number_text else None


ENDED = {PaperState.REVOKED: Mark.REVOKED, PaperState.REPEALED: Mark.REPEALED, PaperState.VOID: Mark.VOID}


def _annexes(paper) -> tuple[Annex, ...]:
    """What is set behind the text, then what is only listed because it is a file of its own."""
    printed = [Annex(one["title"], from_json(one["blocks"])) for one in paper.printed_annexes]
    return (*printed, *(Annex(title) for title in paper.enclosures))


def _marks(paper):
    if paper.state in ENDED:
        yield ENDED[paper.state]
    if paper.spec.sealed and paper.number_text:
        yield Mark.UNSEALED
    if settings.DEMO:
        yield Mark.DEMO


def file_name(paper: Paper, ending: str) -> str:
    """珠委农组〔2026〕8号 关于……的通报.pdf"""
    return f"{paper.name_mark}{paper.number_text or '草稿'} {paper.title}.{ending}".replace("/", "／")
