"""Issuing identities, numbers, papers with their recipients, rounds and deliveries."""

from zhuzun.notices.papers.models.identities import IdentitySeries, IssuingIdentity, NumberCounter
from zhuzun.notices.papers.models.paper import Paper, PaperCosigner, PaperRecipient, PaperRound
from zhuzun.notices.papers.models.serving import PaperDelivery, PaperNumber

__all__ = [
    "IdentitySeries",
    "IssuingIdentity",
    "NumberCounter",
    "Paper",
    "PaperCosigner",
    "PaperDelivery",
    "PaperNumber",
    "PaperRecipient",
    "PaperRound",
]
