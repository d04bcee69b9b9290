"""Short ways to read what was drafted."""

from tasks.models import PeriodPaper
from zhuzun.documents.papers import text
from zhuzun.notices.papers import proposing


def said(paper) -> str:
    """Its text, one line a block."""
    return text.plain_text(text.from_json(paper.blocks))


def of(kind):
    """The paper of this kind that the portal drafted by itself."""
    return PeriodPaper.objects.get(kind=kind, by_itself=True).paper


def group_of(paper, code):
    """What the portal proposes for it."""
    return next(one for one in proposing.groups_of(paper.snapshot["sections"]) if one["code"] == code)


def sent_to(paper) -> dict:
    """{code of the body: main or copy}."""
    return {row.organisation.code: row.part for row in paper.recipients.select_related("organisation")}
