"""Sections of a body's page that upper apps add in `ready()`: pairings today, duties and funds later."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A heading with a template and what it draws."""

    title: str
    template: str
    context: dict


_makers: list[Callable] = []


def add(maker: Callable):
    """`maker(body, user, day)` gives a Section, or nothing where it has nothing to say about the body."""
    if maker not in _makers:
        _makers.append(maker)


def for_body(body, user, day) -> list[Section]:
    """The sections of one body for one reader, as at a day."""
    return [section for maker in _makers if (section := maker(body, user, day))]
