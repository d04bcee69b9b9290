"""Import and export in the admin site: our reader and writer, the preview bound to its uploader, all or nothing.

    class PairingAdmin(SheetImports, ImportExportMixin, …):
        resource_classes = [PairingResource]        # one, made of `formats.SheetField`s on `formats.SheetResource`
        export_heading = "结对关系"

The resource's Meta wants `skip_unchanged = report_skipped = True`, so that the preview shows unchanged rows as such.
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from import_export.results import RowResult

from zhuzun import clock
from zhuzun.documents import formats, services, sheets, storage
from zhuzun.documents.forms import SheetExportForm, SheetImportForm
from zhuzun.errors import DomainError


class SheetImports:
    """Mix in before django-import-export's `ImportExportMixin`; the admin names exactly one resource class."""

    import_form_class = SheetImportForm
    export_form_class = SheetExportForm  # every column always: the file shall come back
    tmp_storage_class = storage.DatabaseStorage
    export_heading = ""

    def get_import_formats(self):
        """One format for both forms: the content tells."""
        return [formats.SheetFormat.bound(self.resource_classes[0], self._heading())]

    def get_export_formats(self):
        return [kind.bound(self.resource_classes[0], self._heading()) for kind in (formats.Xlsx, formats.Csv)]

    def get_resource_index(self, form):
        return 0

    def get_data_for_export(self, request, queryset, **kwargs):
        """Dates and numbers go out as such, in both forms."""
        return super().get_data_for_export(request, queryset, **{**kwargs, "force_native_type": True})

    def add_data_read_fail_error_to_form(self, form, e):
        """What the reader refused, beside the field; anything else is a fault of ours and is not hidden."""
        if not isinstance(e, DomainError):
            raise e
        form.add_error("import_file", e.message.split("\n"))

    def import_action(self, request, **kwargs):
        """The upload and its preview; nothing is saved but the file, for this person, for a day."""
        file = request.FILES.get("import_file")
        try:
            with storage.acting(self._upload(request, filename=file.name if file else "")):
                response = super().import_action(request, **kwargs)
        except DomainError as refused:
            return self._back(request, refused)
        shown = getattr(response, "context_data", None) or {}
        if not shown.get("fields_list"):  # import-export forgets the headings where the file was refused
            shown["fields_list"] = [("", self._columns())]
        if "confirm_form" not in shown:
            self._forget(request, getattr(file, "tmp_storage_name", ""))
        return response

    def _columns(self):
        """The headings that a file may have."""
        return [field.column_name for field in self.resource_classes[0]().get_user_visible_fields()]

    def _forget(self, request, key):
        """A file that cannot be confirmed is not kept."""
        if key:
            upload = self._upload(request)
            pending = services.find_import(key, kind=upload.kind, actor=upload.actor, now=upload.now)
            services.discard_import(pending, actor=upload.actor, now=upload.now)

    @method_decorator(require_POST)
    def process_import(self, request, **kwargs):
        """The confirmation: the previewed bytes are imported wholly or not at all, and once."""
        try:
            with transaction.atomic(), storage.acting(self._upload(request, confirming=True)):
                if request.POST.get("format") != "0":
                    raise DomainError("确认信息不完整，请重新上传。")
                return super().process_import(request, **kwargs)
        except DomainError as refused:
            return self._back(request, refused)

    def process_dataset(self, dataset, form, request, **kwargs):
        result = super().process_dataset(dataset, form, request, **kwargs)
        problems = [DomainError(text) for text in result.problems()]
        sheets.refuse_all(problems)  # what the preview allowed has changed since: roll all of it back
        return result

    def add_success_message(self, result, request):
        kinds = (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE, RowResult.IMPORT_TYPE_SKIP)
        new, changed, same = (result.totals[kind] for kind in kinds)
        messages.success(request, f"导入完成：新增 {new} 条，修改 {changed} 条，未变 {same} 条。")

    def _heading(self):
        return self.export_heading or str(self.model._meta.verbose_name_plural)

    def _upload(self, request, **more):
        return storage.Upload(actor=request.user, now=clock.now(), kind=f"admin.{self.opts.label_lower}", **more)

    def _back(self, request, refused):
        for line in refused.message.split("\n"):
            messages.error(request, line)
        return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))
