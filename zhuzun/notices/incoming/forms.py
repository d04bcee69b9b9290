"""Forms about papers of others. None has a field for a 密级."""

from django import forms

from zhuzun.documents.forms import AttachmentField
from zhuzun.notices.incoming.kinds import Handling, Source
from zhuzun.notices.papers.kinds import Urgency
from zhuzun.ui.forms import DayField, Form, ReasonField


class FactsForm(Form):
    """What is registered of a paper that came in."""

    source = forms.ChoiceField(label="来文类别", choices=Source.choices)
    sender = forms.CharField(label="来文机关", max_length=120, help_text="发文机关全称或规范化简称。")
    sender_number = forms.CharField(
        label="来文字号", max_length=60, required=False, help_text="照来文填写，如“粤乡振〔2026〕8号”；没有文号的不填。"
    )
    title = forms.CharField(label="标题", max_length=200)
    dated_on = DayField(label="成文日期")
    received_on = DayField(label="收文日期")
    urgency = forms.ChoiceField(label="缓急程度", choices=Urgency.choices)
    answer_by = DayField(label="要求回复期限", required=False, help_text="来文要求回复、报送的日期；不须回复的不填。")
    note = forms.CharField(label="备注", max_length=300, required=False, help_text="如份数、附件、联系人。")


class RegisterForm(FactsForm):
    """The same, with the paper itself."""

    file = AttachmentField(label="来文扫描件或电子文件", required=False)


class FileForm(Form):
    """The paper itself, or an annex of it."""

    file = AttachmentField(label="来文扫描件或电子文件")
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="如“正文”“附件1”。")


class TakeDownForm(Form):
    """撤下 of a file, with another in its place or without."""

    reason = ReasonField(label="撤下原因", help_text="如“误传”“缺页，已重新扫描”。分送的单位会看到，不要写入文件内容。")
    file = AttachmentField(label="更换为", required=False)


class DistributeForm(Form):
    """To whom, for what, with which word."""

    bodies = forms.MultipleChoiceField(label="分送单位", widget=forms.CheckboxSelectMultiple)
    part = forms.ChoiceField(
        label="分送方式",
        choices=Handling.choices,
        help_text="上级机关、遵义市和各县（市）、横琴只送阅知；两种方式分两次分送。",
    )
    opinion = forms.CharField(label="拟办意见", max_length=300, required=False, help_text="如“请研究提出意见”。")
    reply_by = DayField(label="反馈期限", required=False, help_text="须单位反馈的填写；阅知的不填。")

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bodies"].choices = groups


class CloseForm(Form):
    """办结归档."""

    result = forms.CharField(
        label="办理结果", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="如“已传阅”“已复函”。"
    )
    filed_as = forms.CharField(label="归档号", max_length=60, required=False)


class StrikeForm(Form):
    """登记作废."""

    reason = ReasonField(label="作废原因")
