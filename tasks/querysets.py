"""Lists of the policy ledger, as at a day."""

from django.db.models import Q, QuerySet

from zhuzun.dated import DatedQuerySet


class PolicyQuerySet(QuerySet):
    """Policy documents: this one, and any successor standing beside it."""

    def in_force_on(self, day):
        """Those whose own term covers `day`."""
        return self.filter(Q(term_to__isnull=True) | Q(term_to__gte=day), term_from__lte=day)

    def latest_on(self, day):
        """The one to go by on `day`: the newest already issued, even where its own term has run out."""
        return self.filter(term_from__lte=day).order_by("-term_from", "-pk").first()


class ResponsibilityQuerySet(DatedQuerySet):
    """Who answers for what."""

    def of_policy(self):
        """The policy's own list, in the bracket's order."""
        return self.filter(measure__isnull=True)

    def of_bureau(self):
        """What the bureau set per measure (牵头/配合)."""
        return self.filter(measure__isnull=False)
