"""Filters of check sheets and disputes."""

import django_filters

from tasks import checking
from tasks.kinds import CheckState
from tasks.models import CheckSheet, FigureCheck, ReportingPeriod
from zhuzun.organisations.models import Organisation
from zhuzun.ui.filters import FilterSet

WAITING, DONE = "waiting", "done"


class CheckFilters(FilterSet):
    """State, period, county; only what stands in the person's own list is offered."""

    state = django_filters.ChoiceFilter(
        label="情况", choices=[(WAITING, "待核对"), (DONE, "已核对")], method="in_state"
    )
    period = django_filters.ModelChoiceFilter(label="报告期", field_name="report__period", queryset=None)
    county = django_filters.ModelChoiceFilter(label="县（市）", queryset=None)

    class Meta:
        model = CheckSheet
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = CheckSheet.objects.visible_to(self.request.user)
        counties = Organisation.objects.filter(pk__in=mine.values("county")).prefetch_related("names")
        self.filters["county"].queryset = counties.order_by("position")
        periods = ReportingPeriod.objects.filter(pk__in=mine.values("report__period"))
        self.filters["period"].queryset = periods.order_by("-end", "start")

    def in_state(self, rows, name, value):
        """What can be answered now, or what was."""
        keys = CheckSheet.objects.to_answer().values("pk")
        return rows.filter(pk__in=keys) if value == WAITING else rows.filter(finished_at__isnull=False)


class DisputeFilters(FilterSet):
    """Waiting or settled."""

    state = django_filters.ChoiceFilter(
        label="情况", choices=[(WAITING, "待裁定"), (CheckState.SETTLED.value, "已裁定")], method="in_state"
    )

    class Meta:
        model = FigureCheck
        fields = ()

    def in_state(self, rows, name, value):
        """What the bureau can settle now, or what it has settled."""
        if value != WAITING:
            return rows.filter(state=value)
        return rows.filter(pk__in=checking.to_settle(self.request.user).values("pk"))
