"""Demonstration data: plausible, marked as demonstration on every page, refused in production.

Everything is done as people would have done it: by calling the services with a past `now` and the real actor, never by
inserting rows. Later issues add a module here and a line to `build`.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from zhuzun.clock import day_of
from zhuzun.errors import Refused
from zhuzun.home.demo import cast, contacts, incoming, pairings, papers, people, policy, reporting


def exists() -> bool:
    """Whether the demonstration has been built here; never in production, where `first_admin` takes the same name."""
    return settings.DEMO and people.account("security") is not None


def build(now: datetime, stage: str = reporting.COLLECTING) -> None:
    """Build it all up to `now`, or nothing, with the reporting at the given stage; the policy must be loaded before."""
    if not settings.DEMO:
        raise Refused("演示数据只能在演示环境建立，正式环境不得使用。")
    today = day_of(now)
    with transaction.atomic():
        people.build(today)
        cast.begin()
        contacts.build()
        pairings.build(today)
        policy.build()
        reporting.build(now, stage)
        papers.build(today)
        incoming.build(today)
