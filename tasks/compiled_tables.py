"""汇总表: what was reported, by area, by county or by district, in the annex's order and never ranked.

The figures come from `tasks.compiled`, computed ones from `tasks.formulas`. A cell without a counted figure says why
(缺报, 待核, 不适用); beside each row stands what is missing, disputed or unchecked.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from pairing.models import Pairing
from tasks import compiled, formulas, targets
from tasks.compiled import Sum
from tasks.kinds import Source
from tasks.models import Indicator
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import KeyCountyDesignation, Organisation
from zhuzun.ui import formats

BY = {"area": "按任务领域", "county": "分县（市）", "district": "分区（功能区）"}
MEASURES = {"value": "本年累计（期末）数", "span_value": "本期数"}
AIM = "aim"  # 本年累计 against the year's target and its course, in a table by county or district
LOOKS = {**MEASURES, AIM: "对照年度目标"}
TOTAL, OTHERS = "total", "others"
CITY_LABEL = "市级（不分县）"
UNITS_LABEL = "市直单位、工作组"
NO_AREA = "综合"


@dataclass
class Column:
    """A county, a district, the city's own row, municipal units, or the total."""

    key: object
    label: str
    counties: int = 0  # how many it stands for; a county's own column has no figure per county
    total: bool = False

    @property
    def sums(self) -> object:
        """Under which key its sums stand."""
        return TOTAL if self.total else self.key


@dataclass
class Cell:
    """One figure of the table, as drawn."""

    sum: Sum
    decimals: int
    computed: bool = False

    @property
    def value(self) -> Decimal | None:
        """The figure; nothing where none counts."""
        return self.sum.value

    @property
    def text(self) -> str:
        """The figure, or why there is none."""
        if self.sum.value is not None:
            return formats.thousands(self.sum.value, self.decimals)
        if self.sum.missing:
            return "缺报"
        if self.sum.disputed:
            return "待核"
        return "不适用" if self.sum.not_applicable else formats.NOTHING

    @property
    def words(self) -> str:
        """缺报, 待核 and 未核对; with amounts where they are of the figure's own unit."""
        return self.sum.words(self.decimals, amounts=not self.computed)

    @property
    def partial(self) -> str:
        """What stands beside a figure that is not whole; a single cell is the whole amount itself."""
        if self.sum.value is None:
            return ""
        return "未核对" if self.sum.cells == self.sum.unchecked == 1 else self.words


@dataclass
class Row:
    """An indicator with its cells; the last cell is the total."""

    indicator: Indicator
    name: str
    unit: str
    decimals: int
    computed: bool
    cells: list[Cell]
    span: Cell | None = None  # what the period added, where the table shows both
    standings: list[targets.Standing | None] = field(default_factory=list)  # one for each cell; none where unasked

    @property
    def aim(self) -> list[str]:
        """How the total stands to its target and course, as drawn."""
        return self._words(self.standings[-1] if self.standings else None)

    @property
    def course(self) -> str:
        """How the year's target is to be reached; a set of targets has one course for all its places."""
        return next((one.aim.course_label for one in reversed(self.standings) if one), "")

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """(what, a word for each column): the figures, and below them how each stands to its target and course."""
        words = [self._words(one) for one in self.standings]
        below = [(head, [row[place] for row in words]) for place, head in enumerate(targets.HEADS)]
        return [("完成数", [cell.text for cell in self.cells]), *below]

    def _words(self, standing) -> list[str]:
        return standing.words(self.decimals) if standing else [formats.NOTHING] * len(targets.HEADS)

    @property
    def total(self) -> Cell:
        """The row's sum."""
        return self.cells[-1]

    @property
    def remark(self) -> str:
        """缺报, 待核 and 未核对 of the whole row."""
        return self.total.words


@dataclass
class Group:
    """The indicators of one task area."""

    title: str
    rows: list[Row] = field(default_factory=list)


@dataclass
class Table:
    """A compiled table: what it says of itself, its columns, and its rows by area."""

    by: str
    measure: str
    columns: list[Column]
    groups: list[Group]
    with_targets: bool = False
    look: str = "value"  # of LOOKS

    @property
    def title(self) -> str:
        """分县（市）…."""
        return BY[self.by]

    @property
    def look_label(self) -> str:
        """本年累计（期末）数…; the table by area shows both."""
        return LOOKS[self.look] if self.by != "area" else "、".join(reversed(MEASURES.values()))

    @property
    def rows(self) -> list[Row]:
        """All rows, in the groups' order."""
        return [row for group in self.groups for row in group.rows]


def build(period, figures, *, by="area", look="value", whose=None) -> Table:
    """The table: a constant number of queries, however many counties there are.

    `whose` is the place whose target the totals are held against (the city for whoever sees everything).
    """
    measure = look if look in MEASURES else "value"
    places = _Places(period, figures)
    columns = [*places.columns(by), Column(whose.pk if whose else TOTAL, "合计", places.counties, total=True)]
    reckoned = {name: _Reckoner(period, figures, places, by, name) for name in {measure, "span_value"}}
    aims = targets.in_force(period.year) if look == AIM or by == "area" else {}
    groups: dict[str, Group] = {}
    for indicator in reckoned[measure].indicators:
        row = _row(indicator, columns, reckoned[measure])
        if row is None:
            continue
        _hold_against(row, columns, aims, period)
        if look == AIM and not any(row.standings):
            continue
        if by == "area" and not _is_rate(indicator):
            row.span = reckoned["span_value"].cell(indicator, columns[-1])
        title = indicator.area.name if indicator.area_id else NO_AREA
        groups.setdefault(title, Group(title)).rows.append(row)
    order = sorted(groups.values(), key=lambda group: reckoned[measure].area_place(group.title))
    with_targets = any(row.standings[-1] for group in order for row in group.rows) if by == "area" else False
    return Table(by, measure, columns, order, with_targets, look)


def _hold_against(row, columns, aims, period):
    """Each cell against the target of its place."""
    for cell, column in zip(row.cells, columns, strict=True):
        aim = aims.get((row.indicator.pk, column.key))
        row.standings.append(targets.Standing(aim, cell.value, period.last) if aim else None)


def _is_rate(indicator) -> bool:
    """Whether it is a share or a difference of shares: such a one stands at an end, and has no figure of its span."""
    return indicator.source == Source.COMPUTED and formulas.is_rate(indicator.formula)


def _row(indicator, columns, reckoner) -> Row | None:
    cells = [reckoner.cell(indicator, column) for column in columns]
    computed = indicator.source == Source.COMPUTED
    if computed and all(cell is None or cell.value is None for cell in cells):
        return None
    name, unit, decimals = reckoner.words(indicator)
    blank = Cell(Sum(), decimals)
    return Row(indicator, name, unit, decimals, computed, [cell or blank for cell in cells])


class _Places:
    """The counties and districts of a period: who helps whom, and which counties are 重点帮扶县, as at its end."""

    def __init__(self, period, figures):
        self.day = period.end
        keys = {one.place.pk for one in figures} | {one.district.pk for one in figures if one.district}
        pairs = Pairing.objects.county_level().on(self.day).values_list("west_id", "east_id")
        self.district_of = dict(pairs)
        bodies = Organisation.objects.filter(pk__in=keys).order_by("position", "pk").prefetch_related("names")
        self.bodies = list(bodies.select_related("division"))
        divisions = KeyCountyDesignation.objects.on(self.day).values_list("division_id", flat=True)
        wanted = set(divisions)
        self.key = {body.pk for body in self.bodies if body.division_id in wanted and is_county(body)}
        self.with_units = any(one.district is None for one in figures)
        self.with_city = any(not is_county(one.place) for one in figures)

    @property
    def counties(self) -> int:
        """How many counties have figures."""
        return sum(is_county(body) for body in self.bodies)

    def columns(self, by) -> list[Column]:
        """In the annex's order; the city's own figures and those of municipal units stand last."""
        if by == "county":
            found = [Column(body.pk, body.name_on(self.day)) for body in self.bodies if is_county(body)]
            return [*found, *([Column(OTHERS, CITY_LABEL)] if self.with_city else [])]
        if by == "district":
            rows = [body for body in self.bodies if body.kind == OrganisationKind.DISTRICT]
            found = [Column(body.pk, body.name_on(self.day), self._helped_by(body)) for body in rows]
            return [*found, *([Column(OTHERS, UNITS_LABEL)] if self.with_units else [])]
        return []

    def _helped_by(self, district) -> int:
        return sum(self.district_of.get(body.pk) == district.pk for body in self.bodies if is_county(body))

    @staticmethod
    def key_of(by):
        """Which column a figure belongs to."""
        if by == "county":
            return lambda one: one.place.pk if is_county(one.place) else OTHERS
        if by == "district":
            return lambda one: one.district.pk if one.district else OTHERS
        return lambda one: TOTAL


class _Reckoner:
    """Every sum of the table by indicator and column, and what is computed from them."""

    def __init__(self, period, figures, places, by, measure):
        self.measure, self.months = measure, period.last
        self.items = {one.indicator.pk: one.item for one in figures}
        column_of = places.key_of(by)
        key = [one for one in figures if one.place.pk in places.key]
        self.sums = compiled.sums(figures, column_of, measure) | compiled.sums(figures, lambda one: TOTAL, measure)
        self.key_sums = compiled.sums(key, column_of, measure) | compiled.sums(key, lambda one: TOTAL, measure)
        self.key, self.placed = places.key, _by_place(figures, column_of, measure)
        self.county_keys = {body.pk for body in places.bodies if is_county(body)}
        computed = Indicator.objects.filter(source=Source.COMPUTED, active=True).exclude(formula="")
        computed = list(computed.select_related("area__paragraph"))
        asked = list(Indicator.objects.filter(pk__in=self.items).select_related("area__paragraph"))
        self.formulas = {one.code: one.formula for one in computed}
        self.by_code = {one.code: one for one in [*computed, *asked]}
        wanted = [one for one in computed if measure == "value" or not formulas.is_rate(one.formula)]
        self.indicators = sorted([*asked, *wanted], key=lambda one: (one.position, one.code))

    def area_place(self, title) -> tuple:
        """The areas in the policy's order; what belongs to none comes first."""
        found = [one.area.position for one in self.indicators if one.area_id and one.area.name == title]
        return (bool(found), min(found, default=0))

    def words(self, indicator) -> tuple[str, str, int]:
        """Name, unit and decimals as they stood when the period opened."""
        source = self.items.get(indicator.pk, indicator)
        return source.name, source.unit, source.decimals

    def cell(self, indicator, column) -> Cell | None:
        """The figure of an indicator in a column."""
        decimals = self.words(indicator)[2]
        if indicator.code not in self.formulas:
            found = self.sums.get((indicator.pk, column.sums))
            return Cell(found, decimals) if found else None
        parts = self._parts(indicator.code)
        ground = self._ground_of_rate(parts, column) if _is_rate(indicator) else self._ground(column)
        shown = Sum(formulas.compute(indicator.code, decimals, ground))
        for code in parts:  # only numbers of cells: amounts of unlike parts are not added up
            shown.join(self.sums.get((self.by_code[code].pk, column.sums), Sum()))
        return Cell(shown, decimals, computed=True)

    def _ground(self, column) -> formulas.Ground:
        return formulas.Ground(
            total=lambda code: self._value(self.sums, code, column),
            of_key_counties=lambda code: self._value(self.key_sums, code, column),
            counties=column.counties,
            months=self.months,
            formulas=self.formulas,
        )

    def _ground_of_rate(self, parts, column) -> formulas.Ground:
        """Over the places that say every part: where one is 缺报 or 待核 the others would be held against a zero."""
        said = [self.placed.get((self.by_code[code].pk, column.sums), {}) for code in parts]
        common = set.intersection(*map(set, said)) if said else set()

        def over(places):
            def total(code):
                indicator = self.by_code.get(code)
                found = self.placed.get((indicator.pk, column.sums), {}) if indicator else {}
                values = [found[place] for place in places if place in found]
                return sum(values) if values else None

            return total

        counties = len(common & self.county_keys) if column.counties else 0
        return formulas.Ground(over(common), over(common & self.key), counties, self.months, self.formulas)

    def _value(self, sums, code, column):
        indicator = self.by_code.get(code)
        found = sums.get((indicator.pk, column.sums)) if indicator else None
        return found.value if found else None

    def _parts(self, code) -> set[str]:
        """The reported figures from which one is computed, through computed ones in between."""
        named = {one for one in self.by_code if one != code and formulas.names(self.formulas[code], one)}
        below = [self._parts(one) if one in self.formulas else {one} for one in named]
        return set().union(*below)


def _by_place(figures, column_of, measure) -> dict:
    """By indicator and column: what each place says that counts."""
    found: dict = {}
    for one in figures:
        number = getattr(one, measure)
        if not one.counted or number is None:
            continue
        for column in {column_of(one), TOTAL}:
            of_places = found.setdefault((one.indicator.pk, column), {})
            of_places[one.place.pk] = of_places.get(one.place.pk, 0) + number
    return found


def is_county(body) -> bool:
    return body.kind == OrganisationKind.COUNTY
