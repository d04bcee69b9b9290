"""Writing the trail. Every service that changes anything calls `record` in its own transaction."""

from zhuzun import clock
from zhuzun.audit import context
from zhuzun.audit.models import Event


def record(action, *, actor, now, obj=None, reason="", detail=None, succeeded=True):
    """Add the event «`actor` did `action` on `obj`»; role, body, address and request are filled in from the actor and request."""
    facts = context.current()
    acting = actor.acting if actor is not None else None
    body = acting.organisation if acting else getattr(actor, "home", None)
    return Event.objects.create(
        at=now,
        action=action,
        succeeded=succeeded,
        actor=actor,
        actor_name=actor.name if actor else "",
        username=actor.username if actor else str((detail or {}).get("username", ""))[:60],
        role=acting.role if acting else "",
        organisation=body,
        organisation_name=body.name_on(clock.day_of(now)) if body else "",
        object_label=str(obj)[:200] if obj is not None else "",
        reason=reason,
        detail=detail or {},
        address=facts.address,
        request_id=facts.request_id,
        **_object(obj),
    )


def _object(obj):
    """The record's type and key: empty where the act has no object."""
    if obj is None:
        return {}
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(obj, for_concrete_model=False)
    return {"object_type": kind, "object_id": str(obj.pk)}
