"""Which browser the journeys run in; `python -m tests.browser.chromium` succeeds where there is one.

Ubuntu's package is a script that only says «install the snap», so a browser counts when it tells its version.
"""

import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find(names=NAMES) -> str | None:
    """The first browser of these names that runs."""
    return next((path for name in names if (path := shutil.which(name)) and runs(path)), None)


def runs(path: str) -> bool:
    """Whether it is a browser at all."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    sys.exit(0 if find() else 1)
