"""What a round (稿次) keeps of a paper beside its text, and what became of all of it from one round to the next.

A round keeps what a reader of the paper sees, in the words of its day: a name or a rule that changes later does not
change what somebody passed on. Rounds of an older portal kept title, recipients and text only (`head` is empty).
"""

from dataclasses import dataclass

from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.papers import text
from zhuzun.documents.services import attachments_of
from zhuzun.notices.papers.comparing import Line, compared
from zhuzun.notices.papers.kinds import Part as As
from zhuzun.ui.formats import long_day

PLAIN = ("标题", *As.labels)  # what rounds without a head tell of


@dataclass(frozen=True)
class Part:
    """A part of the paper with its lines compared; `key` is its place on the page, `long` is text, not an entry."""

    key: str
    label: str
    lines: list[Line]
    long: bool

    @property
    def changed(self) -> bool:
        """Whether anything in it is different."""
        return any(line.mark != "same" for line in self.lines)


def head_of(paper) -> dict:
    """All that stands on a paper beside its text: {"parts": [[label, lines]], "annexes": [{title, blocks}]}."""
    parts = [(label, [line for line in lines if line]) for label, lines in _parts(paper)]
    return {"parts": [[label, lines] for label, lines in parts], "annexes": annexes_of(paper)}


def annexes_of(paper) -> list[dict]:
    """The annexes that are set with the text, as a round keeps them."""
    return [{"title": one["title"], "blocks": one["blocks"]} for one in paper.printed_annexes]


def _parts(paper):
    """(label, lines), in the order of a paper from top to bottom."""
    yield "文种", [paper.kind_label]
    yield "发文机关", [str(paper.identity)]
    yield "标题", [paper.title]
    yield "主送写法", [paper.addressed]
    for part in As:
        yield part.label, paper.named(part)
    yield "附件说明", paper.annex_titles
    yield "附注", [paper.note]
    yield "缓急程度", [paper.get_urgency_display()]
    yield "公开属性", [paper.get_openness_display()]
    yield "份数", [str(paper.copies or "")]
    yield "回复", [_reply(paper)]
    yield "公文附件", _files(paper)
    yield "会签单位", [str(one.organisation) for one in paper.cosigners.select_related("organisation")]
    yield "签发人", [paper.signer_name]
    yield "成文日期", [long_day(paper.signed_on)]


def _reply(paper) -> str:
    if not paper.reply_wanted:
        return "不须回复"
    return f"须回复（{long_day(paper.reply_by)}前）" if paper.reply_by else "须回复"


def _files(paper) -> list[str]:
    """Name, size and the first signs of the hash: another file of the same name is another file."""
    files = attachments_of(paper, AttachmentKind.ENCLOSED).standing()
    return [f"{one.name}（{one.shown_size}，校验值 {one.sha256[:8]}）" for one in files]


def parts(before, after) -> list[Part]:
    """Each part of two rounds compared: title and what stands round the text, the text, the annexes."""
    old, new = _told(before), _told(after)
    if not (before.head and after.head):
        old, new = ({label: lines for label, lines in one.items() if label in PLAIN} for one in (old, new))
    entries = [(label, old.get(label, []), new.get(label, [])) for label in dict.fromkeys([*new, *old])]
    texts = [("正文", lines_of(before.blocks), lines_of(after.blocks))]
    if before.head and after.head:
        texts += _annexes(before.head["annexes"], after.head["annexes"])
    return [
        Part(f"part-{place}", label, compared(a, b), place >= len(entries))
        for place, (label, a, b) in enumerate([*entries, *texts])
    ]


def _told(one) -> dict[str, list[str]]:
    """What a round tells of, by label; of an old one what it kept as lines (主送：甲、乙)."""
    if one.head:
        return dict(map(tuple, one.head["parts"]))
    told = {"标题": [one.title]} | {label: [] for label in As.labels}
    for line in one.recipients.splitlines():
        label, _, names = line.partition("：")
        told[label] = names.split("、")
    return told


def _annexes(old, new):
    """The annexes by their titles; what is not there any more stands last, with the text that went."""
    by_title = {one["title"]: one["blocks"] for one in old}
    for place, one in enumerate(new, 1):
        yield f"附件{place}　{one['title']}", lines_of(by_title.pop(one["title"], [])), lines_of(one["blocks"])
    for title, blocks in by_title.items():
        yield f"附件（删去）　{title}", lines_of(blocks), []


def lines_of(blocks) -> list[str]:
    """A text as it is searched: a line for each block, and for each row of a table."""
    return text.plain_text(text.from_json(blocks)).splitlines()
