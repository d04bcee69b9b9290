"""The way of a paper as a page draws it: who did what when, where it is, and what comes."""

from dataclasses import dataclass

from zhuzun.notices.papers.kinds import PaperState
from zhuzun.ui.formats import day

S = PaperState
ORDER = (
    (S.DRAFT, "拟稿"),
    (S.CHECKING, "核稿"),
    (S.COSIGNING, "会签"),
    (S.SIGNING, "签发"),
    (S.REVIEWING, "复核"),
    (S.NUMBERING, "登记编号"),
    (S.PRINTING, "印制用印"),
    (S.ISSUING, "印发"),
    (S.ISSUED, "归档"),
)
STATES = [state for state, _ in ORDER]


@dataclass(frozen=True)
class Station:
    """One station of the way: done, here, or still to come."""

    word: str
    state: str  # done, here, open
    note: str = ""  # name and day, a line each


def stations(paper, cosigners: bool) -> list[Station]:
    """All stations; 会签 only where somebody countersigns. A paper that ended is nowhere."""
    notes = _notes(paper)
    return [
        Station(word, _mark(paper, number), notes.get(state, ""))
        for number, (state, word) in enumerate(ORDER)
        if state != S.COSIGNING or cosigners
    ]


def _mark(paper, number) -> str:
    """Done, here or open; what was withdrawn before it was filed was never filed."""
    here = _place(paper)
    if number == here and paper.ended_on is None:
        return "here"
    return "done" if number < here else "open"


def _place(paper) -> int:
    if paper.state == S.RETURNED:
        return 0
    if paper.state in STATES:
        return STATES.index(paper.state)
    return len(ORDER) - (paper.filed_on is None) if paper.issued_at else -1


def _notes(paper) -> dict:
    outside = "（线下）" if paper.signed_outside else ""
    return {
        S.DRAFT: f"{paper.drafter}\n{day(paper.drafted_at)}",
        S.CHECKING: f"{paper.checker_name}\n{day(paper.checked_on)}".strip(),
        S.SIGNING: f"{paper.signer_name}{outside}\n{day(paper.signed_on)}".strip(),
        S.NUMBERING: paper.number_text,
        S.PRINTING: day(paper.printed_on),
        S.ISSUING: day(paper.issued_at),
        S.ISSUED: f"{paper.filed_as}\n{day(paper.filed_on)}".strip(),
    }
