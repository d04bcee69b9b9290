"""The left navigation: apps add their entries in `ready()`, each person sees the ones he may open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.urls import get_script_prefix, reverse

from zhuzun.ui.icons import ICONS, UnknownIcon

GROUPS = ("工作台", "结对协作", "进展报送", "任务与指标", "公文", "单位与人员", "系统")


@dataclass(frozen=True)
class Entry:
    """One line of the navigation.

    `permission` is a permission's name, several of which one is enough, or None for every signed-in person.
    `count` gives, for a person, how many things wait for him there; 0 shows nothing.
    """

    group: str
    label: str
    url_name: str
    icon: str
    permission: str | tuple[str, ...] | None
    order: int
    count: Callable[[object], int] | None = None

    def open_to(self, user) -> bool:
        """Whether this person may open the page."""
        names = (self.permission,) if isinstance(self.permission, str) else self.permission
        return names is None or any(user.decide(name).allowed for name in names)


@dataclass
class Line:
    """An entry as drawn for one person on one page."""

    label: str
    url: str
    icon: str
    count: int = 0
    here: bool = False


@dataclass
class Group:
    """A headed part of the navigation with the lines one may open."""

    label: str
    lines: list[Line] = field(default_factory=list)


_entries: dict[str, Entry] = {}


def add(group, label, url_name, icon, permission, order, count=None):
    """Put an entry into the navigation; called once, from an app's `ready()`."""
    if group not in GROUPS:
        raise ValueError(f"navigation group “{group}” is none of {GROUPS}")
    if icon not in ICONS:
        raise UnknownIcon(icon)
    _entries[url_name] = Entry(group, label, url_name, icon, permission, order, count)


def entries() -> list[Entry]:
    """All entries in the order in which they are drawn."""
    return sorted(_entries.values(), key=lambda entry: (GROUPS.index(entry.group), entry.order, entry.label))


def drawn_for(user, path: str) -> list[Group]:
    """The groups and lines this person may open; the line of the page he is on is marked."""
    groups: dict[str, Group] = {}
    site = settings.ROOT_URLCONF, get_script_prefix()
    for entry in entries():
        if not entry.open_to(user):
            continue
        address = _address(entry.url_name, site)
        line = Line(entry.label, address, entry.icon, entry.count(user) if entry.count else 0)
        groups.setdefault(entry.group, Group(entry.group)).lines.append(line)
    _mark_here([line for group in groups.values() for line in group.lines], path)
    return list(groups.values())


@cache
def _address(url_name, site) -> str:
    """The same on every page of a site, and asked thirty times for each."""
    return reverse(url_name)


def _mark_here(lines: list[Line], path: str):
    """The longest address that the page's path starts with is where one is; `/` counts only for itself."""
    fitting = [line for line in lines if path == line.url or (line.url != "/" and path.startswith(line.url))]
    if fitting:
        max(fitting, key=lambda line: len(line.url)).here = True
