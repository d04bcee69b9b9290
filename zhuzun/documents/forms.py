"""The upload and the export form of the admin site, and the form that hangs a file on a record."""

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from import_export.forms import ExportForm, ImportForm

from zhuzun.documents import filetypes
from zhuzun.documents.sheets import MAX_BYTES
from zhuzun.ui.forms import Form, ReasonField

UNCLASSIFIED = "本系统为非涉密系统，严禁存储、处理、传输国家秘密。"
SUFFIXES = (".xlsx", ".csv")
_MEGABYTES = MAX_BYTES // (1024 * 1024)


class SheetImportForm(ImportForm):
    """One file, xlsx or csv; what kind it is the reader finds out, so that nobody has to choose a format."""

    import_file = forms.FileField(
        label="上传文件",
        max_length=200,
        help_text=f"请上传 .xlsx 或 .csv 文件，不超过 {_MEGABYTES} MB。{UNCLASSIFIED}",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )

    def __init__(self, formats, resources, **kwargs):
        super().__init__(formats, resources, **kwargs)
        self.fields["format"].widget = forms.HiddenInput()
        self.fields["format"].initial = "0"

    @property
    def media(self):
        """No script is needed: there is no format to guess."""
        return forms.Media()

    def clean_import_file(self):
        """Size and name; all else is the reader's."""
        file = self.cleaned_data["import_file"]
        if file.size > MAX_BYTES:
            raise ValidationError(f"文件超过 {_MEGABYTES} MB，请删除无关内容或分次上传。")
        suffix = PurePath(file.name).suffix.lower()
        if suffix in {".xls", ".et"}:
            raise ValidationError(f"{suffix} 是旧格式表格，请在 WPS 或 Excel 中另存为 .xlsx 后重新上传。")
        if suffix not in SUFFIXES:
            raise ValidationError("只接受 .xlsx 或 .csv 文件，请另存后重新上传。")
        return file


class AttachmentField(forms.FileField):
    """A file to attach; size and name are looked at here, the contents by `services.attach`."""

    def __init__(self, **kwargs):
        kwargs = {"label": "附件", "help_text": f"可上传{filetypes.ALLOWED}。", "allow_empty_file": True, **kwargs}
        super().__init__(**kwargs)
        self.widget.attrs |= {
            "accept": filetypes.ACCEPT,
            "data-most": filetypes.MAX_BYTES,
            "data-more": filetypes.TOO_LARGE,
        }

    def clean(self, data, initial=None):
        """Refuse before it is read whole what is too large or of another kind by its name."""
        file = super().clean(data, initial)
        if file and file.size > filetypes.MAX_BYTES:
            raise ValidationError(filetypes.TOO_LARGE)
        if file and (refusal := filetypes.refused_by_name(file.name)):
            raise ValidationError(refusal)
        return file


class AttachmentForm(Form):
    """A file with a word on what it is; `ui/_upload_notice.html` stands beside it (generic/form.html does it)."""

    file = AttachmentField()
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="如资料名称、页数。")


class WithdrawForm(Form):
    """A file taken down."""

    reason = ReasonField(label="撤下原因", help_text="撤下后不再提供下载；文件名、上传人和原因仍列出。")


class SheetExportForm(ExportForm):
    """Which kind of file: the workbook, which offices use, is chosen already."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["format"]
        field.choices = [choice for choice in field.choices if choice[0]]  # without «---»
        field.initial = field.choices[0][0]
