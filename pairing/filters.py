"""Filters of the list of pairings below the county level."""

import django_filters

from pairing.kinds import SUB_KINDS, PairingState
from pairing.models import Pairing
from zhuzun.organisations.models import Organisation
from zhuzun.ui.filters import FilterSet, SearchFilter
from zhuzun.ui.forms import DayField

LEFT = "left"
STATES = (*PairingState.choices, (LEFT, "区县结对已终止、待处理"))


class PartyFilter(SearchFilter):
    """Any name or alias of either side, the number, the document."""

    def __init__(self, **kwargs):
        super().__init__(lookups=[], **kwargs)

    def filter(self, qs, value):
        """The pairings that have the text somewhere."""
        return qs.matching(value) if value else qs


class DayFilter(django_filters.DateFilter):
    """Running on a day."""

    field_class = DayField


class SubFilters(FilterSet):
    """Text, kind, district, county, state, and running on a day."""

    text = PartyFilter(label="名称、编号、文件")
    kind = django_filters.ChoiceFilter(label="类型", choices=[(kind.value, kind.label) for kind in SUB_KINDS])
    district = django_filters.ChoiceFilter(label="区（功能区）", field_name="district__code")
    county = django_filters.ChoiceFilter(label="县（市）", field_name="county__code")
    state = django_filters.ChoiceFilter(label="状态", choices=STATES, method="in_state")
    on = DayFilter(label="在该日有效", method="running_on")

    class Meta:
        model = Pairing
        fields = ["text", "kind", "district", "county", "state", "on"]

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)
        for name in ("district", "county"):
            self.filters[name].extra["choices"] = self._bodies(name)

    def _bodies(self, name):
        """The districts (counties) of the pairings that this person may see."""
        pairings = Pairing.objects.visible_to(self.request.user).values(name)
        bodies = Organisation.objects.filter(pk__in=pairings).order_by("position").prefetch_related("names")
        return [(body.code, body.name_on(self.day)) for body in bodies]

    def in_state(self, rows, name, value):
        """As at today."""
        return rows.left_behind(self.day) if value == LEFT else rows.in_state(value, self.day)

    def running_on(self, rows, name, value):
        """Those that counted on that day."""
        return rows.on(value)
