"""The steps of a paper: each takes one step of the table, leaves a round where the text is passed on or given back."""

from django.db import transaction
from django.db.models import Max

from zhuzun import clock
from zhuzun.accounts.roles import Role
from zhuzun.documents import secrecy
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attach, withdraw
from zhuzun.errors import DomainError
from zhuzun.notices.papers import numbering, printing, rendering, rounds, telling
from zhuzun.notices.papers.kinds import Act, Joining, PaperState, Part
from zhuzun.notices.papers.models import Paper, PaperRound
from zhuzun.notices.papers.workflow import PAPER

RETURNS = {
    PaperState.CHECKING: "return_check",
    PaperState.COSIGNING: "return_cosign",
    PaperState.SIGNING: "return_sign",
    PaperState.REVIEWING: "return_review",
}


def submit(paper, *, actor, now, reason="", seen=None) -> Paper:
    """送核稿: the drafter is whoever passes it on."""
    with transaction.atomic():
        drafter = PAPER.locked(paper).drafted_by or actor
        facts = _unsigned() | {"drafted_by": drafter}
        paper = _take(paper, "submit", actor=actor, now=now, reason=reason, seen=seen, **facts)
        _round(paper, Act.SUBMITTED, actor, now, reason)
        telling.to_bureau(paper, "待核稿", [Role.BUREAU_HEAD], actor, now)
    return paper


def recall(paper, *, actor, now, reason="", seen=None) -> Paper:
    """撤回修改, before 核稿."""
    return _take(paper, "recall", actor=actor, now=now, reason=reason, seen=seen)


def check(paper, *, actor, now, reason="", seen=None) -> Paper:
    """核稿同意: to 会签 where somebody has still to countersign, else to 签发."""
    with transaction.atomic():
        current = PAPER.locked(paper)
        step = "check_cosign" if current.waiting_cosigners() else "check"
        facts = {"checked_by": actor, "checker_name": actor.name, "checked_on": clock.day_of(now)}
        paper = _take(paper, step, actor=actor, now=now, reason=reason, seen=seen, **facts)
        _round(paper, Act.CHECKED, actor, now, reason)
        if paper.state == PaperState.SIGNING:
            telling.to_bureau(paper, "待签发", [Role.BUREAU_LEADER], actor, now)
        else:
            telling.to_drafter(paper, "待会签", reason, actor, now)
    return paper


def cosigned(paper, *, actor, now, reason="", seen=None) -> Paper:
    """会签完毕，送签发."""
    with transaction.atomic():
        paper = _take(paper, "cosigned", actor=actor, now=now, reason=reason, seen=seen)
        telling.to_bureau(paper, "待签发", [Role.BUREAU_LEADER], actor, now)
    return paper


def sign(paper, *, actor, now, reason="", seen=None) -> Paper:
    """签发 in the portal: 成文日期 is today."""
    facts = {"signed_by": actor, "signer_name": actor.name, "signed_on": clock.day_of(now), "signed_outside": False}
    with transaction.atomic():
        paper = _take(paper, "sign", actor=actor, now=now, reason=reason, seen=seen, **facts)
        _round(paper, Act.SIGNED, actor, now, reason)
        telling.to_bureau(paper, "待复核、编号、印发", [Role.CLERK], actor, now)
    return paper


def sign_outside(
    paper, *, checker_name, checked_on, signer_name, signed_on, data, filename, actor, now, reason="", seen=None
) -> Paper:
    """签发 in the OA or on the 发文稿纸: the clerk enters who checked and signed, when, and files the signed sheet."""
    checker_name, signer_name = checker_name.strip(), signer_name.strip()
    secrecy.refuse_file(data, filename)
    with transaction.atomic():
        _three_people(PAPER.locked(paper), checker_name, signer_name)
        _in_order(checked_on, signed_on, clock.day_of(now))
        facts = {
            "checker_name": checker_name,
            "checked_on": checked_on,
            "signed_by": None,
            "signer_name": signer_name,
            "signed_on": signed_on,
            "signed_outside": True,
        }
        detail = {"签发人": ["", signer_name], "核稿人": ["", checker_name]}
        paper = _take(paper, "sign_outside", actor=actor, now=now, reason=reason, seen=seen, detail=detail, **facts)
        row = _round(paper, Act.SIGNED_OUTSIDE, actor, now, reason)
        attach(data, filename, to=row, kind=AttachmentKind.SIGNED, actor=actor, now=now, note="发文稿纸")
        telling.to_drafter(paper, "已登记线下签发", reason, actor, now)
    return paper


def give_back(paper, *, actor, now, reason, seen=None) -> Paper:
    """退回修改 from 核稿, 会签, 签发 or 复核; whoever is next then starts anew."""
    _reasoned(reason, "请写明退回原因，拟稿人会看到。")
    step = RETURNS.get(seen or paper.state)
    if step is None:
        raise DomainError(f"公文目前是“{paper.get_state_display()}”，不能退回。")
    with transaction.atomic():
        paper = _take(paper, step, actor=actor, now=now, reason=reason, seen=seen, **_unsigned())
        _round(paper, Act.RETURNED, actor, now, reason)
        telling.to_drafter(paper, "被退回修改", reason, actor, now)
    return paper


def review(paper, *, actor, now, reason="", seen=None) -> Paper:
    """复核通过."""
    return _take(paper, "review", actor=actor, now=now, reason=reason, seen=seen)


def number(paper, *, actor, now, year=None, word="", serial=None, reason="", seen=None) -> Paper:
    """登记编号: the next of the series, or the office's own number (外部编号)."""
    series = paper.identity.series_of(paper.spec)
    if series is None:
        raise DomainError(f"发文身份“{paper.identity}”没有设置“{paper.kind_label}”的编号序列，请先设置。")
    seen = seen or paper.state
    with transaction.atomic():
        current, detail = PAPER.locked(paper), {}
        if current.state == PaperState.NUMBERING:  # else the step says why not, and nothing is taken
            year = year or current.signed_on.year
            taken = numbering.take(current, series, actor=actor, now=now, year=year, word=word, number=serial)
            detail = {"发文字号": ["", taken.text]}
        return _take(paper, "number", actor=actor, now=now, reason=reason, seen=seen, detail=detail)


def mark_printed(paper, *, on, actor, now, reason="", seen=None) -> Paper:
    """印制用印: 印发日期 is the day of printing, not before 成文日期; from now on the paper is known by its digest."""
    if paper.signed_on and on < paper.signed_on:
        raise DomainError("印发日期不能早于成文日期。", "on")
    if on > clock.day_of(now):
        raise DomainError("印发日期不能晚于今天。", "on")
    with transaction.atomic():
        current = PAPER.locked(paper)
        current.printed_on = on
        facts = {"printed_on": on, "digest": printing.sheet_of(current).digest}
        return _take(paper, "print", actor=actor, now=now, reason=reason, seen=seen, **facts)


def file_sealed(paper, *, data, filename, actor, now):
    """The scan of the sealed paper: what is served on the recipients; a 密级 in its text layer is refused."""
    secrecy.refuse_file(data, filename)
    with transaction.atomic():
        current = _at_the_press(paper, actor)
        return attach(data, filename, to=current, kind=AttachmentKind.SEALED, actor=actor, now=now)


def take_down_sealed(attachment, *, reason, actor, now) -> Paper:
    """撤下 a scan that is not this paper's, before it is served."""
    secrecy.refuse_words(原因=reason)
    with transaction.atomic():
        current = _at_the_press(attachment.subject, actor)
        withdraw(attachment, reason=reason, actor=actor, now=now)
    return current


def _at_the_press(paper, actor) -> Paper:
    """The paper, held, while its scan may still be changed."""
    current = PAPER.locked(paper)
    actor.decide("notices.handle_paper", current).enforce()
    if current.state not in (PaperState.PRINTING, PaperState.ISSUING):
        raise DomainError("用印件在印制用印时上传、更换；印发以后有错误的，请撤销后重新印发。")
    return current


def file_away(paper, *, filed_as, actor, now, reason="", seen=None) -> Paper:
    """归档."""
    facts = {"filed_on": clock.day_of(now), "filed_as": filed_as.strip()}
    return _take(paper, "file", actor=actor, now=now, reason=reason, seen=seen, **facts)


def void(paper, *, actor, now, reason, seen=None) -> Paper:
    """作废, before 印发: a number that it bears stays on record."""
    _reasoned(reason, "请写明作废原因。")
    with transaction.atomic():
        step = "discard" if paper.state in (PaperState.DRAFT, PaperState.RETURNED) else "void"
        paper = _take(paper, step, actor=actor, now=now, reason=reason, seen=seen)
        numbering.void(paper, reason=reason, actor=actor, now=now)
        telling.to_drafter(paper, "已作废", reason, actor, now)
    return paper


def end(paper, step, *, actor, now, reason, replaced_by=None, seen=None) -> Paper:
    """撤销 or 废止 (`step`: revoke, repeal) after 印发: whoever it was served on is told, with what replaces it."""
    _reasoned(reason, "请写明原因，各收文单位会看到。")
    if replaced_by is not None and replaced_by.pk == paper.pk:
        raise DomainError("不能由本件代替本件。", "replaced_by")
    if replaced_by is not None and not replaced_by.in_force:
        raise DomainError("代替的公文须已印发、现行有效。", "replaced_by")
    facts = {"ended_on": clock.day_of(now), "ended_why": reason.strip(), "replaced_by": replaced_by}
    with transaction.atomic():
        paper = _take(paper, step, actor=actor, now=now, reason=reason, seen=seen, **facts)
        telling.ended(paper, actor, now)
    return paper


def _take(paper, step, *, now, **facts) -> Paper:
    """The step; the paper stands where it is since now."""
    paper = PAPER.take(paper, step, now=now, changed_at=now, **facts)
    rendering.ahead(paper)
    return paper


def _reasoned(reason, words):
    if not reason.strip():
        raise DomainError(words, "reason")


def _unsigned() -> dict:
    """What falls when a text is drafted anew."""
    empty = dict.fromkeys(("checked_by", "checked_on", "signed_by", "signed_on"))
    return {**empty, "checker_name": "", "signer_name": "", "signed_outside": False}


def _three_people(paper, checker, signer):
    """Drafting, 核稿 and 签发 are three people, also on paper."""
    if not checker or not signer:
        raise DomainError("请填写核稿人和签发人。", "checker_name" if not checker else "signer_name")
    drafter = paper.drafted_by.name
    if signer == drafter:
        raise DomainError("拟稿人不能签发自己拟的公文。", "signer_name")
    if checker == drafter and paper.identity.joining != Joining.DRAFT_CHECK:
        raise DomainError("核稿人与拟稿人须为两人。", "checker_name")
    if checker == signer and paper.identity.joining != Joining.CHECK_SIGN:
        raise DomainError("核稿人与签发人须为两人。", "signer_name")


def _in_order(checked_on, signed_on, today):
    if signed_on > today:
        raise DomainError("签发日期不能晚于今天。", "signed_on")
    if checked_on > signed_on:
        raise DomainError("核稿日期不能晚于签发日期。", "checked_on")


def _round(paper, act, actor, now, opinion) -> PaperRound:
    last = paper.rounds.aggregate(last=Max("number"))["last"] or 0
    return PaperRound.objects.create(
        paper=paper,
        number=last + 1,
        act=act,
        title=paper.title,
        blocks=paper.blocks,
        recipients=_recipients(paper),
        head=rounds.head_of(paper),
        by=actor,
        at=now,
        opinion=opinion.strip()[:500],
    )


def _recipients(paper) -> str:
    parts = ((part.label, paper.named(part)) for part in Part)
    return "\n".join(f"{label}：{'、'.join(names)}" for label, names in parts if names)
