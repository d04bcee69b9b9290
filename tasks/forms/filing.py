"""What comes back from the pages of filing: cells, texts, who fills what."""

from django import forms

from tasks.grid import digest
from tasks.services.filing import Change
from zhuzun.documents.forms import AttachmentField
from zhuzun.ui.forms import DayField, Form
from zhuzun.ui.params import is_key


def changes_from(posted) -> list[Change]:
    """The cells that a person touched: what stands in the three fields differs from what was drawn there."""
    changes = []
    for name in posted:
        key = name.removeprefix("s-")
        if key == name or not key.isdecimal() or len(key) > 18:
            continue
        version, _, mark = posted[name].partition(".")
        fields = {"typed": f"t-{key}", "reason": f"r-{key}", "note": f"n-{key}"}
        given = {field: posted.get(input_name) for field, input_name in fields.items()}
        if is_key(version) and digest(*(value or "" for value in given.values())) != mark:
            changes.append(Change(int(key), int(version), **given))
    return changes


class AssignForm(Form):
    """Who fills in a section, and by when."""

    person = forms.TypedChoiceField(label="分给", required=False, coerce=int, empty_value=None)
    until = DayField(label="请于何日前填好", required=False)

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.colleagues = {person.pk: person for person in colleagues}
        self.fields["person"].choices = [("", "不分工"), *((key, one.name) for key, one in self.colleagues.items())]

    def clean_person(self):
        """The colleague himself."""
        return self.colleagues.get(self.cleaned_data["person"])


class EvidenceForm(Form):
    """佐证材料."""

    file = AttachmentField(label="佐证材料")
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="如资料名称、对应的指标。")


class SheetForm(Form):
    """The filled form as a file."""

    file = forms.FileField(
        label="填好的报表",
        help_text="由本页下载的报表（.xlsx），或列名相同的表格（.xlsx、.csv）。",
        allow_empty_file=True,
    )
