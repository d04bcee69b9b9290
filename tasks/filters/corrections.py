"""Filters of the lists of corrections and of periods."""

import django_filters

from tasks.closings import corrections_for, periods_for
from tasks.kinds import CorrectionState, PeriodState
from tasks.models import Correction, ReportingPeriod
from zhuzun.periods.spans import SpanKind
from zhuzun.ui.filters import FilterSet


class CorrectionFilters(FilterSet):
    """Period and state."""

    period = django_filters.ModelChoiceFilter(label="报告期", queryset=None)
    state = django_filters.ChoiceFilter(label="状态", choices=CorrectionState.choices)

    waits = django_filters.ChoiceFilter(label="范围", choices=[("me", "待我办理")], method="waiting_for_me")

    class Meta:
        model = Correction
        fields = ("waits", "period", "state")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Correction.objects.visible_to(self.request.user)
        self.filters["period"].queryset = ReportingPeriod.objects.filter(corrections__in=mine).distinct()

    def waiting_for_me(self, rows, name, value):
        """Those whose next step is this person's."""
        return rows.filter(pk__in=corrections_for(self.request.user).values("pk"))


class PeriodFilters(FilterSet):
    """What waits for one, kind, state, year."""

    waits = django_filters.ChoiceFilter(label="范围", choices=[("me", "待我办理")], method="waiting_for_me")
    kind = django_filters.ChoiceFilter(label="周期", choices=SpanKind.choices)
    state = django_filters.ChoiceFilter(label="状态", choices=PeriodState.choices)

    class Meta:
        model = ReportingPeriod
        fields = ("waits", "kind", "state")

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)

    def waiting_for_me(self, rows, name, value):
        """Those whose next step is this person's."""
        return rows.filter(pk__in=periods_for(self.request.user, self.day).values("pk"))
