"""What changed between two texts, line by line and, within a line that was changed, word by word. Pure.

for line in compared(old, new):     # line.mark: same, gone, come, changed
    for mark, words in line.pieces: # mark: same, gone, come
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

CELLS = " ｜ "  # between the cells of a table's row
ALIKE = 0.5  # from here on a line is the old one changed, not another
AHEAD = 8  # so many lines on, at most, what became of a line is looked for
MOST_WORK = 1_000_000  # what two lines may cost; longer ones are marked whole
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
    found, rest = [], list(old)
    for line in new:
        place = next((at for at, one in enumerate(rest[:AHEAD]) if _alike(one, line)), None)
        if place is None:
            found.append((line, None))
            continue
        found += [(None, one) for one in rest[:place]] + [(line, rest[place])]
        rest = rest[place + 1 :]
    found += [(None, one) for one in rest]
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


def _alike(old, new) -> bool:
    if len(old) * len(new) > MOST_WORK:
        return False
    matcher = SequenceMatcher(a=_words(old), b=_words(new), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _pieces(old, new) -> tuple[Piece, ...]:
    """What stayed, went and came; a single sign that stayed between two changes is not worth its own piece."""
    steps = []
    for word, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        lone = word == "equal" and b - a == 1 and a > 0 and b < len(old) and old[a] not in "，。；：、\t"
        same = word == "equal" and not lone
        if steps and not same and not steps[-1][0]:
            steps[-1] = (False, steps[-1][1] + old[a:b], steps[-1][2] + new[c:d])
        else:
            steps.append((same, old[a:b], new[c:d]))
    pieces = []
    for same, before, here in steps:
        pieces += [("same", here)] if same else [("gone", before), ("come", here)]
    return tuple((mark, "".join(words).replace("\t", CELLS)) for mark, words in pieces if words)
