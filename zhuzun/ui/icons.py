"""The icons pages may use: outline icons of Tabler, drawn into the page as SVG, so that no icon font is needed.

A name is added here before it is used; the system check then sees that the file is installed.
"""

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

from zhuzun.ui.finders import NODE_MODULES

ICONS = frozenset(
    """
    adjustments alert-circle alert-triangle archive arrow-back-up arrow-down arrow-left arrow-narrow-right arrow-right
    arrow-up arrows-exchange arrows-left-right arrows-sort ban bell book book-2 building building-bank
    building-community building-hospital building-skyscraper buildings calendar calendar-due calendar-event
    calendar-time certificate chart-bar check checklist checks chevron-down chevron-left chevron-right chevrons-left
    chevrons-right circle circle-check circle-dashed circle-dot circle-minus circle-x clipboard-check clipboard-list
    clock clock-exclamation clock-hour-4 copy corner-up-left device-floppy dots download edit external-link eye
    eye-off file file-export file-import file-spreadsheet file-text files filter filter-off flag folder forms gavel
    grid-dots hand-stop help-circle hierarchy hierarchy-2 history home home-link hourglass-high id inbox info-circle
    key layout-grid layout-list link link-off list list-check list-details list-search list-tree lock lock-open login
    logout mail map map-2 map-pin menu-2 message message-circle minus note paperclip pencil phone pinned plug plus
    printer refresh replace report report-analytics rosette rotate-2 school scale search send settings shield
    shield-check shield-lock sitemap sort-ascending sort-descending square-x stack star table table-export
    table-import target timeline tools trash trending-up unlink upload user user-check user-circle user-cog
    user-exclamation user-minus user-off user-plus user-shield users users-group versions world x zoom-check
    """.split()  # noqa: SIM905 (a list of 160 quoted names is not easier to read)
)
OUTLINE = "@tabler/icons/icons/outline"


class UnknownIcon(LookupError):
    """A name that is not listed in zhuzun/ui/icons.py."""


def _file(name: str) -> Path:
    return NODE_MODULES / OUTLINE / f"{name}.svg"


def missing() -> list[str]:
    """Listed icons whose file is not installed."""
    return [f"{OUTLINE}/{name}.svg" for name in sorted(ICONS) if not _file(name).is_file()]


@cache
def svg(name: str) -> SafeString:
    """The icon as SVG for the page; the word beside it carries the meaning, so readers of the screen skip it."""
    if name not in ICONS:
        raise UnknownIcon(f"icon “{name}” is not listed in zhuzun/ui/icons.py")
    inner = re.search(r"<svg[^>]*>(.*)</svg>", _file(name).read_text(encoding="utf-8"), re.DOTALL).group(1)
    paths = "".join(re.findall(r"<[a-z]+ (?!stroke=\"none\")[^>]*/>", inner))
    # Our own installed file, chosen from the list above: nothing a person typed is in it.
    return mark_safe(  # noqa: S308
        f'<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{paths}</svg>'
    )
