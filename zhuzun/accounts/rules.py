"""Who may hold which role: the rules that services enforce and pages explain."""

from dataclasses import dataclass
from datetime import date

from zhuzun.accounts.models import Decision
from zhuzun.accounts.roles import GUARDIANS, HELD_AT, Role
from zhuzun.errors import DomainError, Refused
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation

OWN = "不能办理本人的账号和角色，请由另一名安全管理员办理。"
INSPECTED = (OrganisationKind.DISTRICT, OrganisationKind.COUNTY)


@dataclass(frozen=True)
class Post:
    """A role to be held (任职): which, where, from the first day to the last, both included; an inspector's scope."""

    role: str
    organisation: Organisation
    valid_from: date
    valid_to: date | None = None
    scope: tuple = ()
    reason: str = ""


def decide_about(actor, permission: str, user) -> Decision:
    """May `actor` do `permission` with the account of `user`? Nobody with his own."""
    decision = actor.decide(permission)
    return Decision(False, OWN) if decision.allowed and actor == user else decision


def refuse_own(user, actor) -> None:
    """Nobody changes his own account or gives himself a role; the machine's operator (no actor) starts the first."""
    if actor is not None and actor.pk == user.pk:
        raise Refused(OWN)


def check(user, post: Post, *, besides=None) -> None:
    """Refuse a post that `user` may not hold; `besides` is the assignment that it takes the place of."""
    if post.valid_to and post.valid_to < post.valid_from:
        raise DomainError("截止日期不能早于起始日期，请核对起止日期。", "valid_to")
    _check_body(post)
    _check_scope(post)
    others = user.assignments.overlapping(post.valid_from, post.valid_to)
    _check_separation(post, others.exclude(pk=besides.pk) if besides else others)


def _check_body(post: Post) -> None:
    body, kinds = post.organisation, HELD_AT.get(Role(post.role))
    if kinds and body.kind not in kinds:
        fitting = "、".join(OrganisationKind(kind).label for kind in kinds)
        raise DomainError(
            f"“{Role(post.role).label}”只能在{fitting}任职，{body}属于{body.get_kind_display()}。", "organisation"
        )
    if not body.holds_on(post.valid_from):
        raise DomainError(f"{body}在起始日期尚未设立或已经撤销，请核对单位和日期。", "organisation")


def _check_scope(post: Post) -> None:
    label = Role.INSPECTOR.label
    if post.role != Role.INSPECTOR:
        if post.scope:
            raise DomainError(f"只有“{label}”需要填写查阅范围。", "scope")
        return
    if not post.scope:
        raise DomainError(f"“{label}”须写明可查阅的区、县（市）。", "scope")
    if post.valid_to is None:
        raise DomainError(f"“{label}”须写明截止日期。", "valid_to")
    wrong = [str(body) for body in post.scope if body.kind not in INSPECTED]
    if wrong:
        raise DomainError(f"查阅范围只填区、县（市）：{'、'.join(wrong)}不是。", "scope")


def _check_separation(post: Post, others) -> None:
    """三员分离: a 三员 role goes together with no other role, neither another of the three nor a business role."""
    for other in others:
        if other.role == post.role:
            continue  # the same role at several bodies; twice at one body is refused by the database
        if post.role in GUARDIANS or other.role in GUARDIANS:
            both = f"既任“{other.get_role_display()}”又任“{Role(post.role).label}”"
            raise DomainError(f"三员须分设：同一人在同一时期不能{both}。", "role")
