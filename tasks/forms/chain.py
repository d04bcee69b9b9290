"""Forms of the chain: words, the return of sections, opinions, extensions."""

from django import forms

from tasks.kinds import Verdict
from tasks.services import extensions, review
from zhuzun.documents.forms import AttachmentField
from zhuzun.ui.forms import DayField, Form, ReasonField, dress

SECTION = "section_"


class WordsForm(Form):
    """Words that go with an act; needed or not as the act says."""

    text = ReasonField(label="说明", required=False, help_text="将记入报送轮次，各方可见。")

    def __init__(self, *args, label="说明", required=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].required = label, required


class ReturnForm(Form):
    """A comment beside each section that goes back, and the day by which it is to be changed."""

    def __init__(self, *args, sections, reason_wanted=False, **kwargs):
        super().__init__(*args, **kwargs)
        for section in sections:
            self.fields[f"{SECTION}{section.pk}"] = forms.CharField(
                label=section.title,
                required=False,
                max_length=review.MAX_WORDS,
                widget=forms.Textarea(attrs={"rows": 2, "placeholder": "不填即不退回此部分"}),
            )
        self.fields["due_on"] = DayField(label="修改期限", help_text="原截止日期和首次报送日期不变，修改另计时限。")
        self.fields["text"] = ReasonField(
            label="退回重报原因" if reason_wanted else "总的意见",
            required=reason_wanted,
            help_text="报送单位会看到。",
        )
        for field in self.fields.values():
            field.error_messages["required"] = "请填写。"
            dress(field)

    @property
    def comments(self) -> dict[int, str]:
        """By section, what is to be changed there."""
        return {
            int(name.removeprefix(SECTION)): words
            for name, words in self.cleaned_data.items()
            if name.startswith(SECTION) and words
        }


class SheetForm(Form):
    """The scan of the signed and sealed form."""

    file = AttachmentField(label="签章扫描件")


class OpinionForm(Form):
    """The working group's word on one county."""

    verdict = forms.ChoiceField(label="意见", choices=Verdict.choices, widget=forms.RadioSelect, initial=Verdict.AGREE)
    text = ReasonField(label="具体意见", required=False, help_text="有意见的必填；市局审核时会看到。")


class ExtensionForm(Form):
    """A later date asked for."""

    progress = forms.CharField(label="目前进展", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    reason = ReasonField(label="延期原因", max_length=300, help_text="市局审批时会看到。")
    wanted_on = DayField(label="申请延期至", help_text=f"一次不超过 {extensions.MOST_DAYS} 天。")


class DecisionForm(Form):
    """The bureau's answer to it."""

    answer = forms.ChoiceField(
        label="审批", choices=[("approve", "同意延期"), ("refuse", "不同意延期")], widget=forms.RadioSelect
    )
    decision = ReasonField(label="审批意见", max_length=300, required=False, help_text="不同意的必填；申请单位会看到。")
