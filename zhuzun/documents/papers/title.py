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
_SINGLE = _OPENS + _CLOSES + _SMALL + "对由在为把将向从各本其至到按以自每"  # signs that are words by themselves
_BEFORE = ("关于", "印发", "对", "由")
_ONE_MORE = 30  # what a line more than needed costs: worth it only where fewer would end in 《关于
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
    found: list[tuple[float, Rows]] = []
    for more in range(4):
        cost, rows = _balanced(pieces, fewest + more, most, total / (fewest + more))
        if rows:
            found.append((cost + _ONE_MORE * more, rows))
        if found and more:
            return min(found)[1]
    return _greedy(pieces, most)


def width(text: str) -> float:
    """In full signs."""
    return sum(0.5 if sign.isascii() else 1 for sign in text)


def pieces_of(title: str) -> list[str]:
    """What must not be broken: words, numbers with their unit, marks with what they belong to."""
    pieces: list[str] = []
    for piece in _segments(title):
        if pieces and (piece[0] in _CLOSES or piece in _SMALL or pieces[-1][-1] in _OPENS):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _segments(title: str) -> Iterator[str]:
    """Numbers and foreign words, and the words of what stands between them."""
    place = 0
    for number in _WHOLE.finditer(title):
        yield from _words_of(title[place : number.start()])
        yield number[0]
        place = number.end()
    yield from _words_of(title[place:])


def _words_of(text: str) -> list[str]:
    """The text in as few words as may be; signs between words that no list knows are taken for words of their own."""
    found: list[str] = []
    strange = ""
    for piece in (*_fewest(text), ""):
        if len(piece) == 1 and piece not in _SINGLE:
            strange += piece
            continue
        if len(strange) == 1 and found:
            found[-1] += strange  # 示范点 数字化: what goes with the word before it
        else:
            found += _guessed(strange)
        found += [piece] if piece else []
        strange = ""
    return found


def _guessed(strange: str) -> Iterator[str]:
    """Two signs, or three at the end: so long are nearly all Chinese words."""
    while len(strange) > 3:
        yield strange[:2]
        strange = strange[2:]
    if strange:
        yield strange


def _fewest(text: str) -> tuple[str, ...]:
    """The way through the text with the fewest words, longer ones first; a sign that is no word counts double."""
    words, longest = _words()
    best: list[tuple[float, Rows]] = [(0, ())] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        tries = []
        for size in range(min(longest, len(text) - start), 0, -1):
            piece = text[start : start + size]
            if size == 1 or piece in words:
                cost, rest = best[start + size]
                known = piece in words or piece in _SINGLE
                tries.append((cost + (1 if known else 2), (piece, *rest)))
        best[start] = min(tries, key=lambda way: way[0])
    return best[0][1]


def _fitting(pieces: list[str], most: int) -> list[str]:
    """A piece that is longer than a line has to be cut after all."""
    return [piece[at : at + most] for piece in pieces for at in range(0, len(piece), most)]


def _balanced(pieces: list[str], count: int, most: int, mean: float) -> tuple[float, Rows]:
    """The `count` lines with the least ugliness, growing a little downwards; none where a line would be too long.

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
    return min((way for (end, *_), way in best.items() if end == len(pieces)), default=(0.0, ()))


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
    return 60 if line.endswith(_BEFORE) else 0


def _greedy(pieces: list[str], most: int) -> tuple[str, ...]:
    rows = [""]
    for piece in pieces:
        if rows[-1] and width(rows[-1] + piece) > most:
            rows.append("")
        rows[-1] += piece
    return tuple(rows)
