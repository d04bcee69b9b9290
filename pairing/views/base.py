"""What pages about one pairing share."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from pairing.models import Pairing
from pairing.services import permission_for
from zhuzun import clock
from zhuzun.ui.guards import require


class PairingMixin:
    """A page about one pairing, found by its number among those the person may see."""

    model, lookup = Pairing, "number"
    action = ""  # what is done here, for the permission that its kind asks for

    def visible(self):
        rows = super().visible().with_parties()
        return rows.select_related(
            "east__division", "west__division", "district", "county__division", "successor__east", "successor__west"
        )

    def guard(self):
        try:
            super().guard()
        except Http404:
            # Whoever may see no pairing at all is told who may (403); another scope's pairing is not found (404).
            require(self.request.user, self.permission)
            raise
        if self.action:
            require(self.request.user, permission_for(self.action, self.object.kind), self.object)

    @cached_property
    def day(self):
        """Today: names and states are shown as at it."""
        return clock.today()

    def name(self):
        """«香洲区—务川仡佬族苗族自治县»; below it the short names: 林光社区, not 林光社区居民委员会."""
        west = self.object.west
        west_name = west.full_name_on(self.day) if self.object.above else west.name_on(self.day)
        return f"{self.object.east.name_on(self.day)}—{west_name}"

    def get_breadcrumbs(self):
        crumbs = [("结对关系", reverse("pairing:table"))]
        if not self.object.above:
            crumbs.append(("下级结对", reverse("pairing:sub_list")))
        return [*crumbs, *([(self.name(), self.object.get_absolute_url())] if self.action else [])]

    def done_url(self, result):
        return result.get_absolute_url()
