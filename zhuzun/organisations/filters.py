"""Filters of the lists of bodies and divisions."""

import django_filters

from zhuzun.organisations.kinds import DivisionLevel, OrganisationKind, Relation
from zhuzun.organisations.models import Division, Organisation
from zhuzun.ui.filters import FilterSet, SearchFilter

STATES = (("now", "现行"), ("ended", "已撤销"))


class TextFilter(SearchFilter):
    """A body's name, former name, alias or code."""

    def __init__(self, **kwargs):
        super().__init__(lookups=[], **kwargs)

    def filter(self, qs, value):
        """The bodies that ever bore the text in a name."""
        return qs.matching(value) if value else qs


class OrganisationFilters(FilterSet):
    """Text (names of all times, aliases), kind, relation to the bureau, state."""

    text = TextFilter(label="名称")
    kind = django_filters.ChoiceFilter(label="类别", choices=OrganisationKind.choices)
    parent = django_filters.CharFilter(label="上级单位", method="below", max_length=40)
    relation = django_filters.ChoiceFilter(label="行文关系", choices=Relation.choices, method="related")
    state = django_filters.ChoiceFilter(label="状态", choices=STATES, method="in_state")

    class Meta:
        model = Organisation
        fields = ["text", "kind", "parent", "relation", "state"]

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)

    def below(self, rows, name, value):
        """The bodies directly below those of that name or code."""
        return rows.filter(parent__in=Organisation.objects.matching(value))

    def related(self, rows, name, value):
        """Those that stand so to the bureau today."""
        return rows.filter(pk__in=Organisation.objects.related_as(value, self.day))

    def in_state(self, rows, name, value):
        """Those that exist today, or no longer do."""
        return rows.on(self.day) if value == "now" else rows.filter(valid_to__lt=self.day)


class DivisionFilters(FilterSet):
    """Text, level, county, whether offered."""

    text = SearchFilter(lookups=["name__icontains", "short_name__icontains", "code__startswith"])
    level = django_filters.ChoiceFilter(label="级别", choices=DivisionLevel.choices)
    parent = django_filters.CharFilter(label="上级区划", method="below", max_length=40)
    offered = django_filters.ChoiceFilter(label="可选并计数", choices=(("1", "是"), ("0", "否")))

    class Meta:
        model = Division
        fields = ["text", "level", "parent", "offered"]

    def below(self, rows, name, value):
        """Everything below the division of that name or code, two levels deep."""
        above = Division.objects.called(value)
        return rows.below(above)
