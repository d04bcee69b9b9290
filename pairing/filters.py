"""Filters of the lists of pairings below the county level and of contacts."""

import django_filters
from django.db.models import Q

from pairing.kinds import SUB_KINDS, PairingState
from pairing.models import Pairing
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Contact, Organisation
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


class WhomFilter(SearchFilter):
    """Any name of the body, or somebody who is a contact of it today."""

    def __init__(self, **kwargs):
        super().__init__(lookups=[], **kwargs)

    def filter(self, qs, value):
        """The bodies that have the text in their name or in a contact's."""
        if not value:
            return qs
        people = Contact.objects.filter(name__icontains=value).on(self.parent.day)
        return qs.filter(Q(pk__in=qs.matching(value)) | Q(pk__in=people.values("organisation")))


class ContactFilters(FilterSet):
    """Text, kind of the body, and whether somebody is missing."""

    text = WhomFilter(label="单位、姓名")
    kind = django_filters.ChoiceFilter(label="类别", choices=OrganisationKind.choices)
    lacking = django_filters.ChoiceFilter(label="联系人", choices=[("1", "待补")], method="lacking_somebody")

    class Meta:
        model = Organisation
        fields = ["text", "kind", "lacking"]

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)
        found = set(self.queryset.order_by().values_list("kind", flat=True).distinct())
        self.filters["kind"].extra["choices"] = [choice for choice in OrganisationKind.choices if choice[0] in found]

    def lacking_somebody(self, rows, name, value):
        """Those that still owe a leader or a liaison today."""
        owing = Organisation.objects.filter(pk__in=rows.values("pk")).lacking_contacts(self.day)
        return rows.filter(pk__in=owing.values("pk"))
