"""Filters of the lists of plans and sources."""

import django_filters

from tasks.kinds import Family, FilerRule, PlanState
from tasks.models import FigureSource, ReportPlan
from zhuzun.periods.spans import SpanKind
from zhuzun.ui.filters import FilterSet, SearchFilter


class SourceFilters(FilterSet):
    """Text, family, rule."""

    text = SearchFilter(lookups=["indicator__name__icontains", "indicator__code__icontains", "channel__icontains"])
    family = django_filters.ChoiceFilter(label="类别", field_name="indicator__family", choices=Family.choices)
    rule = django_filters.ChoiceFilter(label="数源单位", choices=FilerRule.choices)

    class Meta:
        model = FigureSource
        fields = ()


class PlanFilters(FilterSet):
    """Text, how often, whether it runs."""

    text = SearchFilter(lookups=["name__icontains", "code__icontains"])
    kind = django_filters.ChoiceFilter(label="周期", choices=SpanKind.choices)
    state = django_filters.ChoiceFilter(label="状态", choices=PlanState.choices)

    class Meta:
        model = ReportPlan
        fields = ()
