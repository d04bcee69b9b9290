"""The demonstration's people, each looked up once: a year of reporting asks for them some thousand times."""

from zhuzun.accounts.models import User

_known: dict[str, User] = {}


def begin() -> None:
    """Forget whoever belongs to another database."""
    _known.clear()


def person(username: str) -> User:
    """The account of that name."""
    if username not in _known:
        _known[username] = User.objects.get(username=username)
    return _known[username]
