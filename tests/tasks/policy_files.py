"""The policy's data files as the tests read them."""

import shutil
from pathlib import Path

from tasks.loading import policy_folder
from tasks.loading.files import Files

FILES = Files(policy_folder())
DOCUMENT = Files(policy_folder() / "2021-12")


def small_copy(target: Path) -> Path:
    """A copy without townships and villages: loads in a moment."""
    folder = target / "policy"
    shutil.copytree(policy_folder(), folder)
    lines = (folder / "divisions.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if ",town," not in line and ",village," not in line]
    (folder / "divisions.csv").write_text("".join(kept), encoding="utf-8")
    return folder


def rewrite(path: Path, old: str, new: str):
    """Change one passage of a copied file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
