"""Filters of the list of corrections."""

import django_filters

from tasks.kinds import CorrectionState
from tasks.models import Correction, ReportingPeriod
from zhuzun.ui.filters import FilterSet


class CorrectionFilters(FilterSet):
    """Period and state."""

    period = django_filters.ModelChoiceFilter(label="报告期", queryset=None)
    state = django_filters.ChoiceFilter(label="状态", choices=CorrectionState.choices)

    class Meta:
        model = Correction
        fields = ("period", "state")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Correction.objects.visible_to(self.request.user)
        self.filters["period"].queryset = ReportingPeriod.objects.filter(corrections__in=mine).distinct()
