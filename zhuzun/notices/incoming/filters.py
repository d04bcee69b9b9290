"""Filters of the one list, asked of papers of either direction, and of the 收文登记簿."""

import django_filters

from zhuzun.notices.incoming import waiting
from zhuzun.notices.incoming.kinds import IncomingState, Source
from zhuzun.notices.incoming.models import IncomingPaper
from zhuzun.notices.papers import waiting as our_waiting
from zhuzun.notices.papers.filters import DIRECTIONS, SENT, PaperFilters
from zhuzun.notices.papers.kinds import PaperState
from zhuzun.ui.filters import FilterSet, SearchFilter

STATES = (("发文", PaperState.choices), ("来文", IncomingState.choices))


class OurFilters(PaperFilters):
    """As they are drawn; asked of our own papers."""

    state = django_filters.ChoiceFilter(label="状态", choices=STATES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["waiting"].extra["choices"] = waiting.choices(self.request.user)

    def that_wait(self, rows, name, value):
        """None of ours waits to be distributed."""
        return super().that_wait(rows, name, value) if value in our_waiting.WAITS else rows.none()


class Search(SearchFilter):
    """Words in title, number, sender, receivers."""

    def __init__(self, **kwargs):
        super().__init__(lookups=[], **kwargs)

    def filter(self, qs, value):
        """As far as the reader may know."""
        return qs.searched(value, self.parent.request.user) if value else qs


class TheirFilters(FilterSet):
    """The same, asked of papers of others: they have no 文种 and no identity of ours."""

    text = Search(label="文号、标题、来文机关、单位")
    direction = django_filters.ChoiceFilter(choices=DIRECTIONS, method="by_direction")
    kind = django_filters.CharFilter(method="none_of_ours")
    identity = django_filters.CharFilter(method="none_of_ours")
    state = django_filters.ChoiceFilter(choices=STATES)
    year = django_filters.NumberFilter(field_name="received_on", lookup_expr="year", min_value=2000, max_value=2100)
    waiting = django_filters.CharFilter(method="that_wait")

    class Meta:
        model = IncomingPaper
        fields = ()

    def by_direction(self, rows, name, value):
        """Each of them came in."""
        return rows.none() if value == SENT else rows

    def none_of_ours(self, rows, name, value):
        """None has what our own papers have."""
        return rows.none()

    def that_wait(self, rows, name, value):
        """Those whose next step is this person's, or his body's."""
        if value not in dict(waiting.choices(self.request.user)):
            return rows  # makes no sense, and filters nothing
        return rows.filter(waiting.WAITS[value].papers(self.request.user)) if value in waiting.WAITS else rows.none()


class ReceiptFilters(FilterSet):
    """Words, sort of sender, state, year."""

    text = Search(label="收文号、文号、标题、机关")
    source = django_filters.ChoiceFilter(label="来文类别", choices=Source.choices)
    state = django_filters.ChoiceFilter(label="状态", choices=IncomingState.choices)
    year = django_filters.NumberFilter(
        label="年份", field_name="received_on", lookup_expr="year", min_value=2000, max_value=2100
    )

    class Meta:
        model = IncomingPaper
        fields = ()
