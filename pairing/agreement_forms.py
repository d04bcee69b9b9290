"""Forms of cooperation agreements."""

from django import forms

from pairing.agreement_kinds import AgreementLevel
from zhuzun.documents.forms import AttachmentField
from zhuzun.organisations.kinds import DEPARTMENT_KINDS, MUNICIPAL_KINDS, OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui.forms import DayField, Form, ReasonField

SIDES = (
    OrganisationKind.CITY,
    OrganisationKind.DISTRICT,
    OrganisationKind.COUNTY,
    OrganisationKind.PROVINCE_BODY,
    *MUNICIPAL_KINDS,
    *DEPARTMENT_KINDS,
)


class AddForm(Form):
    """Level, parties, year, title."""

    level = forms.ChoiceField(label="层级", choices=AgreementLevel.choices)
    east = forms.ModelChoiceField(label="珠海方", queryset=Organisation.objects.none())
    west = forms.ModelChoiceField(label="遵义方", queryset=Organisation.objects.none())
    year = forms.IntegerField(label="年度", min_value=2021, max_value=2100)
    title = forms.CharField(label="名称", max_length=120)
    number = forms.CharField(label="协议编号（文号）", max_length=60, required=False)

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        bodies = Organisation.objects.on(day).filter(kind__in=SIDES).prefetch_related("names")
        for name in ("east", "west"):
            self.fields[name].queryset = bodies.order_by("position", "pk")


class ScanForm(Form):
    """The scan of the signed paper."""

    file = AttachmentField(label="协议扫描件")


class SignForm(Form):
    """When it was signed."""

    signed_on = DayField(label="签订日期")
    number = forms.CharField(label="协议编号（文号）", max_length=60, required=False)


class ReviseForm(Form):
    """Why it is revised."""

    title = forms.CharField(label="修订协议名称", max_length=120)
    reason = ReasonField(label="修订原因", max_length=300)
