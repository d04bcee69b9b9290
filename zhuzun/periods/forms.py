"""Forms of the calendar."""

from django import forms

from zhuzun.periods.pasted import LONGEST_NAME
from zhuzun.ui.forms import DayField, Form, ReasonField

HOW = [("off", "休（不上班）"), ("on", "班（上班）")]


class DayForm(Form):
    """One day is worked or not."""

    day = DayField(label="日期")
    how = forms.ChoiceField(label="安排", choices=HOW, widget=forms.RadioSelect)
    name = forms.CharField(label="名称", max_length=LONGEST_NAME, help_text="如 国庆节、台风停工、调休上班。")
    reason = ReasonField(label="原因（依据）")


class ClearForm(Form):
    """What was set by hand is taken back."""

    reason = ReasonField()


class YearForm(Form):
    """A whole year as lines; `seen` is what stood there when the form was opened."""

    text = forms.CharField(
        label="放假安排",
        widget=forms.Textarea(attrs={"rows": 18, "class": "form-control calendar-lines", "spellcheck": "false"}),
        help_text="每行一天：日期、休或班、名称，如 2027-01-01 休 元旦；可从表格中复制三列粘贴。"
        "此处即该年度的全部安排，未列出的日期按平常日计算（周一至周五上班）。",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = ReasonField(label="原因（依据）", help_text="如 国务院办公厅节假日安排通知的文号。将记入办理记录。")

    def refuse(self, error):
        """Each wrong line as an error of its own."""
        field = error.field if error.field in self.fields else None
        for line in error.message.splitlines():
            self.add_error(field, line)
