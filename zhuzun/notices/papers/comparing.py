"""What changed between two rounds (稿次), line by line: from the same plain text that search reads."""

from difflib import SequenceMatcher

from zhuzun.documents.papers import text
from zhuzun.notices.papers import blocks


def lines_of(paper_round) -> list[str]:
    """Title, recipients and text of a round, a line each."""
    body = text.plain_text(blocks.read(paper_round.blocks))
    return [paper_round.title, *paper_round.recipients.splitlines(), *body.splitlines()]


def compared(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """(mark, line): same, gone or come, in reading order."""
    found = []
    for word, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if word == "equal":
            found += [("same", line) for line in new[c:d]]
        else:
            found += [("gone", line) for line in old[a:b]] + [("come", line) for line in new[c:d]]
    return found
