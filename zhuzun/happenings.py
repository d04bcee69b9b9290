"""How the floors below `audit` tell that something happened.

They may not import `audit`; they announce, and `audit` listens in the same transaction. Floors above call
`zhuzun.audit.services.record`, which takes the same arguments.
"""

from django.dispatch import Signal

happened = Signal()


def announce(action, *, actor, now, obj=None, reason="", detail=None, succeeded=True):
    """Tell that `actor` did `action` on `obj` at `now`; `actor` is empty for a failed sign-in of nobody known."""
    happened.send(
        sender=type(obj) if obj is not None else None,
        action=action,
        actor=actor,
        now=now,
        obj=obj,
        reason=reason,
        detail=detail or {},
        succeeded=succeeded,
    )
