"""The annex's table (珠海市东西部协作结对关系明细表) as at any day: names, key counties and pairings of that day."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from pairing.kinds import PairingKind, PairingState
from pairing.models import Pairing
from zhuzun.organisations.models import KeyCountyDesignation, Organisation
from zhuzun.ui.formats import long_day
from zhuzun.ui.workbook import Column

TITLE = "珠海市东西部协作结对关系明细表"
HEADINGS = ("珠海市帮扶县（市、区）", "遵义市被帮扶县（市）", "国家乡村振兴重点帮扶县")


@dataclass
class Row:
    """One county with the pairing that helps it; `open` says whether this reader may open the pairing."""

    pairing: Pairing
    county: Organisation
    name: str
    short: str
    key: bool
    open: bool
    why_not: str = ""


@dataclass
class Block:
    """A district with its counties: one merged cell of the annex."""

    district: Organisation
    name: str
    rows: list[Row]


@dataclass
class Annex:
    """The table as at `day`."""

    day: date
    blocks: list[Block]
    city: Row | None
    districts: int = field(init=False)
    counties: int = field(init=False)
    keys: int = field(init=False)

    def __post_init__(self):
        rows = self.rows
        self.districts, self.counties = len(self.blocks), len(rows)
        self.keys = sum(row.key for row in rows)

    @property
    def rows(self) -> list[Row]:
        """All counties in the annex's order."""
        return [row for block in self.blocks for row in block.rows]

    @property
    def ending(self) -> list[str]:
        """«香洲区—正安县（2022年5月14日止）» for every row that ends within sixty days of the day."""
        return [
            f"{block.name}—{row.short}（{long_day(row.pairing.valid_to)}止）"
            for block in self.blocks
            for row in block.rows
            if row.pairing.state_on(self.day) == PairingState.ENDING
        ]

    @property
    def reasons(self) -> list[str]:
        """Why this reader may not open some of the pairings, each reason once."""
        rows = [*self.rows, *([self.city] if self.city else [])]
        return list(dict.fromkeys(row.why_not for row in rows if row.why_not))

    @property
    def counties_cell(self) -> str:
        """«8个县（市）» of the annex, counted as at the day."""
        return f"{self.counties}个县（市）"


def annex_on(day: date, user) -> Annex:
    """The table on `day` as `user` sees it: the rows are everybody's, opening a pairing is not."""
    found = Pairing.objects.filter(kind__in=(PairingKind.CITY, PairingKind.COUNTY)).on(day)
    pairings = list(found.with_parties().in_annex_order())
    keys = set(KeyCountyDesignation.objects.on(day).values_list("division", flat=True))
    may_open = set(Pairing.objects.visible_to(user).filter(pk__in=found.values("pk")).values_list("pk", flat=True))
    rows = [_row(pairing, day, keys, may_open, user) for pairing in pairings]
    counties = [row for row in rows if row.pairing.kind == PairingKind.COUNTY]
    blocks = [
        Block(district, district.name_on(day), list(group))
        for district, group in groupby(counties, key=lambda row: row.pairing.east)
    ]
    return Annex(day, blocks, next((row for row in rows if row.pairing.kind == PairingKind.CITY), None))


def _row(pairing, day, keys, may_open, user):
    allowed = pairing.pk in may_open
    return Row(
        pairing=pairing,
        county=pairing.west,
        name=pairing.west.full_name_on(day),
        short=pairing.west.name_on(day),
        key=pairing.west.division_id in keys,
        open=allowed,
        why_not="" if allowed else user.decide("pairing.view_pairing", pairing).reason,
    )


def sheet(annex: Annex) -> tuple[list[Column], list[tuple]]:
    """Columns and rows of the table for a file; the district is repeated in each row, so that it sorts and filters."""
    headings = [*HEADINGS, "编号", "起始日期", "截止日期", "依据文件"]
    kinds = ["text", "text", "text", "code", "date", "date", "text"]
    rows = [
        (
            block.name,
            row.name,
            "是" if row.key else "",
            row.pairing.number,
            row.pairing.valid_from,
            row.pairing.valid_to,
            row.pairing.basis,
        )
        for block in annex.blocks
        for row in block.rows
    ]
    both = f"{annex.districts} 个区（功能区）、{annex.counties} 个县（市）"
    total = ("合计", both, f"{annex.keys} 个", "", None, None, "")
    columns = [Column(heading, kind) for heading, kind in zip(headings, kinds, strict=True)]
    return columns, [*rows, total]
