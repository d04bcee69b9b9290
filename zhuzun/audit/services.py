"""Writing the trail. Every service that changes anything calls `record` in its own transaction."""

import unicodedata

from django.contrib.contenttypes.models import ContentType

from zhuzun import clock
from zhuzun.audit import context
from zhuzun.audit.models import Event


def record(action, *, actor, now, obj=None, reason="", detail=None, succeeded=True):
    """Add the event «`actor` did `action` on `obj`»; role, body, address and request are filled in here."""
    return record_all(action, [(obj, reason, detail)], actor=actor, now=now, succeeded=succeeded)[0]


def record_all(action, entries, *, actor, now, succeeded=True):
    """Add one event for each of `entries` (obj, reason, detail): the same act on many, in a few statements."""
    frame = {"at": now, "action": action, "succeeded": succeeded, **_doer(actor, now)}
    events = [_event(frame, obj, reason, detail or {}) for obj, reason, detail in entries]
    return Event.objects.bulk_create(events, batch_size=500)


def _doer(actor, now):
    """Who, in which role, from where."""
    acting = actor.acting if actor is not None else None
    body = acting.organisation if acting else getattr(actor, "home", None)
    words = {
        "actor_name": actor.name if actor else "",
        "organisation_name": body.name_on(clock.day_of(now)) if body else "",
        "address": context.current().address,
    }
    return {
        "actor": actor,
        "role": acting.role if acting else "",
        "organisation": body,
        "request_id": context.current().request_id,
        **{name: _fitting(name, value) for name, value in words.items()},
    }


def _event(frame, obj, reason, detail):
    """One event, unsaved; without a person the user name that was typed stands in the detail."""
    detail = _clean(detail)
    actor = frame["actor"]
    words = {
        "username": actor.username if actor else detail.pop("username", ""),
        "object_label": "" if obj is None else obj,
        "reason": reason,
    }
    words = {name: _fitting(name, value) for name, value in words.items()}
    return Event(**frame, **words, **_object(obj), detail=detail)


def _fitting(name, value) -> str:
    """On one line and no longer than its column, so that no name or reason can forge a line or stop the act."""
    return _one_line(str(value))[: Event._meta.get_field(name).max_length]


def _one_line(text: str) -> str:
    """`text` with every control character (line ends, NUL, direction marks) turned into a blank."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") else sign for sign in text)


def _clean(value):
    """The detail as JSON holds it, with every text in it on one line; dates become text."""
    if isinstance(value, dict):
        return {_one_line(str(key)): _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float) else _one_line(str(value))


def _object(obj):
    """The record's type and key: empty where the act has no object."""
    if obj is None:
        return {}
    kind = ContentType.objects.get_for_model(obj, for_concrete_model=False)
    return {"object_type": kind, "object_id": str(obj.pk)}
