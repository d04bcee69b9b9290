"""The verbatim paragraph cut at the measures' spans, so that a page marks each in place and changes no character."""

from dataclasses import dataclass

from tasks.models import Measure


@dataclass(frozen=True)
class Piece:
    """A stretch of the paragraph; with its measure where it is one measure's span."""

    text: str
    measure: Measure | None = None


def pieces(text: str, measures) -> list[Piece]:
    """`text` in order, each measure's span a piece of its own; joined again the pieces are the text, exactly.

    A span that is not in the text after the one before it is left unmarked rather than marked wrongly.
    """
    cut, at = [], 0
    for measure in measures:
        start = text.find(measure.span, at)
        if start < 0:
            continue
        if start > at:
            cut.append(Piece(text[at:start]))
        at = start + len(measure.span)
        cut.append(Piece(text[start:at], measure))
    if at < len(text):
        cut.append(Piece(text[at:]))
    return cut
