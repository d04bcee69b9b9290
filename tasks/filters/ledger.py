"""Filters of the ledger's and the catalogue's lists."""

import django_filters as filters

from tasks.kinds import Direction, Family, Flow, Nature, Source
from tasks.models import Indicator, Measure, PolicyDocument, TaskArea
from zhuzun.ui.filters import FilterSet, SearchFilter


def choices(areas):
    """Areas as choices by code."""
    return [(area.code, area.name) for area in areas]


class MeasureFilter(FilterSet):
    """任务措施."""

    text = SearchFilter(lookups=["title__icontains", "span__icontains", "number__istartswith"])
    area = filters.ChoiceFilter(label="任务领域", field_name="paragraph__area__code")
    nature = filters.ChoiceFilter(label="性质", choices=Nature.choices)
    lead = filters.ChoiceFilter(label="牵头单位", choices=[("none", "未设置"), ("set", "已设置")], method="by_lead")

    class Meta:
        model = Measure
        fields = ["text", "area", "nature", "lead"]

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        areas = TaskArea.objects.filter(paragraph__document=document)
        self.filters["area"].extra["choices"] = choices(areas.order_by("position"))

    def by_lead(self, rows, name, value):
        """Those with or without a 牵头 of the day; the list is annotated with it."""
        return rows.filter(has_lead=value == "set")


class IndicatorFilter(FilterSet):
    """指标."""

    text = SearchFilter(lookups=["code__icontains", "name__icontains", "definitions__text__icontains"])
    family = filters.ChoiceFilter(label="类别", choices=Family.choices)
    area = filters.ChoiceFilter(label="任务领域", field_name="area__code")
    flow = filters.ChoiceFilter(label="口径", choices=Flow.choices)
    direction = filters.ChoiceFilter(
        label="方向", choices=[("none", Direction.NONE.label), *Direction.choices[1:]], method="by_direction"
    )
    source = filters.ChoiceFilter(label="来源", choices=Source.choices)
    parent = filters.CharFilter(label="合计项编码", field_name="parent__code", lookup_expr="iexact", max_length=30)
    active = filters.ChoiceFilter(label="状态", choices=[("1", "启用"), ("0", "已停用")], method="by_state")

    class Meta:
        model = Indicator
        fields = ["text", "family", "area", "flow", "direction", "source", "parent", "active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        used = TaskArea.objects.filter(indicators__isnull=False).distinct()
        self.filters["area"].extra["choices"] = choices(used.order_by("paragraph__document", "position"))

    def filter_queryset(self, queryset):
        """A word may stand in several definitions of one indicator: it is listed once."""
        return super().filter_queryset(queryset).distinct()

    def by_direction(self, rows, name, value):
        """不分方向 is stored as nothing, which a filter cannot tell from «all»."""
        return rows.filter(direction="" if value == "none" else value)

    def by_state(self, rows, name, value):
        """Those in use, or those no longer."""
        return rows.filter(active=value == "1")


class DocumentFilter(FilterSet):
    """政策文件."""

    text = SearchFilter(lookups=["title__icontains", "plan_title__icontains", "number__icontains", "issuer__icontains"])

    class Meta:
        model = PolicyDocument
        fields = ["text"]
