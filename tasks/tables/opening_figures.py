"""上线前数据 as a list."""

import django_tables2 as tables

from tasks.figures import written
from tasks.models import OpeningFigure
from zhuzun.ui.formats import moment
from zhuzun.ui.tables import CodeColumn, Table


class OpeningFigureTable(Table):
    """One line for each figure, county and month."""

    code = CodeColumn("指标编码", accessor="indicator__code")
    name = tables.Column("指标", accessor="indicator__name")
    channel = tables.Column("渠道")
    place = tables.Column("县（市）", order_by="place__position")
    month = tables.Column("截至月", accessor="ended_on", order_by=("year", "month"))
    value = tables.Column("累计或期末数", attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    unit = tables.Column("单位", accessor="indicator__unit", orderable=False)
    entered_by = tables.Column("导入人", accessor="entered_by__name")
    entered_at = tables.Column("导入时间")
    caption = "上线前数据"

    class Meta(Table.Meta):
        model = OpeningFigure
        fields = ()
        order_by = ("code", "place", "-month")

    def render_month(self, record):
        """2026年9月."""
        return f"{record.year}年{record.month}月"

    def render_value(self, record):
        """With the indicator's decimals."""
        return written(record.value, record.indicator)

    def render_entered_at(self, value):
        """To the minute."""
        return moment(value)
