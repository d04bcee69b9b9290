"""Lists of the ledger and the catalogue, and the matrix as a table."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from tasks.kinds import Part
from tasks.matrix import Cell, counts
from zhuzun.ui import badges, formats
from zhuzun.ui.tables import BadgeColumn, CodeColumn, NumberColumn, Table

ONE_LINE = {"td": {"class": "nowrap"}}


class MeasureTable(Table):
    """任务措施, with the bureau's settings of the day."""

    number = CodeColumn("编号", order_by=("paragraph__number", "position"))
    title = tables.Column("措施", attrs={"td": {"class": "nowrap"}})
    area = tables.Column("任务领域", accessor="paragraph__area__name", order_by=("paragraph__number", "position"))
    span = tables.Column("文件原文", orderable=False, attrs={"td": {"class": "wrap"}})
    nature = tables.Column(
        "性质", accessor="get_nature_display", order_by=("nature", "paragraph__number", "position"), attrs=ONE_LINE
    )
    lead = tables.Column("牵头", empty_values=(), order_by=("has_lead", "paragraph__number", "position"))
    assist = tables.Column("配合", empty_values=(), orderable=False)
    caption = "任务措施"

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)

    def render_title(self, record):
        """Opens the measure."""
        address = reverse("tasks:measure", args=[record.paragraph.area.code, record.number])
        return format_html('<a href="{}">{}</a>', address, record.title)

    def value_title(self, record):
        """The title alone."""
        return record.title

    def render_lead(self, record):
        """Names of the day, or that nobody has been set."""
        return self._names(record, Part.LEAD) or badges.badge("未设置", "idle")

    def value_lead(self, record):
        """Names of the day."""
        return self._names(record, Part.LEAD)

    def render_assist(self, record):
        """Names of the day."""
        return self._names(record, Part.ASSIST) or formats.NOTHING

    def value_assist(self, record):
        """Names of the day."""
        return self._names(record, Part.ASSIST)

    def _names(self, record, part):
        rows = [row for row in record.responsibilities.all() if row.part == part and row.holds_on(self.day)]
        return "、".join(row.group.name if row.group else row.organisation.name_on(self.day) for row in rows)


class IndicatorTable(Table):
    """The catalogue."""

    code = CodeColumn("编码", attrs={"td": {"class": "figure-code"}})
    name = tables.Column("指标", attrs={"td": {"class": "figure-name"}})
    family = tables.Column("类别", accessor="get_family_display", order_by=("family", "position"), attrs=ONE_LINE)
    area = tables.Column("任务领域", accessor="area__name", order_by=("area__position", "position"))
    unit = tables.Column("单位", attrs=ONE_LINE)
    flow = tables.Column("口径", accessor="get_flow_display", order_by=("flow", "position"), attrs=ONE_LINE)
    direction = tables.Column(
        "方向", accessor="get_direction_display", order_by=("direction", "position"), attrs=ONE_LINE
    )
    parent = CodeColumn("合计项", accessor="parent__code", attrs={"td": {"class": "figure-code"}})
    source = tables.Column("来源", accessor="get_source_display", order_by=("source", "position"), attrs=ONE_LINE)
    definition = tables.Column(
        "指标解释", accessor="defined", orderable=False, attrs={"td": {"class": "figure-definition"}}
    )
    figure = NumberColumn("当前值", empty_values=(), orderable=False)
    caption = "指标目录"

    def __init__(self, *args, figures, **kwargs):
        self.figures = figures
        super().__init__(*args, **kwargs)

    def render_name(self, record):
        """Opens the indicator; one no longer in use says so."""
        link = format_html('<a href="{}">{}</a>', reverse("tasks:indicator", args=[record.code]), record.name)
        return link if record.active else format_html("{} {}", link, badges.badge("已停用", "ended"))

    def value_name(self, record):
        """The name alone."""
        return record.name if record.active else f"{record.name}（已停用）"

    def render_definition(self, record):
        """The definition of the day."""
        return record.defined[0].text if record.defined else formats.NOTHING

    def render_figure(self, record):
        """What is computed from the pairings now; a dash where figures come with the reports."""
        return formats.thousands(self.figures.get(record.code))

    def value_figure(self, record):
        """The figure, or nothing."""
        return self.figures.get(record.code)


class DocumentTable(Table):
    """Policy documents: the one the portal was built for, and its successors."""

    number = CodeColumn("发文字号")
    title = tables.Column("标题", attrs={"td": {"class": "wrap"}})
    issuer = tables.Column("发文机关")
    term = tables.Column("执行期", accessor="term_from", attrs={"td": {"class": "nowrap"}})
    area_count = NumberColumn("任务领域（个）")
    measure_count = NumberColumn("措施（项）")
    state = BadgeColumn(
        "状态",
        accessor="state",
        orderable=False,
        words={"running": ("执行中", "good"), "ended": ("执行期已满", "ended"), "coming": ("未到执行期", "idle")},
    )
    caption = "政策文件"

    def render_title(self, record):
        """Opens the document; one of the demonstration says so."""
        link = format_html('<a href="{}">{}</a>', reverse("tasks:document", args=[record.code]), record.title)
        return format_html("{} {}", link, badges.badge("演示数据", "info")) if record.demonstration else link

    def value_title(self, record):
        """The title alone."""
        return record.title

    def render_term(self, record):
        """From and to."""
        return formats.span(record.term_from, record.term_to)

    def value_term(self, record):
        """From and to."""
        return formats.span(record.term_from, record.term_to)


MARK = format_html('<span class="dot">{}<span class="visually-hidden">{}</span></span>', "●", "责任单位")


class AreaColumn(tables.Column):
    """One area of the matrix: whether the body answers for it, and what the bureau set."""

    sheet_kind = "text"

    def __init__(self, entry, total):
        self.entry, self.total = entry, total
        self.address = reverse("tasks:area", args=[entry.area.code])
        self.head = format_html(
            '<a href="{}">{}</a><small>第{}条</small>', self.address, entry.area.name, entry.paragraph.number
        )
        super().__init__(entry.area.name, orderable=False, empty_values=(), footer=str(total))
        self.attrs = {"th": {"class": "mid"}, "td": {"class": "mid"}, "tf": {"class": "mid"}}

    def _cell(self, record) -> Cell:
        return record.cells.get(self.entry.area.pk, Cell())

    def render(self, record):
        """A mark with its word for those who do not see it; the bureau's settings under it open the area's measures."""
        cell = self._cell(record)
        mark = MARK if cell.listed else ""
        if not cell.settings:
            return mark
        return format_html('{}<small class="set"><a href="{}">{}</a></small>', mark, self.address, cell.settings)

    def value(self, record):
        """The cell in words."""
        return self._cell(record).words


class MatrixTable(Table):
    """Responsible parties down, areas across, with a row and a column of counts."""

    name = tables.Column("责任单位", orderable=False, footer="责任单位数", attrs={"td": {"class": "party"}})

    caption = "任务领域与责任单位对应表"

    class Meta(Table.Meta):
        attrs = {"class": "table bordered matrix"}
        orderable = False
        row_attrs = {"class": lambda record: "member" if record.member_of else ""}

    def value_name(self, record):
        """The name; a member of a group says of which."""
        return f"{record.name}（{record.member_of}）" if record.member_of else record.name


def matrix_table(rows, ledger, request) -> MatrixTable:
    """The matrix of a ledger, its areas as columns."""
    totals = counts(rows, ledger)
    columns = [(f"a{entry.area.pk}", AreaColumn(entry, totals[entry.area.pk])) for entry in ledger.entries]
    last = NumberColumn("领域数", accessor="total", footer=str(sum(totals.values())))
    table = MatrixTable(rows, extra_columns=[*columns, ("total", last)])
    table.request = request
    return table
