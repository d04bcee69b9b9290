"""Filters of the inbox."""

import django_filters as filters

from zhuzun.notices import kinds
from zhuzun.notices.models import Message
from zhuzun.ui.filters import FilterSet, SearchFilter

UNREAD, READ = "unread", "read"
STATES = ((UNREAD, "未读"), (READ, "已读"))


class InboxFilter(FilterSet):
    """Unread or read, kind, words."""

    text = SearchFilter(lookups=["title__icontains", "text__icontains"])
    state = filters.ChoiceFilter(label="状态", choices=STATES, method="by_state")
    kind = filters.ChoiceFilter(label="类别", choices=kinds.choices)

    class Meta:
        model = Message
        fields = ("text", "state", "kind")

    def by_state(self, rows, name, value):
        """By the person's own mark."""
        return rows.filter(is_unread=value == UNREAD)
