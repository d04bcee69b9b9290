"""Forms of closing a period and of corrections."""

from django import forms

from zhuzun.documents.forms import AttachmentField
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


class AskCorrectionForm(Form):
    """Another figure, and why."""

    typed = forms.CharField(
        label="更正后的数值", max_length=40, required=False, help_text="没有数量的填 0；与原填报口径一致。"
    )
    not_applicable = forms.CharField(label="或注明不适用的原因", max_length=200, required=False)
    reason = ReasonField(label="更正原因", max_length=300, help_text="审签、审定的领导和核对方都会看到。")


class CorrectionStepForm(Form):
    """One step of a correction; the paper's scan, or the reason, where the step demands it."""

    file = AttachmentField(label="签章扫描件")
    reason = ReasonField(label="意见", max_length=300, required=False)

    def __init__(self, *args, step="", **kwargs):
        super().__init__(*args, **kwargs)
        if step != "sign_on_paper":
            del self.fields["file"]
        self.fields["reason"].required = step == "refuse"
