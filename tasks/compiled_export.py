"""A compiled table as a spreadsheet: title, snapshot, units, totals, remarks; with a line in the trail."""

import re
from decimal import Decimal

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tasks.compiled_tables import AIM, BY
from tasks.targets import HEADS
from zhuzun import happenings
from zhuzun.numbers import rounded
from zhuzun.ui import formats, workbook
from zhuzun.ui.exports import DEMO_MARK


def respond(period, table, basis, *, request, now):
    """The file as a download."""
    title = f"{period}东西部协作工作进展汇总表（{BY[table.by]}）"
    said = [basis, f"口径：{table.look_label}", *([period.turn_note] if period.turn_note else [])]
    return download(title, columns(table), rows(table), said, request=request, now=now)


def download(title, heads, lines, said, *, request, now):
    """A workbook with what it says of itself below the title, and a line in the trail."""
    said = [*said, f"导出时间 {formats.moment(now)}", f"导出人 {request.user}"]
    subtitle = " · ".join([DEMO_MARK, *said] if settings.PORTAL_ENV == "demo" else said)
    content = workbook.write_xlsx(title, heads, lines, subtitle=subtitle)
    facts = {"title": title, "rows": len(lines), "form": "xlsx", "address": request.get_full_path()[:500]}
    happenings.announce("export", actor=request.user, now=now, detail=facts)
    name = f"{title}_{formats.as_date(now):%Y%m%d}.xlsx"
    headers = {"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=workbook.XLSX, headers=headers)


def columns(table) -> list[workbook.Column]:
    """任务领域, 指标, 单位, one column for each place, 合计, 备注."""
    heads = [workbook.Column("任务领域"), workbook.Column("指标编码", "code"), workbook.Column("指标")]
    heads.append(workbook.Column("单位"))
    if table.by == "area":
        heads.append(workbook.Column("本期数", "number"))
        heads.append(workbook.Column("本年累计（期末）数", "number"))
        heads.extend(workbook.Column(name) for name in (*HEADS, "进度安排") if table.with_targets)
    else:
        heads.extend([workbook.Column("进度安排"), workbook.Column("项目")] if table.look == AIM else [])
        heads.extend(workbook.Column(column.label, "number") for column in table.columns)
    return [*heads, workbook.Column("备注")]


def rows(table) -> list[list]:
    """As on the page: figures as numbers, 缺报 and 待核 as words."""
    return [
        [group.title, row.indicator.code, row.name, row.unit, *cells]
        for group in table.groups
        for row in group.rows
        for cells in _lines(table, row)
    ]


def _lines(table, row) -> list[list]:
    """One line, or where the table stands against targets one for the figures and one for each thing beside them."""
    if table.look != AIM:
        return [[*_cells(table, row), row.remark]]
    (what, _), *below = row.lines
    first = [row.course, what, *map(_shown, row.cells), row.remark]
    return [first, *([row.course, head, *map(number_of, words), ""] for head, words in below)]


def number_of(word):
    """A drawn figure as a number, anything else as it is."""
    plain = word.replace(",", "")
    return Decimal(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else word


def _cells(table, row) -> list:
    cells = [row.span, row.total] if table.by == "area" else row.cells
    beside = [*map(number_of, row.aim), row.course] if table.with_targets else []
    return [*("" if cell is None else _shown(cell) for cell in cells), *beside]


def _shown(cell):
    return rounded(cell.value, cell.decimals) if cell.value is not None else cell.text
