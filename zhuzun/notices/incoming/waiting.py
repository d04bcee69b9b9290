"""Papers of others that wait for a person, by what he is to do: as `zhuzun.notices.papers.waiting`, codes and all."""

from django.db.models import Q

from zhuzun.notices.incoming.kinds import IncomingState
from zhuzun.notices.incoming.models import IncomingDelivery, IncomingPaper
from zhuzun.notices.incoming.workflow import HANDLE
from zhuzun.notices.papers import waiting as ours
from zhuzun.notices.papers.waiting import ANSWER, SERVE, Wait

UNDER_WAY = Q(paper__state=IncomingState.DISTRIBUTED)


def to_receive(user):
    """What was distributed to the person's body, and nobody has signed."""
    return IncomingDelivery.objects.of_body(user).waiting().filter(UNDER_WAY)


def to_reply(user):
    """What the person's body has to answer."""
    rows = IncomingDelivery.objects.of_body(user).filter(UNDER_WAY)
    return rows.filter(reply_by__isnull=False, replied_at__isnull=True)


def unsigned(user):
    """Bodies that have not signed, for whoever may remind them."""
    return IncomingDelivery.objects.visible_to(user).waiting().filter(UNDER_WAY)


def _of(deliveries):
    return lambda user: Q(pk__in=deliveries(user).values("paper"))


WAITS = {
    "distribute": Wait("待分送", HANDLE, lambda user: Q(state=IncomingState.REGISTERED)),
    "receipt": Wait("待签收", ANSWER, _of(to_receive)),
    "reply": Wait("待回复", ANSWER, _of(to_reply)),
    "unsigned": Wait("有单位未签收", SERVE, _of(unsigned), mine=False),
}


def open_to(user) -> list[tuple[str, Wait]]:
    """What may wait for this person at all."""
    return [(code, wait) for code, wait in WAITS.items() if user.has_perm(wait.permission)] if user.acting else []


def choices(user) -> list[tuple[str, str]]:
    """For the filter of the one list: ours, and what only papers of others wait for."""
    more = [(code, wait.label) for code, wait in open_to(user) if code not in ours.WAITS]
    return [*ours.choices(user), *more]


def papers(user, code):
    """Those that wait so for this person."""
    return IncomingPaper.objects.visible_to(user).filter(WAITS[code].papers(user))


def count_waiting(user) -> int:
    """Papers of either direction that wait for this person's own next step, for the navigation."""
    return ours.count_waiting(user) + ours.count(IncomingPaper.objects, open_to(user), user)
