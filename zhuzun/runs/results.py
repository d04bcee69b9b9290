"""Where the files lie that long work made: each written whole or not at all, kept for a day, no part of the backup."""

import errno
from pathlib import Path

from django.conf import settings

from zhuzun.errors import DomainError

FULL = "服务器存储空间已满，文件没有做成。请联系系统管理员清理后重试。"
NOT_WRITTEN = "服务器没有写成文件，请稍后重试；仍不成功的，请联系系统管理员。"


def place_of(job) -> Path:
    """Where the file of this job lies."""
    return Path(settings.MEDIA_ROOT) / "results" / job.pk.hex


def part_of(job) -> Path:
    """Where it is written until it is whole."""
    place = place_of(job)
    began = f"{job.started_at:%Y%m%d%H%M%S%f}"  # attempts are counted anew when a person begins anew
    return place.with_name(f"{place.name}.{job.attempts}.{began}.part")


def drop(job) -> None:
    """Take its files away."""
    place = place_of(job)
    for file in (place, *place.parent.glob(f"{place.name}.*.part")):
        file.unlink(missing_ok=True)


def refusal(error: OSError) -> DomainError:
    """What the person is told when the disk takes no more."""
    return DomainError(FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else NOT_WRITTEN)
