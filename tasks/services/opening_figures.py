"""上线前数据: the state of figures at the end of months before the portal, from one table, shown before it is saved."""

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from tasks.figures import parse, plain
from tasks.kinds import CellState, Source
from tasks.models import Entry, FigureSource, Indicator, OpeningFigure
from zhuzun import clock
from zhuzun.audit.services import record
from zhuzun.documents import sheets
from zhuzun.documents.services import confirm_import, create_import, discard_import, find_import
from zhuzun.errors import DomainError
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui.workbook import Column, write_xlsx

KIND = "opening"
PERMISSION = "tasks.import_opening"
CODE, FIGURE, CHANNEL, UNIT, MONTH, CITY = "指标编码", "指标", "渠道", "单位", "截至月", "市级（不分县）"
_MONTH = re.compile(r"(\d{4})\s*(?:年|[-./])\s*(\d{1,2})\s*月?(?:[-./]?\d{1,2}日?)?(?:\s.*)?")
SAID = (CellState.VALUE, CellState.ZERO)


@dataclass
class Line:
    """One cell of the table: which figure, from what to what, or why not."""

    where: str
    figure: str
    place: str
    month: str
    old: str
    new: str
    error: str = ""
    row: OpeningFigure | None = None


@dataclass
class Found:
    """What a table would do."""

    lines: list
    notes: list

    @property
    def errors(self) -> int:
        """How many cells are wrong."""
        return sum(bool(line.error) for line in self.lines)

    @property
    def why_not(self) -> str:
        """Why it cannot be brought in; empty where it can."""
        if self.errors:
            return f"有 {self.errors} 处有误，请在表中改正后重新上传；没有导入任何数据。"
        return "" if self.lines else "表中没有需要导入的数据（空白单元格不导入，与系统一致的不重复导入）。"

    @property
    def mark(self) -> str:
        """What a preview showed, in short."""
        facts = [(line.figure, line.place, line.month, line.old, line.new) for line in self.lines]
        return hashlib.sha256(repr(facts).encode()).hexdigest()


def places(day) -> dict[str, Organisation]:
    """The columns: every county by its name, and the western city for what is not split."""
    rows = Organisation.objects.filter(kind=OrganisationKind.COUNTY).prefetch_related("names").order_by("position")
    found = {body.name_on(day): body for body in rows}
    city = Organisation.objects.filter(kind=OrganisationKind.CITY, children__kind=OrganisationKind.COUNTY).first()
    return found | ({CITY: city} if city else {})


def template(*, today) -> bytes:
    """The empty table: every figure that is reported, with its channels."""
    channels: dict = {}
    for source in FigureSource.objects.order_by("position"):
        channels.setdefault(source.indicator_id, {})[source.channel] = True
    rows = [
        [row.code, row.name, channel, row.unit, None]
        for row in Indicator.objects.filter(pk__in=channels).order_by("family", "position", "code")
        for channel in channels[row.pk]
    ]
    heads = list(places(today))
    columns = [Column(CODE, "code"), Column(FIGURE), Column(CHANNEL), Column(UNIT), Column(MONTH, "code", 12)]
    columns += [Column(head, "number", 12) for head in heads]
    remark = "截至月填 2026-09 的形式；本年累计指标填截至该月的累计数，期末数填月末数；一行一个月，空白不导入。"
    return write_xlsx("上线前数据", columns, [[*row, *[None] * len(heads)] for row in rows], subtitle=remark)


def upload(data: bytes, filename: str, *, actor, now):
    """Keep the table for its preview; one that cannot be read is refused at once."""
    actor.decide(PERMISSION).enforce()
    read(data, filename, today=clock.day_of(now))
    return create_import(kind=KIND, data=data, filename=filename, actor=actor, now=now)


def preview(key, *, actor, now):
    """The kept table and what it would do now."""
    pending = find_import(key, kind=KIND, actor=actor, now=now)
    return pending, read(pending.bytes, pending.filename, today=clock.day_of(now))


@transaction.atomic
def confirm(key, *, seen, actor, now) -> int:
    """Bring in what was shown, all of it or nothing."""
    actor.decide(PERMISSION).enforce()
    pending, found = preview(key, actor=actor, now=now)
    if found.mark != seen:
        raise DomainError("预览以后数据有变动，请重新核对。")
    if found.why_not:
        raise DomainError(found.why_not)
    confirm_import(pending, actor=actor, now=now)
    for line in found.lines:
        line.row.entered_by, line.row.entered_at = actor, now
        line.row.save()
    record("opening.import", actor=actor, now=now, obj=pending, detail={"数据": f"{len(found.lines)} 项"})
    return len(found.lines)


def discard(key, *, actor, now):
    """Drop a table not wanted after all."""
    actor.decide(PERMISSION).enforce()
    discard_import(find_import(key, kind=KIND, actor=actor, now=now), actor=actor, now=now)


# --- reading --------------------------------------------------------------------------------------------------------
def read(data: bytes, filename: str, *, today) -> Found:
    """The table's cells against what the portal has; blank ones and equal ones are passed over."""
    columns = places(today)
    heads = [sheets.Column(CODE, ("编码",)), sheets.Column(CHANNEL, required=False), sheets.Column(MONTH)]
    heads += [sheets.Column(name, required=False) for name in columns]
    sheet = sheets.read(data, filename=filename, columns=heads)
    known = _Known(columns, today)
    lines = [line for row in sheet.rows for line in known.lines(row)]
    seen: dict = {}
    for line in lines:
        key = (line.figure, line.place, line.month)
        if not line.error and seen.setdefault(key, line) is not line:
            line.error = f"{line.where}：与 {seen[key].where} 重复。"
    return Found(lines, list(sheet.notes))


class _Known:
    """What the portal has: indicators, places, figures, and what was reported here already."""

    def __init__(self, columns, today):
        self.columns, self.today = columns, today
        self.indicators = {row.code: row for row in Indicator.objects.all()}
        self.rows = {
            (row.indicator_id, row.channel, row.place_id, row.year, row.month): row
            for row in OpeningFigure.objects.all()
        }
        reported = Entry.objects.that_left().filter(state__in=SAID)
        reported = reported.values_list("indicator", "channel", "place", "period__end")
        self.reported = {(*key, end.year, end.month) for *key, end in reported}

    def lines(self, row):
        filled = [(name, row[name]) for name in self.columns if not row[name].is_blank or row[name].fault]
        if not filled:
            return
        try:
            indicator, year, month = self._head(row)
        except DomainError as error:
            yield Line(row.where, sheets.as_text(row[CODE]), "", sheets.as_text(row[MONTH]), "", "", error.message)
            return
        channel = sheets.as_text(row[CHANNEL])
        for name, cell in filled:
            line = self._line(cell, name, indicator, channel, year, month)
            if line:
                yield line

    def _head(self, row):
        code = sheets.as_text(row[CODE])
        indicator = self.indicators.get(code)
        if indicator is None:
            raise row[CODE].error(f"没有编码为“{code}”的指标。")
        if indicator.source == Source.COMPUTED:
            raise row[CODE].error(f"“{indicator.name}”由系统计算，不能导入。")
        text = sheets.as_text(row[MONTH])
        found = _MONTH.fullmatch(text)
        if not found or not 1 <= int(found[2]) <= 12 or not 2000 <= int(found[1]) <= 2100:
            raise row[MONTH].error(f"“{text}”不是月份，请写成 2026-09 的形式。")
        year, month = int(found[1]), int(found[2])
        if (year, month) >= (self.today.year, self.today.month):
            raise row[MONTH].error("该月尚未结束。")
        return indicator, year, month

    def _line(self, cell, name, indicator, channel, year, month) -> Line | None:
        key = (indicator.pk, channel, self.columns[name].pk, year, month)
        known = self.rows.get(key)
        figure = f"{indicator.name}（{channel}）" if channel else indicator.name
        line = Line(cell.where, figure, name, f"{year}年{month}月", _shown(known, indicator), cell.text[:20])
        try:
            value = self._value(cell, key, indicator)
        except DomainError as error:
            line.error = error.message
            return line
        if known and known.value == value:
            return None
        line.new = plain(value, indicator)
        facts = {"indicator": indicator, "channel": channel, "place": self.columns[name], "year": year, "month": month}
        line.row = known or OpeningFigure(**facts)
        line.row.value = value
        return line

    def _value(self, cell, key, indicator) -> Decimal:
        if cell.fault:
            raise cell.error(cell.fault)
        if key in self.reported:
            raise cell.error("该月已在系统中报送，不能再作为上线前数据导入。")
        try:
            return parse(cell.text, decimals=indicator.decimals, unit=indicator.unit)[1]
        except DomainError as error:
            raise cell.error(error.message) from error


def _shown(known, indicator) -> str:
    return plain(known.value, indicator) if known else ""
