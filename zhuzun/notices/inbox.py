"""What a person's inbox holds: one rule for the list, the number in the navigation, the card and the digest."""

from django.contrib.contenttypes.models import ContentType

from zhuzun.notices.models import Message, Paper


def messages_of(user):
    """The messages for this person as he acts now, each marked read or unread, with what a list shows."""
    rows = Message.objects.visible_to(user)
    if user.acting is None:
        return rows
    rows = rows.marked_for(user, user.acting).select_related("organisation", "sent_by")
    return rows.prefetch_related("organisation__names")


def unread_of(user):
    """Those he has not opened."""
    rows = Message.objects.visible_to(user)
    return rows.unread_by(user, user.acting) if user.acting else rows


def count_unread(user) -> int:
    """How many; asked on every page, over the index of his body's messages."""
    return unread_of(user).order_by().count()


def mark_ended(messages):
    """Let each message about a paper that is no longer valid say so (`ended`: 已撤销，以…为准), in a few queries."""
    kind = ContentType.objects.get_for_model(Paper)
    keys = {one.object_id for one in messages if one.object_type_id == kind.pk}
    ended = Paper.objects.for_list().filter(ended_on__isnull=False).in_bulk(keys) if keys else {}
    words = {str(key): "，".join(filter(None, (one.get_state_display(), one.instead))) for key, one in ended.items()}
    for one in messages:
        one.ended = words.get(one.object_id, "") if one.object_type_id == kind.pk else ""
