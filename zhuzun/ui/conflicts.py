"""Two people at one record: the second is told who did what meanwhile, and keeps what he typed.

A form carries a mark of the record as it was drawn (`version_of`); before anything is done the record is read again,
held until the transaction ends, and compared. `audit` tells what happened (floor 0a knows no trail).
"""

import hashlib
from collections.abc import Callable

from zhuzun.errors import DomainError

FIELD = "seen"
UNWATCHED = {"last_login"}  # changes by itself when its owner signs in

_tellers: list[Callable] = []


def told_by(teller: Callable):
    """`teller(record, user)` gives (whether it was the user himself, a sentence) on the latest act, or None."""
    if teller not in _tellers:
        _tellers.append(teller)


def version_of(row) -> str:
    """A mark that changes whenever a field of the row does, or what else it names as shown with it (`seen_beside`)."""
    fields = [field for field in row._meta.concrete_fields if field.name not in UNWATCHED]
    shown = [(field.attname, str(getattr(row, field.attname))) for field in fields]
    beside = row.seen_beside() if hasattr(row, "seen_beside") else []
    return hashlib.sha256(repr([*shown, *beside]).encode()).hexdigest()[:16]


def refuse_changed(row, seen: str, *, user, told_of=None):
    """Hold the row as it stands now; refuse where it is no longer what the form showed. In a transaction only."""
    if not seen:
        return
    # Without the order of the model, which may join what cannot be locked (PostgreSQL refuses a nullable side).
    fresh = type(row)._base_manager.select_for_update(of=("self",)).filter(pk=row.pk).order_by().first()
    if fresh is None or version_of(fresh) != seen:
        if fresh is not None:
            row.refresh_from_db()  # the form is drawn again on what is true now
        raise DomainError(_sentence(told_of or row, user))


def _sentence(record, user) -> str:
    told = next(filter(None, (teller(record, user) for teller in _tellers)), None)
    if told is None:
        return "已被他人处理。您填写的内容保留在下面，请核对后再办。"
    own, act = told
    return f"{'您打开本页后已有变动' if own else '已被他人处理'}：{act}。您填写的内容保留在下面，请核对后再办。"
