"""Filters of a list: one line of small fields above the table, kept in the address bar."""

from functools import reduce
from operator import or_

import django_filters as filters
from django import forms
from django.db.models import Q

from zhuzun.ui.forms import dress


class FilterSet(filters.FilterSet):
    """Base of all filters. A value that makes no sense is named beside its field and filters nothing."""

    def get_form_class(self):
        """The form with small fields, none of them required."""
        form_class = super().get_form_class()
        for field in form_class.base_fields.values():
            field.required = False
            dress(field, small=True)
        return form_class

    @property
    def active(self) -> bool:
        """Whether any filter narrows the list now."""
        if not self.is_bound:
            return False
        self.form.is_valid()  # a field that makes no sense is left out of cleaned_data, and filters nothing
        return any(value not in (None, "", False) and value != [] for value in self.form.cleaned_data.values())


class SearchFilter(filters.CharFilter):
    """Free text that any of several lookups may hold: `SearchFilter(lookups=["number__icontains"])`."""

    def __init__(self, *args, lookups, **kwargs):
        self.lookups = lookups
        kwargs.setdefault("label", "查找")
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "search", "placeholder": "输入关键字"}))
        kwargs.setdefault("max_length", 100)
        super().__init__(*args, **kwargs)

    def filter(self, qs, value):
        """The rows in which one of the lookups finds the text."""
        if not value:
            return qs
        return qs.filter(reduce(or_, (Q(**{lookup: value}) for lookup in self.lookups)))
