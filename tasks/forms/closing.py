"""Forms of closing a period."""

from django import forms

from zhuzun.ui.forms import DayField, Form, ReasonField


class StepForm(Form):
    """One step of a period: a word with it, which some steps demand."""

    reason = ReasonField(label="意见", required=False)

    def __init__(self, *args, needs_reason=False, **kwargs):
        super().__init__(*args, **kwargs)
        if needs_reason:
            self.fields["reason"].required = True
            self.fields["reason"].label = "原因"


class SendUpForm(Form):
    """When the frozen figures went up to the province."""

    on = DayField(label="上报日期")
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="如上报渠道、文号。")
