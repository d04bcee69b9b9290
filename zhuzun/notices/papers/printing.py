"""A paper as it is printed: its row becomes the one value from which PDF and .docx are set."""

from dataclasses import replace

from django.conf import settings

from zhuzun.documents.papers.sheet import Annex, Form, Mark, Sheet
from zhuzun.documents.papers.text import from_json
from zhuzun.notices.papers import checking
from zhuzun.notices.papers.kinds import PaperState, Part, Urgency
from zhuzun.notices.papers.models import Paper


def sheet_of(paper: Paper) -> Sheet:
    """What stands on it now: a draft without number and dates, an issued paper with both.

    The portal's own rendering bears no seal: what is served under seal is the scan, and this says 未用印，仅供参考. Of
    a paper that ended it says that too.
    """
    issuer = paper.issuer
    sheet = Sheet(
        form=paper.spec.form,
        title=paper.title,
        blocks=from_json(paper.blocks),
        letterhead=(paper.identity.masthead,) if paper.spec.form is Form.OFFICIAL else (issuer,),
        number=paper.number_text or None,
        signers=(paper.signer_name,) if paper.spec.upward and paper.signer_name else (),
        urgency="" if paper.urgency == Urgency.NONE else paper.get_urgency_display(),
        addressees=(paper.addressed,) if paper.addressed else tuple(paper.named(Part.MAIN)),
        annexes=_annexes(paper),
        signatures=(issuer,),
        dated=paper.signed_on,
        sealed=paper.spec.sealed,
        note=paper.note,
        copies=tuple(paper.named(Part.COPY)),
        printer=paper.identity.printer.full_name_on(paper.printed_on) if paper.printed_on else "",
        printed_on=paper.printed_on,
        print_run=paper.copies,
        marks=tuple(_marks(paper)),
    )
    return replace(sheet, qr=_qr(paper, _known_by(paper, sheet)))


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
