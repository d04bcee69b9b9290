"""Where attachments lie: files below MEDIA_ROOT under generated names, each written whole or not at all.

The bytes go to a temporary name, to the disk, and only then to their place; so whatever stops the machine, a name
without `.part` is a complete file. The row comes after the file: a file without its row does no harm (the row's
transaction was taken back), a row without its file cannot be.
"""

import errno
import logging
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from zhuzun.errors import DomainError

logger = logging.getLogger(__name__)

FULL = "服务器存储空间已满，文件没有保存。请联系系统管理员清理后重新上传。"
NOT_WRITTEN = "服务器没有写成文件，文件没有保存。请稍后重新上传；仍不成功的，请联系系统管理员。"
PART = ".part"


def folder() -> Path:
    """The folder of all attachments; it belongs into the backup together with the database."""
    return Path(settings.MEDIA_ROOT) / "attachments"


def place_of(key: UUID) -> Path:
    """Where the file of this key lies: nothing of the user's name is in it."""
    return folder() / key.hex[:2] / key.hex


def write(key: UUID, data: bytes) -> Path:
    """Keep the bytes for good; raises `DomainError` where the disk takes no more, and leaves nothing behind."""
    place = place_of(key)
    part = place.with_name(place.name + PART)
    try:
        place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        _write_through(part, data)
        part.rename(place)
        _sync_folder(place.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        place.unlink(missing_ok=True)
        logger.error("attachment %s was not written: %s", key, error)
        raise DomainError(FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else NOT_WRITTEN, "file") from error
    return place


def read(key: UUID) -> bytes:
    """The bytes of a file; none where there is no file. Whether they are the right ones the row's hash tells."""
    try:
        return place_of(key).read_bytes()
    except OSError:
        return b""


def drop(key: UUID) -> None:
    """Take a file away whose row was not written, or that nobody may keep."""
    place_of(key).unlink(missing_ok=True)


def _write_through(part: Path, data: bytes) -> None:
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """The folder's own entry to the disk, or a power cut could forget the new name."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
