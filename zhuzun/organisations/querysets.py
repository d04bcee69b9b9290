"""Lists of bodies and divisions, as at a day."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from zhuzun.dated import DatedQuerySet, holds_on
from zhuzun.organisations.kinds import DivisionLevel


def _rows(model):
    """The rows of a model of this app, by name: querysets stand below the models."""
    return apps.get_model("organisations", model).objects.all()


class DivisionQuerySet(QuerySet):
    """Divisions (行政区划)."""

    def offered(self):
        """Those that may be chosen as a partner and that coverage counts (no pseudo-townships, no 虚拟社区)."""
        return self.filter(offered=True)

    def towns(self):
        return self.filter(level=DivisionLevel.TOWN)

    def villages(self):
        return self.filter(level=DivisionLevel.VILLAGE)

    def with_key_county(self, day):
        """Adds `is_key_county`: whether the county is a 国家乡村振兴重点帮扶县 on that day."""
        rows = _rows("KeyCountyDesignation").on(day).filter(division=OuterRef("pk"))
        return self.annotate(is_key_county=Exists(rows))


class OrganisationQuerySet(DatedQuerySet):
    """Bodies (单位)."""

    def named(self, day):
        """Adds `shown_name` and `shown_full_name`, the names in use on `day`, for sorting and searching."""
        rows = _rows("OrganisationName").on(day).filter(organisation=OuterRef("pk"))
        return self.annotate(
            shown_name=Subquery(rows.values("short")[:1]), shown_full_name=Subquery(rows.values("full")[:1])
        )

    def matching(self, text):
        """Those that ever bore a name or an alias containing `text`."""
        names = _rows("OrganisationName").filter(Q(short__icontains=text) | Q(full__icontains=text))
        aliases = _rows("OrganisationAlias").filter(name__icontains=text)
        return self.filter(
            Q(pk__in=names.values("organisation")) | Q(pk__in=aliases.values("organisation")) | Q(code__iexact=text)
        )

    def called(self, text, day):
        """Those whose name on `day`, former name or alias is exactly `text`; more than one where a name repeats."""
        names = _rows("OrganisationName").filter(Q(short=text) | Q(full=text))
        aliases = _rows("OrganisationAlias").filter(name=text)
        return self.on(day).filter(Q(pk__in=names.values("organisation")) | Q(pk__in=aliases.values("organisation")))

    def in_groups(self, codes, day):
        """Members of the groups with these codes on `day` (各区 expands as at a date)."""
        return self.filter(holds_on(day, "memberships__"), memberships__group__code__in=codes).distinct()
