"""收文登记: registering, correcting, attaching the paper itself, closing. Whatever bears a 密级 is refused first.

Nothing is asked of the database and no number is taken before `secrecy` has looked at every word and at the file.
"""

from django.db import IntegrityError, transaction

from zhuzun import clock
from zhuzun.audit.services import record
from zhuzun.documents import secrecy
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attach, withdraw
from zhuzun.errors import DomainError
from zhuzun.notices.incoming.kinds import OPEN
from zhuzun.notices.incoming.models import IncomingPaper
from zhuzun.notices.incoming.workflow import HANDLE, INCOMING
from zhuzun.notices.papers import numbering, telling
from zhuzun.ui.formats import one_line

SERIES = "收文"  # its numbers are the portal's, without gaps
FACTS = (
    "source",
    "sender",
    "sender_number",
    "title",
    "dated_on",
    "received_on",
    "urgency",
    "answer_by",
    "note",
)


def register(*, actor, now, data=None, filename="", **facts) -> IncomingPaper:
    """Register a paper that came in, with its file where there is one already; it takes the next 收文号."""
    actor.decide(HANDLE).enforce()
    facts = _unclassified(facts)
    if data is not None:
        secrecy.refuse_file(data, filename)
    _in_order(facts, clock.day_of(now))
    with transaction.atomic():
        year = clock.day_of(now).year
        serial = numbering.next_serial(SERIES, year)
        paper = IncomingPaper(registered_by=actor, registered_at=now, changed_at=now, **facts)
        paper.receipt = numbering.written(SERIES, year, serial)
        _save(paper)
        detail = {"receipt": paper.receipt, "sender": paper.sender, "sender_number": paper.sender_number}
        record("incoming.register", actor=actor, now=now, obj=paper, detail=detail)
        if data is not None:
            attach(data, filename, to=paper, kind=AttachmentKind.RECEIVED, actor=actor, now=now)
    return paper


def correct(paper, *, actor, now, **facts) -> IncomingPaper:
    """更正登记, until it is filed."""
    actor.decide(HANDLE, paper).enforce()
    facts = _unclassified(facts)
    _in_order(facts, clock.day_of(paper.registered_at))
    with transaction.atomic():
        paper = _held(paper, actor)
        changed = {name: [getattr(paper, name), facts[name]] for name in FACTS if getattr(paper, name) != facts[name]}
        for name, (_, value) in changed.items():
            setattr(paper, name, value)
        paper.changed_at = now
        _save(paper)
        detail = {name: [_told(before), _told(after)] for name, (before, after) in changed.items()}
        record("incoming.correct", actor=actor, now=now, obj=paper, detail=detail)
    return paper


def add_file(paper, *, data, filename, note, actor, now):
    """Attach the scan or the electronic file (来文原件), until it is filed."""
    actor.decide(HANDLE, paper).enforce()
    secrecy.refuse_words(说明=note)
    secrecy.refuse_file(data, filename)
    with transaction.atomic():
        paper = _held(paper, actor)
        return attach(data, filename, to=paper, kind=AttachmentKind.RECEIVED, actor=actor, now=now, note=note)


def take_down(attachment, *, reason, actor, now, data=None, filename="") -> IncomingPaper:
    """撤下 what was uploaded wrongly, with the right one in its place where there is one; whoever got it is told.

    At any time, after filing too: what may not lie here does not lie here a day longer. Row and reason stay, the bytes
    go (`zhuzun.documents.kinds.ERASED`).
    """
    secrecy.refuse_words(原因=reason)
    if data is not None:
        secrecy.refuse_file(data, filename)
    with transaction.atomic():
        paper = INCOMING.locked(attachment.subject)
        actor.decide(HANDLE, paper).enforce()
        facts = {"actor": actor, "now": now}
        new = data and attach(data, filename, to=paper, kind=AttachmentKind.RECEIVED, **facts)
        if new and new.pk == attachment.pk:
            raise DomainError("更换的文件与原文件相同，请选择正确的文件。", "file")
        old = withdraw(attachment, reason=reason, **facts)
        telling.file_withdrawn(paper, old, new, **facts)
    return paper


def close(paper, *, result, filed_as, actor, now, seen=None) -> IncomingPaper:
    """办结归档: what came of it, and where it lies."""
    secrecy.refuse_words(办理结果=result, 归档号=filed_as)
    if not result.strip():
        raise DomainError("请填写办理结果，如“已传阅”“已于11月20日复函”。", "result")
    facts = {"closed_on": clock.day_of(now), "result": result.strip(), "filed_as": filed_as.strip(), "changed_at": now}
    return INCOMING.take(paper, "close", actor=actor, now=now, reason=result, seen=seen, **facts)


def strike(paper, *, reason, actor, now, seen=None) -> IncomingPaper:
    """登记作废, of what was registered by mistake and not yet distributed; its 收文号 stays on record."""
    secrecy.refuse_words(原因=reason)
    if not reason.strip():
        raise DomainError("请写明作废原因。", "reason")
    facts = {"struck_why": reason.strip(), "changed_at": now}
    return INCOMING.take(paper, "strike", actor=actor, now=now, reason=reason, seen=seen, **facts)


def _held(paper, actor) -> IncomingPaper:
    """The paper as it stands, held; a filed one is not changed."""
    paper = INCOMING.locked(paper)
    actor.decide(HANDLE, paper).enforce()
    if paper.state not in OPEN:
        raise DomainError(f"来文目前是“{paper.get_state_display()}”，不能修改。")
    return paper


def _unclassified(facts) -> dict:
    """The facts on one line each, where none of them bears a 密级."""
    facts = {name: one_line(value) if isinstance(value, str) else value for name, value in facts.items()}
    words = {"来文机关": "sender", "来文字号": "sender_number", "标题": "title", "备注": "note"}
    secrecy.refuse_words(**{word: facts[name] for word, name in words.items()})
    return facts


def _in_order(facts, today):
    if facts["received_on"] > today:
        raise DomainError("收文日期不能晚于登记之日。", "received_on")
    if facts["dated_on"] > facts["received_on"]:
        raise DomainError("成文日期不能晚于收文日期。", "dated_on")
    if facts["answer_by"] and facts["answer_by"] < facts["dated_on"]:
        raise DomainError("要求回复期限不能早于成文日期。", "answer_by")


def _save(paper):
    try:
        with transaction.atomic():
            paper.save()
    except IntegrityError as error:
        raise DomainError(_known(paper), "sender_number" if paper.sender_number else "title") from error


def _known(paper) -> str:
    """Under which 收文号 it stands already."""
    rows = IncomingPaper.objects.filter(sender=paper.sender).exclude(pk=paper.pk).exclude(state="struck")
    same = {"sender_number": paper.sender_number} if paper.sender_number else {"title": paper.title}
    other = rows.filter(**same).first()
    return f"这份来文已经登记（{other.receipt}），不必重复登记。" if other else "这份来文已经登记，请刷新后查看。"


def _told(value):
    return "" if value is None else str(value)
