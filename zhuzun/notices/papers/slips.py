"""The 发文稿纸 of a paper: what the portal knows of its way is filled in, the rest is room for the pen."""

from dataclasses import replace

from zhuzun import clock
from zhuzun.audit.models import Event
from zhuzun.documents.papers.sheet import Mark
from zhuzun.documents.papers.slip import MOST_SIGNINGS, Signing, Slip
from zhuzun.notices.papers import printing
from zhuzun.notices.papers.kinds import Act
from zhuzun.notices.papers.models import Paper

OTHER_STEPS = 4  # 拟稿 核稿 签发 复核


def slip_of(paper: Paper) -> Slip:
    """The form as it stands now: printed from the draft to be signed by hand, afterwards as record."""
    sheet = printing.sheet_of(paper)
    marks = tuple(mark for mark in sheet.marks if mark != Mark.UNSEALED)  # a form to be signed is never sealed
    by = paper.drafted_by  # nobody: the portal drafted it, and whoever takes it up signs as its drafter
    home = by.home.full_name_on(clock.day_of(paper.drafted_at)) if by else sheet.signatures[0]
    return Slip(
        sheet=replace(sheet, marks=marks),
        kind=paper.kind_label,
        identity=sheet.signatures[0],
        drafted_by=home,
        telephone=by.phone if by else "",
        urgency=paper.get_urgency_display(),
        publicity=paper.get_openness_display(),
        basis=str(paper.source or ""),
        signings=(
            Signing("拟稿", home, by.name if by else "", clock.day_of(paper.drafted_at) if by else None),
            Signing("核稿", "", paper.checker_name, paper.checked_on, _word(paper, Act.CHECKED)),
            *_countersigned(paper),
            Signing("签发", "", paper.signer_name, paper.signed_on, _word(paper, Act.SIGNED)),
            _reviewed(paper),
        ),
    )


def _word(paper, act) -> str:
    """What was said in the portal with this act, while it holds."""
    last = paper.rounds.filter(act__in=(act, Act.RETURNED)).last()
    return last.opinion[:300] if last and last.act == act else ""


def _countersigned(paper) -> list[Signing]:
    """A line for each body; the many that find no line are named together in the last."""
    rows = list(paper.cosigners.select_related("organisation").prefetch_related("organisation__names"))
    lines = [Signing("会签", str(row.organisation), row.name, row.on, row.opinion) for row in rows]
    room = MOST_SIGNINGS - OTHER_STEPS
    if len(lines) <= room:
        return lines
    return [*lines[: room - 1], Signing("会签", f"其余 {len(lines) - room + 1} 个单位另附")]


def _reviewed(paper) -> Signing:
    """复核, where it was passed after the last signature."""
    event = Event.objects.about(paper).filter(action="paper.review", succeeded=True).order_by("at", "pk").last()
    if event is None or paper.signed_on is None or clock.day_of(event.at) < paper.signed_on:
        return Signing("复核")
    return Signing("复核", "", event.actor_name, clock.day_of(event.at), event.reason[:300])
