"""The import of pairings as its user sees it: the file with a reason, a preview in three parts, or what is wrong."""

from dataclasses import dataclass

from django import forms
from import_export.forms import ConfirmImportForm

from zhuzun.documents.forms import SheetImportForm

ROWS_SHOWN = 200
PROBLEMS_SHOWN = 500
WORDS = {"new": "新增", "update": "更正", "skip": "未变"}


class PairingImportForm(SheetImportForm):
    """The file, and why pairings that stand are corrected by it."""

    reason = forms.CharField(
        label="更正原因",
        max_length=90,
        required=False,
        help_text="文件中填有编号的行是对原有结对的更正，须说明原因（也可在预览后填写）；只新增结对的可不填。",
        widget=forms.TextInput(attrs={"size": 60}),
    )

    field_order = ("import_file", "reason", "format", "resource")


class PairingConfirmForm(ConfirmImportForm):
    """The confirmation, with the reason that every correction carries."""

    reason = forms.CharField(
        label="更正原因", max_length=90, required=False, widget=forms.TextInput(attrs={"size": 60})
    )


@dataclass(frozen=True)
class Part:
    """New, changed or unchanged rows: how many there are, and the first of them."""

    act: str
    label: str
    count: int
    rows: list

    @property
    def rest(self) -> int:
        """How many rows are not shown."""
        return self.count - len(self.rows)


def review(context):
    """Add to the context of the import page what its templates draw: `problems`, then the `parts` of the preview."""
    result = context.get("result")
    if result is None:
        return
    problems = list(result.problems())
    context["problems"], context["problems_left"] = problems[:PROBLEMS_SHOWN], max(len(problems) - PROBLEMS_SHOWN, 0)
    context["bad_rows"] = len({row.number for row in (*result.error_rows, *result.invalid_rows)})
    entries = [row.entry for row in result.rows if hasattr(row, "entry")]
    context["parts"] = [_part(act, entries) for act in WORDS]
    if "confirm_form" in context:
        _ask_reason(context["confirm_form"], result.totals["update"])


def _part(act, entries):
    rows = [entry for entry in entries if entry.act == act]
    return Part(act, WORDS[act], len(rows), rows[:ROWS_SHOWN])


def _ask_reason(form, corrections):
    """Corrections need their reason before they can be confirmed; without any there is nothing to give a reason for."""
    field = form.fields["reason"]
    if not corrections:
        field.widget = forms.HiddenInput()
        return
    field.required = field.widget.is_required = True
    field.help_text = f"文件更正 {corrections} 条原有结对，原因将记入每一条的变更记录。"
