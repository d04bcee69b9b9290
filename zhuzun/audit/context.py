"""Where a request came from, for the trail: set by the middleware, read when an event is written."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """Address and number of the request; both empty in a job or a command."""

    address: str = ""
    request_id: str = ""


NOWHERE = Facts()
_facts: ContextVar[Facts] = ContextVar("request_facts", default=NOWHERE)


def current() -> Facts:
    """The facts of the request being answered."""
    return _facts.get()


def enter(facts: Facts):
    """Set the facts; the token undoes it."""
    return _facts.set(facts)


def leave(token):
    _facts.reset(token)
