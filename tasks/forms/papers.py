"""Forms about the papers of a period."""

from django import forms

from zhuzun.notices.papers.models import IssuingIdentity
from zhuzun.ui.forms import Form


class ArrangeForm(Form):
    """Whether a paper is drafted by itself, and under whose name."""

    active = forms.BooleanField(label="自动起草", required=False)
    identity = forms.ModelChoiceField(
        label="发文身份",
        queryset=None,
        help_text="送各区党（工）委、政府的，以领导小组或市委农办名义代拟；以市乡村振兴局名义的，送各区乡村振兴部门。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["identity"].queryset = IssuingIdentity.objects.named()


class ChaseForm(Form):
    """以公文催报: which kind, under whose name."""

    kind = forms.ChoiceField(
        label="文种",
        choices=[("notice", "通知"), ("letter", "函")],
        help_text="对区乡村振兴部门用通知，对平级的市直单位用函；按行文规则不能送的单位不会列入。",
    )
    identity = forms.ModelChoiceField(label="发文身份", queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["identity"].queryset = IssuingIdentity.objects.named()
