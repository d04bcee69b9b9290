"""Bodies, divisions and groups in the admin site. Here, because `organisations` stands below `access`."""

from django.contrib import admin
from django.db.models import Prefetch

from zhuzun import clock
from zhuzun.access.admin.base import PortalAdmin, PortalInline
from zhuzun.access.admin.face import yes_no
from zhuzun.access.admin.history import HistoryAdmin
from zhuzun.organisations.kinds import PLACE_KINDS, DivisionLevel, OrganisationKind
from zhuzun.organisations.models import (
    Division,
    GroupMembership,
    KeyCountyDesignation,
    Organisation,
    OrganisationAlias,
    OrganisationGroup,
    OrganisationName,
    OrganisationRelation,
)


class NameInline(PortalInline):
    """单位名称: a new name is a new row, the old one gets its last day."""

    model = OrganisationName
    verbose_name_plural = "名称（更名请新增一行，并填写原名称的截止日期）"


class AliasInline(PortalInline):
    """单位别称: other spellings in papers and tables."""

    model = OrganisationAlias


class RelationInline(PortalInline):
    """行文关系."""

    model = OrganisationRelation


class PlaceFilter(admin.SimpleListFilter):
    """Bodies of the office, or the two thousand that stand for places."""

    title, parameter_name = "范围", "places"

    def lookups(self, request, model_admin):
        return [("no", "单位（不含区划）"), ("yes", "区划（市、区、县、镇、村）")]

    def queryset(self, request, queryset):
        if self.value() == "no":
            return queryset.exclude(kind__in=PLACE_KINDS)
        return queryset.filter(kind__in=PLACE_KINDS) if self.value() == "yes" else queryset


class ExistsFilter(admin.SimpleListFilter):
    """Those that stand today, or that have been closed."""

    title, parameter_name = "状态", "state"

    def lookups(self, request, model_admin):
        return [("on", "现行"), ("ended", "已撤销")]

    def queryset(self, request, queryset):
        today = clock.today()
        if self.value() == "on":
            return queryset.on(today)
        return queryset.filter(valid_to__lt=today) if self.value() == "ended" else queryset


@admin.register(Organisation)
class OrganisationAdmin(HistoryAdmin):
    """单位, with names, aliases and relation to the bureau."""

    list_display = ("shown", "full_name", "kind", "above", "relation", "valid_from", "valid_to", "code")
    list_display_links = ("shown",)
    list_filter = (PlaceFilter, ExistsFilter, "kind")
    search_fields = ("code",)  # the search itself goes through `matching`, see below
    search_help_text = "按单位名称（含曾用名、别称）或编码查找。"
    fields = ("code", "kind", "division", "parent", "position", "valid_from", "valid_to", "successor", "note")
    inlines = (NameInline, AliasInline, RelationInline)

    @admin.display(description="单位", ordering="position")
    def shown(self, obj):
        """The short name of today."""
        return obj.name_on(clock.today())

    @admin.display(description="全称")
    def full_name(self, obj):
        return obj.full_name_on(clock.today())

    @admin.display(description="上级单位", ordering="parent__position")
    def above(self, obj):
        return obj.parent.name_on(clock.today()) if obj.parent else ""

    @admin.display(description="行文关系")
    def relation(self, obj):
        """How the body stands to the bureau today."""
        return next((row.get_relation_display() for row in obj.relations.all() if row.holds_on(clock.today())), "")

    def get_queryset(self, request):
        """With names and relations: the number of queries does not grow with the rows."""
        return super().get_queryset(request).with_names().prefetch_related("relations")

    def get_readonly_fields(self, request, obj=None):
        """编码 never changes: other systems and tables know the body by it."""
        return ("code",) if obj else ()

    def get_search_results(self, request, queryset, search_term):
        """Any name or alias a body ever bore; in a form's search only what may be chosen."""
        text = search_term.strip()[:60]
        found = queryset.matching(text) if text else queryset
        if request.GET.get("model_name") == "pairing":
            found = found.exclude(division__offered=False)
        return found, False

    def autocomplete_label(self, obj):
        """The body with the places above it: there are a dozen villages of one name."""
        steps, above = [str(obj)], obj.parent
        while above is not None and above.kind != OrganisationKind.CITY and obj.kind in PLACE_KINDS:
            steps.append(str(above))
            above = above.parent
        return "/".join(reversed(steps)) if len(steps) > 1 else f"{obj}（{obj.get_kind_display()}）"


class KeyCountyInline(PortalInline):
    """国家乡村振兴重点帮扶县, dated."""

    model = KeyCountyDesignation


class LevelFilter(admin.SimpleListFilter):
    """Divisions of one county or district, with all that lies below it."""

    title, parameter_name = "所属区、县（市）", "within"

    def lookups(self, request, model_admin):
        rows = Division.objects.filter(level=DivisionLevel.COUNTY)
        return [(str(row.pk), row.name) for row in rows]

    def queryset(self, request, queryset):
        key = self.value() or ""
        if not key.isdecimal() or len(key) > 9:
            return queryset
        return queryset.filter(pk=key) | queryset.below(Division.objects.filter(pk=key))


@admin.register(Division)
class DivisionAdmin(HistoryAdmin):
    """行政区划, with the key-county designations."""

    list_display = ("code", "name", "short_name", "level", "kind", "parent", "counted", "source", "as_at")
    list_display_links = ("code", "name")
    list_filter = ("level", "kind", "offered", LevelFilter)
    search_fields = ("name", "short_name", "code", "gb2260")
    search_help_text = "按名称、简称或代码查找。"
    list_select_related = ("parent",)
    fields = (
        ("code", "gb2260"),
        ("name", "short_name"),
        ("level", "kind"),
        ("parent", "statistics_parent"),
        "offered",
        ("source", "as_at"),
        "position",
    )

    counted = yes_no("offered", "可选并计数")

    def get_inlines(self, request, obj):
        """Only a county can be a key county."""
        return (KeyCountyInline,) if obj is not None and obj.level == DivisionLevel.COUNTY else ()

    def get_fields(self, request, obj=None):
        """Whoever only reads gets 是 or 否 in the place of a box to tick."""
        reads = not self.has_change_permission(request)
        return ["counted" if reads and name == "offered" else name for name in self.fields]

    def get_readonly_fields(self, request, obj=None):
        """内部代码 never changes."""
        return ("code", "counted") if obj else ()


class MemberInline(PortalInline):
    """The bodies that the collective name stands for, dated."""

    model = GroupMembership

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation").prefetch_related("organisation__names")


@admin.register(OrganisationGroup)
class GroupAdmin(PortalAdmin):
    """单位分组, such as 各区."""

    list_display = ("name", "code", "members_now", "note")
    search_fields = ("name", "code")
    inlines = (MemberInline,)

    @admin.display(description="现有成员")
    def members_now(self, obj):
        """By their names of today."""
        today = clock.today()
        return "、".join(row.organisation.name_on(today) for row in obj.memberships.all() if row.holds_on(today))

    def get_queryset(self, request):
        """With the members' names."""
        members = GroupMembership.objects.select_related("organisation").prefetch_related("organisation__names")
        return super().get_queryset(request).prefetch_related(Prefetch("memberships", queryset=members))

    def get_readonly_fields(self, request, obj=None):
        """编码 never changes."""
        return ("code",) if obj else ()
