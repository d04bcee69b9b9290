"""One pairing: both sides with contacts, what stands below it, coverage, and its history."""

from pairing import contacts, coverage, story
from pairing.kinds import SUB_KINDS, PairingKind
from pairing.models import Pairing
from pairing.services import permission_for
from pairing.tables import state_badge
from pairing.views.base import PairingMixin
from zhuzun.organisations.models import KeyCountyDesignation
from zhuzun.ui import badges
from zhuzun.ui.formats import span
from zhuzun.ui.pages import DetailPage

SHOWN = 10  # pairings of a kind listed on the page of their county; the rest is one click away


class PairingDetail(PairingMixin, DetailPage):
    """A pairing of any kind; that of a district and a county shows more."""

    permission = "pairing.view_pairing"
    template_name = "pairing/pairing_detail.html"

    def visible(self):
        names = ("east__names", "west__names")
        return (
            super()
            .visible()
            .prefetch_related(*(f"predecessors__{name}" for name in names), *(f"successor__{name}" for name in names))
        )

    def get_title(self):
        kind = "结对" if self.object.kind == PairingKind.CITY else self.object.get_kind_display()
        return f"{self.name()} {kind}"

    def get_context_data(self, **kwargs):
        pairing, user = self.object, self.request.user
        more = self.of_county() if pairing.kind == PairingKind.COUNTY else {}
        return super().get_context_data(
            state=state_badge(pairing, self.day),
            facts=self.facts(),
            day=self.day,
            sides=[(label, contacts.side_of(body, self.day)) for label, body in self.sides()],
            story=story.story_of(pairing),
            end_decision=user.decide(permission_for("end_pairing", pairing.kind), pairing),
            correct_decision=user.decide("pairing.change_pairing", pairing),
            left_behind=Pairing.objects.filter(pk=pairing.pk).left_behind(self.day).exists(),
            running=pairing.valid_to is None or pairing.valid_to >= self.day,
            history=None,
            **more,
            **kwargs,
        )

    def sides(self):
        """Both bodies with what they are to the other."""
        return (("珠海方（帮扶方）", self.object.east), ("遵义方（受帮扶方）", self.object.west))

    def facts(self):
        """The band on top: what, whose, from when, by which document."""
        pairing = self.object
        key = KeyCountyDesignation.objects.on(self.day).filter(division=pairing.west.division_id).exists()
        above = [] if pairing.above else [("所属", self.place())]
        return [
            ("编号", pairing.number),
            ("类型", pairing.get_kind_display()),
            *above,
            ("起止日期", span(pairing.valid_from, pairing.valid_to)),
            ("依据文件", pairing.basis),
            *([("国家乡村振兴重点帮扶县", badges.badge("是", "key"))] if key else []),
        ]

    def place(self):
        """«香洲区—凤冈县» of a pairing below; the two cities' where it belongs to none."""
        names = (body.name_on(self.day) if body else "市级" for body in (self.object.district, self.object.county))
        return "—".join(names)

    def of_county(self):
        """What stands below a county pairing, and how far its county is covered."""
        pairing, user = self.object, self.request.user
        rows = Pairing.objects.visible_to(user).below_county().on(self.day)
        rows = rows.filter(district=pairing.district_id, county=pairing.county_id).with_parties()
        by_kind = {kind: [] for kind in SUB_KINDS}
        for row in rows.order_by("kind", "number"):
            by_kind[row.kind].append(row)
        covered = coverage.coverage_on(self.day, user)
        return {
            "below": [(kind, found[:SHOWN], len(found)) for kind, found in by_kind.items()],
            "below_total": sum(map(len, by_kind.values())),
            "cells": next((row.cells for row in covered.rows if row.county.pk == pairing.west_id), []),
        }
