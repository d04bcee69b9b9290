"""Yearly targets as a spreadsheet: what the page shows, with what is in force and what only for the time being."""

from tasks import target_tables
from tasks.compiled_export import download, number_of
from zhuzun import clock
from zhuzun.ui.workbook import Column

BASIS = "以已签订的协议为准，标明“暂按上年”的为本年协议签订前的数"


def respond(year, kind, word, *, request, now):
    """The file as a download."""
    places, lines = target_tables.build(year, kind, clock.day_of(now))
    heads = [Column("指标编码", "code"), Column("指标"), Column("单位"), Column("进度安排"), Column("应达", "number")]
    heads += [Column(name, "number") for name in ("市级目标", "各地合计", "相差", *places)]
    heads.append(Column("备注"))
    rows = [
        [
            *(line.indicator.code, line.indicator.name, line.indicator.unit, line.course),
            *map(number_of, line.figures),
            "暂按上年" if line.provisional else "",
        ]
        for line in lines
    ]
    said = [BASIS, f"应达为截至{target_tables.months_gone(year, clock.day_of(now))}月的市级应达数"]
    return download(f"{year}年度目标（{word}）", heads, rows, said, request=request, now=now)
