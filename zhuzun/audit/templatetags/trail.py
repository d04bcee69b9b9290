"""`{% load trail %}{% history pairing %}`: a record's own history, for whoever may see the record."""

from django import template

from zhuzun.audit import wording

register = template.Library()


@register.inclusion_tag("ui/_history.html")
def history(*objects):
    """The acts on these records as sentences, newest first: 何时 何人 做了什么 为什么."""
    return {"history": wording.history_of(*objects)}
