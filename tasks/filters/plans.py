"""Filters of the list of sources."""

import django_filters

from tasks.kinds import Family, FilerRule
from tasks.models import FigureSource
from zhuzun.ui.filters import FilterSet, SearchFilter


class SourceFilters(FilterSet):
    """Text, family, rule."""

    text = SearchFilter(lookups=["indicator__name__icontains", "indicator__code__icontains", "channel__icontains"])
    family = django_filters.ChoiceFilter(label="类别", field_name="indicator__family", choices=Family.choices)
    rule = django_filters.ChoiceFilter(label="数源单位", choices=FilerRule.choices)

    class Meta:
        model = FigureSource
        fields = ()
