"""The figures of a period as totals use them: live while it is open, frozen (定稿数) once it is closed.

Only the owner's cells enter, and `tasks.totals` says which of them count. What does not count stands beside every sum:
缺报 (nothing came) is not zero, 待核 (disputed) and 未核对 (silence) carry how many cells and how much.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from tasks import series, totals
from tasks.kinds import CellState, CheckState
from tasks.models import Entry, PeriodSnapshot, SnapshotFigure
from zhuzun.ui import formats

SAID = series.SAID
IDENTITY = ("entry", "report", "item", "indicator", "channel", "place", "filer", "district")
LOADED = ("indicator__area", "place", "section__report__filer", "section__report__district")


@dataclass(frozen=True)
class Figure:
    """One cell as it enters a total."""

    entry: int
    report: int
    item: object  # FormItem: name, unit, decimals, mode
    indicator: object
    channel: str
    place: object
    filer: object
    district: object  # the district it counts for; nothing for municipal units
    state: str
    value: Decimal | None  # cumulative, or at the end of the period
    span_value: Decimal | None
    check_state: str
    counted: bool
    lacking: tuple[str, ...] = ()  # months without a figure, where this one is derived from months


def live(period, entries=None) -> list[Figure]:
    """The figures of an open period among `entries` (all of them by default): a constant number of queries."""
    rows = Entry.objects.all() if entries is None else entries
    rows = rows.filter(period=period, section__report__excused=False)
    rows = list(rows.select_related(*LOADED, "item", "check_line").order_by("item__position", "pk"))
    for row in rows:
        row.period = period
    earlier = series.before(period, rows)
    return [_live(row, earlier[series.key_of(row)]) for row in rows]


def _live(row, earlier) -> Figure:
    cell = totals.cell_of(row)
    return _figure(
        row,
        row.item,
        state=cell.state,
        value=series.cumulative(row.item.mode, cell.value, earlier, row.period),
        span_value=series.span_value(row.item.mode, cell.value, earlier, row.period),
        check_state=cell.check,
        counted=cell.counted,
    )


def latest_snapshot(period) -> PeriodSnapshot | None:
    """The frozen version in force."""
    return period.snapshots.select_related("approved_by").order_by("-version").first()


def frozen(snapshot, figures=None) -> list[Figure]:
    """The figures of one frozen version among `figures` (all by default)."""
    rows = SnapshotFigure.objects.all() if figures is None else figures
    loaded = (f"entry__{name}" for name in ("item", *LOADED[2:]))
    rows = rows.filter(snapshot=snapshot).select_related(*LOADED[:2], *loaded)
    found = rows.order_by("entry__item__position", "entry_id")
    facts = ("state", "value", "span_value", "check_state", "counted")
    return [_figure(row.entry, row.entry.item, row, **{name: getattr(row, name) for name in facts}) for row in found]


def _figure(entry, item, row=None, **facts) -> Figure:
    row, report = row or entry, entry.section.report
    return Figure(
        entry=entry.pk,
        report=report.pk,
        item=item,
        indicator=row.indicator,
        channel=row.channel,
        place=row.place,
        filer=report.filer,
        district=report.district,
        **facts,
    )


def visible(period, user) -> tuple[list[Figure], PeriodSnapshot | None]:
    """What `user` may see of a period's figures, and the frozen version they are from (nothing while it is open)."""
    snapshot = latest_snapshot(period) if period.closed else None
    if snapshot is None:
        return live(period, Entry.objects.visible_to(user)), None
    return frozen(snapshot, SnapshotFigure.objects.visible_to(user)), snapshot


# --- sums ------------------------------------------------------------------------------------------------------------
@dataclass
class Sum:
    """A total with what stands beside it."""

    value: Decimal | None = None  # nothing where no cell counts: 缺报 is not zero
    cells: int = 0
    missing: int = 0
    not_applicable: int = 0
    disputed: int = 0
    disputed_amount: Decimal = field(default_factory=Decimal)
    unchecked: int = 0
    unchecked_amount: Decimal = field(default_factory=Decimal)
    lacking: list[str] = field(default_factory=list)

    def add(self, figure: Figure, measure: str = "value"):
        """One more cell."""
        number = getattr(figure, measure)
        self.cells += 1
        self.missing += figure.state == CellState.MISSING
        self.not_applicable += figure.state == CellState.NOT_APPLICABLE
        self.lacking += [month for month in figure.lacking if month not in self.lacking]
        if figure.check_state == CheckState.DISPUTED:
            self.disputed += 1
            self.disputed_amount += number or 0
        if figure.counted and figure.check_state == CheckState.UNCHECKED:
            self.unchecked += 1
            self.unchecked_amount += number or 0
        if figure.counted and number is not None:
            self.value = number if self.value is None else self.value + number

    def join(self, other: "Sum"):
        """The marks of a part, for a figure that is computed from parts."""
        for name in ("cells", "missing", "not_applicable", "disputed", "unchecked"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.lacking += [month for month in other.lacking if month not in self.lacking]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing, disputed or unchecked."""
        return not (self.missing or self.disputed or self.unchecked)

    def words(self, decimals: int = 0, *, amounts: bool = True) -> str:
        """待核 1 项（12）、未核对 3 项（30）、缺报 2 项; as `totals.Tally.marks`."""
        found = []
        for word, number, amount in (
            ("待核", self.disputed, self.disputed_amount),
            ("未核对", self.unchecked, self.unchecked_amount),
        ):
            if number:
                shown = f"（{formats.thousands(amount, decimals)}）" if amounts else ""
                found.append(f"{word} {number} 项{shown}")
        found += [f"缺报 {self.missing} 项"] if self.missing else []
        months = sorted(self.lacking, key=lambda month: int(month.removesuffix("月")))
        return "、".join([*found, *([f"缺 {'、'.join(months)} 数据"] if months else [])])


def sums(figures, key, measure: str = "value") -> dict:
    """By indicator and `key(figure)`: the channels of a figure are summed."""
    found: dict = {}
    for figure in figures:
        found.setdefault((figure.indicator.pk, key(figure)), Sum()).add(figure, measure)
    return found


def overview(figures) -> Sum:
    """How many cells there are, and how many are missing, disputed or unchecked; amounts mean nothing here."""
    found = Sum()
    for figure in figures:
        found.add(figure)
    return found
