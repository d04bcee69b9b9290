"""The policy ledger and the indicator catalogue in the admin site.

The policy's text is only read: a successor is entered at `/tasks/documents/`, and what is in force is never reworded.
"""

from django.contrib import admin

from tasks.models import Indicator, IndicatorDefinition, Measure, Paragraph, PolicyDocument, Responsibility
from zhuzun import clock
from zhuzun.access.admin import HistoryAdmin, PortalAdmin, PortalInline
from zhuzun.access.admin.face import yes_no
from zhuzun.organisations.models import Organisation, OrganisationGroup


class ReadOnlyAdmin(PortalAdmin):
    """Rows that other pages make; `view_as` is the permission that opens them."""

    view_as = "tasks.view_ledger"
    reason_on_change = False

    def permission_of(self, act):
        """Reading is all there is."""
        return self.view_as

    def has_add_permission(self, request, *args):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ParagraphInline(PortalInline):
    """The paragraphs, verbatim."""

    model = Paragraph
    fields = ("number", "part", "heading", "text")
    can_delete = False

    def permission_of(self, act):
        return "tasks.view_ledger"

    def has_add_permission(self, request, *args):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(PolicyDocument)
class PolicyDocumentAdmin(ReadOnlyAdmin):
    """政策文件, to be read."""

    list_display = ("number", "title", "issuer", "issued_on", "term_from", "term_to", "marked")
    list_display_links = ("number", "title")
    search_fields = ("number", "title", "plan_title")
    fields = (
        ("number", "issued_on", "printed_on"),
        ("title", "plan_title"),
        ("issuer", "printer"),
        "recipients",
        "covering_text",
        "preamble",
        ("term_from", "term_to"),
        "marked",
    )
    readonly_fields = ("marked",)
    inlines = (ParagraphInline,)
    marked = yes_no("demonstration", "演示数据")


@admin.register(Paragraph)
class ParagraphAdmin(ReadOnlyAdmin):
    """条文, to be chosen in the form of a responsibility."""

    list_display = ("number", "heading", "part", "document")
    list_select_related = ("document",)
    search_fields = ("heading", "text", "part")
    fields = ("document", "number", "part", "heading", "text")

    def has_module_permission(self, request):
        """Not in the index: the ledger's pages show it better."""
        return False


@admin.register(Measure)
class MeasureAdmin(ReadOnlyAdmin):
    """任务措施, to be chosen in the form of a responsibility."""

    list_display = ("number", "title", "paragraph", "nature")
    list_select_related = ("paragraph",)
    search_fields = ("number", "title", "span")
    fields = ("paragraph", "number", "title", "span", "nature")

    def has_module_permission(self, request):
        """Not in the index: the ledger's pages show it better."""
        return False


class LevelFilter(admin.SimpleListFilter):
    """The policy's own list, or what the bureau set per measure."""

    title, parameter_name = "来源", "level"

    def lookups(self, request, model_admin):
        return [("policy", "文件所列"), ("bureau", "市局设置（牵头、配合）")]

    def queryset(self, request, queryset):
        if self.value() == "policy":
            return queryset.of_policy()
        return queryset.of_bureau() if self.value() == "bureau" else queryset


class ParagraphFilter(admin.SimpleListFilter):
    """By paragraph, with its heading."""

    title, parameter_name = "条文", "paragraph"

    def lookups(self, request, model_admin):
        rows = Paragraph.objects.filter(responsibilities__isnull=False).distinct().order_by("document", "number")
        return [(str(row.pk), str(row)) for row in rows]

    def queryset(self, request, queryset):
        key = self.value() or ""
        return queryset.filter(paragraph=key) if key.isdecimal() and len(key) < 10 else queryset


@admin.register(Responsibility)
class ResponsibilityAdmin(HistoryAdmin):
    """责任分工: the policy's list, and 牵头/配合 per measure."""

    list_display = ("paragraph", "measure", "answering", "part", "written_as", "valid_from", "valid_to")
    list_filter = (LevelFilter, "part", ParagraphFilter)
    search_fields = ("written_as",)  # the search itself also looks at names, see below
    search_help_text = "按单位名称（含曾用名、别称）、分组、措施或原文写法查找。"
    list_select_related = ("paragraph", "measure", "organisation", "group")
    fields = (
        ("paragraph", "measure"),
        ("organisation", "group"),
        ("part", "position"),
        "written_as",
        ("valid_from", "valid_to"),
        "reason",
    )

    @admin.display(description="单位或分组")
    def answering(self, obj):
        """By today's name."""
        return obj.organisation.name_on(clock.today()) if obj.organisation else obj.group

    def get_queryset(self, request):
        """With names: the number of queries does not grow with the rows."""
        return super().get_queryset(request).with_names().select_related("paragraph", "measure")

    def get_search_results(self, request, queryset, search_term):
        """Names and aliases of the bodies, groups, measures."""
        text = search_term.strip()[:60]
        if not text:
            return queryset, False
        bodies = Organisation.objects.matching(text).values("pk")
        groups = OrganisationGroup.objects.filter(name__icontains=text).values("pk")
        found = queryset.filter(organisation__in=bodies) | queryset.filter(group__in=groups)
        found |= queryset.filter(written_as__icontains=text) | queryset.filter(measure__title__icontains=text)
        return found, False

    def get_readonly_fields(self, request, obj=None):
        """Who answers for what is another row, not another value of this one."""
        return ("paragraph", "measure", "organisation", "group") if obj else ()


class DefinitionInline(PortalInline):
    """指标解释, dated: a changed definition is a new row."""

    model = IndicatorDefinition
    verbose_name_plural = "指标解释（口径变化请新增一行，并填写原解释的截止日期）"


@admin.register(Indicator)
class IndicatorAdmin(HistoryAdmin):
    """指标, with their definitions over time."""

    list_display = ("code", "name", "family", "area", "unit", "flow", "direction", "parent", "source", "in_use")
    list_display_links = ("code", "name")
    list_filter = ("family", "source", "flow", "direction", "active")
    list_select_related = ("area", "parent")
    search_fields = ("code", "name", "definitions__text")
    search_help_text = "按编码、名称或解释查找。"
    fields = (
        ("code", "name"),
        ("family", "area"),
        ("unit", "decimals"),
        ("flow", "direction"),
        "parent",
        ("source", "formula"),
        ("position", "active"),
    )
    inlines = (DefinitionInline,)
    in_use = yes_no("active", "启用")

    def get_readonly_fields(self, request, obj=None):
        """编码 never changes: reports and tables know the figure by it."""
        return ("code",) if obj else ()
