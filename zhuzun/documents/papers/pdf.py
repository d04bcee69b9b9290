"""A sheet as PDF/A-3b: searchable, fonts subset, the same bytes for the same sheet on the same machine."""

import re

import segno
from django.template.loader import render_to_string

from zhuzun.documents.papers import layout, press, store
from zhuzun.documents.papers.sheet import Sheet

_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")


def render(sheet: Sheet, **limits) -> press.Printed:
    """The paper as an office prints it; raises `DomainError` for what cannot be set, `RenderFault` where it fails."""
    return press.run(drafts(sheet), **limits)


def file(sheet: Sheet, **limits) -> bytes:
    """The same as bytes, from the store where the same content was set before."""
    return press.kept(drafts(sheet), **limits)


def sha256(sheet: Sheet) -> str:
    """Of the file, where it was set before; empty otherwise."""
    return store.sha256_of(press.key_of(drafts(sheet)))


def drafts(sheet: Sheet) -> list[str]:
    """The documents to be tried, the second where the 版记 finds no room in the first."""
    sheet.check()
    first = [] if layout.ends_wide(sheet) else [html(sheet)]
    return [*first, html(sheet, alone=True)]


def html(sheet: Sheet, *, alone: bool = False) -> str:
    """The whole document: styles inside, no address in it."""
    context = layout.context(sheet, alone=alone) | {"qr": _qr(sheet.qr)}
    return without_gaps(render_to_string("papers/sheet.html", context))


def without_gaps(document: str) -> str:
    """HTML without the line ends of its templates, which would count as blanks between signs."""
    return _BETWEEN_TAGS.sub("><", document)


def _qr(content: str | None) -> str:
    return segno.make(content, error="m").svg_inline(border=0, scale=1, omitsize=True) if content else ""
