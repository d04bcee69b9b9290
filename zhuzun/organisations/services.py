"""What may be done with a body: register a partner, rename, close, keep its contacts. Each act is told to the trail."""

import re
import unicodedata
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, Value

from zhuzun.clock import day_of
from zhuzun.dated import clash_of, integrity_message
from zhuzun.errors import DomainError
from zhuzun.happenings import announce
from zhuzun.organisations.kinds import PARTNER_KINDS, PLACE_KINDS, ContactRole, OrganisationKind
from zhuzun.organisations.models import Contact, Organisation, OrganisationName

# A body whose founding day nobody knows counts from the first day of the 十四五 period (¶2), like those of the policy.
SINCE = date(2021, 1, 1)
PARTNER_CODE = "partner-"  # what the code of a registered partner begins with
PHONE = re.compile(r"[0-9+()\- ,;/、，；转]{5,40}")
# Full-width letters, digits and hyphen, made plain.
PLAIN = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF0D)
}
# What form field a broken database rule belongs to.
FIELD_OF = {
    "contact_ends_after_start": "valid_to",
    "contact_once_a_day": "name",
    "name_ends_after_start": "valid_from",
    "name_one_a_day": "valid_from",
    "organisation_ends_after_start": "valid_to",
}
CORRECTABLE = ("role", "name", "post", "phone", "valid_from", "valid_to")


def register_partner(
    *, kind, name, place, actor, now, full_name="", valid_from=None, note="", surely_new=False
) -> Organisation:
    """Register a hospital, school, park, enterprise … of a district, county or city, so that it may be paired.

    A body of (nearly) the same name is told first; `surely_new` says that this is another one.
    """
    actor.decide("organisations.add_partner").enforce()
    name, full_name = tidy(name), tidy(full_name)
    _check_partner(kind, name, place)
    if not surely_new:
        _refuse_namesake(name, full_name, place)
    since = valid_from or max(SINCE, place.valid_from)
    with transaction.atomic():
        body = _new_partner(kind, place, since, note)
        named = OrganisationName(organisation=body, short=name, full=full_name or name, valid_from=since)
        _save(named)
        announce("organisation.register", actor=actor, now=now, obj=body, detail={"类别": body.get_kind_display()})
    return body


def namesakes(*names):
    """Bodies whose name, now or before, holds one of `names` or is held by it (县人民医院 / 正安县人民医院)."""
    found = Q(pk__in=())
    for name in filter(None, names):
        alike = OrganisationName.objects.annotate(given=Value(name)).filter(
            Q(short__icontains=name) | Q(full__icontains=name) | Q(given__icontains=F("short"))
        )
        found |= Q(pk__in=alike.values("organisation")) | Q(aliases__name__iexact=name)
    return Organisation.objects.filter(found).exclude(kind__in=PLACE_KINDS).distinct().order_by("position", "pk")


def rename_organisation(body, *, short, full, valid_from, basis, actor, now) -> OrganisationName:
    """A new name of the same body from `valid_from` on, by the document `basis`; the old one ends the day before."""
    actor.decide("organisations.change_organisation", body).enforce()
    with transaction.atomic():
        current = body.names.select_for_update().order_by("-valid_from").first()
        if current and valid_from <= current.valid_from:
            raise DomainError(f"现名称自 {current.valid_from} 起使用，新名称的起始日期须在其后。", "valid_from")
        if current and (current.valid_to is None or current.valid_to >= valid_from):
            current.valid_to = valid_from - timedelta(days=1)
            _save(current)
        new = OrganisationName(
            organisation=body, short=tidy(short), full=tidy(full) or tidy(short), valid_from=valid_from, basis=basis
        )
        _save(new)
        detail = {"原名称": current.short if current else "", "新名称": new.short, "起": str(valid_from)}
        announce("organisation.rename", actor=actor, now=now, obj=body, reason=basis, detail=detail)
    return new


def close_organisation(body, *, valid_to, reason, actor, now, successor=None) -> Organisation:
    """A body's last day (撤销、合并): it stays on record; `successor` takes over its duties, if any does."""
    actor.decide("organisations.change_organisation", body).enforce()
    if successor == body:
        raise DomainError("承接单位不能是本单位。", "successor")
    with transaction.atomic():
        body = Organisation.objects.select_for_update().get(pk=body.pk)
        if body.valid_to is not None:
            raise DomainError(f"该单位已于 {body.valid_to} 停止使用。", "valid_to")
        body.valid_to, body.successor = valid_to, successor
        body._change_reason = reason[:100]
        _save(body)
        detail = {"止": str(valid_to), "承接单位": str(successor) if successor else ""}
        announce("organisation.close", actor=actor, now=now, obj=body, reason=reason, detail=detail)
    return body


def add_contact(body, *, role, name, valid_from, actor, now, post="", phone="", valid_to=None) -> Contact:
    """Enter a 分管领导 or 联络员 of a body from `valid_from` on (¶14)."""
    actor.decide("organisations.edit_contact", body).enforce()
    contact = Contact(
        organisation=body,
        role=role,
        name=tidy(name),
        post=tidy(post),
        phone=_phone(phone),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    with transaction.atomic():
        _save(contact)
        announce("contact.add", actor=actor, now=now, obj=body, detail=_facts(contact))
    return contact


def end_contact(contact, *, valid_to, actor, now, reason="") -> Contact:
    """Somebody is no longer a contact: `valid_to` is his last day. The row stays on record."""
    actor.decide("organisations.edit_contact", contact.organisation).enforce()
    with transaction.atomic():
        contact = _locked(contact)
        if contact.valid_to is not None and contact.valid_to <= day_of(now):
            raise DomainError(f"{contact.name}已于 {contact.valid_to} 停止担任，如日期有误请更正。", "valid_to")
        contact.valid_to = valid_to
        _save(contact)
        detail = {f"{contact}截止日期": ["", str(valid_to)]}
        announce("contact.end", actor=actor, now=now, obj=contact.organisation, reason=reason, detail=detail)
    return contact


def correct_contact(contact, *, changes, reason, actor, now) -> Contact:
    """Put right what was typed wrongly; whoever really changed is ended and entered anew."""
    if not reason.strip():
        raise DomainError("更正须填写原因。", "reason")
    actor.decide("organisations.edit_contact", contact.organisation).enforce()
    with transaction.atomic():
        contact = _locked(contact)
        before = {name: getattr(contact, name) for name in CORRECTABLE}
        for name in CORRECTABLE:
            setattr(contact, name, changes.get(name, before[name]))
        contact.name, contact.post, contact.phone = tidy(contact.name), tidy(contact.post), _phone(contact.phone)
        changed = {name for name in CORRECTABLE if getattr(contact, name) != before[name]}
        if not changed:
            raise DomainError("没有改动。")
        _save(contact)
        detail = {
            f"{before['name']}的{label_of(name)}": [_text(before[name]), _text(getattr(contact, name))]
            for name in CORRECTABLE
            if name in changed
        }
        announce("contact.correct", actor=actor, now=now, obj=contact.organisation, reason=reason, detail=detail)
    return contact


def tidy(text: str) -> str:
    """One way to write a name: full-width letters and digits made plain, no blanks at the ends or doubled inside.

    Chinese punctuation stays as it is: （集团） is part of a name.
    """
    return " ".join((text or "").translate(PLAIN).split())


def label_of(field: str) -> str:
    """The Chinese name of a contact's field."""
    return str(Contact._meta.get_field(field).verbose_name)


def _check_partner(kind, name, place):
    if kind not in PARTNER_KINDS:
        raise DomainError("请选择结对单位的类别：区、县、镇、村等由系统管理员维护。", "kind")
    if not name:
        raise DomainError("请填写单位名称。", "name")
    if place.kind not in (OrganisationKind.CITY, OrganisationKind.DISTRICT, OrganisationKind.COUNTY):
        raise DomainError("请选择单位所在的区（功能区）、县（市）或市。", "place")


def _refuse_namesake(name, full_name, place):
    found = list(namesakes(name, full_name).with_names()[:5])
    if found:
        known = "、".join(f"{body}（{body.get_kind_display()}，{body.parent or place}）" for body in found)
        raise DomainError(f"已有名称相同或相近的单位：{known}。如确为另一单位，请勾选“确认为另一单位”再登记。", "name")


def _new_partner(kind, place, since, note):
    """The body under the next free code; another registration at the same moment takes the one after it."""
    number = Organisation.objects.filter(code__startswith=PARTNER_CODE).count()
    for step in range(1, 50):
        body = Organisation(
            code=f"{PARTNER_CODE}{number + step:04d}",
            kind=kind,
            parent=place,
            division=place.division,
            valid_from=since,
            position=900_000 + number + step,
            note=note,
        )
        try:
            with transaction.atomic():
                body.save()
        except IntegrityError as error:
            if clash_of(error):
                raise DomainError(integrity_message(error)) from error
        else:
            return body
    raise DomainError("多人同时登记，请稍后重试。")


def _locked(contact):
    return Contact.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=contact.pk)


def _save(row):
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        clash = clash_of(error)
        raise DomainError(integrity_message(error), FIELD_OF.get(clash.name) if clash else None) from error


def _phone(text):
    phone = tidy(unicodedata.normalize("NFKC", text or ""))
    if phone and not PHONE.fullmatch(phone):
        raise DomainError("请填写电话号码，如 13800138000 或 0756-2123456。", "phone")
    return phone


def _facts(contact):
    """A pair (before, after), so that the history says the name: «登记联系人（联络员 （空） → 张三，2026-11-23 起)»."""
    return {ContactRole(contact.role).label: ["", f"{contact.name}，{contact.valid_from} 起"]}


def _text(value):
    return "" if value is None else str(value)
