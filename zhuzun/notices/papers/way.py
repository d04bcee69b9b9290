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
    note: str = ""


def stations(paper, cosigners: bool) -> list[Station]:
    """All stations; 会签 only where somebody countersigns. A paper that ended is nowhere."""
    here = _place(paper)
    notes = _notes(paper)
    return [
        Station(word, "done" if number < here else "here" if number == here else "open", notes.get(state, ""))
        for number, (state, word) in enumerate(ORDER)
        if state != S.COSIGNING or cosigners
    ]


def _place(paper) -> int:
    if paper.state == S.RETURNED:
        return 0
    if paper.state in STATES:
        return STATES.index(paper.state)
    return len(ORDER) if paper.issued_at else -1


def _notes(paper) -> dict:
    outside = "（线下）" if paper.signed_outside else ""
    return {
        S.DRAFT: f"{paper.drafter} {day(paper.drafted_at)}",
        S.CHECKING: f"{paper.checker_name} {day(paper.checked_on)}".strip(),
        S.SIGNING: f"{paper.signer_name}{outside} {day(paper.signed_on)}".strip(),
        S.NUMBERING: paper.number_text,
        S.PRINTING: day(paper.printed_on),
        S.ISSUING: day(paper.issued_at),
        S.ISSUED: f"{paper.filed_as} {day(paper.filed_on)}".strip(),
    }
