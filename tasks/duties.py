"""我单位的职责: what one body answers for, directly or through a group, and the standing duties meant for it."""

from dataclasses import dataclass

from tasks.ledger import Entry, Ledger, Line, Party
from tasks.models import Duty
from tasks.parsing import DIVIDERS
from zhuzun.organisations.kinds import MUNICIPAL_KINDS, OrganisationKind
from zhuzun.organisations.models import GroupMembership, Organisation, OrganisationGroup

# How the policy calls the bearers of its standing duties (¶14–16 and the covering notice), by the kind of body.
EVERY_ADDRESSEE = {"各主送单位"}
WORDS = {
    OrganisationKind.BUREAU: {"市", "两市", "两地", "部门", "市直单位"},
    OrganisationKind.WORKING_GROUP: {"前方工作机构"},
    OrganisationKind.DISTRICT: {"各区", "区", "区县（市）", "两地"},
    OrganisationKind.COUNTY: {"区县（市）", "两地", "遵义市及县（市）有关部门"},
    OrganisationKind.CITY: {"两市", "两地", "遵义市及县（市）有关部门"},
    OrganisationKind.COUNTY_DEPARTMENT: {"区县（市）", "部门", "遵义市及县（市）有关部门"},
    OrganisationKind.CITY_DEPARTMENT: {"两市", "部门", "遵义市及县（市）有关部门"},
}
MUNICIPAL = {"市直单位", "部门"}
ADDRESSED = (*MUNICIPAL_KINDS, OrganisationKind.DISTRICT, OrganisationKind.WORKING_GROUP)


@dataclass
class Share:
    """An area for which the body answers: through what, and what the bureau has set it for, by measure."""

    entry: Entry
    through: list[str]
    lines: list[tuple[Line, str]]

    @property
    def set_lines(self) -> list[tuple[Line, str]]:
        """The measures for which the bureau named the body 牵头 or 配合."""
        return [(line, word) for line, word in self.lines if word]


def shares(ledger: Ledger, bodies) -> list[Share]:
    """The areas for which any of `bodies` answers, by the policy's list or by the bureau's setting."""
    keys = {body.pk for body in bodies}
    found = []
    for entry in ledger.entries:
        through = [_way(party) for party in entry.parties if party.bodies & keys]
        lines = [(line, _part(line, keys)) for line in entry.lines]
        if through or any(word for _, word in lines):
            found.append(Share(entry, through, lines))
    return found


def duties_of(documents, bodies, day) -> tuple[list[Duty], list[Duty]]:
    """The documents' standing duties, in their order: those meant on `day` for one of `bodies`, and the others."""
    groups = GroupMembership.objects.on(day).filter(organisation__in=bodies).values_list("group__name", flat=True)
    words = set(groups).union(*(_words(body) for body in bodies))
    mine, others = [], []
    rows = Duty.objects.filter(document__in=documents).select_related("document", "paragraph")
    for duty in rows.order_by("document__term_from", "document", "position"):
        (mine if words & set(_bearers(duty.actor)) else others).append(duty)
    return mine, others


def unknown(duties, day) -> list[str]:
    """The bearers named in `duties` that mean no body, no group and no kind of body on `day`, each once."""
    words = EVERY_ADDRESSEE.union(*WORDS.values()) | set(OrganisationGroup.objects.values_list("name", flat=True))
    named = dict.fromkeys(word for duty in duties for word in _bearers(duty.actor))
    return [word for word in named if word not in words and not Organisation.objects.called(word, day).exists()]


def _bearers(actor: str) -> list[str]:
    return [name for word in DIVIDERS.split(actor) if (name := word.strip().removesuffix("等"))]


def _words(body) -> set[str]:
    names = {row.short for row in body.names.all()} | {row.full for row in body.names.all()}
    words = names | {row.name for row in body.aliases.all()} | WORDS.get(body.kind, set())
    if body.kind in MUNICIPAL_KINDS:
        words |= MUNICIPAL
    return words | EVERY_ADDRESSEE if body.kind in ADDRESSED else words


def _way(party: Party) -> str:
    return f"通过“{party.name}”" if party.row.group_id else "文件直接列名"


def _part(line: Line, keys) -> str:
    if any(party.bodies & keys for party in line.leads):
        return "牵头"
    return "配合" if any(party.bodies & keys for party in line.assists) else ""
