"""The policy's own term, and what every page says once it has run out: 依据文件执行期至2025年."""

from tasks.models import PolicyDocument
from zhuzun import clock


def state_on(document: PolicyDocument, day) -> PolicyDocument:
    """Gives the document its `state` on `day`: running, ended or coming."""
    if day < document.term_from:
        document.state = "coming"
    else:
        document.state = "ended" if document.term_to and document.term_to < day else "running"
    return document


def sentence(documents, day) -> str | None:
    """What to say where no document's term covers `day` any more; nothing while one does, or before the first."""
    states = [state_on(document, day).state for document in documents]
    ended = [document for document, state in zip(documents, states, strict=True) if state == "ended"]
    if "running" in states or not ended:
        return None
    last = max(ended, key=lambda document: document.term_to)
    return f"依据文件执行期至{last.term_to.year}年（{last}），接续文件尚未登记，各项任务暂按原文件办理。"


def note(request) -> str | None:
    """The sentence for a page, today: one small query."""
    return sentence(list(PolicyDocument.objects.visible_to(request.user)), clock.today())
