"""Drafting: a new paper, its head, its text, its recipients, who countersigns. Only while it is 拟稿 or 退回修改."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from zhuzun import clock
from zhuzun.audit.services import record
from zhuzun.documents import secrecy
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.papers import sheet, signs, text
from zhuzun.documents.services import attach, withdraw
from zhuzun.errors import DomainError
from zhuzun.notices.papers import addressing, composing, proposing, registry, rendering
from zhuzun.notices.papers.kinds import DRAFTING, UNDER_WAY, Part
from zhuzun.notices.papers.models import Paper, PaperCosigner, PaperRecipient
from zhuzun.notices.papers.workflow import PAPER
from zhuzun.ui.formats import one_line

DRAFT = "notices.draft_paper"
MOST_RECIPIENTS = 400
HEAD = (
    "title",
    "addressed",
    "note",
    "enclosures",
    "urgency",
    "openness",
    "copies",
    "reply_wanted",
    "reply_by",
)


def draft(
    *,
    kind,
    identity,
    title,
    actor,
    now,
    blocks=None,
    about=None,
    source=None,
    snapshot=None,
    annexes=(),
    main=(),
    copies=(),
    **head,
) -> Paper:
    """A new paper: with `blocks`, or with what the sections of its kind say `about` something (nothing: a blank draft).

    Without an actor the portal drafts by itself: whoever takes the draft up becomes its drafter. `annexes` are (title,
    blocks); `source` is the record it was drafted of, `snapshot` from which version of which figures.
    """
    if actor is not None:
        actor.decide(DRAFT).enforce()
    if kind not in dict(registry.choices()):
        raise DomainError("没有这个文种，请重新选择。", "kind")
    composed = composing.compose(kind, about) if blocks is None else composing.Composed(blocks, [])
    with transaction.atomic():
        paper = Paper(
            kind=kind,
            identity=identity,
            title=_titled(title),
            drafted_by=actor,
            drafted_at=now,
            changed_at=now,
            snapshot=(snapshot or {}) | {"sections": composed.sections},
            annexes=[{"title": title, "blocks": text.to_json(blocks)} for title, blocks in annexes],
            **_source(source),
            **head,
        )
        _check_head(paper)
        _set_blocks(paper, composed.blocks)
        paper.save()
        _write_recipients(paper, _chosen(main, copies))
        record("paper.draft", actor=actor, now=now, obj=paper, detail={"kind": paper.kind_label})
        rendering.ahead(paper)
    return paper


def choose(paper, *, chosen: dict[str, list[str]], annexes: list[int], actor, now) -> Paper:
    """Let exactly these proposals ({group: keys}) and annexes (their places) stand in the draft."""
    with transaction.atomic():
        paper = _held(paper, actor)
        blocks, said = list(text.from_json(paper.blocks)), {}
        for group in proposing.groups_of(paper.snapshot.get("sections", [])):
            keys = [item["key"] for item in group["items"] if item["key"] in set(chosen.get(group["code"], ()))]
            _open_to(group, [key for key in keys if key not in group["ticked"]])
            if keys == group["ticked"]:
                continue
            blocks = proposing.rewrite(blocks, paper.snapshot["sections"], group, keys)
            said[group["label"]] = f"{len(keys)} / {len(group['items'])}"
            group["ticked"] = keys
        for place, annex in enumerate(paper.annexes):
            annex["left_out"] = place not in annexes
        _set_blocks(paper, blocks)
        return _keep(paper, "paper.choose", actor, now, said)


def _open_to(group, keys):
    """Some proposals need somebody else's word first: a late body is named by the leader's decision only."""
    why = registry.barred(group.get("gate", ""), keys)
    if why:
        item = next(item for item in group["items"] if item["key"] in why)
        raise DomainError(f"{item['label']}：{why[item['key']]}", group["code"])


def change_head(paper, *, kind, identity, actor, now, **head) -> Paper:
    """Kind, identity, title and what stands round the text."""
    with transaction.atomic():
        paper = _held(paper, actor)
        paper.kind, paper.identity = kind, identity
        for name in HEAD:
            if name in head:
                setattr(paper, name, head[name])
        paper.title = _titled(paper.title)
        _check_head(paper)
        return _keep(paper, "paper.change_head", actor, now)


def write(paper, *, blocks, actor, now) -> Paper:
    """The text as a list of blocks."""
    with transaction.atomic():
        paper = _held(paper, actor)
        _set_blocks(paper, blocks)
        return _keep(paper, "paper.write", actor, now)


def address(paper, *, main, copies, actor, now) -> Paper:
    """To whom: bodies that are 主送 and those that get a copy, in this order; who is refused is refused at 送核稿."""
    chosen = _chosen(main, copies)
    with transaction.atomic():
        paper = _held(paper, actor)
        paper.recipients.all().delete()
        _write_recipients(paper, chosen)
        return _keep(paper, "paper.address", actor, now, {"主送": len(main), "抄送": len(chosen) - len(main)})


def _chosen(main, copies) -> dict:
    chosen = dict.fromkeys(main, Part.MAIN) | {body: Part.COPY for body in copies if body not in set(main)}
    if len(chosen) > MOST_RECIPIENTS:
        raise DomainError(f"主送、抄送合计不超过 {MOST_RECIPIENTS} 个单位，请分批印发。")
    return chosen


def _write_recipients(paper, chosen):
    rows = [
        PaperRecipient(paper=paper, organisation=body, part=part, position=number)
        for number, (body, part) in enumerate(chosen.items(), start=1)
    ]
    PaperRecipient.objects.bulk_create(rows, batch_size=200)


def add_group(paper, *, group, actor, now) -> Paper:
    """A group such as 各区, as at today: whom the rules refuse as 主送 moves to 抄送 (横琴)."""
    day = clock.day_of(now)
    present = list(paper.recipients.select_related("organisation"))
    main = [row.organisation for row in present if row.part == Part.MAIN]
    copies = [row.organisation for row in present if row.part == Part.COPY]
    members = addressing.with_relations(group.members_on(day)).order_by("position")
    for one in addressing.spread(paper.identity, paper.spec, members, day):
        known = one.body in main or one.body in copies
        if not known:
            (main if one.part == Part.MAIN else copies).append(one.body)
    return address(paper, main=main, copies=copies, actor=actor, now=now)


def ask_cosigners(paper, *, bodies, actor, now) -> Paper:
    """Whose 会签 is wanted; whoever has signed already stays."""
    with transaction.atomic():
        paper = _held(paper, actor)
        paper.cosigners.filter(on__isnull=True).exclude(organisation__in=bodies).delete()
        known = set(paper.cosigners.values_list("organisation_id", flat=True))
        PaperCosigner.objects.bulk_create(
            [PaperCosigner(paper=paper, organisation=body) for body in bodies if body.pk not in known]
        )
        return _keep(paper, "paper.ask_cosigners", actor, now, {"会签": ["", "、".join(map(str, bodies))]})


def enter_cosign(cosigner, *, name, on, opinion, actor, now) -> PaperCosigner:
    """That a body has countersigned (on paper): who, when, with what opinion."""
    with transaction.atomic():
        paper = PAPER.locked(cosigner.paper)
        actor.decide(DRAFT, paper).enforce()
        if not paper.cosign_open:
            raise DomainError(f"公文目前是“{paper.get_state_display()}”，不再登记会签。")
        if on > clock.day_of(now):
            raise DomainError("会签日期不能晚于今天。", "on")
        if not paper.cosigners.filter(pk=cosigner.pk).exists():
            raise DomainError(f"{cosigner.organisation}已不在会签单位之列，请刷新后查看。")
        cosigner.name, cosigner.on, cosigner.opinion, cosigner.entered_by = name.strip(), on, opinion.strip(), actor
        cosigner.save()
        detail = {"会签单位": ["", str(cosigner.organisation)], "会签人": ["", cosigner.name]}
        record("paper.cosign", actor=actor, now=now, obj=paper, detail=detail)
    return cosigner


def enclose(paper, *, data, filename, note, actor, now):
    """Attach a file that goes out with the paper (公文附件); one that bears a 密级 is refused."""
    actor.decide(DRAFT, paper).enforce()
    secrecy.refuse_words(说明=note)
    secrecy.refuse_file(data, filename)
    with transaction.atomic():
        paper = _held(paper, actor)
        return attach(data, filename, to=paper, kind=AttachmentKind.ENCLOSED, actor=actor, now=now, note=note)


def take_down(attachment, *, reason, actor, now) -> Paper:
    """撤下 an annex while the paper is a draft."""
    secrecy.refuse_words(原因=reason)
    with transaction.atomic():
        paper = _held(attachment.subject, actor)
        withdraw(attachment, reason=reason, actor=actor, now=now)
    return paper


def _held(paper, actor) -> Paper:
    """The paper as it stands, held; only a draft is written."""
    paper = PAPER.locked(paper)
    actor.decide(DRAFT, paper).enforce()
    if why := closed(paper):
        raise DomainError(why)
    return paper


def closed(paper) -> str:
    """Why a paper is not written any more, or nothing."""
    if paper.state in DRAFTING:
        return ""
    how = "需要修改的，请退回或撤回后再改" if paper.state in UNDER_WAY else "有错误的，请撤销后另行拟稿"
    return f"公文目前是“{paper.get_state_display()}”，不能修改；{how}。"


def _keep(paper, action, actor, now, detail=None) -> Paper:
    """What the portal drafted is taken up by whoever works on it first: he is its drafter from then on."""
    paper.drafted_by, paper.changed_at = paper.drafted_by or actor, now
    paper.save()
    record(action, actor=actor, now=now, obj=paper, detail=detail)
    rendering.ahead(paper)
    return paper


def _check_head(paper):
    """Refuse at its field what could not be printed later."""
    for name, label, most in (
        ("title", "标题", text.LONGEST_TITLE),
        ("addressed", "主送写法", 120),
        ("note", "附注", 100),
    ):
        signs.check_line(getattr(paper, name), label, most, name, empty=True)
    if len(paper.enclosures) > sheet.MOST_ANNEXES:
        raise DomainError(f"附件最多 {sheet.MOST_ANNEXES} 个，现有 {len(paper.enclosures)} 个。", "enclosures")
    for place, one in enumerate(paper.enclosures, 1):
        signs.check_line(one, f"第 {place} 个附件名称", sheet.LONGEST_NAME, "enclosures")


def _set_blocks(paper, blocks):
    text.check(tuple(blocks))
    paper.blocks = text.to_json(blocks)
    annexes = [line for one in paper.printed_annexes for line in (one["title"], _plain(one["blocks"]))]
    paper.searchable = "\n".join([text.plain_text(blocks), *annexes])


def _plain(stored) -> str:
    return text.plain_text(text.from_json(stored))


def _source(source) -> dict:
    if source is None:
        return {}
    return {"source_type": ContentType.objects.get_for_model(source), "source_id": str(source.pk)}


def _titled(words: str) -> str:
    """A title pasted in two lines goes on before 关于; between two issuers the blank stands."""
    return one_line(words).replace(" 关于", "关于")
