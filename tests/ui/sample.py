"""Pages as an app would build them, over bodies (单位), to try the bases of zhuzun.ui on."""

import django_filters
import django_tables2
from django import forms
from django.urls import path

from tests.factories import DAY
from zhuzun.errors import DomainError
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui.filters import FilterSet, SearchFilter
from zhuzun.ui.forms import DayField, Form, ReasonField
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import ConfirmPage, DetailPage, FormPage, ObjectFormPage
from zhuzun.ui.tables import BadgeColumn, CodeColumn, DayColumn, NumberColumn, Table

KINDS = {kind.value: (kind.label, "good" if kind == OrganisationKind.BUREAU else "info") for kind in OrganisationKind}


class BodyTable(Table):
    shown_name = django_tables2.Column("名称", linkify=lambda record: f"/sample/{record.pk}/")
    code = CodeColumn("编码")
    kind = BadgeColumn(words=KINDS)
    position = NumberColumn("顺序（位）")
    valid_from = DayColumn("起始日期")

    caption = "单位"


class BodyFilters(FilterSet):
    text = SearchFilter(lookups=["names__short__icontains", "code__icontains"])
    kind = django_filters.ChoiceFilter(label="类别", choices=OrganisationKind.choices)
    parent = django_filters.ModelChoiceFilter(label="上级单位", queryset=Organisation.objects.prefetch_related("names"))
    valid_from = django_filters.DateFilter(label="起始不早于", lookup_expr="gte")

    class Meta:
        model = Organisation
        fields = ["text", "kind", "parent", "valid_from"]


class BodyList(ListPage):
    model = Organisation
    permission = "organisations.view_organisation"
    title = "单位"
    unit = "个"
    table_class = BodyTable
    filterset_class = BodyFilters
    empty_text = "还没有单位"
    empty_hint = "请由系统管理员登记。"

    def rows(self):
        return Organisation.objects.named(DAY)

    def get_breadcrumbs(self):
        return [("单位与人员", "/sample/")]

    def main_action(self):
        decision = self.request.user.decide("organisations.add_organisation")
        return (decision, "登记单位", "/sample/add/", "plus")


class Visible:
    model = Organisation

    def visible(self):
        return Organisation.objects.all()

    def get_breadcrumbs(self):
        return [("单位", "/sample/")]

    def done_url(self, result):
        return "/sample/"


class BodyDetail(Visible, DetailPage):
    permission = "organisations.view_organisation"

    def get_context_data(self, **kwargs):
        history = [{"when": None, "who": "市局经办", "what": "登记了单位", "why": "", "basis": "珠委农组〔2021〕12号"}]
        facts = [("类别", self.object.get_kind_display()), ("编码", self.object.code)]
        return super().get_context_data(facts=facts, history=history, **kwargs)


class BodyForm(Form):
    name = forms.CharField(label="名称", max_length=20, help_text="公文中的简称。")
    kind = forms.ChoiceField(label="类别", choices=[("", "---------"), *OrganisationKind.choices])
    parent = forms.ModelChoiceField(label="上级单位", queryset=Organisation.objects.all(), required=False)
    since = DayField(label="起始日期")
    agreed = forms.BooleanField(label="已与该单位核对", required=False)
    paper = forms.FileField(label="附件", required=False)
    reason = ReasonField()


class BodyAdd(Visible, FormPage):
    permission = "organisations.view_organisation"
    title = "登记单位"
    form_class = BodyForm

    def perform(self, form):
        if form.cleaned_data["name"] == "重复":
            raise DomainError("该名称已登记，请核对。", field="name")
        if form.cleaned_data["name"] == "过期":
            raise DomainError("本年度登记已截止。")


class BodyEdit(Visible, ObjectFormPage):
    permission = "organisations.change_organisation"
    title = "维护单位"
    form_class = BodyForm


class EndForm(Form):
    reason = ReasonField()


class BodyEnd(Visible, ConfirmPage):
    permission = "organisations.view_organisation"
    title = "终止单位"
    question = "确定终止该单位吗？"
    consequences = ["终止后不再列入选择。", "历史记录保留。"]
    form_class = EndForm
    submit_label = "终止"

    def perform(self, form):
        return None


sample_urls = [
    path("sample/", BodyList.as_view(), name="sample-list"),
    path("sample/add/", BodyAdd.as_view(), name="sample-add"),
    path("sample/<int:pk>/", BodyDetail.as_view(), name="sample-detail"),
    path("sample/<int:pk>/edit/", BodyEdit.as_view(), name="sample-edit"),
    path("sample/<int:pk>/end/", BodyEnd.as_view(), name="sample-end"),
]
