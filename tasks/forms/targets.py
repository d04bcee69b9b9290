"""The form of yearly targets: one indicator of one agreement, all its places."""

import re
from decimal import Decimal, InvalidOperation

from django import forms

from tasks.kinds import Course
from tasks.models import Indicator
from zhuzun.numbers import LARGEST
from zhuzun.ui.forms import Form, ReasonField

STAGE = re.compile(r"(\d{1,2})[:：](\d+(?:\.\d+)?)")


class ChooseIndicatorForm(Form):
    """Which indicator."""

    indicator = forms.ModelChoiceField(label="指标", queryset=Indicator.objects.none())

    def __init__(self, *args, indicators, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = indicators


class TargetForm(Form):
    """A figure for each place, the course, the stages, the reason."""

    course = forms.ChoiceField(label="进度安排", choices=Course.choices)
    stages = forms.CharField(
        label="分阶段累计百分比",
        max_length=200,
        required=False,
        help_text="仅“分阶段”填写，月份:累计占年度目标的百分比，如 3:20 6:55 9:85；各地按同一进度。",
    )
    reason = ReasonField(required=False)

    def __init__(self, *args, places, decimals, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = places
        for place, name in places:
            self.fields[f"place_{place.pk}"] = forms.DecimalField(
                label=f"{name}（{unit}）",
                required=False,
                min_value=Decimal(0),
                max_value=LARGEST,
                decimal_places=decimals,
                widget=forms.TextInput(attrs={"class": "form-control num", "inputmode": "decimal"}),
            )
        self.order_fields([*(f"place_{place.pk}" for place, _ in places), "course", "stages", "reason"])

    def clean_stages(self):
        """3:20 6:55 → {"3": "20", "6": "55"}."""
        found = {}
        for word in self.cleaned_data["stages"].replace("，", " ").replace(",", " ").split():
            match = STAGE.fullmatch(word)
            if match is None or not 1 <= int(match[1]) <= 12:
                raise forms.ValidationError(f"“{word}”看不懂，请写成 3:20 6:55。")
            try:
                found[str(int(match[1]))] = str(Decimal(match[2]))
            except InvalidOperation as error:
                raise forms.ValidationError("请填写数字。") from error
        return found

    def values(self) -> dict:
        """{place: figure or nothing}."""
        return {place: self.cleaned_data[f"place_{place.pk}"] for place, _ in self.places}
