"""Cards of the workbench about progress reports: what to fill in, what came back, what is late."""

from django.urls import reverse

from tasks import waiting
from tasks.models import NameLine, ProgressReport
from zhuzun.access.policy import FILERS
from zhuzun.accounts.roles import Role
from zhuzun.home.cards import Card, Section, address


def own_reports(user):
    """Those that the person's own body files."""
    return ProgressReport.objects.visible_to(user, "tasks.fill_report")


def reports_to_fill(user, at):
    """Not begun, begun, or come back."""
    return own_reports(user).to_fill().count()


def handed_to_me(user, at):
    """A colleague has left a part of it to this person."""
    return own_reports(user).handed_to(user).count()


def own_late(user, at):
    """One's own that are past their day."""
    return own_reports(user).overdue(at.day).count()


def own_soon(user, at):
    """One's own that fall due within days."""
    return own_reports(user).due_soon(at.day).count()


def own_returned(user, at):
    """One's own that came back."""
    return own_reports(user).returned().count()


def all_late(user, at):
    """Whoever's: the bureau and the readers of all see them."""
    return ProgressReport.objects.visible_to(user).overdue(at.day).count()


def review_over(user, at):
    """Waiting at the bureau longer than its own limit."""
    return ProgressReport.objects.visible_to(user).review_late(at.day).count()


def to_sign(user, at):
    """Laid before this leader."""
    return waiting.to_sign(user).count()


def to_review(user, at):
    """Waiting for this person of the bureau: officer, head or leader."""
    return waiting.to_review(user).count()


def to_speak(user, at):
    """Counties of which the working group's word is asked."""
    return waiting.to_speak(user).count()


def to_decide(user, at):
    """Requests for a later date."""
    return waiting.to_decide(user).count()


def names_to_decide(user, at):
    """Bodies that were late, of whom the leader has not said whether they are named."""
    return NameLine.objects.visible_to(user).undecided().count()


def first_list_of_names(user, at):
    """The oldest list on which one is open."""
    line = NameLine.objects.visible_to(user).undecided().order_by("list__period__end", "pk").first()
    return line.list.get_absolute_url() if line else reverse("tasks:board")


FILLING = frozenset(FILERS)
REVIEWING = frozenset({Role.BUREAU_OFFICER, Role.BUREAU_HEAD, Role.BUREAU_LEADER})
REPORT_CARDS = (
    Card(
        Section.TODO,
        "待我审签的进展报告",
        ("tasks.sign_report", "tasks.view_report"),
        to_sign,
        address("tasks:signing"),
        "没有待我审签的进展报告",
        unit="份",
        icon="pencil",
    ),
    Card(
        Section.TODO,
        "待审核的进展报告",
        ("tasks.view_report",),
        to_review,
        address("tasks:review"),
        "没有待审核的进展报告",
        unit="份",
        icon="checks",
        roles=REVIEWING,
    ),
    Card(
        Section.TODO,
        "待填写的前方意见",
        ("tasks.give_opinion", "tasks.view_report"),
        to_speak,
        address("tasks:opinions"),
        "没有待填写的前方意见",
        icon="message-circle",
    ),
    Card(
        Section.TODO,
        "待审批的延期申请",
        ("tasks.decide_extension", "tasks.view_report"),
        to_decide,
        address("tasks:extensions", state="asked"),
        "没有待审批的延期申请",
        unit="份",
        icon="calendar-event",
    ),
    Card(
        Section.TODO,
        "拟通报名单待确定的单位",
        ("tasks.confirm_names", "tasks.view_reminders"),
        names_to_decide,
        first_list_of_names,
        "拟通报名单都已确定",
        unit="个",
        icon="list-details",
    ),
    Card(
        Section.TODO,
        "待我单位填报的进展报告",
        ("tasks.fill_report", "tasks.view_report"),
        reports_to_fill,
        address("tasks:reports", whose="own", state="to_fill"),
        "没有待填报的进展报告",
        unit="份",
        icon="forms",
        roles=FILLING,
    ),
    Card(
        Section.TODO,
        "分给我填报的进展报告",
        ("tasks.fill_report", "tasks.view_report"),
        handed_to_me,
        address("tasks:reports", whose="handed"),
        "没有同事分给我填报的部分",
        unit="份",
        icon="users",
        roles=FILLING,
    ),
    Card(
        Section.LATE,
        "我单位逾期未报的进展报告",
        ("tasks.fill_report", "tasks.view_report"),
        own_late,
        address("tasks:reports", whose="own", light="late"),
        "我单位没有逾期未报",
        unit="份",
        icon="alert-triangle",
        roles=FILLING,
    ),
    Card(
        Section.SOON,
        "我单位临期的进展报告",
        ("tasks.fill_report", "tasks.view_report"),
        own_soon,
        address("tasks:reports", whose="own", light="soon"),
        "我单位没有临期未报",
        unit="份",
        icon="calendar-due",
        roles=FILLING,
    ),
    Card(
        Section.RETURNED,
        "退回修改的进展报告",
        ("tasks.fill_report", "tasks.view_report"),
        own_returned,
        address("tasks:reports", whose="own", state="returned"),
        "没有退回修改的进展报告",
        unit="份",
        icon="rotate-2",
        roles=FILLING,
    ),
    Card(
        Section.LATE,
        "逾期未报的进展报告",
        ("tasks.view_report",),
        all_late,
        address("tasks:reports", light="late"),
        "各单位没有逾期未报",
        unit="份",
        icon="alert-triangle",
        roles=REVIEWING | {Role.LEADER},
    ),
    Card(
        Section.LATE,
        "市局审核超时的进展报告",
        ("tasks.chase", "tasks.view_report"),
        review_over,
        address("tasks:reports", light="over"),
        "市局审核没有超时",
        unit="份",
        icon="clock",
    ),
)
