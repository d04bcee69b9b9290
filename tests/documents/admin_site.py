"""An admin site of its own with one model, to try imports on: divisions by code, name and day."""

from django.contrib import admin
from django.urls import path
from import_export.admin import ImportExportMixin
from import_export.resources import ModelResource

from zhuzun.documents import sheets
from zhuzun.documents.formats import SheetField, SheetResource
from zhuzun.documents.imports import SheetImports
from zhuzun.organisations.kinds import DivisionKind, DivisionLevel
from zhuzun.organisations.models import Division
from zhuzun.urls import urlpatterns as portal_urls


def short_name(cell):
    name = sheets.as_name(cell)
    if len(name) > 5:
        raise cell.error("简称不超过 5 个字。")
    return name


class DivisionResource(SheetResource, ModelResource):
    code = SheetField(attribute="code", column_name="代码", take=sheets.as_name, kind="code")
    name = SheetField(attribute="name", column_name="名称", aliases=("全称",))
    short_name = SheetField(attribute="short_name", column_name="简称", take=short_name)
    as_at = SheetField(attribute="as_at", column_name="截止日期", take=sheets.as_date, required=False, kind="date")

    class Meta:
        model = Division
        import_id_fields = ["code"]
        fields = ["code", "name", "short_name", "as_at"]
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True

    def init_instance(self, row=None):
        return Division(level=DivisionLevel.TOWN, kind=DivisionKind.TOWN)


class DivisionAdmin(SheetImports, ImportExportMixin, admin.ModelAdmin):
    resource_classes = [DivisionResource]
    export_heading = "行政区划表"


class OpenSite(admin.AdminSite):
    def has_permission(self, request):
        return request.user.is_authenticated


site = OpenSite(name="admin")
site.register(Division, DivisionAdmin)
# The sample admin stands before the portal's own: the first address that fits answers.
urlpatterns = [path("admin/", site.urls), *portal_urls]
