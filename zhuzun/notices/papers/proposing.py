"""What the machine only proposes: names, problems, quotations that enter a paper when its drafter ticks them.

A group of proposals lies among the facts of its section, as plain values:

    {"code": "late", "label": "逾期和缺报单位", "hint": "…", "sentence": "下列单位未按时报送：{}。", "ticked": [],
     "items": [{"key": "17", "label": "高新区（逾期 3 个工作日）", "words": "高新区", "source": ""}]}

With a `sentence` all that are ticked make one paragraph, without one each is a block of its own: a quotation where it
has a source. Ticking rewrites only these blocks; whatever else was typed stays. Pure: no database.
"""

from zhuzun.documents.papers.text import Block, Heading, Paragraph, Quotation
from zhuzun.errors import DomainError


def groups_of(sections: list[dict]) -> list[dict]:
    """All groups of a paper, in its order."""
    return [group for section in sections for group in section["facts"].get("proposals", ())]


def blocks_of(group: dict, ticked) -> list[Block]:
    """What the ticked proposals of a group say."""
    chosen = [item for item in group["items"] if item["key"] in set(ticked)]
    if not group["sentence"]:
        return [_block(item) for item in chosen]
    names = "、".join(item["words"] for item in chosen)
    return [Paragraph(group["sentence"].format(names))] if chosen else []


def _block(item) -> Block:
    return Quotation(item["words"], item["source"]) if item["source"] else Paragraph(item["words"])


def rewrite(blocks: list[Block], sections: list[dict], group: dict, ticked) -> list[Block]:
    """The text with exactly the `ticked` proposals of the group; refused where one was changed by hand meanwhile."""
    blocks = list(blocks)
    old, new = blocks_of(group, group["ticked"]), blocks_of(group, ticked)
    place = None
    for block in (one for one in old if one not in new):
        if block not in blocks:
            raise DomainError(f"“{block.text[:20]}……”在正文中已修改或删除，请直接在“编辑正文”中调整这一段。")
        place = blocks.index(block)
        blocks.pop(place)
    section = next(one for one in sections if group in one["facts"].get("proposals", ()))
    for block in new:
        if block in old:
            place = blocks.index(block) + 1 if block in blocks else place
            continue
        if place is None:
            place = _end_of(blocks, section, sections)
        blocks.insert(place, block)
        place += 1
    return _without_bare(blocks, section, sections)


def _end_of(blocks, section, sections) -> int:
    """Where a block is added to a section; a section that is not there yet gets its heading first."""
    heading = Heading(1, section["label"])
    if heading in blocks:
        place = blocks.index(heading) + 1
        while place < len(blocks) and not _begins_another(blocks[place], _openings(sections)):
            place += 1
        return place
    later = sections[sections.index(section) + 1 :]
    openings = [Heading(1, one["label"]) if one["label"] else Paragraph(one["opening"]) for one in later]
    place = next((blocks.index(one) for one in openings if one in blocks), len(blocks))
    blocks.insert(place, heading)
    return place + 1


def _openings(sections) -> set[str]:
    """The first words of the parts that have no heading, such as the closing words."""
    return {one["opening"] for one in sections if not one["label"]}


def _begins_another(block, ends) -> bool:
    return (isinstance(block, Heading) and block.level == 1) or getattr(block, "text", None) in ends


def _without_bare(blocks, section, sections) -> list[Block]:
    """A heading below which nothing is left goes with its text."""
    heading = Heading(1, section["label"])
    if heading not in blocks:
        return blocks
    place = blocks.index(heading)
    bare = place + 1 == len(blocks) or _begins_another(blocks[place + 1], _openings(sections))
    return [*blocks[:place], *blocks[place + 1 :]] if bare else blocks
