"""Coverage: how many townships, villages and communities of each county have a partner, and which have none."""

from collections import defaultdict

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from pairing import coverage
from pairing.kinds import PairingKind
from pairing.tables import PlaceTable
from pairing.views.files import asked_form, respond
from pairing.views.table import asked_day
from zhuzun import clock
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import Page
from zhuzun.ui.params import choice_from

STATES = {"": "全部", "paired": "已结对", "without": "未结对"}


class CoverageTable(Page):
    """County × kind of place, and county × kind of pairing, as at any day."""

    permission = "pairing.view_pairing"
    title = "覆盖情况"
    template_name = "pairing/coverage.html"

    def get_breadcrumbs(self):
        return [("结对关系", reverse("pairing:table"))]

    def get(self, request, *args, **kwargs):
        self.day, self.error = asked_day(request, clock.today())
        self.kind = choice_from(request.GET, "kind", coverage.PLACE_KINDS, "")
        self.coverage = coverage.coverage_on(self.day, request.user, self.kind)
        if form := asked_form(request):
            return respond(request, form, self.title, coverage.sheet(self.coverage), self.day)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            coverage=self.coverage,
            places=list(coverage.Place),
            place_kinds=[PairingKind(kind) for kind in coverage.PLACE_KINDS],
            kind=self.kind,
            day=self.day,
            day_error=self.error,
            shown=len(self.coverage.rows),
            **kwargs,
        )


class CoveragePlaces(ListPage):
    """The rows behind one number: places of a county, with or without a partner."""

    permission = "pairing.view_pairing"
    table_class = PlaceTable
    template_name = "pairing/coverage_places.html"
    unit = "个"
    empty_text, empty_hint = "没有这样的乡镇（街道）、村（社区）", "请返回覆盖情况，选择其他数字。"

    def guard(self):
        super().guard()
        self.day, _ = asked_day(self.request, clock.today())
        asked = self.request.GET
        self.kind = choice_from(asked, "kind", coverage.PLACE_KINDS, "")
        self.state = choice_from(asked, "state", STATES, "")
        if self.kwargs["place"] not in coverage.Place.values:
            raise Http404
        self.place = coverage.Place(self.kwargs["place"])
        counties = coverage.visible_counties(self.request.user, self.day)
        self.county = get_object_or_404(counties, code=self.kwargs["code"])

    def get_title(self):
        state = STATES[self.state] if self.state else ""
        return f"{self.county.full_name_on(self.day)}{state}的{self.place.label}"

    def get_breadcrumbs(self):
        return [("结对关系", reverse("pairing:table")), ("覆盖情况", reverse("pairing:coverage"))]

    def rows(self):
        return coverage.places_of(
            self.county, self.place, self.request.user, self.day, kind=self.kind, state=self.state
        )

    def get_table_kwargs(self):
        found = coverage.partners(self.request.user, self.day, self.kind).filter(county=self.county)
        pairings = defaultdict(list)
        for pairing in found.select_related("east").prefetch_related("east__names").order_by("number"):
            pairings[pairing.west_id].append(pairing)
        return {"day": self.day, "pairings": pairings}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            day=self.day, states=STATES, state=self.state, kind_label=self.kind_label(), **kwargs
        )

    def kind_label(self):
        """The kind of pairing that alone counts here, if one was chosen."""
        return PairingKind(self.kind).label if self.kind else ""
