"""A title in balanced lines that keep words whole: longer below (梯形) or longest in the middle (菱形)."""

import re
from collections.abc import Iterator
from functools import cache
from math import ceil
from pathlib import Path

LINE = 20  # 二号 signs in 156 mm
_WHOLE = re.compile(
    r"第?[0-9]+(?:[-—][0-9]+)*年?第?[一二三四五六七八九十]*(?:季度|个月|月份|上半年|下半年|年度|月|年|日|号|期|次|批|届|%|％)?"
    r"|第[一二三四五六七八九十]+(?:季度|期|次|批|届|章)|[0-9]+月[0-9]+日|[A-Za-z0-9.]+"
)
_OPENS, _CLOSES = "《“（〔「(", "》”）〕」)，、。：；！？"
_SMALL = "的和与及并等了"
_BEFORE = ("关于", "印发", "对", "由")
Rows = tuple[str, ...]


@cache
def _words() -> tuple[frozenset[str], int]:
    lines = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
    return frozenset(lines), max(map(len, lines))


def lines(title: str, most: int = LINE) -> tuple[str, ...]:
    """The title cut into lines of at most `most` signs (two half-width ones count as one)."""
    total = width(title)
    if total <= most:
        return (title,)
    pieces = _fitting(pieces_of(title), most)
    fewest = ceil(total / most)
    tries = (_balanced(pieces, count, most, total / count) for count in range(fewest, fewest + 4))
    return next(filter(None, tries), None) or _greedy(pieces, most)


def width(text: str) -> float:
    """In full signs."""
    return sum(0.5 if sign.isascii() else 1 for sign in text)


def pieces_of(title: str) -> list[str]:
    """What must not be broken: words, numbers with their unit, marks with what they belong to."""
    pieces: list[str] = []
    place = 0
    while place < len(title):
        piece = _piece(title, place)
        place += len(piece)
        if pieces and (piece[0] in _CLOSES or piece in _SMALL or pieces[-1][-1] in _OPENS):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _piece(title: str, place: int) -> str:
    number = _WHOLE.match(title, place)
    if number:
        return number[0]
    words, longest = _words()
    for size in range(min(longest, len(title) - place), 1, -1):
        if title[place : place + size] in words:
            return title[place : place + size]
    return title[place]


def _fitting(pieces: list[str], most: int) -> list[str]:
    """A piece that is longer than a line has to be cut after all."""
    return [piece[at : at + most] for piece in pieces for at in range(0, len(piece), most)]


def _balanced(pieces: list[str], count: int, most: int, mean: float) -> tuple[str, ...]:
    """The `count` lines with the least ugliness, growing a little downwards; empty where a line would be too long.

    The best way is kept for each place in the title and each last line, because a line is judged by the one above it.
    """
    best: dict[tuple[int, str, bool], tuple[float, Rows]] = {(0, "", False): (0.0, ())}
    for row in range(count):
        wish = mean + row - (count - 1) / 2
        found: dict[tuple[int, str, bool], tuple[float, Rows]] = {}
        for (start, above, fell), (cost, rows) in best.items():
            for end, line in _rows_from(pieces, start, most):
                change = width(line) - width(above) if above else 0
                waist = 60 if fell and change > 0 else 0
                total = cost + waist + (width(line) - wish) ** 2 + _ugly_end(line, end == len(pieces))
                place = (end, line, change < 0)
                if place not in found or total < found[place][0]:
                    found[place] = (total, (*rows, line))
        best = found
    return min((way for (end, *_), way in best.items() if end == len(pieces)), default=(0.0, ()))[1]


def _rows_from(pieces: list[str], start: int, most: int) -> Iterator[tuple[int, str]]:
    line = ""
    for end in range(start, len(pieces)):
        line += pieces[end]
        if width(line) > most:
            return
        yield end + 1, line


def _ugly_end(line: str, last: bool) -> int:
    """A line should not end with a word that wants to go on, nor the last one be a stump."""
    if last:
        return 60 if width(line) < 4 else 0
    return 12 if line.endswith(_BEFORE) else 0


def _greedy(pieces: list[str], most: int) -> tuple[str, ...]:
    rows = [""]
    for piece in pieces:
        if rows[-1] and width(rows[-1] + piece) > most:
            rows.append("")
        rows[-1] += piece
    return tuple(rows)
