"""指标目录: the catalogue and one indicator with its definitions over time."""

from django.urls import reverse

from tasks.computed import COUNTS, figures, parts_of
from tasks.filters.ledger import IndicatorFilter
from tasks.kinds import Source
from tasks.models import Indicator
from tasks.rows import rows_behind
from tasks.tables.ledger import IndicatorTable
from zhuzun import clock
from zhuzun.audit.wording import history_of
from zhuzun.ui import formats
from zhuzun.ui.badges import badge
from zhuzun.ui.guards import require
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import DetailPage


class IndicatorList(ListPage):
    """The catalogue, with what is computed from the pairings now."""

    model = Indicator
    permission = "tasks.view_indicator"
    template_name = "tasks/indicators.html"
    table_class = IndicatorTable
    filterset_class = IndicatorFilter
    title = "指标目录"
    unit = "项"
    page_size = 50
    empty_text = "尚未登记指标"
    empty_hint = "指标目录随政策数据导入，由市乡村振兴局在后台维护。"

    def get_breadcrumbs(self):
        """Below the ledger."""
        return [("主要任务", reverse("tasks:areas"))]

    def rows(self):
        """Indicators with the definition of today."""
        return super().rows().defined_on(clock.today())

    def get_table_kwargs(self):
        """The computed figures of today, within what the person may see."""
        return {"figures": figures(self.request.user, clock.today())}

    def get_context_data(self, **kwargs):
        """The day of the figures."""
        return super().get_context_data(day=clock.today(), **kwargs)


class IndicatorDetail(DetailPage):
    """One indicator: what it counts, over time; its formula and parts; the figure where it is computed now."""

    model = Indicator
    permission = "tasks.view_indicator"
    lookup = "code"
    template_name = "tasks/indicator.html"

    def guard(self):
        """Who may not see the catalogue at all reads why; who may is asked for the indicator."""
        require(self.request.user, self.permission)
        super().guard()

    def visible(self):
        """With its area and total."""
        return super().visible().select_related("area__paragraph", "parent")

    def get_breadcrumbs(self):
        """Below the catalogue."""
        return [("主要任务", reverse("tasks:areas")), ("指标目录", reverse("tasks:indicators"))]

    def get_context_data(self, **kwargs):
        """Facts, definitions, parts, and the figure of today."""
        indicator, day = self.object, clock.today()
        computed = indicator.code in COUNTS
        return super().get_context_data(
            state="" if indicator.active else badge("已停用", "ended"),
            facts=facts_of(indicator),
            day=day,
            definitions=indicator.definitions.order_by("-valid_from"),
            formula_parts=self.formula_parts(),
            parts=indicator.parts.order_by("position"),
            figure=formats.thousands(figures(self.request.user, day)[indicator.code]) if computed else "",
            behind=self.behind() if computed else [],
            is_computed=indicator.source == Source.COMPUTED,
            history=history_of(indicator),
            **kwargs,
        )

    def behind(self):
        """The lists of pairings behind the figure, for whoever may open them."""
        may_open = self.request.user.decide("pairing.view_pairing").allowed
        return rows_behind(self.object.code) if may_open else []

    def formula_parts(self):
        """The indicators named in the formula, in its order."""
        if not self.object.formula:
            return []
        known = {row.code: row for row in self.visible().exclude(pk=self.object.pk)}
        return [known[code] for code in parts_of(self.object.formula, known)]


def facts_of(indicator):
    """The band on top of the page."""
    return [
        ("编码", indicator.code),
        ("类别", indicator.get_family_display()),
        ("任务领域", indicator.area.name if indicator.area else ""),
        ("单位", indicator.unit),
        ("口径", indicator.get_flow_display()),
        ("方向", indicator.get_direction_display()),
        ("来源", indicator.get_source_display()),
        ("小数位", str(indicator.decimals)),
    ]
