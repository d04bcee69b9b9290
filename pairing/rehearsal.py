"""The rules that the database holds for pairings, foretold for a table of them: the preview of an import.

A pairing touches no other row but through these rules and `pairing.rules.Frame`, so the preview need not write it: ten
thousand rows are looked through in seconds. What is confirmed goes through the services and the database.
"""

from pairing.models import Pairing
from pairing.services import FIELD_OF
from zhuzun.dated import FAR, NoOverlap
from zhuzun.errors import DomainError

RULES = {constraint.name: constraint for constraint in Pairing._meta.constraints}
OVERLAPS = [constraint for constraint in RULES.values() if isinstance(constraint, NoOverlap)]
BROKEN = {
    "pairing_ends_after_start": lambda row: row.valid_to is not None and row.valid_to < row.valid_from,
    "pairing_two_parties": lambda row: row.east_id == row.west_id,
}


class Rehearsal:
    """All pairings by their parties and spans; `place` refuses what the database would refuse."""

    def __init__(self):
        self._spans = {}
        self._keys = {}
        for row in Pairing.objects.only("kind", "east", "west", "valid_from", "valid_to"):
            self._enter(row, row.pk)

    def place(self, row):
        """Take in a new row or the new values of one that stands; raises `DomainError` like the services."""
        for name, broken in BROKEN.items():
            if broken(row):
                raise _refusal(name)
        who = row.pk or object()
        for rule in OVERLAPS:
            for start, end, other in self._spans.get(_key(rule, row), ()):
                if other != who and start <= (row.valid_to or FAR) and row.valid_from <= end:
                    raise _refusal(rule.name)
        self._leave(who)
        self._enter(row, who)

    def _enter(self, row, who):
        self._keys[who] = keys = [key for rule in OVERLAPS if (key := _key(rule, row)) is not None]
        for key in keys:
            self._spans.setdefault(key, []).append((row.valid_from, row.valid_to or FAR, who))

    def _leave(self, who):
        for key in self._keys.pop(who, ()):
            self._spans[key] = [span for span in self._spans[key] if span[2] != who]


def _key(rule, row):
    """What must not overlap by a rule: its name and the values of its fields; nothing where it does not apply."""
    if any(getattr(row, name) != value for name, value in rule.condition.children):
        return None
    return (rule.name, *(getattr(row, Pairing._meta.get_field(name).attname) for name in rule.fields))


def _refusal(name):
    return DomainError(str(RULES[name].get_violation_error_message()), FIELD_OF.get(name))
