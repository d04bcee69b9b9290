"""Who may open a file: whoever may see the record it hangs on.

The record's model answers with its `visible_to(user)`. An app whose records are seen in further ways (the other side
that checks a report, say) adds its rule in `ready()`: `viewers.register(ProgressReport, lambda user, report: …)`.
"""

from collections.abc import Callable

from zhuzun.documents.models import Attachment

Viewer = Callable[[object, object], bool]
_viewers: dict[type, list[Viewer]] = {}


def register(model, viewer: Viewer):
    """Let `viewer(user, obj)` widen who may open the files of `model`'s records."""
    known = _viewers.setdefault(model, [])
    if viewer not in known:
        known.append(viewer)


def may_see(user, obj) -> bool:
    """Whether this person may see the record."""
    rows = type(obj)._default_manager.all()
    if hasattr(rows, "visible_to") and rows.visible_to(user).filter(pk=obj.pk).exists():
        return True
    return any(viewer(user, obj) for viewer in _viewers.get(type(obj), ()))


def find(user, key) -> Attachment | None:
    """The attachment of this key; nothing where there is none, or none on a record that this person may see."""
    attachment = Attachment.objects.with_people().filter(pk=key).first()
    if attachment is None or attachment.subject is None:
        return None
    return attachment if may_see(user, attachment.subject) else None
