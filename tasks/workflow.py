"""States and steps of the reporting cycle. No other module assigns a state."""

from tasks.kinds import (
    EDITABLE,
    AskState,
    CorrectionState,
    PeriodState,
    PlanState,
    ReportState,
)
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.ui.formats import moment
from zhuzun.workflow import Step, Workflow

P, R, S, C, A = PlanState, PeriodState, ReportState, CorrectionState, AskState


# --- conditions: empty where met, else the reason ----------------------------------------------------------------
def plan_is_whole(plan, actor, now):
    """The plan says what is asked and of whom; from when is said as it is switched on."""
    if not plan.bodies.exists():
        return "尚未设定报送单位。"
    asks = plan.items.exists() or plan.narratives.exists()
    return "" if asks else "尚未设定报送内容（指标或文字）。"


def complete(report, actor, now):
    """Every required cell and text is filled."""
    lacking = report.lacking()
    return f"尚有 {lacking} 项未填，请补齐，或确认为零、注明不适用。" if lacking else ""


def sound(report, actor, now):
    """No hard error stands in the filer's own cells."""
    wrong = report.hard_errors()
    return f"有 {len(wrong)} 处错误须先改正：{wrong[0].text}" if wrong else ""


def explained(report, actor, now):
    """Every unusual figure has its sentence."""
    bare = report.unexplained()
    return f"有 {len(bare)} 处数据变动较大，请各写一句说明：{bare[0].text}" if bare else ""


def evidence_there(report, actor, now):
    """Where a plan asks for evidence, some is attached."""
    return "" if report.has_evidence() else "本报送任务须附佐证材料，请先上传。"


def not_excused(report, actor, now):
    """The body owes it."""
    return f"该单位本期免报：{report.excuse_reason}" if report.excused else ""


def signed_inside(report, actor, now):
    """Somebody holds the leader's role, so that it can be signed in the portal."""
    return (
        "" if report.has_signer(now) else "本单位没有在系统中登记分管领导，请用线下审签：打印、签字盖章后上传扫描件。"
    )


def no_sign_off_wanted(report, actor, now):
    """The body files without a leader's signature."""
    return "本单位报送前须经分管领导审签（线上或线下）。" if report.sign_off_wanted else ""


def scan_there(report, actor, now):
    """The signed and sealed sheet is attached."""
    return "" if report.has_signed_sheet() else "请先上传本次报送的签章扫描件。"


def scan_of_what_is_filed(report, actor, now):
    """Nothing was changed after the leader signed the paper. (代录 is typed from the paper, and so after it.)"""
    edited = report.edited_after_signing()
    if edited is None:
        return ""
    return f"上传签章件以后，{moment(edited)} 又改了数据或文字：请重新打印、签字盖章并上传，原来的扫描件请撤下。"


def for_another(report, actor, now):
    """Who belongs to the filer files; 代录 is for bodies without account or network."""
    own = actor is not None and actor.decide("tasks.fill_report", report).allowed
    return "这是您本单位的报表，请直接填报报送，不作代录。" if own else ""


def untouched(report, actor, now):
    """The bureau has not acted since the filing: once it has, it gives back what is to be changed."""
    acted = report.reviewed_since_filing()
    return f"市局已开始审核（{acted}），不能撤回；需要修改的，请与市局经办联系退回。" if acted else ""


def not_own(report, actor, now):
    """Nobody accepts what his own body files."""
    return "本局填报的报表由局领导审核。" if report.filer.kind == OrganisationKind.BUREAU else ""


def bureaus_own(report, actor, now):
    """The bureau's own report."""
    return "" if report.filer.kind == OrganisationKind.BUREAU else "这不是本局填报的报表，由市局经办审核。"


def not_typed_by_him(report, actor, now):
    """Nobody accepts what he typed himself (代录)."""
    typed = actor is not None and report.typed_by(actor)
    return "您参与了这份报表的录入，须由另一位同事审核。" if typed else ""


def not_passed_by_him(report, actor, now):
    """The officer's review and the head's are two people's."""
    passed = actor is not None and report.passed_by(actor)
    return "经办审核是您本人办理的，科室审核须由另一位同事办理。" if passed else ""


def head_wanted(report, actor, now):
    """The plan wants the section head's review."""
    return "" if report.head_review else "本报送任务不设科室负责人审核，请直接审核通过。"


def head_not_wanted(report, actor, now):
    """The plan does without the section head's review."""
    return "本报送任务须经科室负责人审核，请先提交科室负责人。" if report.head_review else ""


def opinion_there(report, actor, now):
    """A required opinion of the working group is there."""
    waiting = report.missing_opinions()
    return f"须经前方核对，尚缺：{'、'.join(waiting)}。" if waiting else ""


def period_open(report, actor, now):
    """One of its periods is open: what belongs to a frozen one is 补报 (a correction), the rest is filed."""
    closed = report.closed_period()
    return f"{closed} 已定稿，如需更正请提交更正申请。" if closed else ""


def all_decided(period, actor, now):
    """No report of the period waits for the bureau's review."""
    waiting = period.waiting_for_review()
    return f"尚有 {waiting} 份报表待市局审核，请先审核或退回。" if waiting else ""


def other_than_asker(correction, actor, now):
    """He who asked does not approve."""
    return "更正须由另一人审定。" if actor is not None and actor.pk == correction.asked_by_id else ""


# --- the tables --------------------------------------------------------------------------------------------------
PLAN = Workflow(
    "plan",
    "报送任务",
    PlanState,
    (
        Step("activate", "启用", (P.DRAFT, P.STOPPED), P.ACTIVE, "tasks.edit_plan", "plan.activate", (plan_is_whole,)),
        Step("stop", "停用", (P.ACTIVE,), P.STOPPED, "tasks.edit_plan", "plan.stop", note="open periods run on"),
    ),
)

READY = (not_excused, complete, sound, explained, evidence_there, period_open)
REVIEWABLE = (not_own, not_typed_by_him, opinion_there)

REPORT = Workflow(
    "report",
    "进展报告",
    ReportState,
    (
        Step(
            "start",
            "开始填报",
            (S.NOT_STARTED,),
            S.DRAFTING,
            "",
            "report.start",
            (not_excused,),
            note="with the first cell or text that is saved",
        ),
        Step(
            "send_to_sign",
            "送本单位审签",
            (S.DRAFTING, S.RETURNED),
            S.SIGNING,
            "tasks.fill_report",
            "report.send_to_sign",
            (*READY, signed_inside),
        ),
        Step("give_back", "退回经办", (S.SIGNING,), S.DRAFTING, "tasks.sign_report", "report.give_back"),
        Step(
            "take_back",
            "撤回送审",
            (S.SIGNING,),
            S.DRAFTING,
            "tasks.fill_report",
            "report.take_back",
            note="before the own leader has signed",
        ),
        Step(
            "sign",
            "审签同意并报送",
            (S.SIGNING,),
            S.REVIEW,
            "tasks.sign_report",
            "report.file",
            READY,
            note="a round with a snapshot; opinion and check windows open",
        ),
        Step(
            "sign_on_paper",
            "线下审签后报送",
            (*EDITABLE[1:], S.SIGNING),
            S.REVIEW,
            "tasks.fill_report",
            "report.file_signed",
            (*READY, scan_there, scan_of_what_is_filed),
            note="as above, with the signed sheet of just these figures and texts",
        ),
        Step(
            "file",
            "报送",
            EDITABLE[1:],
            S.REVIEW,
            "tasks.fill_report",
            "report.file_plain",
            (*READY, no_sign_off_wanted),
        ),
        Step(
            "file_for",
            "代录报送（附签章件）",
            EDITABLE[1:],
            S.REVIEW,
            "tasks.enter_for",
            "report.file_for",
            (for_another, *READY, scan_there),
            note="marked 代录 wherever shown",
        ),
        Step(
            "recall",
            "撤回",
            (S.REVIEW,),
            S.DRAFTING,
            "tasks.fill_report",
            "report.recall",
            (untouched, period_open),
            note="only before the bureau has acted; a first filing that is recalled does not count as filed",
        ),
        Step(
            "pass_on",
            "经办审核通过，送科室负责人",
            (S.REVIEW,),
            S.HEAD,
            "tasks.review_report",
            "report.pass_on",
            (head_wanted, *REVIEWABLE),
        ),
        Step(
            "accept",
            "审核通过",
            (S.REVIEW,),
            S.ACCEPTED,
            "tasks.review_report",
            "report.accept",
            (head_not_wanted, *REVIEWABLE),
        ),
        Step(
            "accept_head",
            "科室审核通过",
            (S.HEAD,),
            S.ACCEPTED,
            "tasks.head_review",
            "report.accept_head",
            (not_typed_by_him, not_passed_by_him),
        ),
        Step(
            "accept_own",
            "审核通过（本局报表）",
            (S.REVIEW,),
            S.ACCEPTED,
            "tasks.accept_own",
            "report.accept_own",
            (bureaus_own, not_typed_by_him, opinion_there),
        ),
        Step("return_officer", "退回修改", (S.REVIEW,), S.RETURNED, "tasks.review_report", "report.return", (not_own,)),
        Step(
            "return_own",
            "退回修改（本局报表）",
            (S.REVIEW,),
            S.RETURNED,
            "tasks.accept_own",
            "report.return_own",
            (bureaus_own,),
        ),
        Step("return_head", "退回修改（科室）", (S.HEAD,), S.RETURNED, "tasks.head_review", "report.return_head"),
        Step("head_to_officer", "退回经办复核", (S.HEAD,), S.REVIEW, "tasks.head_review", "report.head_to_officer"),
        Step(
            "reopen",
            "退回重报",
            (S.ACCEPTED,),
            S.RETURNED,
            "tasks.reopen_report",
            "report.reopen",
            (period_open,),
            note="only before 定稿, with a reason",
        ),
    ),
)

PERIOD = Workflow(
    "period",
    "报告期",
    PeriodState,
    (
        Step("propose", "拟定稿", (R.OPEN,), R.PROPOSED, "tasks.compile_period", "period.propose", (all_decided,)),
        Step("withdraw", "撤回拟定稿", (R.PROPOSED,), R.OPEN, "tasks.compile_period", "period.withdraw"),
        Step("check", "科室审核", (R.PROPOSED,), R.CHECKED, "tasks.check_period", "period.check", (all_decided,)),
        Step("refuse", "退回经办", (R.PROPOSED,), R.OPEN, "tasks.check_period", "period.refuse"),
        Step(
            "approve",
            "审定",
            (R.CHECKED,),
            R.CLOSED,
            "tasks.approve_period",
            "period.approve",
            (all_decided,),
            note="freezes 定稿数（第1版）with hash",
        ),
        Step("send_back", "退回重核", (R.CHECKED,), R.OPEN, "tasks.approve_period", "period.send_back"),
    ),
)

EXTENSION = Workflow(
    "extension",
    "延期申请",
    AskState,
    (
        Step("approve", "同意延期", (A.ASKED,), A.APPROVED, "tasks.decide_extension", "extension.approve"),
        Step("refuse", "不同意延期", (A.ASKED,), A.REFUSED, "tasks.decide_extension", "extension.refuse"),
    ),
)

CORRECTION = Workflow(
    "correction",
    "更正",
    CorrectionState,
    (
        Step("sign", "审签同意", (C.ASKED,), C.SIGNED, "tasks.sign_correction", "correction.sign", (other_than_asker,)),
        Step("sign_on_paper", "线下审签", (C.ASKED,), C.SIGNED, "tasks.ask_correction", "correction.sign_on_paper"),
        Step(
            "approve",
            "审定更正",
            (C.SIGNED,),
            C.APPROVED,
            "tasks.approve_correction",
            "correction.approve",
            (other_than_asker,),
            note="a new numbered snapshot; later open periods recompute",
        ),
        Step("refuse", "不予更正", (C.ASKED, C.SIGNED), C.REFUSED, "tasks.approve_correction", "correction.refuse"),
    ),
)
