"""Lists of bodies and divisions, as at a day."""

from django.apps import apps
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhuzun.dated import DatedQuerySet, holds_on
from zhuzun.organisations.kinds import CONTACT_KINDS, DEPARTMENT_KINDS, ContactRole, DivisionKind, DivisionLevel


def _rows(model):
    """The rows of a model of this app, by name: querysets stand below the models."""
    return apps.get_model("organisations", model).objects.all()


def _below(model, path):
    return model.objects.filter(**{path: OuterRef("pk")}).order_by().values(path)


def _total(rows, condition):
    """How many of the correlated `rows` meet the condition: one subquery, 0 where there are none."""
    counted = rows.filter(condition).annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class DivisionQuerySet(QuerySet):
    """Divisions (行政区划)."""

    def visible_to(self, user, permission="organisations.view_division"):
        """Divisions are no secret within the portal: all of them, or none for somebody without a role."""
        return self if user.decide(permission).allowed else self.none()

    def offered(self):
        """Those that may be chosen as a partner and that coverage counts (no pseudo-townships, no 虚拟社区)."""
        return self.filter(offered=True)

    def towns(self):
        return self.filter(level=DivisionLevel.TOWN)

    def villages(self):
        return self.filter(level=DivisionLevel.VILLAGE)

    def called(self, text):
        """Those whose name, short name or code is exactly `text`."""
        return self.filter(Q(name=text) | Q(short_name=text) | Q(code=text))

    def below(self, above):
        """Everything below the divisions `above`, two levels deep."""
        return self.filter(Q(parent__in=above) | Q(parent__parent__in=above))

    def with_counts(self):
        """Adds `towns`, `villages`, `communities` (offered and counted) and `kept` (neither), of what lies below."""
        levels = {
            "towns": Q(offered=True, level=DivisionLevel.TOWN),
            "villages": Q(offered=True, kind=DivisionKind.VILLAGE),
            "communities": Q(offered=True, level=DivisionLevel.VILLAGE) & ~Q(kind=DivisionKind.VILLAGE),
            "kept": Q(offered=False),
        }
        return self.annotate(
            **{
                name: _total(_below(self.model, "parent"), q) + _total(_below(self.model, "parent__parent"), q)
                for name, q in levels.items()
            }
        )

    def with_key_county(self, day):
        """Adds `is_key_county`: whether the county is a 国家乡村振兴重点帮扶县 on that day."""
        rows = _rows("KeyCountyDesignation").on(day).filter(division=OuterRef("pk"))
        return self.annotate(is_key_county=Exists(rows))


class OrganisationQuerySet(DatedQuerySet):
    """Bodies (单位)."""

    def visible_to(self, user, permission="organisations.view_organisation"):
        """Bodies are no secret within the portal (their contacts are): all, or none for somebody without a role."""
        return self if user.decide(permission).allowed else self.none()

    def with_names(self):
        """Loads the names of the body and of the one above it, in two queries however many rows."""
        return self.select_related("parent", "division").prefetch_related("names", "parent__names")

    def owing_contacts(self, day):
        """The bodies that must name a 分管领导 and a 联络员 (¶14): districts, counties, their departments, units …"""
        return self.on(day).filter(kind__in=CONTACT_KINDS)

    def with_contacts_lacking(self, day):
        """Adds `lacks_leader` and `lacks_liaison`: whether nobody holds that part on `day`.

        The department through which a district or county works may name the person for it.
        """
        rows = _rows("Contact").on(day)
        rows = rows.filter(
            Q(organisation=OuterRef("pk"))
            | Q(organisation__parent=OuterRef("pk"), organisation__kind__in=DEPARTMENT_KINDS)
        )
        return self.annotate(
            lacks_leader=~Exists(rows.filter(role=ContactRole.LEADER)),
            lacks_liaison=~Exists(rows.filter(role=ContactRole.LIAISON)),
        )

    def lacking_contacts(self, day):
        """The bodies that owe a contact and have none for one of the two parts on `day`."""
        rows = self.owing_contacts(day).with_contacts_lacking(day)
        return rows.filter(Q(lacks_leader=True) | Q(lacks_liaison=True))

    def named(self, day):
        """Adds `shown_name` and `shown_full_name`, the names in use on `day`, for sorting and searching."""
        rows = _rows("OrganisationName").on(day).filter(organisation=OuterRef("pk"))
        return self.annotate(
            shown_name=Subquery(rows.values("short")[:1]), shown_full_name=Subquery(rows.values("full")[:1])
        )

    def related_as(self, relation, day):
        """Those that stand so to the bureau (行文关系) on `day`."""
        return self.filter(holds_on(day, "relations__"), relations__relation=relation)

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
