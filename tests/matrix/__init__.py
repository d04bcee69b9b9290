"""The matrix: every named address × every role, as literal rows in the csv files beside this one.

`urls.csv`     what each role gets for an object of its own (GET, or the method named); `name#variant`: another object
`foreign.csv`  the same addresses for an object of another district, county or uploader
`admin.csv`    one row a ModelAdmin: what each role may do there

`estate.py` builds what the pages show; `addresses.py` says which of it each address is asked for.

Whoever adds an address adds its row **by asking who may**, not by copying what the page answers.
"""

import csv
from pathlib import Path

from django.urls import URLPattern, get_resolver

from zhuzun.accounts.roles import Role

HERE = Path(__file__).parent
ROLES = [role.value for role in Role]
ANONYMOUS = "anonymous"


def rows(name: str) -> dict[str, dict[str, str]]:
    """A csv as {first column: {column: cell}}."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    key = next(iter(found[0]))
    assert len({row[key] for row in found}) == len(found), f"a row stands twice in {name}.csv"
    return {row[key]: row for row in found}


def named_urls() -> set[str]:
    """Every named address of the portal; those of ModelAdmins are in admin.csv, one row each."""
    return {name for name in _walk(get_resolver().url_patterns, "") if not _of_model_admin(name)}


def _walk(patterns, namespace):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner)


def _of_model_admin(name):
    return name.startswith("admin:") and name.count("_") >= 2 and name not in SITE_PAGES


# The admin site's own pages, which belong to no model.
SITE_PAGES = {"admin:password_change_done", "admin:view_on_site"}
