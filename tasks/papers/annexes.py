"""The compiled tables as annexes of a paper: the same figures as on the page, with their units and remarks."""

from tasks import compiled_tables
from tasks.papers.figures import area_name, close, plain, plain_name
from tasks.papers.ground import Ground
from tasks.targets import HEADS
from zhuzun.documents.papers.text import Table, chinese

WORDS = {"area": "分任务领域", "county": "分县（市）", "district": "分区（功能区）"}  # of compiled_tables.BY


def of_period(ground: Ground) -> list[tuple[str, list[Table]]]:
    """(title, blocks) of each compiled table; none while nothing is frozen."""
    if not ground.figures:
        return []
    return [(_title(ground, by), [_table(ground, by)]) for by in compiled_tables.BY]


def _title(ground, by) -> str:
    return f"{ground.period}东西部协作工作进展{WORDS[by]}汇总表"


def _table(ground, by) -> Table:
    table = ground.table(by)
    head = (*_heads(table), "备注")
    rows: list[tuple] = []
    for number, group in enumerate(table.groups, 1):
        rows.append((f"{chinese(number)}、{area_name(group)}", *[""] * (len(head) - 1)))
        rows += [(*_cells(table, row), close(row.remark) or "—") for row in group.rows]
    return Table(title=ground.version, unit="", head=(head,), rows=tuple(rows), landscape=True)


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
    return (plain_name(row), row.unit, *map(plain, told))
