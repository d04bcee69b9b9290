"""A child process for what may hang or explode: a pure function bytes → bytes with a hard limit of time and memory."""

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

logger = logging.getLogger(__name__)
_HERE = Path(__file__).parent


class Killed(Exception):
    """The child did not come to an end within its limits; `slow` tells time from memory or a crash."""

    def __init__(self, *, slow: bool):
        super().__init__("too slow" if slow else "out of memory or crashed")
        self.slow = slow


def run(
    target: str, payload: bytes, *, seconds: int, megabytes: int, folder: Path = _HERE, libraries: bool = False
) -> bytes:
    """The answer of `target` ("reading.child:read", in a module of `folder`) to `payload`; raises `Killed`.

    `seconds` bounds the work, three times as many the waiting (the machine may be busy); `megabytes` is the whole
    address space of the child, some 30 of which the interpreter itself takes. The limits are set by the child before it
    reads: no code of ours runs between fork and exec, which would not be safe in a server with threads. With
    `libraries` the child sees installed packages; without, the standard library only.
    """
    module, function = target.split(":")
    alone = [] if libraries else ["-S"]
    command = [sys.executable, "-I", *alone, "-X", "utf8", str(_HERE / "confined.py")]
    command += [str(folder), module, function, str(seconds), str(megabytes)]
    # An interpreter outside the system's places may need the loader's path; nothing else of ours goes to the child.
    environment = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603
            command, input=payload, capture_output=True, timeout=3 * seconds, env=environment, cwd="/", check=False
        )
    except subprocess.TimeoutExpired as expired:
        logger.warning("%s took more than %s s over %s bytes", target, 3 * seconds, len(payload))
        raise Killed(slow=True) from expired
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("%s ended with %s over %s bytes: %s", target, done.returncode, len(payload), last[:300])
        raise Killed(slow=done.returncode == -signal.SIGXCPU)
    return done.stdout
