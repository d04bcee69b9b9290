"""Filters of the list of requests for a later date."""

import django_filters

from tasks.kinds import AskState
from tasks.models import ExtensionRequest
from zhuzun.ui.filters import FilterSet, SearchFilter


class ExtensionFilters(FilterSet):
    """Text, state."""

    text = SearchFilter(lookups=["report__title__icontains", "reason__icontains"], label="单位、原因")
    state = django_filters.ChoiceFilter(label="状态", choices=AskState.choices)

    class Meta:
        model = ExtensionRequest
        fields = ("text", "state")
