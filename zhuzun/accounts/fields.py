"""Naming a body in a form: typed or picked from suggestions, never one select of 1,700 places."""

import re

from django import forms
from django.utils.html import format_html, format_html_join

from zhuzun import clock
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation

NOT_SUGGESTED = (OrganisationKind.TOWN, OrganisationKind.VILLAGE)
SHOWN = 5


def suggested(day):
    """The bodies that may hold people, with the names they bear on `day`; townships and villages are typed in."""
    return Organisation.objects.on(day).exclude(kind__in=NOT_SUGGESTED).named(day).order_by("position", "code")


def find(text: str, day) -> Organisation:
    """The one body called `text` (short or full name, former name, alias or code); a ValidationError says why not."""
    found = list(Organisation.objects.called(text, day).prefetch_related("names").distinct()[: SHOWN + 1])
    if not found:
        found = list(Organisation.objects.on(day).filter(code=text))
    if not found:
        raise forms.ValidationError(f"没有名为“{text}”的单位，请核对名称，或从提示中选取。", code="unknown")
    if len(found) > 1:
        codes = "、".join(f"{body.full_name_on(day)}（{body.code}）" for body in found[:SHOWN])
        raise forms.ValidationError(f"名为“{text}”的单位不止一个，请改填括号中的编码：{codes}。", code="ambiguous")
    return found[0]


class BodyInput(forms.TextInput):
    """A text field with the bodies' names as suggestions."""

    def render(self, name, value, attrs=None, renderer=None):
        """The field and its list of suggestions; no script is needed."""
        key = f"{(attrs or {}).get('id', name)}-bodies"
        field = super().render(name, value, {**(attrs or {}), "list": key, "autocomplete": "off"}, renderer)
        names = suggested(clock.today()).values_list("shown_name", "shown_full_name")
        options = format_html_join("", '<option value="{}">{}</option>', names)
        return format_html('{}<datalist id="{}">{}</datalist>', field, key, options)


class BodyField(forms.CharField):
    """One body, by any of its names."""

    widget = BodyInput

    def __init__(self, **kwargs):
        super().__init__(max_length=100, **kwargs)

    def prepare_value(self, value):
        """The name of a body given as initial value."""
        return str(value) if isinstance(value, Organisation) else value

    def clean(self, value):
        """The body itself, or nothing for an empty field."""
        text = super().clean(value)
        return find(text, clock.today()) if text else None


class BodiesField(forms.CharField):
    """Several bodies, their names set apart by 、 or a comma."""

    def clean(self, value):
        """The bodies in the order typed."""
        names = [part.strip() for part in re.split("[、，,；;]", super().clean(value)) if part.strip()]
        return [find(name, clock.today()) for name in names]
