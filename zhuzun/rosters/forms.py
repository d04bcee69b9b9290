"""Handing in the list of people."""

from django import forms

from zhuzun.ui.forms import Form


class UploadForm(Form):
    """The list itself."""

    file = forms.FileField(
        label="花名册文件",
        help_text="Excel 工作簿（.xlsx）或文本表格（.csv），一次最多 500 人。",
        allow_empty_file=True,  # the reader says what is wrong with it
    )
