"""Filters of the list of reminders."""

import django_filters

from zhuzun.notices.kinds import Channel
from zhuzun.notices.models import Reminder
from zhuzun.ui.filters import FilterSet, SearchFilter

MACHINE, PERSON = "machine", "person"


class ReminderFilters(FilterSet):
    """Text, channel, by whom."""

    text = SearchFilter(lookups=["text__icontains", "label__icontains", "organisation__names__short__icontains"])
    channel = django_filters.ChoiceFilter(label="方式", choices=Channel.choices)
    sender = django_filters.ChoiceFilter(
        label="发送", choices=[(MACHINE, "系统自动"), (PERSON, "人工")], method="by_sender"
    )

    class Meta:
        model = Reminder
        fields = ("text", "channel")

    def filter_queryset(self, queryset):
        """A body has several names: each reminder once."""
        rows = super().filter_queryset(queryset)
        return rows.distinct() if self.form.cleaned_data.get("text") else rows

    def by_sender(self, rows, name, value):
        """The machine's, or a person's."""
        return rows.filter(sent_by__isnull=value == MACHINE)
