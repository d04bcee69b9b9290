"""Opening and ending accounts, giving and ending roles, passwords: each rule stated, written and told to the trail.

Nothing here shows a password to anybody but the caller: the trail, the logs and the database never hold one.
"""

from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from zhuzun import clock
from zhuzun.accounts import identity, lockout, passwords, rules, usernames
from zhuzun.accounts.models import FormerPassword, RoleAssignment, User
from zhuzun.accounts.passwords import Slip
from zhuzun.accounts.roles import Role
from zhuzun.accounts.rules import Post, refuse_own
from zhuzun.dated import integrity_message
from zhuzun.errors import DomainError, Refused
from zhuzun.happenings import announce
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui import formats

EVERYTHING_NEEDS_A_REASON = "请填写原因。"


@transaction.atomic
def open_account(
    name, home, *, actor, now, username="", phone="", email="", ends_on=None, post=None, twin=False, password=None
) -> Slip:
    """Open an account (开户) for `name` of the body `home`, at once with a role if a `Post` is given.

    The user name is made by rule when none is given. The slip holds the one-time password, which must be changed at the
    first sign-in. `twin` says that a second person of this name at this body is meant. `password` is for the
    demonstration only: it is known to all and need not be changed.
    Raises `DomainError` where the user name is taken or the post may not be held.
    """
    _check_opening(name, home, ends_on, clock.day_of(now), twin)
    if password is not None and not settings.DEMO:
        raise Refused("只有演示环境可以指定初始密码。")
    user = User(
        username=username or usernames.free(home),
        name=name,
        home=home,
        phone=phone,
        email=email,
        ends_on=ends_on,
        opened_at=now,
        must_change_password=password is None,
    )
    drawn = password or passwords.one_time()
    user.password = make_password(password) if password else passwords.one_time_hash(drawn)
    _save(user)
    announce("account.open", actor=actor, now=now, obj=user, detail={"账号": user.username, **_account(user)})
    if post:
        give_role(user, post, actor=actor, now=now)
    return Slip(user, drawn)


def _check_opening(name, home, ends_on, today, twin) -> None:
    if ends_on and ends_on < today:
        raise DomainError("账号截止日期已过，请核对。", "ends_on")
    namesake = User.objects.filter(name=name, home=home).first()
    if namesake and not twin:
        raise DomainError(
            f"{home}已有名为{name}的账号（{namesake.username}）。确为同名的另一个人时，请勾选“同名的另一人”。", "name"
        )


@transaction.atomic
def correct_account(user, *, name, home, phone, ends_on, reason, actor, now, email=None) -> User:
    """Correct name, body, telephone, e-mail (None leaves it) or last day of an account; its user name never changes."""
    user = _locked(user, actor)
    before = _account(user)
    if ends_on and ends_on != user.ends_on and ends_on < clock.day_of(now):
        raise DomainError("账号截止日期不能早于今天；如需立即停用，请办理停用。", "ends_on")
    user.name, user.home, user.phone, user.ends_on = name, home, phone, ends_on
    user.email = user.email if email is None else email
    _save(user)
    if changes := _changes(before, user):
        announce("account.correct", actor=actor, now=now, obj=user, reason=reason, detail=changes)
    return user


@transaction.atomic
def end_account(user, *, reason, actor, now, last_day=None) -> User:
    """End an account: at once, or on `last_day` (the last day on which it works, such as the end of a 挂职).

    At once means that every session of it is dead at its next request. The account stays, with all that it did.
    """
    user = _locked(user, actor)
    today, before = clock.day_of(now), _account(user)
    if not reason.strip():
        raise DomainError(EVERYTHING_NEEDS_A_REASON, "reason")
    if not user.works_on(today):
        raise DomainError("该账号已停用，不必重复办理。")
    if last_day and last_day < today:
        raise DomainError("最后一天不能早于今天；如需立即停用，请留空。", "last_day")
    if last_day:
        user.ends_on = last_day
    else:
        user.is_active = False
    _save(user)
    announce("account.end", actor=actor, now=now, obj=user, reason=reason, detail=_changes(before, user))
    return user


@transaction.atomic
def reopen_account(user, *, reason, actor, now, ends_on=None) -> Slip:
    """Enable an ended account again, with a new one-time password: the old one has been out of sight too long."""
    user = _locked(user, actor)
    if user.works_on(clock.day_of(now)):
        raise DomainError("该账号正在使用，不必启用。")
    if ends_on and ends_on < clock.day_of(now):
        raise DomainError("账号截止日期已过，请核对。", "ends_on")
    before = _account(user)
    user.is_active, user.ends_on = True, ends_on
    announce("account.reopen", actor=actor, now=now, obj=user, reason=reason, detail=_changes(before, user))
    return _draw_password(user, now)


@transaction.atomic
def reset_password(user, *, actor, now) -> Slip:
    """Give a person a new one-time password. It unlocks the account and ends every session of it."""
    user = _locked(user, actor)
    if not user.works_on(clock.day_of(now)):
        raise DomainError(f"{user}的账号已停用，请先启用。")
    slip = _draw_password(user, now)
    lockout.unlock(user.username)
    announce("password.reset", actor=actor, now=now, obj=user)
    return slip


@transaction.atomic
def reset_passwords(users, *, actor, now) -> list[Slip]:
    """New one-time passwords for several people who never signed in: their slips were lost, or never reached them."""
    signed_in = [str(user) for user in users if user.last_login]
    if signed_in:
        raise DomainError(f"只能为从未登录的人员补发密码条：{'、'.join(signed_in)}已经登录过，请逐个重置密码。")
    return [reset_password(user, actor=actor, now=now) for user in users]


@transaction.atomic
def change_password(user, new, *, actor, now) -> User:
    """Change one's own password; who he is has been proved with the old one. Other sessions of his end."""
    if actor.pk != user.pk:
        raise Refused("只能修改本人的密码。")
    user = User.objects.select_for_update().get(pk=user.pk)
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), "new") from error
    _put_away(user, now)
    user.password = passwords.own_hash(new, user.password)
    user.must_change_password, user.password_changed_at = False, now
    user.save()
    announce("password.change", actor=actor, now=now, obj=user)
    return user


@transaction.atomic
def give_role(user, post: Post, *, actor, now) -> RoleAssignment:
    """Give a role; raises `DomainError` where it does not fit the body or the person (rules.py), to nobody himself."""
    user = _locked(user, actor)
    rules.check(user, post)
    given = RoleAssignment(
        user=user,
        role=post.role,
        organisation=post.organisation,
        valid_from=post.valid_from,
        valid_to=post.valid_to,
        reason=post.reason,
        position=user.assignments.count(),
    )
    _save(given)
    given.scope.set(post.scope)
    announce("role.give", actor=actor, now=now, obj=user, reason=post.reason, detail={"角色": ["", _role(given)]})
    return given


@transaction.atomic
def correct_role(assignment, *, valid_from, valid_to, reason, actor, now) -> RoleAssignment:
    """Correct the first or last day of a role (起止日期)."""
    _locked(assignment.user, actor)
    assignment = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    before, scope = _role(assignment), tuple(assignment.scope.all())
    post = Post(assignment.role, assignment.organisation, valid_from, valid_to, scope)
    rules.check(assignment.user, post, besides=assignment)
    assignment.valid_from, assignment.valid_to = valid_from, valid_to
    _save(assignment)
    detail = {"角色": [before, _role(assignment)]}
    announce("role.correct", actor=actor, now=now, obj=assignment.user, reason=reason, detail=detail)
    return assignment


@transaction.atomic
def end_role(assignment, *, last_day, reason, actor, now) -> RoleAssignment:
    """End a role after `last_day`; one that would have begun later is taken back."""
    user = _locked(assignment.user, actor)
    assignment = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    if not reason.strip():
        raise DomainError(EVERYTHING_NEEDS_A_REASON, "reason")
    if assignment.valid_to and assignment.valid_to < last_day:
        raise DomainError("最后一天晚于原截止日期；如需延长，请更正起止日期。", "last_day")
    before = _role(assignment)
    if assignment.valid_from <= last_day:
        assignment.valid_to = last_day
        _save(assignment)
        detail = {"角色": [before, _role(assignment)]}
        announce("role.end", actor=actor, now=now, obj=user, reason=reason, detail=detail)
        return assignment
    if assignment.valid_from <= clock.day_of(now):
        raise DomainError("最后一天不能早于起始日期；如需立即停止使用，请停用账号。", "last_day")
    assignment.delete()
    detail = {"角色": [before, "未开始，已取消"]}
    announce("role.end", actor=actor, now=now, obj=user, reason=reason, detail=detail)
    return assignment


def choose_identity(user, session, key, *, actor, now) -> RoleAssignment:
    """Act from the next request on in the role with this key, one of those held today."""
    held = next((one for one in user.roles_on(clock.day_of(now)) if str(one.pk) == str(key)), None)
    if actor.pk != user.pk or held is None:
        raise Refused("该身份已经终止或不属于您，请重新选择。")
    identity.choose(user, session, held)
    announce("identity.choose", actor=actor, now=now, detail={"角色": _role(held)})
    return held


@transaction.atomic
def first_admin(name, *, now, username="security", password=None) -> Slip:
    """The first account of an installation: its security administrator, at the bureau. Nobody is the actor.

    Refused while any account can act as security administrator, and before the policy's organisations are loaded.
    """
    today = clock.day_of(now)
    if User.objects.active_on(today).holding(Role.SECURITY_ADMIN, day=today).exists():
        raise Refused("已有安全管理员，请由其在“人员与账号”中办理。")
    bureau = Organisation.objects.on(today).filter(kind=OrganisationKind.BUREAU).first()
    if bureau is None:
        raise DomainError("还没有市乡村振兴局这个单位，请先运行 python manage.py load_policy 导入政策数据。")
    post = Post(Role.SECURITY_ADMIN, bureau, today, reason="系统首次启用")
    return open_account(name, bureau, username=username, post=post, password=password, actor=None, now=now)


def _locked(user, actor) -> User:
    """The person as the database has him, held against a second writer; refuses work on oneself."""
    refuse_own(user, actor)
    return User.objects.select_for_update().get(pk=user.pk)


def _draw_password(user, now) -> Slip:
    drawn = passwords.one_time()
    _put_away(user, now)
    user.password = passwords.one_time_hash(drawn)
    user.must_change_password = True
    user.save()
    return Slip(user, drawn)


def _put_away(user, now) -> None:
    """Keep the present password among the former ones, as many as may not be used again."""
    FormerPassword.objects.create(user=user, password=user.password, set_at=now)
    stale = user.former_passwords.order_by("-set_at", "-pk").values_list("pk", flat=True)[passwords.KEPT :]
    FormerPassword.objects.filter(pk__in=list(stale)).delete()


def _save(row) -> None:
    """Save after Django's and the database's rules; a broken one becomes a sentence beside its field."""
    with _rules_in_words():
        row.full_clean()
        row.save()


@contextmanager
def _rules_in_words():
    try:
        with transaction.atomic():
            yield
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise DomainError(" ".join(messages), None if field == NON_FIELD_ERRORS else field) from error
    except IntegrityError as error:
        raise DomainError(integrity_message(error)) from error


def _account(user) -> dict:
    """What the trail says of an account, by field."""
    return {
        "name": user.name,
        "home": str(user.home),
        "phone": user.phone,
        "email": user.email,
        "ends_on": str(user.ends_on or ""),
        "is_active": user.is_active,
    }


def _changes(before: dict, user) -> dict:
    """Which of it is different now: field → [before, after]."""
    after = _account(user)
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def _role(assignment) -> str:
    """What the trail says of a role: where, which, from when to when, and an inspector's scope."""
    scope = "、".join(str(body) for body in assignment.scope.all())
    span = formats.span(assignment.valid_from, assignment.valid_to)
    return f"{assignment}，{span}" + (f"，查阅范围：{scope}" if scope else "")
