"""Lists of the policy ledger and the catalogue, as at a day."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from zhuzun.access.scopes import ScopedQuerySet
from zhuzun.dated import DatedQuerySet, holds_on


class LedgerQuerySet(ScopedQuerySet):
    """Areas and measures: the policy is open to everybody who signs in."""

    view_permission = "tasks.view_ledger"


class PolicyQuerySet(LedgerQuerySet):
    """Policy documents: this one, and any successor standing beside it."""

    def in_force_on(self, day):
        """Those whose own term covers `day`."""
        return self.filter(Q(term_to__isnull=True) | Q(term_to__gte=day), term_from__lte=day)

    def latest_on(self, day):
        """The one to go by on `day`: the newest already issued, even where its own term has run out."""
        return self.filter(term_from__lte=day).order_by("-term_from", "-pk").first()

    def with_areas(self):
        """Those that hold task areas: a notice that only prolongs its predecessor, or one half entered, holds none."""
        return self.filter(paragraphs__area__isnull=False).distinct()

    def ledger_on(self, day):
        """The one whose areas and measures are to be carried out on `day`; before the first of them, the first."""
        rows = self.with_areas()
        return rows.latest_on(day) or rows.order_by("term_from", "pk").first()


class MeasureQuerySet(LedgerQuerySet):
    """Measures (任务措施)."""

    def of(self, document):
        """The measures of one document, in the text's order."""
        return self.filter(paragraph__document=document).order_by("paragraph__number", "position")

    def with_lead(self, day):
        """Adds `has_lead`: whether the bureau has set a 牵头 body for the measure on that day."""
        rows = self.model._meta.get_field("responsibilities").related_model.objects
        leads = rows.on(day).filter(measure=OuterRef("pk"), part="lead")
        return self.annotate(has_lead=Exists(leads))


class ResponsibilityQuerySet(LedgerQuerySet, DatedQuerySet):
    """Who answers for what."""

    def of_policy(self):
        """The policy's own list, in the bracket's order."""
        return self.filter(measure__isnull=True)

    def of_bureau(self):
        """What the bureau set per measure (牵头/配合)."""
        return self.filter(measure__isnull=False)

    def with_names(self):
        """Loads bodies with their names, and groups: a constant number of queries, however many rows."""
        return self.select_related("organisation", "group").prefetch_related("organisation__names")


class IndicatorQuerySet(ScopedQuerySet):
    """Indicators of the catalogue."""

    view_permission = "tasks.view_indicator"

    def defined_on(self, day):
        """Loads, as `defined`, the definition that holds on `day` (a list of one or none)."""
        rows = self.model._meta.get_field("definitions").related_model.objects.filter(holds_on(day))
        return self.select_related("area", "parent").prefetch_related(
            Prefetch("definitions", queryset=rows, to_attr="defined")
        )
