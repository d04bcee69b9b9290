"""What whoever drafts, checks or signs a paper should know, and what refuses nothing: a title that names another kind,
a text that was changed after a body gave its 会签.
"""

from zhuzun import clock
from zhuzun.audit.models import Event
from zhuzun.notices.papers import registry, rounds
from zhuzun.notices.papers.kinds import DRAFTING, UNDER_WAY

# Kinds of 公文 after the 条例 that the portal does not draft: told by 的 before them, because a title of an inner form
# may well end with such a word.
OTHERS = ("决议", "决定", "命令", "公报", "公告", "通告", "意见", "请示", "批复", "议案")


def of(paper, cosigners) -> list[str]:
    """For its page, while it is on its way."""
    if paper.state not in (*DRAFTING, *UNDER_WAY):
        return []
    return [*filter(None, [_title(paper)]), *_cosigned_before(paper, cosigners)]


def _title(paper) -> str:
    """关于……的通知 on a 通报: one of the two is wrong."""
    word = _named(paper.title.strip())
    if not word or paper.title.strip().endswith(paper.kind_label):
        return ""
    return f"标题以“{word}”结尾，而文种是“{paper.kind_label}”：请核对，改标题或改文种。"


def _named(title) -> str:
    ours = [label for _, label in registry.choices()]
    words = [
        *(word for word in ours if title.endswith(word)),
        *(word for word in OTHERS if title.endswith(f"的{word}")),
    ]
    return max(words, key=len, default="")


def _cosigned_before(paper, cosigners) -> list[str]:
    """Each body whose 会签 is for another text than this."""
    given = [one for one in cosigners if one.on]
    kept = list(paper.rounds.order_by("number")) if given else []
    if not kept:
        return []
    entered, how = _entered(paper), "重新登记会签" if paper.cosign_open else "须重新会签的退回修改"
    return [
        f"{one.organisation}会签（{one.on:%Y-%m-%d}）后正文有修改：请商该单位确认，{how}。"
        for one in given
        if _differs(paper, _read_by(one, kept, entered.get(str(one.organisation))))
    ]


def _entered(paper) -> dict:
    """{body: when its 会签 was entered last}."""
    events = Event.objects.about(paper).filter(action="paper.cosign").order_by("at", "pk")
    return {one.detail["会签单位"][-1]: one.at for one in events if one.detail.get("会签单位")}


def _read_by(cosigner, kept, entered):
    """The last round that could lie before the body: not after the day of its signature, nor after it was entered. One
    that signed before the first round signed for the first text that is kept.
    """
    before = [one for one in kept if clock.day_of(one.at) <= cosigner.on and (entered is None or one.at <= entered)]
    return before[-1] if before else kept[0]


def _differs(paper, read) -> bool:
    """Title, text or annexes; rounds of an older portal kept no annexes."""
    if (read.title, read.blocks) != (paper.title, paper.blocks):
        return True
    return bool(read.head) and read.head["annexes"] != rounds.annexes_of(paper)
