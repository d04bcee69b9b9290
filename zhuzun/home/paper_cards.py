"""Cards of the workbench about official papers: whose turn it is, and since when the oldest waits."""

from django.db.models import Count, Min

from zhuzun import clock
from zhuzun.home.cards import Card, Found, Section, address
from zhuzun.notices.incoming import waiting as incoming
from zhuzun.notices.papers import waiting
from zhuzun.ui.formats import day


def _days(since, at, word) -> str:
    """最早 2026-11-20 送来，已 5 天."""
    if since is None:
        return ""
    days = (at.day - clock.day_of(since)).days
    return f"最早 {day(since)} {word}，{f'已 {days} 天' if days else '今天'}"


def since_step(code, word="送来"):
    """How many papers wait so, and since when the oldest: since its last step."""

    def found(user, at):
        rows = waiting.papers(user, code).order_by().aggregate(count=Count("pk"), since=Min("changed_at"))
        return Found(rows["count"], _days(rows["since"], at, word))

    return found


def to_receive(user, at):
    """Served on one's own body, ours or another's, and nobody has signed."""
    rows = waiting.papers(user, "receipt").order_by().aggregate(count=Count("pk"), since=Min("issued_at"))
    theirs = incoming.to_receive(user).order_by().aggregate(count=Count("pk"), since=Min("distributed_at"))
    return Found(rows["count"] + theirs["count"], _days(_first(rows, theirs, "since"), at, "送达"))


def to_reply(user, at):
    """To be answered, and the next day for it."""
    rows = waiting.papers(user, "reply").order_by().aggregate(count=Count("pk"), by=Min("reply_by"))
    theirs = incoming.to_reply(user).order_by().aggregate(count=Count("pk"), by=Min("reply_by"))
    count, by = rows["count"] + theirs["count"], _first(rows, theirs, "by")
    if by is None:
        return Found(count)
    over = (at.day - by).days
    return Found(count, f"最早须于 {day(by)} 前回复" + (f"，已过 {over} 天" if over > 0 else ""))


def unsigned(user, at):
    """Papers that somebody has not signed for: how many bodies, and how long."""
    facts = {"count": Count("paper", distinct=True), "bodies": Count("pk")}
    rows = waiting.unsigned_deliveries(user).order_by().aggregate(**facts, since=Min("paper__issued_at"))
    theirs = incoming.unsigned(user).order_by().aggregate(**facts, since=Min("distributed_at"))
    count, bodies = (rows[name] + theirs[name] for name in facts)
    return Found(count, f"{bodies} 个单位未签收；{_days(_first(rows, theirs, 'since'), at, '送达')}")


def to_distribute(user, at):
    """Papers of others that nobody distributed yet."""
    rows = incoming.papers(user, "distribute").order_by().aggregate(count=Count("pk"), since=Min("registered_at"))
    return Found(rows["count"], _days(rows["since"], at, "登记"))


def _first(ours, theirs, name):
    """The earlier of the two, as far as there are any."""
    return min((one[name] for one in (ours, theirs) if one[name] is not None), default=None)


def _card(section, title, code, count, icon):
    permission = (waiting.WAITS.get(code) or incoming.WAITS[code]).permission
    where = address("notices:papers", waiting=code)
    return Card(section, title, (permission, "notices.view_paper"), count, where, f"没有{title}", unit="件", icon=icon)


PAPER_CARDS = (
    _card(Section.RETURNED, "被退回的公文", "returned", since_step("returned", "退回"), "rotate-2"),
    _card(Section.TODO, "待送核稿的草稿", "draft", since_step("draft", "修改"), "pencil"),
    _card(Section.TODO, "待登记会签的公文", "cosign", since_step("cosign"), "users-group"),
    _card(Section.TODO, "待我核稿的公文", "check", since_step("check"), "zoom-check"),
    _card(Section.TODO, "待我签发的公文", "sign", since_step("sign"), "edit"),
    _card(Section.TODO, "待复核编号的公文", "number", since_step("number"), "id"),
    _card(Section.TODO, "待印制用印的公文", "seal", since_step("seal", "编号"), "printer"),
    _card(Section.TODO, "待印发的公文", "issue", since_step("issue", "用印"), "send"),
    _card(Section.TODO, "待归档的公文", "file", since_step("file", "印发"), "archive"),
    _card(Section.TODO, "待分送的来文", "distribute", to_distribute, "mail"),
    _card(Section.TODO, "待签收的公文", "receipt", to_receive, "mail"),
    _card(Section.TODO, "待回复的公文", "reply", to_reply, "message"),
    _card(Section.TODO, "尚有单位未签收的公文", "unsigned", unsigned, "bell"),
)
