"""What a new draft begins with: each section of its kind looks up its facts, its template says them.

The facts are kept with the paper: they are its snapshot, and what the drafter may tick is read from them. Later
changes of the data touch neither the text nor them.
"""

from dataclasses import dataclass

from django.template import Context
from django.template.loader import get_template

from zhuzun.documents.papers.pasted import cut
from zhuzun.documents.papers.text import Block, Heading
from zhuzun.notices.papers import proposing, registry


@dataclass(frozen=True)
class Composed:
    """The text, and the facts it was written from: one entry for each section that has something to say."""

    blocks: list[Block]
    sections: list[dict]


def compose(kind: str, about=None) -> Composed:
    """The text of a new paper of this kind about something (a period; nothing: a blank draft)."""
    blocks: list[Block] = []
    sections = []
    for section in registry.sections_of(kind):
        facts = section.facts(about)
        if facts is None:
            continue
        said = sentences(section.template, facts)
        for group in facts.get("proposals", ()):
            said += proposing.blocks_of(group, group["ticked"])
        if said:
            blocks += [Heading(1, section.label), *said] if section.label else said
        sections.append({"code": section.code, "label": section.label, "opening": _opening(said), "facts": facts})
    return Composed(blocks, sections)


def sentences(template: str, facts: dict) -> list[Block]:
    """What the template makes of the facts: each line a block, tabs make a table, as if somebody had pasted it."""
    return list(cut(get_template(template).template.render(Context(facts, autoescape=False))))


def _opening(said) -> str:
    """The first words of a section without a heading: where the text above it ends."""
    return getattr(said[0], "text", "") if said else ""
