"""Who is told what about a paper: rows in the inbox, in the transaction of the act."""

from zhuzun.accounts.roles import Role
from zhuzun.notices.papers.kinds import Channel, Part
from zhuzun.notices.services import notify, notify_all
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.ui.formats import long_day

KIND = "paper"


def to_bureau(paper, word, roles, actor, now):
    """The people of the bureau whose turn it is."""
    bureau = Organisation.objects.filter(kind=OrganisationKind.BUREAU).first()
    _tell(paper, bureau, f"{word}：{paper.title}", "", actor, now, roles=roles)


def to_drafter(paper, word, reason, actor, now):
    """Whoever drafted it (registered it, of another's paper), unless he does it himself or nobody did yet."""
    if paper.owner not in (None, actor):
        _tell(paper, paper.owner.home, f"{word}：{paper.title}", reason, actor, now, user=paper.owner)


def drafted(paper, text, now):
    """The officers of the bureau: the portal has drafted something."""
    bureau = Organisation.objects.filter(kind=OrganisationKind.BUREAU).first()
    _tell(paper, bureau, f"系统已起草：{paper.title}", text, None, now, roles=[Role.BUREAU_OFFICER])


def served(paper, deliveries, actor, now):
    """Every body that has people here."""
    answer = f"请于{long_day(paper.reply_by)}前回复。" if paper.reply_wanted else ""
    words = {part: f"{paper.number_text}，{part.label}你单位，请签收。{answer}" for part in Part}
    told = [(row.organisation, words[row.part]) for row in deliveries if row.channel == Channel.PORTAL]
    _tell_all(paper, told, f"收文：{paper.title}", actor, now)


def ended(paper, actor, now):
    """Everybody it was served on."""
    text = f"{paper.number_text}{paper.get_state_display()}。原因：{paper.ended_why}"
    if paper.replaced_by:
        text += f" 请以{paper.replaced_by.number_text}《{paper.replaced_by.title}》为准。"
    rows = paper.deliveries.filter(channel=Channel.PORTAL).select_related("organisation")
    _tell_all(
        paper, [(row.organisation, text) for row in rows], f"{paper.get_state_display()}：{paper.title}", actor, now
    )


def file_withdrawn(paper, old, new, actor, now):
    """Everybody to whom a paper of another's was distributed here: that a file of it is not to be used any more."""
    instead = f"已更换为“{new}”，请以更换后的文件为准。" if new else ""
    text = f"来文文件“{old}”已撤下，原因：{old.withdrawal_reason}。{instead}已下载的，请停止使用并删除。"
    rows = paper.deliveries.filter(channel=Channel.PORTAL).select_related("organisation")
    title = f"来文文件{'更换' if new else '撤下'}：{paper.title}"
    _tell_all(paper, [(row.organisation, text) for row in rows], title, actor, now)


def replied(delivery, actor, now):
    """The drafter of the paper."""
    to_drafter(delivery.paper, f"{delivery.organisation}已回复", delivery.reply, actor, now)


def _tell_all(paper, told, title, actor, now):
    link = paper.get_absolute_url()
    notify_all(told, title=title, link=link, kind=KIND, subject=paper, actor=actor, now=now)


def ready(job, now):
    """Whoever started long work: that it is done, or why it is not."""
    body = job.acting.organisation if job.acting else job.owner.home
    word = "未完成" if job.error else "已完成"
    facts = {"kind": KIND, "user": job.owner, "link": job.get_absolute_url(), "now": now}
    notify(to=body, title=f"{word}：{job.title}", text=job.error, **facts)


def _tell(paper, to, title, text, actor, now, **more):
    link = paper.get_absolute_url()
    notify(to=to, title=title, text=text, link=link, kind=KIND, subject=paper, actor=actor, now=now, **more)
