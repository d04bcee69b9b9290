"""The matrix 任务领域 × 责任单位: who answers for which area, groups expanded or not, as at a day."""

from dataclasses import dataclass, field

from tasks.ledger import Entry, Ledger


@dataclass
class Cell:
    """One body in one area: whether the policy lists it, and in how many measures the bureau set it 牵头 or 配合."""

    listed: bool = False
    leads: int = 0
    assists: int = 0

    @property
    def settings(self) -> str:
        """牵头2 配合1; empty where the bureau set nothing."""
        counts = (("牵头", self.leads), ("配合", self.assists))
        return " ".join(f"{word}{count}" for word, count in counts if count)

    @property
    def words(self) -> str:
        """The cell as text, for files and for those who do not see the mark."""
        return "；".join(part for part in ("责任单位" if self.listed else "", self.settings) if part)


@dataclass
class Row:
    """One responsible party with its cells by the area's key; `member_of` names the group it was expanded from."""

    name: str
    member_of: str = ""
    cells: dict[int, Cell] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """For how many areas the policy lists it."""
        return sum(cell.listed for cell in self.cells.values())


def build(ledger: Ledger, *, expand: bool) -> list[Row]:
    """Rows in the order in which the policy first names them; `expand` puts a group's members in its place."""
    rows: dict[tuple, Row] = {}
    for entry in ledger.entries:
        for party in entry.parties:
            for key, name, group in _ends(party, expand):
                _cell(rows, key, name, group, entry).listed = True
    for entry in ledger.entries:
        for line in entry.lines:
            _count(rows, entry, line.leads, "leads", expand)
            _count(rows, entry, line.assists, "assists", expand)
    return list(rows.values())


def counts(rows: list[Row], ledger: Ledger) -> dict[int, int]:
    """How many of the rows the policy lists for each area."""
    return {
        entry.area.pk: sum(row.cells[entry.area.pk].listed for row in rows if entry.area.pk in row.cells)
        for entry in ledger.entries
    }


def _ends(party, expand):
    """The rows that an entry of a bracket fills, as (key, name, group's name)."""
    if party.row.group_id and expand:
        return [(("body", key), name, party.name) for key, name in party.members]
    if party.row.group_id:
        return [(("group", party.row.group_id), party.name, "")]
    return [(("body", party.row.organisation_id), party.name, "")]


def _count(rows, entry, parties, word, expand):
    """What the bureau set for a member of a group stands in the group's row while that is not expanded."""
    for party in parties:
        for key, name, group in _shown(rows, entry, party, expand):
            cell = _cell(rows, key, name, group, entry)
            setattr(cell, word, getattr(cell, word) + 1)


def _shown(rows, entry, party, expand):
    ends = _ends(party, expand)
    if expand or party.row.group_id or ends[0][0] in rows:
        return ends
    for listed in entry.parties:
        if listed.row.group_id and party.bodies <= listed.bodies:
            return _ends(listed, expand)
    return ends


def _cell(rows, key, name, group, entry: Entry) -> Cell:
    row = rows.setdefault(key, Row(name, group))
    return row.cells.setdefault(entry.area.pk, Cell())
