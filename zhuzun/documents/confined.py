"""Runs one function of bytes → bytes under hard limits. Started as a script by `sandbox.run`, never imported.

It needs nothing but the standard library (the function may be given installed packages), and the limits stand before
any foreign byte is read. No file may be written, no process started, no connection opened: by the kernel's limits, and
by a hook in the interpreter, because the kernel does not hold root to the number of processes.
"""

import resource
import sys
from importlib import import_module

_FORBIDDEN = ("subprocess.", "os.system", "os.fork", "os.exec", "os.posix_spawn", "socket.", "ctypes.")


def refuse(event: str, arguments: tuple) -> None:
    """An audit hook: what a reader of bytes never needs."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


def main() -> None:
    folder, module, function, seconds, megabytes = sys.argv[1:]
    memory = int(megabytes) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        resource.setrlimit(limit, (0, 0))
    sys.path.append(folder)  # last, so that nothing there stands before the standard library
    work = getattr(import_module(module), function)
    sys.addaudithook(refuse)
    sys.stdout.buffer.write(work(sys.stdin.buffer.read()))


main()
