"""What changed between two texts, line by line and, within a line that was changed, word by word. Pure.

for line in compared(old, new):     # line.mark: same, gone, come, changed
    for mark, words in line.pieces: # mark: same, gone, come
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

CELLS = " ｜ "  # between the cells of a table's row
ALIKE = 0.4  # from here on a line is the old one changed, not another
AHEAD = 8  # so many lines on, at most, what became of a line is looked for
MOST_WORK = 1_000_000  # what the middle of two lines may cost; longer ones are marked as one change
MOST_LINES = 4_000_000  # the same for two texts; longer ones are compared without the lines that come again and again
_WORDS = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?|[A-Za-z]+|.", re.DOTALL)

Piece = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """A line of the comparison, in reading order."""

    mark: str
    pieces: tuple[Piece, ...]


def compared(old: list[str], new: list[str]) -> list[Line]:
    """The lines of both, each with what became of it."""
    found = []
    quick = len(old) * len(new) > MOST_LINES
    for word, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=quick).get_opcodes():
        if word == "equal":
            found += [_whole("same", line) for line in new[c:d]]
        else:
            found += _paired(old[a:b], new[c:d])
    return found


def _paired(old, new) -> list[Line]:
    """Lines in place of others: what is alike stands as one line with its changes, the rest as gone and come."""
    found, rest = [], [(line, _traits(line)) for line in old]
    for line in new:
        traits = _traits(line)
        place = next((at for at, (_, theirs) in enumerate(rest[:AHEAD]) if _alike(theirs, traits)), None)
        if place is None:
            found.append((line, None))
            continue
        found += [(None, one) for one, _ in rest[:place]] + [(line, rest[place][0])]
        rest = rest[place + 1 :]
    found += [(None, one) for one, _ in rest]
    return _gone_first([_line(here, before) for here, before in found])


def _line(here, before) -> Line:
    if here is None:
        return _whole("gone", before)
    return _whole("come", here) if before is None else Line("changed", _pieces(_words(before), _words(here)))


def _gone_first(lines) -> list[Line]:
    """Of neighbours that have nothing in common the old ones stand first."""
    found, come = [], []
    for line in lines:
        if line.mark == "come":
            come.append(line)
            continue
        if line.mark != "gone":
            found, come = found + come, []
        found.append(line)
    return found + come


def _whole(mark, line) -> Line:
    return Line(mark, ((mark, line.replace("\t", CELLS)),))


def _words(line) -> list[str]:
    return _WORDS.findall(line)


def _traits(line) -> set:
    """The words of a line, and which stand beside which."""
    words = _words(line)
    return {*words, *pairwise(words)}


def _alike(old, new) -> bool:
    return 2 * len(old & new) >= ALIKE * (len(old) + len(new))


def _pieces(old, new) -> tuple[Piece, ...]:
    """What stayed, went and came, between the words that both begin and end with."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    steps = _steps(old[start : len(old) - end], new[start : len(new) - end])
    steps = [(True, [], new[:start]), *steps, (True, [], new[len(new) - end :])]
    pieces = []
    for same, before, here in steps:
        pieces += [("same", here)] if same else [("gone", before), ("come", here)]
    return tuple((mark, "".join(words).replace("\t", CELLS)) for mark, words in pieces if words)


def _shared(old, new) -> int:
    """How many words both begin with."""
    return next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _steps(old, new):
    """(stayed, old words, new words); a single sign that stayed between two changes is not worth its own piece."""
    if len(old) * len(new) > MOST_WORK:
        return [(False, old, new)]
    steps = []
    for word, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        same = word == "equal" and (b - a > 1 or old[a] in "，。；：、\t")
        if steps and not same and not steps[-1][0]:
            steps[-1] = (False, steps[-1][1] + old[a:b], steps[-1][2] + new[c:d])
        else:
            steps.append((same, old[a:b], new[c:d]))
    return steps
