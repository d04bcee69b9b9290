"""Forms about bodies and their contacts: they read what was typed; services decide."""

from django import forms

from zhuzun.organisations.kinds import PARTNER_KINDS, ContactRole, OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui.forms import DayField, Form, ReasonField

SEATS = (OrganisationKind.CITY, OrganisationKind.DISTRICT, OrganisationKind.COUNTY)


class BodyChoice(forms.ModelChoiceField):
    """A short list of bodies by the names in use on `day`; the value in the form is the code."""

    day = None

    def __init__(self, queryset=None, **kwargs):
        rows = Organisation.objects.none() if queryset is None else queryset
        super().__init__(rows, to_field_name="code", **kwargs)

    def offer(self, rows, day):
        """Offer these bodies, with their names on `day`."""
        self.day = day
        self.queryset = rows.prefetch_related("names")

    def label_from_instance(self, obj):
        """The name of the day."""
        return obj.name_on(self.day) if self.day else str(obj)


class PartnerForm(Form):
    """A hospital, school, enterprise … that is to be paired."""

    kind = forms.ChoiceField(
        label="类别", choices=[("", ""), *((kind.value, kind.label) for kind in map(OrganisationKind, PARTNER_KINDS))]
    )
    place = BodyChoice(label="所在区（功能区）、县（市）", help_text="市直、市属单位选珠海市或遵义市。")
    name = forms.CharField(label="名称", max_length=60, help_text="平时使用的简称，如：湄潭县人民医院。")
    full_name = forms.CharField(label="全称", max_length=100, required=False, help_text="与名称相同可不填。")
    valid_from = DayField(label="设立日期", required=False, help_text="不详可不填。")
    note = forms.CharField(label="说明", max_length=300, required=False)
    surely_new = forms.BooleanField(
        label="确认为另一单位", required=False, help_text="提示有名称相近的单位、而确实不是同一单位时勾选。"
    )

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].offer(Organisation.objects.on(day).filter(kind__in=SEATS), day)


class RenameForm(Form):
    """A new name from a day on."""

    short = forms.CharField(label="新简称", max_length=60)
    full = forms.CharField(label="新全称", max_length=100)
    valid_from = DayField(label="起始日期", help_text="新名称使用的第一天；原名称到前一天为止。")
    basis = forms.CharField(label="依据文件", max_length=200)


class CloseForm(Form):
    """The last day of a body."""

    valid_to = DayField(label="截止日期", help_text="最后一天，含当日。")
    successor = forms.CharField(
        label="承接单位", max_length=100, required=False, help_text="名称或编码；职责由其他单位承接时填写。"
    )
    reason = ReasonField()

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)

    def clean_successor(self):
        """The body of that name or code."""
        text = self.cleaned_data["successor"].strip()
        if not text:
            return None
        found = list(Organisation.objects.on(self.day).filter(code=text) or Organisation.objects.called(text, self.day))
        if len(found) != 1:
            raise forms.ValidationError("没有找到这个单位，或同名单位不止一个，请填写单位编码。")
        return found[0]


class ContactForm(Form):
    """A contact of a body."""

    role = forms.ChoiceField(label="身份", choices=ContactRole.choices)
    name = forms.CharField(label="姓名", max_length=40)
    post = forms.CharField(label="职务", max_length=60, required=False)
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    valid_from = DayField(label="起始日期")


class EndContactForm(Form):
    """Somebody's last day as a contact."""

    valid_to = DayField(label="截止日期", help_text="最后一天，含当日。")
    reason = ReasonField(required=False)


class CorrectContactForm(ContactForm):
    """What was typed wrongly, put right."""

    valid_to = DayField(label="截止日期", required=False, help_text="最后一天，含当日；留空表示仍在任。")
    reason = ReasonField(label="更正原因")
