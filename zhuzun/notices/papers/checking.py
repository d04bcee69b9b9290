"""Whether a copy in hand is what the portal holds, and still in force: asked by the address in its QR code."""

from enum import Enum

from django.conf import settings
from django.urls import reverse

from zhuzun.notices.papers.kinds import SERVED, PaperState

SIGNS = 16  # of the digest: enough that nobody finds another text with the same


class Verdict(Enum):
    """What is said of the copy: the word, how it looks, the sentence."""

    CURRENT = ("现行", "good", "与系统所存一致，现行有效。")
    REVOKED = ("已撤销", "ended", "已经撤销，自始无效，请勿使用。")
    REPEALED = ("已废止", "ended", "已经废止，请勿使用。")
    VOID = ("已作废", "ended", "印发前已作废，请勿使用。")
    NOT_ISSUED = ("尚未印发", "soon", "尚未印发，不是正式文本。")
    DIFFERENT = ("与系统所存不一致", "late", "文号相同，但内容与系统所存不一致，请勿使用，并告知发文机关核实。")


ENDED = {
    PaperState.VOID: Verdict.VOID,
    PaperState.REVOKED: Verdict.REVOKED,
    PaperState.REPEALED: Verdict.REPEALED,
}


def address(paper, digest: str) -> str:
    """What the QR code holds: the portal's page for this number and content."""
    path = reverse("notices:paper_check", args=[paper.number_text, digest[:SIGNS]])
    return f"{settings.PORTAL_URL}{path}"


def verdict(paper, digest: str, held: str) -> Verdict:
    """What a copy is worth that bears this paper's number and `digest`; `held`: the digest of what the portal holds."""
    if not held or digest.lower() != held[:SIGNS]:
        return Verdict.DIFFERENT
    if paper.state in ENDED:
        return ENDED[paper.state]
    return Verdict.CURRENT if paper.state in SERVED else Verdict.NOT_ISSUED
