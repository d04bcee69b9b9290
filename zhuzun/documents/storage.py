"""Where django-import-export keeps a file between preview and confirmation: in the database, bound to a person.

Its own storages write to a temp folder (another server would not find the file, and anybody who knows the name may read
it). The library does not tell a storage who asks: the admin mixin in `imports` says so for the time of the request.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from import_export.tmp_storages import BaseStorage

from zhuzun.accounts.models import User
from zhuzun.documents import services
from zhuzun.errors import DomainError


@dataclass(frozen=True)
class Upload:
    """Who uploads or confirms at this moment, what kind of table, and the name of the file he chose."""

    actor: User
    now: datetime
    kind: str
    filename: str = ""
    confirming: bool = False


_current: ContextVar[Upload] = ContextVar("upload")


@contextmanager
def acting(upload: Upload):
    """Files kept and read inside belong to this upload."""
    token = _current.set(upload)
    try:
        yield
    finally:
        _current.reset(token)


class DatabaseStorage(BaseStorage):
    """The uploaded file as a `PendingImport`; its name is the key, of use to the uploader alone."""

    def save(self, data):
        """Keep the bytes for the preview."""
        by = _upload()
        pending = services.create_import(kind=by.kind, data=data, filename=by.filename, actor=by.actor, now=by.now)
        self.name = str(pending.pk)

    def read(self):
        """The bytes; when confirming they are taken for good, so that nobody imports them twice."""
        by = _upload()
        pending = services.find_import(self.name, kind=by.kind, actor=by.actor, now=by.now)
        return services.confirm_import(pending, actor=by.actor, now=by.now) if by.confirming else pending.bytes

    def remove(self):
        """Nothing is left to remove: confirming has taken the bytes out."""


def _upload() -> Upload:
    try:
        return _current.get()
    except LookupError:
        raise DomainError("上传文件只能在导入页面上使用，请从导入页面重新上传。") from None
