"""Import and export in the admin: the permission `import_model` / `export_model`, own pages, files in the trail."""

from django.core.exceptions import PermissionDenied
from django.utils.html import format_html
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from import_export.resources import Diff

from zhuzun import clock
from zhuzun.access.admin.base import PortalAdmin
from zhuzun.happenings import announce


class PlainDiff(Diff):
    """Differences as struck-out and inserted text without inline styles, which our CSP would not draw."""

    def as_html(self):
        """One piece of HTML for each column."""
        return [_cell("" if self.new else old, new) for old, new in zip(self.left, self.right, strict=True)]


def _cell(old, new):
    old, new = ("" if value is None else str(value) for value in (old, new))
    if old == new:
        return format_html("{}", new)
    return format_html("<del>{}</del> <ins>{}</ins>", old, new) if old else format_html("<ins>{}</ins>", new)


class ExchangeAdmin(ImportExportMixin, PortalAdmin):
    """For models whose rows go out as xlsx or csv and come back: preview first, nothing saved until confirmed."""

    export_form_class = ExportForm  # the other one chooses columns with inline script
    export_template_name = "admin/portal/export.html"
    import_template_name = "admin/portal/import.html"
    import_error_display = ("message", "row")
    skip_admin_log = True

    def has_import_permission(self, request):
        return self._may(request, "import")

    def has_export_permission(self, request):
        return self._may(request, "export")

    def import_action(self, request, *args, **kwargs):
        """The upload and its preview; the reason stands on the 403 page."""
        self._require(request, "import")
        return super().import_action(request, *args, **kwargs)

    def process_import(self, request, *args, **kwargs):
        """The confirmation; the reason stands on the 403 page."""
        self._require(request, "import")
        return super().process_import(request, *args, **kwargs)

    def export_action(self, request):
        """The form, or the file."""
        self._require(request, "export")
        response = super().export_action(request)
        if hasattr(response, "context_data"):
            response.context_data["title"] = f"导出{self.opts.verbose_name_plural}"
        return response

    def _require(self, request, act):
        decision = request.user.decide(self.permission_of(act))
        if not decision.allowed:
            raise PermissionDenied(decision.reason)

    def get_export_data(self, file_format, request, queryset, **kwargs):
        """The file, announced for the trail."""
        content = super().get_export_data(file_format, request, queryset, **kwargs)
        detail = {
            "title": str(self.opts.verbose_name_plural),
            "rows": queryset.count(),
            "form": file_format.get_extension(),
            "address": request.get_full_path()[:500],
        }
        announce("export", actor=request.user, now=clock.now(), detail=detail)
        return content
