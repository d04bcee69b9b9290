"""Reading XML piece by piece with expat; documents that define entities are refused at their first line."""

from collections.abc import Callable, Iterable
from xml.parsers import expat  # nosec: entities and document types are refused below, before any is expanded

from . import faults
from .faults import Unreadable


class Enough(Exception):
    """The reader has what it wants; the rest of the part need not be read."""


def _refuse(*_) -> None:
    raise Unreadable(faults.ENTITIES)


def parse(chunks: Iterable[bytes], start: Callable, end: Callable, text: Callable) -> None:
    """Call `start(name, attributes)`, `end(name)`, `text(data)` for a part; names come without their prefix."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = _refuse
    local: dict[str, str] = {}

    def begin(name, attributes):
        short = local.get(name)
        if short is None:
            short = local[name] = name.rpartition(":")[2]
        start(short, attributes)

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda name: end(local[name])
    parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except Enough:
        return


def elements(chunks: Iterable[bytes], wanted: frozenset[str]) -> list[tuple[str, dict[str, str]]]:
    """The wanted elements of a small part with their attributes (names without prefix), in order."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(name, attributes):
        if name in wanted:
            found.append((name, {k.rpartition(":")[2]: v for k, v in attributes.items()}))

    parse(chunks, start, lambda name: None, lambda data: None)
    return found
