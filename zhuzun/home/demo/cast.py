"""The demonstration's people, each looked up once: whoever plays a year asks for them some thousand times."""

from zhuzun.accounts.models import User
from zhuzun.home.demo.people import PEOPLE
from zhuzun.notices.services import mark_all_read

_known: dict[str, User] = {}


def begin() -> None:
    """Forget whoever belongs to another database."""
    _known.clear()


def person(username: str) -> User:
    """The account of that name."""
    if username not in _known:
        _known[username] = User.objects.get(username=username)
    return _known[username]


def read_their_inboxes(now) -> None:
    """Everybody has read what came up to then: what is unread is of the last month."""
    for one in PEOPLE:
        mark_all_read(actor=person(one.username), now=now)
