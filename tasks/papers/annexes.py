"""The compiled tables as annexes of a paper: the same figures as on the page, with their units and remarks."""

from tasks import compiled_tables
from tasks.papers.figures import plain
from tasks.papers.ground import Ground
from tasks.targets import HEADS
from zhuzun.documents.papers.text import Table


def of_period(ground: Ground) -> list[tuple[str, list[Table]]]:
    """(title, blocks) of each compiled table; none while nothing is frozen."""
    if not ground.figures:
        return []
    return [(_title(ground, by), [_table(ground, by)]) for by in compiled_tables.BY]


def _title(ground, by) -> str:
    return f"{ground.period}东西部协作工作进展汇总表（{compiled_tables.BY[by]}）"


def _table(ground, by) -> Table:
    table = ground.table(by)
    head = (*_heads(table), "备注")
    rows = tuple((*_cells(table, row), row.remark or "—") for row in table.rows)
    return Table(title=ground.version, unit="", head=(head,), rows=rows, landscape=True)


def _heads(table) -> tuple:
    if table.by == "area":
        return ("指标", "单位", "本期数", "本年累计（期末）数", *(HEADS if table.with_targets else ()))
    return ("指标", "单位", *(column.label for column in table.columns))


def _cells(table, row) -> tuple:
    if table.by == "area":
        span = row.span.text if row.span else "—"
        told = (span, row.total.text, *(row.aim if table.with_targets else ()))
    else:
        told = tuple(cell.text for cell in row.cells)
    return (row.name, row.unit, *map(plain, told))
