"""The way of a paper: 拟稿 → 核稿 → 会签 → 签发 → 复核 → 登记编号 → 印制用印 → 印发 → 归档.

No other module assigns a state.
"""

from zhuzun.notices.papers.kinds import DRAFTING, IN_FORCE, UNDER_WAY, Joining, PaperState
from zhuzun.workflow import Step, Workflow

S = PaperState


# --- conditions: empty where met, else the reason -----------------------------------------------------------------
def has_text(paper, actor, now):
    """The paper has a title and a text."""
    if not paper.title.strip():
        return "尚未填写标题。"
    return "" if paper.has_text() else "尚未填写正文。"


def has_recipients(paper, actor, now):
    """Somebody is 主送; a 报告 goes to one body."""
    main = paper.main_count()
    if not main:
        return "尚未填写主送机关。"
    return "报告只主送一个上级机关，其他上级机关列为抄送。" if paper.spec.upward and main > 1 else ""


def fits_the_rules(paper, actor, now):
    """No recipient is refused by the table of who may write to whom."""
    refused = paper.refused_recipients(now)
    return f"{refused[0][0]}：{refused[0][1]}" if refused else ""


def answer_day_ahead(paper, actor, now):
    """Where an answer is asked for, there is a day for it."""
    return "请填写回复截止日期。" if paper.reply_wanted and not paper.reply_by else ""


def not_the_drafter(paper, actor, now):
    """核稿 is another person's than drafting, unless the identity joins the two."""
    if paper.identity.joining == Joining.DRAFT_CHECK or not paper.drafted_by_him(actor):
        return ""
    return "这份公文由您拟稿，须由另一位同事核稿。"


def neither_drafter_nor_checker(paper, actor, now):
    """签发 is never the drafter's, nor the checker's unless the identity joins 核稿 and 签发."""
    if paper.drafted_by_him(actor):
        return "这份公文由您拟稿，须由另一位领导签发。"
    if paper.identity.joining != Joining.CHECK_SIGN and paper.checked_by_him(actor):
        return "这份公文由您核稿，须由另一位领导签发。"
    return ""


def cosigners_wanted(paper, actor, now):
    """Some body has still to countersign."""
    return "" if paper.waiting_cosigners() else "没有待会签的单位，请直接送签发。"


def all_cosigned(paper, actor, now):
    """Nobody has still to countersign."""
    waiting = paper.waiting_cosigners()
    return f"尚待会签：{'、'.join(waiting)}。" if waiting else ""


def sealed_scan_there(paper, actor, now):
    """Where the kind goes out under seal, the sealed scan is there: it is what is served."""
    wanted = paper.spec.sealed and not paper.has_sealed_scan()
    return "请先上传用印扫描件：送达各单位的是用印件。" if wanted else ""


def numbered(paper, actor, now):
    """The paper bears a number."""
    return "" if paper.number_text else "尚未登记编号。"


WHOLE = (has_text, has_recipients, fits_the_rules, answer_day_ahead)
DRAFT, CHECK, SIGN = "notices.draft_paper", "notices.check_paper", "notices.sign_paper"
CLERK, END = "notices.handle_paper", "notices.withdraw_paper"

PAPER = Workflow(
    "paper",
    "公文",
    PaperState,
    (
        Step("submit", "送核稿", DRAFTING, S.CHECKING, DRAFT, "paper.submit", WHOLE, "a round with the text"),
        Step("recall", "撤回修改", (S.CHECKING,), S.DRAFT, DRAFT, "paper.recall"),
        Step(
            "check_cosign",
            "核稿同意，送会签",
            (S.CHECKING,),
            S.COSIGNING,
            CHECK,
            "paper.check",
            (not_the_drafter, *WHOLE, cosigners_wanted),
        ),
        Step(
            "check",
            "核稿同意，送签发",
            (S.CHECKING,),
            S.SIGNING,
            CHECK,
            "paper.check",
            (not_the_drafter, *WHOLE, all_cosigned),
        ),
        Step("cosigned", "会签完毕，送签发", (S.COSIGNING,), S.SIGNING, DRAFT, "paper.cosigned", (all_cosigned,)),
        Step(
            "sign",
            "签发",
            (S.SIGNING,),
            S.REVIEWING,
            SIGN,
            "paper.sign",
            (neither_drafter_nor_checker, *WHOLE),
            "成文日期 is the day of 签发",
        ),
        Step(
            "sign_outside",
            "登记线下签发",
            (S.CHECKING, S.COSIGNING, S.SIGNING),
            S.REVIEWING,
            CLERK,
            "paper.sign_outside",
            (*WHOLE, all_cosigned),
            "the signed 发文稿纸 is attached; who checked and who signed are three people with the drafter",
        ),
        Step("return_check", "退回修改（核稿）", (S.CHECKING,), S.RETURNED, CHECK, "paper.return"),
        Step("return_cosign", "退回修改（会签）", (S.COSIGNING,), S.RETURNED, DRAFT, "paper.return"),
        Step("return_sign", "退回修改（签发）", (S.SIGNING,), S.RETURNED, SIGN, "paper.return"),
        Step("review", "复核通过", (S.REVIEWING,), S.NUMBERING, CLERK, "paper.review", WHOLE),
        Step(
            "return_review",
            "复核退回",
            (S.REVIEWING,),
            S.RETURNED,
            CLERK,
            "paper.return",
            note="what changes the substance is signed again",
        ),
        Step("number", "登记编号", (S.NUMBERING,), S.PRINTING, CLERK, "paper.number", note="takes the number"),
        Step("print", "印制用印", (S.PRINTING,), S.ISSUING, CLERK, "paper.print", (numbered,), "印发日期 is that day"),
        Step(
            "issue",
            "印发",
            (S.ISSUING,),
            S.ISSUED,
            CLERK,
            "paper.issue",
            (numbered, sealed_scan_there),
            "served on every recipient",
        ),
        Step("file", "归档", (S.ISSUED,), S.FILED, CLERK, "paper.file"),
        Step("discard", "作废（草稿）", DRAFTING, S.VOID, DRAFT, "paper.void"),
        Step("void", "作废", UNDER_WAY, S.VOID, CLERK, "paper.void", note="its number stays on record"),
        Step("revoke", "撤销", IN_FORCE, S.REVOKED, END, "paper.revoke", note="void from the beginning; told to all"),
        Step("repeal", "废止", IN_FORCE, S.REPEALED, END, "paper.repeal", note="no longer in force; told to all"),
    ),
)
