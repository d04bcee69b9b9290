"""What a person types to set 牵头/配合 and to enter a successor document."""

from django import forms

from tasks.kinds import Part
from tasks.ledger import members_on, responsible
from tasks.models import PolicyDocument, Responsibility
from zhuzun.organisations.kinds import MUNICIPAL_KINDS
from zhuzun.organisations.models import Organisation, OrganisationGroup
from zhuzun.ui.forms import DayField, Form, ReasonField

SETTABLE = (Part.LEAD, Part.ASSIST)


class SettingForm(Form):
    """Who is 牵头 or 配合 for a measure, from when, why."""

    party = forms.ChoiceField(label="单位", help_text="不在文件所列责任单位之内的也可设置，台账中注明“文件未列”。")
    part = forms.ChoiceField(
        label="职责", choices=[(part.value, part.label) for part in SETTABLE], widget=forms.RadioSelect
    )
    valid_from = DayField(label="起始日期")
    valid_to = DayField(label="截止日期", required=False, help_text="最后一天，含当日；留空表示一直有效。")
    reason = forms.CharField(
        label="依据或原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="如分工会议、分管领导批示。",
    )

    def __init__(self, *args, measure, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [("", "请选择"), *party_choices(measure, day)]

    def chosen(self) -> dict:
        """The body or the group, as the service wants it."""
        kind, _, key = self.cleaned_data["party"].partition(":")
        if kind == "group":
            return {"group": OrganisationGroup.objects.get(pk=key)}
        return {"organisation": Organisation.objects.get(pk=key)}


def party_choices(measure, day):
    """The policy's own list first, then the members of its groups, then the other municipal units."""
    listed = responsible(Responsibility.objects.of_policy().filter(paragraph=measure.paragraph), day)
    members = members_on({party.row.group_id for party in listed if party.row.group_id}, day)
    inside = [(f"organisation:{key}", name) for rows in members.values() for key, name in rows]
    taken = {value for value, _ in inside} | {_value(party) for party in listed}
    others = Organisation.objects.on(day).filter(kind__in=MUNICIPAL_KINDS).prefetch_related("names")
    rest = [(f"organisation:{body.pk}", body.name_on(day)) for body in others.order_by("position")]
    return [
        ("文件所列责任单位", [(_value(party), party.name) for party in listed]),
        ("分组所含单位", inside),
        ("其他市直单位", [row for row in rest if row[0] not in taken]),
    ]


def _value(party):
    return f"group:{party.row.group_id}" if party.row.group_id else f"organisation:{party.row.organisation_id}"


class EndForm(Form):
    """The last day of a setting, and why it ends."""

    valid_to = DayField(label="最后一天", help_text="含当日；次日起不再负责。")
    reason = ReasonField(max_length=200)


class DocumentForm(Form):
    """The head of a successor document."""

    predecessor = forms.ModelChoiceField(label="所接续的文件", queryset=PolicyDocument.objects.none())
    code = forms.CharField(label="编码", max_length=16, help_text="系统内使用，如 2026-03；登记后不变更。")
    number = forms.CharField(label="发文字号", max_length=60)
    title = forms.CharField(label="标题", max_length=200)
    plan_title = forms.CharField(label="方案名称", max_length=200, required=False)
    issuer = forms.CharField(label="发文机关", max_length=100)
    printer = forms.CharField(label="印发机关", max_length=100, required=False)
    issued_on = DayField(label="成文日期")
    printed_on = DayField(label="印发日期", required=False)
    term_from = DayField(label="执行期起")
    term_to = DayField(label="执行期止", required=False, help_text="文件没有写明的留空。")
    recipients = forms.CharField(label="主送机关", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    covering_text = forms.CharField(label="通知正文", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    preamble = forms.CharField(label="引言", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    annex_title = forms.CharField(label="附件", max_length=200, required=False)
    upper_documents = forms.CharField(
        label="上位文件", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="每行一份。"
    )

    def __init__(self, *args, documents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["predecessor"].queryset = documents

    def clean_upper_documents(self):
        """One a line."""
        return [line.strip() for line in self.cleaned_data["upper_documents"].splitlines() if line.strip()]


class ParagraphsForm(Form):
    """The numbered paragraphs, pasted."""

    text = forms.CharField(
        label="条文",
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="粘贴文件正文：每条从新行开始，形如“7. 加强劳务协作。正文”；“一、总体要求”单独成行的作为部分标题。",
    )


class AreaForm(Form):
    """One paragraph as a task area: its name, its measures, its responsible units."""

    name = forms.CharField(label="任务领域名称", max_length=30)
    measures = forms.CharField(
        label="措施",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="每行一项，“标题｜原文”或只写原文；原文须从本条逐字复制，按先后排列。编号由系统编排。",
    )
    names = forms.CharField(
        label="责任单位",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="已按条文末尾括号读出，用顿号或逗号隔开；逐个按单位名称、曾用名、别称和分组名称（如各区）核对。",
    )

    def __init__(self, *args, known_names=(), **kwargs):
        super().__init__(*args, **kwargs)
        if known_names:
            self.fields["name"].help_text = f"沿用原有领域的请填同一名称：{'、'.join(known_names)}。"


class DutiesForm(Form):
    """The standing duties of one paragraph."""

    duties = forms.CharField(
        label="保障职责",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=(
            "每行一项，“原文｜承担者｜频次”，承担者、频次可以不写；原文须从本条逐字复制，承担者有几个的用顿号隔开，"
            "如“各区、市财政局”。编号由系统编排。保存后可以再改，以最后一次为准；全部清空即撤销本条的登记。"
        ),
    )
