"""Cards of the workbench about official papers: whose turn it is, and since when the oldest waits."""

from django.db.models import Count, Min

from zhuzun import clock
from zhuzun.home.cards import Card, Found, Section, address
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
    """Served on one's own body, and nobody has signed."""
    rows = waiting.papers(user, "receipt").order_by().aggregate(count=Count("pk"), since=Min("issued_at"))
    return Found(rows["count"], _days(rows["since"], at, "印发"))


def to_reply(user, at):
    """To be answered, and the next day for it."""
    rows = waiting.papers(user, "reply").order_by().aggregate(count=Count("pk"), by=Min("reply_by"))
    if rows["by"] is None:
        return Found(rows["count"])
    over = (at.day - rows["by"]).days
    return Found(rows["count"], f"最早须于 {day(rows['by'])} 前回复" + (f"，已过 {over} 天" if over > 0 else ""))


def unsigned(user, at):
    """Papers that somebody has not signed for: how many bodies, and how long."""
    rows = waiting.unsigned_deliveries(user).order_by()
    found = rows.aggregate(count=Count("paper", distinct=True), bodies=Count("pk"), since=Min("paper__issued_at"))
    return Found(found["count"], f"{found['bodies']} 个单位未签收；{_days(found['since'], at, '印发')}")


def _card(section, title, code, count, icon):
    permission = waiting.WAITS[code].permission
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
    _card(Section.TODO, "待签收的公文", "receipt", to_receive, "mail"),
    _card(Section.TODO, "待回复的公文", "reply", to_reply, "message"),
    _card(Section.TODO, "尚有单位未签收的公文", "unsigned", unsigned, "bell"),
)
