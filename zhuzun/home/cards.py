"""Cards of the workbench: what waits for this person, what ends soon, what is late, what came back.

A card is one question with one query; its number opens to the rows behind it. A card is drawn for whoever holds its
permissions in the identity he acts in, so that no card leads to a page that refuses its reader.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.urls import reverse
from django.utils.http import urlencode

from zhuzun.accounts.roles import COUNTY, EVERYBODY, Role


class Section(Enum):
    """Where on the workbench a card stands; the order is that of the page."""

    TODO = "待我办理"
    LATE = "逾期"
    SOON = "临期"
    RETURNED = "被退回"
    INFORMATION = "工作概况"


@dataclass(frozen=True)
class Moment:
    """When the workbench is looked at: the moment, and its business date."""

    now: datetime
    day: date


@dataclass(frozen=True)
class Found:
    """What a card's query found: how many rows, and what is to be said of the oldest of them."""

    count: int
    note: str = ""


@dataclass(frozen=True)
class Card:
    """One card. `count` asks one query; `url` leads to exactly the rows that it counted."""

    section: Section
    title: str
    permissions: tuple[str, ...]
    count: Callable[[object, Moment], int | Found]
    url: Callable[[object, Moment], str]
    empty: str
    unit: str = "项"
    icon: str = "checklist"
    roles: frozenset[Role] = EVERYBODY
    applies: Callable[[object, Moment], bool] = lambda user, at: True  # asks of one whom the question concerns at all

    def open_to(self, user) -> bool:
        """Whether this person is shown the card."""
        acting = user.acting
        return acting is not None and acting.role in self.roles and all(user.decide(name) for name in self.permissions)

    def drawn(self, user, at):
        """The card as this person sees it now."""
        found = self.count(user, at)
        found = found if isinstance(found, Found) else Found(found)
        return Drawn(self, found.count, self.url(user, at), found.note if found.count else "")


@dataclass(frozen=True)
class Drawn:
    """A card as one person sees it."""

    card: Card
    count: int
    url: str
    note: str = ""


@dataclass
class Block:
    """A headed part of the workbench: the cards with something in them, and what is in order."""

    section: Section
    cards: list[Drawn]
    in_order: list[Drawn]

    @property
    def title(self) -> str:
        """Its heading."""
        return self.section.value

    @property
    def empty(self) -> str:
        """What to say where no card stands in it."""
        return {
            Section.TODO: "没有待您办理的事项。",
            Section.LATE: "没有逾期事项。",
            Section.SOON: "没有临期事项。",
            Section.RETURNED: "没有被退回的事项。",
        }.get(self.section, "")


# 不相隶属: Zunyi's bodies owe nothing here. A heading of what is late stands on their page only with a card below it.
SEPARATE = COUNTY | {Role.CITY_OFFICER}

_cards: list[Card] = []


def add(*cards: Card):
    """Put cards on the workbench; called once, from an app's `ready()`."""
    _cards.extend(card for card in cards if card not in _cards)


def registered() -> list[Card]:
    """All cards, for tests and for documents."""
    return list(_cards)


def drawn_for(user, at: Moment) -> list[Block]:
    """The workbench of one person: every section in order, each with his cards."""
    cards = [card for card in _cards if card.open_to(user) and card.applies(user, at)]
    drawn = [card.drawn(user, at) for card in cards]
    blocks = [_block(section, drawn) for section in Section]
    if user.acting is None or user.acting.role not in SEPARATE:
        return blocks
    return [block for block in blocks if block.section == Section.TODO or block.cards or block.in_order]


def _block(section, drawn) -> Block:
    here = [one for one in drawn if one.card.section == section]
    if section == Section.INFORMATION:
        return Block(section, here, [])
    return Block(section, [one for one in here if one.count], [one for one in here if not one.count])


def address(name, **query):
    """A page with its filters, as the cards want it."""
    text = f"?{urlencode(query)}" if query else ""
    return lambda user, at: f"{reverse(name)}{text}"
