"""Pairings in the admin site: added and corrected through the services, exported and imported, with grants and history.

Nothing is ended or replaced here: what changes in the world has pages of its own under `/pairing/`.
"""

from django.contrib import admin
from django.utils.http import content_disposition_header

from pairing import services
from pairing.importing import PairingConfirmForm, PairingImportForm, review
from pairing.kinds import PairingKind, PairingState
from pairing.models import Pairing
from pairing.querysets import BY_KIND
from pairing.resources import PairingResource
from zhuzun import clock
from zhuzun.access.admin import ExchangeAdmin, GrantedAdmin, HistoryAdmin
from zhuzun.documents.imports import SheetImports
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui import formats

PREVIEW = "（预览）"  # what stands for the reason of a correction while nothing is saved


class StateFilter(admin.SimpleListFilter):
    """How a pairing stands today."""

    title, parameter_name = "状态", "state"

    def lookups(self, request, model_admin):
        return PairingState.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value(), clock.today()) if self.value() in PairingState.values else queryset


class PlaceFilter(admin.SimpleListFilter):
    """Only districts or counties: a filter of all bodies would be a list of two thousand."""

    kind = ""

    def lookups(self, request, model_admin):
        places = Organisation.objects.filter(kind=self.kind).prefetch_related("names")
        return [(str(place.pk), str(place)) for place in places]

    def queryset(self, request, queryset):
        key = self.value() or ""
        return queryset.filter(**{self.parameter_name: key}) if key.isdecimal() and len(key) < 10 else queryset


class DistrictFilter(PlaceFilter):
    title, parameter_name, kind = "所属区（功能区）", "district", OrganisationKind.DISTRICT


class CountyFilter(PlaceFilter):
    title, parameter_name, kind = "所属县（市）", "county", OrganisationKind.COUNTY


@admin.register(Pairing)
class PairingAdmin(SheetImports, ExchangeAdmin, GrantedAdmin, HistoryAdmin):
    """结对关系."""

    list_display = ("number", "kind_word", "east", "west", "district", "county", "valid_from", "valid_to", "state")
    list_filter = (StateFilter, "kind", DistrictFilter, CountyFilter)
    search_fields = ("number",)  # the search itself goes through `matching`, see below
    search_help_text = "按编号、单位名称（含曾用名、别称）、依据文件或说明查找。"
    ordering = ("district__position", "county__position", BY_KIND, "number")
    autocomplete_fields = ("east", "west")
    new_fields = ("kind", "east", "west", "valid_from", "valid_to", "basis", "note")
    fixed = ("number", "kind", "district", "county", "successor")
    resource_classes = [PairingResource]
    import_form_class, confirm_form_class = PairingImportForm, PairingConfirmForm
    export_heading = "结对关系"

    # --- list and form -------------------------------------------------------------------------------------------
    @admin.display(description="结对类型", ordering=BY_KIND)
    def kind_word(self, obj):
        """镇街结对 …, sorted in the office's order."""
        return obj.get_kind_display()

    @admin.display(description="状态")
    def state(self, obj):
        """有效, 60日内到期 …"""
        return obj.state_on(clock.today()).label

    def get_queryset(self, request):
        """With both sides' names: the number of queries does not grow with the rows."""
        return super().get_queryset(request).with_parties()

    def get_search_results(self, request, queryset, search_term):
        """Any name or alias either side ever bore, the number, the document."""
        text = search_term.strip()[:60]
        return (queryset.matching(text) if text else queryset), False

    def get_fieldsets(self, request, obj=None):
        """A new pairing has no end yet; of one that stands, number and kind stay as they are."""
        if obj is None:
            return [(None, {"fields": self.new_fields, "description": self._advice(None)})]
        rows = super().get_fieldsets(request, obj)
        sides = ("number", "kind", "east", "west", "district", "county", "valid_from", "valid_to", "basis", "note")
        ends = ("end_basis", "end_reason", "successor")
        reason = [part for part in rows if part[0] == "更正"]
        return [(None, {"fields": sides, "description": self._advice(obj)}), ("终止与接续", {"fields": ends}), *reason]

    def _advice(self, obj):
        if obj is None:
            return "编号由系统编排。结对依据文件填文号或协议名称。"
        return "这里只更正录错的内容；结对实际发生变化的，请在结对详情页终止或接续。"

    def get_readonly_fields(self, request, obj=None):
        """编号, 结对类型 and what follows from the two sides."""
        return self.fixed if obj else ()

    def add_row(self, obj, *, actor, now):
        """Enter a new pairing."""
        values = {name: getattr(obj, name) for name in self.new_fields}
        return services.add_pairing(**values, actor=actor, now=now)

    def change_row(self, obj, changes, *, reason, actor, now):
        """Correct one."""
        return services.correct_pairing(obj, changes=changes, reason=reason, actor=actor, now=now)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With the way to the portal's page, where pairings are ended and replaced."""
        return super().change_view(request, object_id, form_url, {"ends_elsewhere": True, **(extra_context or {})})

    # --- import and export ---------------------------------------------------------------------------------------
    def get_resource_kwargs(self, request, *args, form=None, **kwargs):
        """Who imports, when, and why; in the preview a missing reason is no fault yet."""
        reason = getattr(form, "cleaned_data", {}).get("reason", "").strip()
        if not reason and not isinstance(form, PairingConfirmForm):
            reason = PREVIEW
        return {"actor": request.user, "now": clock.now(), "reason": reason}

    def get_confirm_form_initial(self, request, import_form):
        """The reason goes along to the confirmation, where it can still be written."""
        reason = import_form.cleaned_data.get("reason", "") if import_form else ""
        return {**super().get_confirm_form_initial(request, import_form), "reason": reason}

    def import_action(self, request, **kwargs):
        """The upload, and what it would do."""
        response = super().import_action(request, **kwargs)
        if getattr(response, "context_data", None) is not None:
            response.context_data["kinds"] = PairingKind.labels
            response.context_data["title"] = f"导入{self.export_heading}"
            review(response.context_data)
        return response

    def _do_file_export(self, file_format, request, queryset, export_form=None):
        response = super()._do_file_export(file_format, request, queryset, export_form=export_form)
        name = f"{self.export_heading}_{formats.as_date(clock.now()):%Y%m%d}.{file_format.get_extension()}"
        response["Content-Disposition"] = content_disposition_header(True, name)
        response["Cache-Control"] = "no-store"
        return response
