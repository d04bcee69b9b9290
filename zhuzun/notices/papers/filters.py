"""Filters of the list of papers and of the register."""

import django_filters
from django.db.models import Q

from zhuzun.notices.papers import registry, searching, waiting
from zhuzun.notices.papers.kinds import PaperState
from zhuzun.notices.papers.models import IssuingIdentity, Paper, PaperDelivery, PaperNumber
from zhuzun.ui.filters import FilterSet, SearchFilter

SENT, RECEIVED = "sent", "received"
DIRECTIONS = ((SENT, "发文"), (RECEIVED, "来文"))


class WordsFilter(SearchFilter):
    """Words in number, title, text or a recipient's name."""

    def __init__(self, **kwargs):
        super().__init__(lookups=[], **kwargs)

    def filter(self, qs, value):
        """Asked of the list itself."""
        return qs.searched(value) if value else qs


class PaperFilters(FilterSet):
    """Words, direction, kind, state, identity, year, what waits for one's own body."""

    text = WordsFilter(label="文号、标题、正文、单位")
    direction = django_filters.ChoiceFilter(label="方向", choices=DIRECTIONS, method="by_direction")
    kind = django_filters.ChoiceFilter(label="文种", choices=registry.choices)
    state = django_filters.ChoiceFilter(label="状态", choices=PaperState.choices)
    identity = django_filters.ModelChoiceFilter(label="发文机关", queryset=None)
    year = django_filters.NumberFilter(label="年份", method="in_year", min_value=2000, max_value=2100)
    waiting = django_filters.ChoiceFilter(label="待办", choices=(), method="that_wait")

    class Meta:
        model = Paper
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["identity"].queryset = IssuingIdentity.objects.named()
        self.filters["waiting"].extra["choices"] = waiting.choices(self.request.user)

    def by_direction(self, rows, name, value):
        """发文 are those that the bureau drafts, 来文 those that were served on one's own body."""
        if value == RECEIVED:
            return rows.filter(pk__in=self._own().values("paper"))
        return rows if self.request.user.has_perm("notices.view_register") else rows.none()

    def in_year(self, rows, name, value):
        """By 成文日期, of a draft by the year it was begun."""
        year = int(value)
        return rows.filter(Q(signed_on__year=year) | Q(signed_on__isnull=True, drafted_at__year=year))

    def that_wait(self, rows, name, value):
        """Those whose next step is this person's, or his body's."""
        return rows.filter(waiting.WAITS[value].papers(self.request.user))

    def _own(self):
        return PaperDelivery.objects.of_body(self.request.user)


class NumberFilter(SearchFilter):
    """Words in number or title."""

    def __init__(self, **kwargs):
        super().__init__(lookups=[], **kwargs)

    def filter(self, qs, value):
        """A number in whatever brackets."""
        for term in searching.terms(value or ""):
            qs = qs.filter(searching.holds(term, "text", "paper__title") | searching.numbered(term))
        return qs


class RegisterFilters(FilterSet):
    """Words, kind, identity, year."""

    text = NumberFilter(label="文号、标题")
    kind = django_filters.ChoiceFilter(label="文种", field_name="paper__kind", choices=registry.choices)
    identity = django_filters.ModelChoiceFilter(label="发文机关", field_name="paper__identity", queryset=None)
    year = django_filters.NumberFilter(label="年份", field_name="year", min_value=2000, max_value=2100)

    class Meta:
        model = PaperNumber
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["identity"].queryset = IssuingIdentity.objects.named()
