"""What a county says on its sheet, and what the bureau decides."""

from django import forms

from tasks.figures import parse, plain
from tasks.kinds import CheckState
from tasks.services.checks import Answer
from zhuzun.errors import DomainError
from zhuzun.ui.forms import Form, ReasonField

VERDICTS = [(CheckState.CONFIRMED.value, "核对无误"), (CheckState.DISPUTED.value, "有异议")]
FIGURE = {"inputmode": "decimal", "autocomplete": "off"}


def number_from(text, item):
    """A figure as a person types it, refused in words; nothing for an empty field."""
    return parse(text, decimals=item.decimals, unit=item.unit)[1] if text.strip() else None


class CheckForm(Form):
    """One verdict for each line that is open; for a dispute the county's own figure and why."""

    def __init__(self, *args, lines, **kwargs):
        self.lines = [line for line in lines if line.open]
        super().__init__(*args, **kwargs)
        for line in self.lines:
            self._add_fields(line)

    def _add_fields(self, line):
        key, check, item = line.check.pk, line.check, line.entry.item
        said = "" if line.waits else check.state
        self.fields[f"verdict_{key}"] = forms.ChoiceField(
            label=str(item), choices=VERDICTS, widget=forms.RadioSelect, required=False, initial=said
        )
        self.fields[f"other_{key}"] = forms.CharField(
            label=f"贵方数值（{item.unit}）",
            required=False,
            max_length=40,
            initial="" if check.other_value is None else plain(check.other_value, item),
            widget=forms.TextInput(attrs={**FIGURE, "class": "form-control num"}),
        )
        self.fields[f"reason_{key}"] = forms.CharField(
            label="理由",
            required=False,
            max_length=300,
            initial=check.reason,
            widget=forms.TextInput(attrs={"autocomplete": "off", "class": "form-control"}),
        )
        self.fields[f"version_{key}"] = forms.IntegerField(
            initial=check.version, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
        )

    def rows(self):
        """(line, its four bound fields) for the page."""
        names = ("verdict", "other", "reason", "version")
        return {line.check.pk: {name: self[f"{name}_{line.check.pk}"] for name in names} for line in self.lines}

    def clean(self):
        """Read the figures; a word without a verdict is asked about."""
        self.answers = [answer for line in self.lines if (answer := self._answer(line))]
        return self.cleaned_data

    def _answer(self, line):
        key, check = line.check.pk, line.check
        said = {name: self.cleaned_data.get(f"{name}_{key}", "") for name in ("verdict", "other", "reason", "version")}
        other = self._number(line, said["other"])
        if said["verdict"] != CheckState.DISPUTED:
            if not said["verdict"] and self._written(line):
                self.add_error(f"verdict_{key}", "填写了数值或理由，请同时选“有异议”。")
            if said["verdict"] in ("", check.state):
                return None
            return Answer(key, said["version"], CheckState.CONFIRMED)
        same = (check.state, check.other_value, check.reason) == (CheckState.DISPUTED, other, said["reason"])
        return None if same else Answer(key, said["version"], CheckState.DISPUTED, other, said["reason"])

    def _written(self, line) -> bool:
        """Whether something new stands in the fields of a dispute."""
        names = {f"other_{line.check.pk}", f"reason_{line.check.pk}"}
        return any(self.cleaned_data.get(name) for name in names.intersection(self.changed_data))

    def _number(self, line, text):
        try:
            return number_from(text, line.entry.item)
        except DomainError as error:
            self.add_error(f"other_{line.check.pk}", error.message)
            return None

    def refuse(self, error):
        """Beside the line that the service names; the next try is on the versions that are true now."""
        super().refuse(DomainError(error.message, f"verdict_{error.field}"))
        self.data = self.data.copy()
        for line in self.lines:
            self.data[f"version_{line.check.pk}"] = line.check.version


class ConfirmAllForm(Form):
    """Exactly the lines that the page shows."""

    mark = forms.CharField(max_length=16, widget=forms.HiddenInput)


FILER, COUNTY, ANOTHER = "filer", "county", "another"


class SettleForm(Form):
    """Which figure counts, and why."""

    choice = forms.ChoiceField(label="裁定", widget=forms.RadioSelect)
    value = forms.CharField(
        label="另定数值",
        required=False,
        max_length=40,
        help_text="选“另定”时填写。",
        widget=forms.TextInput(attrs=FIGURE),
    )
    reason = ReasonField(label="裁定理由", max_length=300, help_text="填报单位和县（市）都会看到，并记入办理记录。")
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args, line, **kwargs):
        super().__init__(*args, **kwargs)
        self.line = line
        self.fields["choice"].choices = [
            (FILER, f"采用填报数：{line.filed}"),
            (COUNTY, f"采用核对方数：{line.other}"),
            (ANOTHER, "另定"),
        ]

    def clean(self):
        """The figure that was chosen."""
        data = super().clean()
        chosen = data.get("choice")
        if chosen == FILER:
            data["value"] = self.line.entry.value
        elif chosen == COUNTY:
            data["value"] = self.line.check.other_value
        elif chosen == ANOTHER:
            data["value"] = self._typed(data.get("value", ""))
        return data

    def _typed(self, text):
        try:
            value = number_from(text, self.line.entry.item)
        except DomainError as error:
            self.add_error("value", error.message)
            return None
        if value is None:
            self.add_error("value", "请填写另定的数值。")
        return value
