"""Forms of chasing: whom and with which words, how the list went out, and whether a body is named."""

from django import forms

from tasks.kinds import NameVerdict
from tasks.messages import CHASE_TEXT
from tasks.models import ProgressReport
from tasks.services.chasing import MOST_WORDS
from zhuzun.notices.kinds import Channel
from zhuzun.ui.forms import Form


class Chosen(Form):
    """Reports ticked on the page."""

    reports = forms.ModelMultipleChoiceField(
        label="报表",
        queryset=ProgressReport.objects.none(),
        error_messages={
            "required": "请至少选择一份报表。",
            "invalid_choice": "所选报表已不在名单中，请刷新后重选。",
            "invalid_pk_value": "所选报表已不在名单中，请刷新后重选。",
        },
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reports"].queryset = rows

    def ticked(self) -> set[str]:
        """The keys that are ticked, for the page."""
        return {str(key) for key in (self["reports"].value() or ())}


class ChaseForm(Chosen):
    """批量催报."""

    text = forms.CharField(
        label="催报内容",
        max_length=MOST_WORDS,
        initial=CHASE_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写入所选单位的收件箱；同一份报表每天只催报一次。",
    )


class CopiedForm(Chosen):
    """复制催报名单."""

    channel = forms.ChoiceField(
        label="方式",
        choices=[(one.value, one.label) for one in Channel if one != Channel.INBOX],
        initial=Channel.COPIED,
    )


class NameForm(Form):
    """列入 or 不列入."""

    verdict = forms.ChoiceField(
        label="是否列入",
        choices=[(one.value, one.label) for one in (NameVerdict.NAMED, NameVerdict.SPARED)],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="说明", max_length=200, required=False, help_text="不列入的请写明理由。")
