"""Tells, after a change of the calendar, which open due days would move: nothing moves by itself, the bureau decides.

The rooms above, which know what is due, register a receiver in their `apps.py: ready()`.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from zhuzun.periods.calendar import WorkCalendar


class Move(NamedTuple):
    """An open due day as it stands, what the changed calendar would make of it, and the page where to decide."""

    label: str
    old: date
    new: date
    url: str


Receiver = Callable[[WorkCalendar, WorkCalendar], Iterable[tuple[str, date, date, str]]]
_receivers: list[Receiver] = []


def register(receiver: Receiver):
    """`receiver(before, after)` gives (label, old, new, address) for each open due day that would move."""
    if receiver not in _receivers:
        _receivers.append(receiver)


def moves(before: WorkCalendar, after: WorkCalendar) -> list[Move]:
    """What all receivers say, earliest first; nothing where not one working day changed."""
    if before == after:
        return []
    found = [Move(*one) for receiver in _receivers for one in receiver(before, after)]
    return sorted(found, key=lambda move: (move.old, move.label))
