"""The papers that wait for a person, by what he is to do: one table for the navigation, the workbench and the list.

A paper waits for whoever may take its next step: of what he drafted himself, or checked, the other's signature is none
of his.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from zhuzun.accounts.roles import Role
from zhuzun.notices.papers.kinds import IN_FORCE, Act, Joining, PaperState
from zhuzun.notices.papers.models import Paper, PaperDelivery, PaperRound

S = PaperState
DRAFT, CHECK, SIGN = "notices.draft_paper", "notices.check_paper", "notices.sign_paper"
CLERK, ANSWER, SERVE = "notices.handle_paper", "notices.answer_paper", "notices.serve_paper"


@dataclass(frozen=True)
class Wait:
    """What waits: its word, by whose permission, which papers; `mine`: his own step, which the navigation counts."""

    label: str
    permission: str
    papers: Callable[[object], Q]
    mine: bool = True


def _at(*states):
    return lambda user: Q(state__in=states)


def _own(*states):
    """His own; for the bureau's officers also what the portal drafted and nobody has taken up yet."""

    def found(user):
        mine = Q(drafted_by=user)
        if user.acting.role == Role.BUREAU_OFFICER:
            mine |= Q(drafted_by__isnull=True)
        return Q(state__in=states) & mine

    return found


def _drafted(user):
    """Drafted by him, or passed on by him (`Paper.drafted_by_him`)."""
    passed_on = PaperRound.objects.filter(paper=OuterRef("pk"), act=Act.SUBMITTED, by=user)
    return Q(drafted_by=user) | Exists(passed_on)


def _to_check(user):
    return Q(state=S.CHECKING) & (Q(identity__joining=Joining.DRAFT_CHECK) | ~_drafted(user))


def _to_sign(user):
    checked = Q(checked_by=user) & ~Q(identity__joining=Joining.CHECK_SIGN)
    return Q(state=S.SIGNING) & ~_drafted(user) & ~checked


def _to_receive(user):
    unsigned = PaperDelivery.objects.of_body(user).waiting()
    return Q(state__in=IN_FORCE, pk__in=unsigned.values("paper"))


def _to_reply(user):
    unanswered = PaperDelivery.objects.of_body(user).filter(replied_at__isnull=True)
    return Q(state__in=IN_FORCE, reply_wanted=True, pk__in=unanswered.values("paper"))


def _unsigned(user):
    return Q(state__in=IN_FORCE, pk__in=PaperDelivery.objects.waiting().values("paper"))


WAITS = {
    "returned": Wait("被退回", DRAFT, _own(S.RETURNED)),
    "draft": Wait("待送核稿", DRAFT, _own(S.DRAFT)),
    "cosign": Wait("待会签", DRAFT, _own(S.COSIGNING)),
    "check": Wait("待我核稿", CHECK, _to_check),
    "sign": Wait("待我签发", SIGN, _to_sign),
    "number": Wait("待复核编号", CLERK, _at(S.REVIEWING, S.NUMBERING)),
    "seal": Wait("待印制用印", CLERK, _at(S.PRINTING)),
    "issue": Wait("待印发", CLERK, _at(S.ISSUING)),
    "file": Wait("待归档", CLERK, _at(S.ISSUED)),
    "receipt": Wait("待签收", ANSWER, _to_receive),
    "reply": Wait("待回复", ANSWER, _to_reply),
    "unsigned": Wait("有单位未签收", SERVE, _unsigned, mine=False),
}


def open_to(user) -> list[tuple[str, Wait]]:
    """What may wait for this person at all."""
    return [(code, wait) for code, wait in WAITS.items() if user.has_perm(wait.permission)] if user.acting else []


def choices(user) -> list[tuple[str, str]]:
    """For the list's filter."""
    return [(code, wait.label) for code, wait in open_to(user)]


def papers(user, code):
    """Those that wait so for this person."""
    return Paper.objects.visible_to(user).filter(WAITS[code].papers(user))


def unsigned_deliveries(user):
    """Bodies that have not signed for a paper in force, for whoever may remind them."""
    return PaperDelivery.objects.visible_to(user).waiting().filter(paper__state__in=IN_FORCE)


def count_waiting(user) -> int:
    """For the navigation: what is this person's own next step."""
    return count(Paper.objects, open_to(user), user)


def count(rows, waits, user) -> int:
    """How many of `rows` wait for the person's own next step; nothing is asked where none is his."""
    mine = [wait.papers(user) for _, wait in waits if wait.mine]
    return rows.visible_to(user).filter(reduce(or_, mine)).order_by().count() if mine else 0
