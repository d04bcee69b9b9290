"""Filters of the list of reports."""

import django_filters

from tasks.kinds import LIGHTS, ReportState
from tasks.models import ProgressReport, ReportingPeriod, ReportPlan
from zhuzun.organisations.kinds import MUNICIPAL_KINDS, OrganisationKind
from zhuzun.ui.filters import FilterSet, SearchFilter

GROUPS = {
    "districts": ("各区（功能区）", (OrganisationKind.DISTRICT,)),
    "teams": ("工作组县小组", (OrganisationKind.COUNTY_TEAM,)),
    "units": ("市直单位", MUNICIPAL_KINDS),
}
OVER = "over"
OWN = "own"
HANDED = "handed"
TO_FILL = "to_fill"


class ReportFilters(FilterSet):
    """Text, period, plan, group, state, light."""

    text = SearchFilter(lookups=["title__icontains", "filer__names__short__icontains"], label="单位、名称")
    period = django_filters.ModelChoiceFilter(label="报告期", method="in_period", queryset=None)
    plan = django_filters.ModelChoiceFilter(label="报送任务", method="of_plan", queryset=None)
    group = django_filters.ChoiceFilter(
        label="单位类别", choices=[(code, word) for code, (word, _) in GROUPS.items()], method="in_group"
    )
    state = django_filters.ChoiceFilter(
        label="状态", choices=[(TO_FILL, "待填报（未开始、填报中、退回）"), *ReportState.choices], method="in_state"
    )
    light = django_filters.ChoiceFilter(label="时限", choices=[*LIGHTS, (OVER, "市局审核超时")], method="by_light")

    whose = django_filters.ChoiceFilter(
        label="范围", choices=[(OWN, "本单位的"), (HANDED, "分给我填报的")], method="of_own_body"
    )

    class Meta:
        model = ProgressReport
        fields = ()

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)
        mine = ProgressReport.objects.visible_to(self.request.user)
        periods = ReportingPeriod.objects.filter(forms__parts__report__in=mine).distinct().order_by("-end", "start")
        self.filters["period"].queryset = periods
        self.filters["plan"].queryset = ReportPlan.objects.filter(forms__parts__report__in=mine).distinct()

    def filter_queryset(self, queryset):
        """A body has several names: each report once."""
        rows = super().filter_queryset(queryset)
        return rows.distinct() if self.form.cleaned_data.get("text") else rows

    def in_period(self, rows, name, value):
        """Those that answer a form of the period, also where it rides in another report."""
        return rows.in_period(value)

    def of_plan(self, rows, name, value):
        """Those that answer one of the plan's forms."""
        return rows.filter(parts__form__plan=value).distinct()

    def in_group(self, rows, name, value):
        """Bodies of one sort."""
        return rows.filter(filer__kind__in=GROUPS[value][1])

    def in_state(self, rows, name, value):
        """How far it is."""
        return rows.to_fill() if value == TO_FILL else rows.filter(state=value)

    def of_own_body(self, rows, name, value):
        """Those that the person's own body files, or has handed to him in part."""
        if value == HANDED:
            return rows.filter(pk__in=ProgressReport.objects.handed_to(self.request.user).values("pk"))
        return rows.filter(
            pk__in=ProgressReport.objects.visible_to(self.request.user, "tasks.fill_report").values("pk")
        )

    def by_light(self, rows, name, value):
        """How it stands to its day, as the light says it."""
        return rows.review_late(self.day) if value == OVER else rows.with_light(self.day).filter(light=value)
