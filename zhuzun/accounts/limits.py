"""How long a session may idle (SESSION_IDLE_SECONDS) and last (SESSION_COOKIE_AGE)."""

from datetime import datetime

from django.conf import settings

STARTED, SEEN = "started_at", "seen_at"
STEP = 60  # seconds between two notes of «seen», so that not every page writes the session


def over(session, now: datetime) -> bool:
    """Whether the session ran out, by idling or by age."""
    moment = now.timestamp()
    idle = moment - session.get(SEEN, moment) > settings.SESSION_IDLE_SECONDS
    return idle or moment - session.get(STARTED, moment) > settings.SESSION_COOKIE_AGE


def touch(session, now: datetime) -> None:
    """Note that the person is there."""
    moment = now.timestamp()
    session.setdefault(STARTED, moment)
    if moment - session.get(SEEN, 0) > STEP:
        session[SEEN] = moment
