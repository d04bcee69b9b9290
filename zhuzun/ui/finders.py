"""Serves single, listed files of node_modules as static files below `vendor/`.

Only what is listed here reaches a reader. Whole `dist` folders are not offered: they hold files that point at files
that are not there, and collectstatic with hashed names would stop at them. A `.map` beside a listed file belongs to it.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

NODE_MODULES = Path(settings.BASE_DIR) / "node_modules"

# Address below STATIC_URL → file below node_modules. The stylesheet of the font names its parts relatively, so the
# parts stand beside it under the same names.
FILES = {
    "vendor/tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/tabler/tabler.min.css.map": "@tabler/core/dist/css/tabler.min.css.map",
    "vendor/echarts/echarts.common.min.js": "echarts/dist/echarts.common.min.js",
    "vendor/noto-sans-sc/index.css": "@fontsource-variable/noto-sans-sc/index.css",
}
# Address of a folder → (folder below node_modules, name pattern): the hundred parts of the Chinese font.
FOLDERS = {
    "vendor/noto-sans-sc/files": ("@fontsource-variable/noto-sans-sc/files", "noto-sans-sc-*-wght-normal.woff2"),
}


def listed(root: Path = NODE_MODULES) -> dict[str, Path]:
    """Every served address with its file, whether the file is there or not; a folder counts for what it holds."""
    found = {address: root / source for address, source in FILES.items()}
    for address, (folder, pattern) in FOLDERS.items():
        found.update((f"{address}/{path.name}", path) for path in sorted((root / folder).glob(pattern)))
    return found


def missing(root: Path = NODE_MODULES) -> list[str]:
    """What is listed but not installed, as paths below node_modules."""
    absent = [source for source in FILES.values() if not (root / source).is_file()]
    absent += [folder for folder, pattern in FOLDERS.values() if not any((root / folder).glob(pattern))]
    return absent


class ListedStorage(FileSystemStorage):
    """Reads the listed files under their served addresses."""

    prefix = None

    def __init__(self, files: dict[str, Path]):
        super().__init__(location=NODE_MODULES)
        self.files = files

    def path(self, name):
        """The file behind a served address."""
        return str(self.files[name])


class NodeModulesFinder(BaseFinder):
    """Finds the listed files for whitenoise, runserver and collectstatic."""

    def __init__(self, *args, **kwargs):
        self.files = listed()
        self.storage = ListedStorage(self.files)

    def check(self, **kwargs):
        """Nothing here: zhuzun.ui.checks says it once, also where this finder is not configured."""
        return []

    def find(self, path, find_all=False, **kwargs):
        """The file at this address."""
        match = self.files.get(path.replace("\\", "/"))
        found = str(match) if match and match.is_file() else None
        if find_all:
            return [found] if found else []
        return found or []

    def list(self, ignore_patterns):
        """Every listed file that is installed."""
        for address, path in self.files.items():
            if path.is_file() and not matches_patterns(address, ignore_patterns or []):
                yield address, self.storage
