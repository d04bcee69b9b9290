"""The history of a pairing as sentences with the document that made each change: made, renamed, ended, replaced.

What happened in the world comes from the dates of the pairing, of its neighbours and of both sides' names; who typed
what, when and why stands in the trail beside it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from pairing.kinds import PairingKind
from pairing.models import Pairing
from zhuzun.ui.formats import long_day


@dataclass(frozen=True)
class Line:
    """One sentence: what happened from `day` on, and the document that says so."""

    day: date
    text: str
    basis: str = ""
    address: str = ""
    number: str = ""


def story_of(pairing: Pairing) -> list[Line]:
    """The sentences of one pairing, oldest first."""
    lines = [*_before(pairing), _beginning(pairing), *_renamings(pairing), *_end(pairing)]
    return sorted(lines, key=lambda line: line.day)


def _pair(pairing, day):
    west = pairing.west.full_name_on(day) if pairing.above else pairing.west.name_on(day)
    return f"{pairing.east.name_on(day)}与{west}"


def _beginning(pairing):
    start = pairing.valid_from
    if pairing.kind == PairingKind.COUNTY:
        east, west = pairing.east.name_on(start), pairing.west.full_name_on(start)
        return Line(start, f"{east}结对帮扶{west}", pairing.basis)
    what = "结对关系" if pairing.kind == PairingKind.CITY else pairing.get_kind_display()
    return Line(start, f"{_pair(pairing, start)}建立{what}", pairing.basis)


def _before(pairing):
    """The pairing that this one takes the place of, and for a county the district that helped it before."""
    for former in pairing.predecessors.all():
        text = f"接续 {_pair(former, former.valid_from)}的结对（自{long_day(former.valid_from)}起）"
        yield Line(pairing.valid_from, text, former.end_basis, former.get_absolute_url(), former.number)


def _renamings(pairing):
    """A new name of either side while the pairing ran: the same body, so the pairing runs on unbroken."""
    last = pairing.valid_to or date.max
    for body in (pairing.east, pairing.west):
        for name in body.names.all():
            if pairing.valid_from < name.valid_from <= last:
                former = body.name_on(name.valid_from - timedelta(days=1))
                yield Line(name.valid_from, f"{former}更名为{name.short}，结对关系不变", name.basis)


def _end(pairing):
    """The last day, why, and what took the pairing's place."""
    if pairing.valid_to is None:
        return
    why = f"，原因：{pairing.end_reason}" if pairing.end_reason else ""
    word = "终止" if pairing.end_reason or pairing.end_basis else "约定期满"
    yield Line(pairing.valid_to, f"结对{word}（最后一天）{why}", pairing.end_basis)
    if pairing.successor:
        follower = pairing.successor
        text = f"由{_pair(follower, follower.valid_from)}的结对接续"
        yield Line(follower.valid_from, text, follower.basis, follower.get_absolute_url(), follower.number)
