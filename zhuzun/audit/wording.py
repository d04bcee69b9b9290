"""Putting an event into words: the values before and after, and the history of a record as sentences."""

from django.db.models import BooleanField

from zhuzun.accounts.roles import Role
from zhuzun.audit.actions import BY_DOCUMENT, label_of
from zhuzun.audit.models import Event
from zhuzun.ui.formats import moment

MOST_CHANGES = 4  # of one act in a history; its own page in the trail has them all
MOST_LINES = 200  # a page shows the latest; the trail itself has them all
NOTHING = "（空）"
# What acts without a record of their own say in detail (exports).
WORDS = {
    "title": "名称",
    "rows": "行数",
    "form": "格式",
    "address": "查询地址",
    "on": "截至日期",
    "sha256": "校验值",
}


def changes_of(event) -> list[tuple[str, str, str]]:
    """What the event says in detail, as (what, before, after); before is empty where the act set no new value.

    Fields of the record come first, in its own order: PostgreSQL does not keep the order in which they were written.
    """
    model = event.object_type.model_class() if event.object_type else None
    fields = {field.name: field for field in model._meta.fields} if model else {}
    place = {name: position for position, name in enumerate(fields)}
    found = sorted(event.detail.items(), key=lambda item: place.get(item[0], len(place)))
    return [(_word(fields.get(key), key), *_pair(fields.get(key), value)) for key, value in found]


def _word(field, key):
    """A field's own Chinese name where the key is a field of the record."""
    return str(field.verbose_name) if field else WORDS.get(key, key)


def _pair(field, value):
    if isinstance(value, list) and len(value) == 2:
        return tuple(_text(_shown(field, one)) or NOTHING for one in value)
    return "", _text(_shown(field, value))


def _shown(field, value):
    """The word of a stored code, 是 or 否 of a mark."""
    if isinstance(field, BooleanField):
        return {"True": "是", "False": "否"}.get(str(value), value)
    return dict(field.flatchoices).get(value, value) if field and isinstance(value, str) else value


def _text(value):
    if isinstance(value, list):
        return "、".join(_text(one) for one in value)
    if isinstance(value, dict):
        return "；".join(f"{key}：{_text(one)}" for key, one in value.items())
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def who(event) -> str:
    """«张三（市乡村振兴局 市局经办）»; the machine itself where nobody acted."""
    name = event.actor_name or event.username or "系统"
    place = " ".join(word for word in (event.organisation_name, role_of(event)) if word)
    return f"{name}（{place}）" if place else name


def role_of(event) -> str:
    """The role in which the person acted; empty where he had none."""
    return Role(event.role).label if event.role in Role.values else ""


def latest_act(record, user):
    """(whether `user` did it himself, «张三（市局 市局经办） 于 2026-11-25 10:32 终止结对») for zhuzun.ui.conflicts."""
    event = Event.objects.about(record).filter(succeeded=True).order_by("-at", "-pk").first()
    if event is None:
        return None
    own = event.actor_id is not None and event.actor_id == user.pk
    line = _line(event)
    return own, f"{'您本人' if own else line['who']}于 {moment(event.at)} {line['what']}"


def history_of(*objects) -> list[dict]:
    """The acts on these records as lines for `ui/_history.html`, newest first."""
    events = [event for obj in objects for event in _latest(obj)]
    return [_line(event) for event in sorted(events, key=lambda event: (event.at, event.pk), reverse=True)]


def _latest(obj):
    rows = Event.objects.about(obj).filter(succeeded=True).select_related("object_type")
    return rows.order_by("-at", "-pk")[:MOST_LINES]


def _line(event):
    altered = [_altered(*change) for change in changes_of(event) if change[1]]
    if len(altered) > MOST_CHANGES:
        altered = [*altered[:MOST_CHANGES], f"等 {len(altered)} 项"]
    what = label_of(event.action) + (f"（{'；'.join(altered)}）" if altered else "")
    reason = event.reason.rstrip("。")  # the sentence ends with its own
    why, basis = ("", reason) if event.action in BY_DOCUMENT else (reason, "")
    return {"when": event.at, "who": who(event), "what": what, "why": why, "basis": basis}


def _altered(word, before, after):
    return f"{word}：{after}" if before == NOTHING else f"{word} {before} → {after}"


def last_act(obj) -> str:
    """«张三（市乡村振兴局 市局经办）2026-11-06 10:32 审核通过»: who was there last, for whoever came second."""
    event = Event.objects.about(obj).filter(succeeded=True).order_by("-at", "-pk").first()
    return f"{who(event)} {moment(event.at)} {label_of(event.action)}" if event else "另一位办理人"
