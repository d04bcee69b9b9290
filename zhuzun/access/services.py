"""Giving and ending exceptional grants (临时授权): the security administrator's, with document, reason and dates."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from zhuzun import clock
from zhuzun.access.models import Grant
from zhuzun.access.scopes import grantable
from zhuzun.accounts.roles import GUARDIANS
from zhuzun.dated import integrity_message
from zhuzun.errors import DomainError, Refused
from zhuzun.happenings import announce


def give_grant(user, codename, obj, *, valid_from, valid_to, document, reason, actor, now):
    """Let `user` do `codename` on `obj` from `valid_from` to `valid_to` (last day), by a document and for a reason."""
    actor.decide("access.add_grant").enforce()
    _check(user, codename, obj, actor=actor, day=clock.day_of(now))
    _require(document=(document, "依据文件"), reason=(reason, "授权理由"))
    if valid_to is None or valid_to < valid_from or valid_to < clock.day_of(now):
        raise DomainError("请填写截止日期：不早于起始日期和今天。", "valid_to")
    kind = ContentType.objects.get_for_model(obj)
    grant = Grant(
        user=user,
        permission=Permission.objects.get(content_type=kind, codename=codename),
        content_type=kind,
        object_pk=str(obj.pk),
        valid_from=valid_from,
        valid_to=valid_to,
        document=document,
        reason=reason,
    )
    with transaction.atomic():
        _save(grant)
        announce("grant.give", actor=actor, now=now, obj=obj, reason=reason, detail=_facts(grant))
    return grant


def end_grant(grant, *, valid_to, reason, actor, now):
    """End a grant: `valid_to` is its last day; from the next day it counts for nothing, without a job."""
    actor.decide("access.change_grant").enforce()
    if not reason.strip():
        raise DomainError("请填写终止原因。", "reason")
    with transaction.atomic():
        grant = Grant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
        if valid_to is None or valid_to < grant.valid_from or valid_to > grant.valid_to:
            raise DomainError(f"截止日期应在 {grant.valid_from} 至 {grant.valid_to} 之间，只能提前终止。", "valid_to")
        before, grant.valid_to = grant.valid_to, valid_to
        _save(grant)
        detail = {**_facts(grant), "截止": [str(before), str(valid_to)]}
        announce("grant.end", actor=actor, now=now, obj=grant.content_object, reason=reason, detail=detail)
    return grant


def _check(user, codename, obj, *, actor, day):
    if user == actor:
        raise Refused("不能给自己授权。")
    if codename not in grantable(type(obj)):
        raise DomainError("这类记录没有可以临时授予的这项权限。", "permission")
    if user.assignments.on(day).filter(role__in=GUARDIANS).exists():
        raise DomainError("系统管理员、安全管理员、审计管理员不办理业务，不能给予临时授权。", "user")


def _require(**texts):
    for field, (value, word) in texts.items():
        if not value.strip():
            raise DomainError(f"请填写{word}。", field)


def _save(grant):
    try:
        with transaction.atomic():
            grant.save()
    except IntegrityError as error:
        raise DomainError(integrity_message(error)) from error


def _facts(grant):
    return {
        "被授权人": str(grant.user),
        "权限": grant.permission.name,
        "依据": grant.document,
        "起": str(grant.valid_from),
        "止": str(grant.valid_to),
    }
