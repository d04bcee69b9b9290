"""What a person's inbox holds: one rule for the list, the number in the navigation, the card and the digest."""

from zhuzun.notices.models import Message


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
