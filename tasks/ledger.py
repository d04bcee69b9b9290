"""The policy read as a ledger, as at a day: area → measures → who answers, in a constant number of queries."""

from dataclasses import dataclass, field, replace
from datetime import date

from tasks.kinds import Part
from tasks.marking import Piece, pieces
from tasks.models import Measure, Paragraph, PolicyDocument, Responsibility, TaskArea
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import GroupMembership, Organisation


@dataclass(frozen=True)
class Party:
    """A body or a group that answers for something, under its name of the day; a group with its members of the day."""

    row: Responsibility
    name: str
    members: tuple[tuple[int, str], ...] = ()
    unlisted: bool = False  # set by the bureau, though the policy's list does not name it

    @property
    def written_as(self) -> str:
        """The policy's own spelling where it is another one (市工业和信息局, ¶9; 横琴新区)."""
        return self.row.written_as if self.row.written_as != self.name else ""

    @property
    def bodies(self) -> set[int]:
        """Keys of the bodies that answer by this entry."""
        return {key for key, _ in self.members} if self.row.group_id else {self.row.organisation_id}


@dataclass
class Line:
    """A measure, with what the bureau has set for it (牵头, 配合)."""

    measure: Measure
    leads: list[Party] = field(default_factory=list)
    assists: list[Party] = field(default_factory=list)

    def add(self, party: Party):
        """Put a setting of the bureau where it belongs."""
        (self.leads if party.row.part == Part.LEAD else self.assists).append(party)

    @property
    def settings(self) -> list[Party]:
        """Both, 牵头 first."""
        return self.leads + self.assists


@dataclass
class Entry:
    """One task area: its paragraph, the policy's list of responsible units, its measures."""

    area: TaskArea
    paragraph: Paragraph
    parties: list[Party] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def pieces(self) -> list[Piece]:
        """The paragraph, verbatim, cut at the measures' spans."""
        return pieces(self.paragraph.text, [line.measure for line in self.lines])

    @property
    def bodies(self) -> set[int]:
        """Keys of all bodies that answer for the area, groups expanded."""
        return set().union(*(party.bodies for party in self.parties)) if self.parties else set()


@dataclass
class Ledger:
    """A policy document as at a day."""

    document: PolicyDocument
    day: date
    paragraphs: list[Paragraph]
    entries: list[Entry]

    @property
    def before(self) -> list[Paragraph]:
        """The paragraphs before the first area (¶1–6)."""
        first = min((entry.paragraph.number for entry in self.entries), default=10_000)
        return [row for row in self.paragraphs if row.number < first]

    @property
    def after(self) -> list[Paragraph]:
        """The other paragraphs that are no area (¶14–16), each with its duties."""
        areas = {entry.paragraph.pk for entry in self.entries}
        before = {row.pk for row in self.before}
        return [row for row in self.paragraphs if row.pk not in areas | before]

    @property
    def measure_count(self) -> int:
        """How many measures the document holds."""
        return sum(len(entry.lines) for entry in self.entries)


def read(document: PolicyDocument, day: date) -> Ledger:
    """The whole document: paragraphs, areas, measures and who answers for them on `day`."""
    paragraphs = list(document.paragraphs.select_related("area").order_by("number"))
    lines = [Line(measure) for measure in Measure.objects.of(document)]
    parties = responsible(Responsibility.objects.filter(paragraph__document=document), day)
    entries = [_entry(row, lines, parties) for row in paragraphs if hasattr(row, "area")]
    return Ledger(document, day, paragraphs, entries)


def responsible(rows, day: date) -> list[Party]:
    """`rows` of responsibility as at a day, named and expanded, in their order."""
    found = list(rows.on(day).with_names().order_by("paragraph__number", "measure__position", "position", "pk"))
    members = members_on({row.group_id for row in found if row.group_id}, day)
    return [_party(row, members, day) for row in found]


def members_on(groups, day: date) -> dict[int, tuple[tuple[int, str], ...]]:
    """The members of each group on `day` as (key, name of the day), in the annex's order."""
    if not groups:
        return {}
    rows = GroupMembership.objects.on(day).filter(group__in=groups).order_by("organisation__position")
    found: dict[int, tuple] = {}
    for row in rows.select_related("organisation").prefetch_related("organisation__names"):
        found[row.group_id] = (*found.get(row.group_id, ()), (row.organisation_id, row.organisation.name_on(day)))
    return found


def answering_bodies(body: Organisation) -> list[Organisation]:
    """For whose duties somebody at `body` works: its own, its district's, for a 县小组 the working group's."""
    above = [body.anchor(kind) for kind in (OrganisationKind.DISTRICT, OrganisationKind.WORKING_GROUP)]
    return list(dict.fromkeys([body, *(one for one in above if one)]))


def _party(row, members, day):
    if row.group_id:
        return Party(row, row.group.name, members.get(row.group_id, ()))
    return Party(row, row.organisation.name_on(day))


def _entry(paragraph, lines, parties):
    entry = Entry(paragraph.area, paragraph)
    entry.lines = [line for line in lines if line.measure.paragraph_id == paragraph.pk]
    here = [party for party in parties if party.row.paragraph_id == paragraph.pk]
    entry.parties = [party for party in here if party.row.measure_id is None]
    by_measure = {line.measure.pk: line for line in entry.lines}
    for party in here:
        if line := by_measure.get(party.row.measure_id):
            line.add(replace(party, unlisted=not party.bodies <= entry.bodies))
    return entry
