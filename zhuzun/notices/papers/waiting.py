"""The papers that wait for a person: those whose next step is his, and those his body has still to sign for."""

from django.db.models import Q

from zhuzun.notices.papers.kinds import DRAFTING, IN_FORCE, PaperState
from zhuzun.notices.papers.models import Paper, PaperDelivery

S = PaperState
TURN = (
    ("notices.check_paper", (S.CHECKING,)),
    ("notices.sign_paper", (S.SIGNING,)),
    ("notices.handle_paper", (S.REVIEWING, S.NUMBERING, S.PRINTING, S.ISSUING)),
)


def waiting_for(user):
    """Papers whose next step is this person's, his own drafts that came back, and those to be signed for."""
    mine = Q(pk__in=())
    for permission, states in TURN:
        if user.has_perm(permission):
            mine |= Q(state__in=states)
    if user.has_perm("notices.draft_paper"):
        mine |= Q(state__in=DRAFTING, drafted_by=user)
    if user.has_perm("notices.answer_paper"):
        unsigned = PaperDelivery.objects.of_body(user).waiting()
        mine |= Q(state__in=IN_FORCE, pk__in=unsigned.values("paper"))
    return Paper.objects.visible_to(user).filter(mine)


def count_waiting(user) -> int:
    """For the navigation."""
    return waiting_for(user).order_by().count() if user.acting else 0
