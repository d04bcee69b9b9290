"""Cards of the workbench about compiling and correcting: what to propose, check, approve, sign, send up."""

from tasks import closings
from tasks.kinds import CorrectionState, PeriodState
from tasks.models import ReportingPeriod
from zhuzun.accounts.roles import Role
from zhuzun.home.cards import Card, Section, address


def periods(user, at):
    """Those whose next step is this person's, but for what is only to be recorded as sent up."""
    return closings.periods_for(user, at.day).exclude(state=PeriodState.CLOSED).count()


def to_send_up(user, at):
    """Frozen, and not recorded as gone up."""
    return ReportingPeriod.objects.visible_to(user).to_send_up().count()


def to_approve(user, at):
    """Corrections that wait for the bureau's leader."""
    return closings.corrections_for(user).filter(state=CorrectionState.SIGNED).count()


def to_sign(user, at):
    """Corrections of the own body that are not signed yet."""
    return closings.corrections_for(user).filter(state=CorrectionState.ASKED).count()


def _periods(title, permission, state, role):
    return Card(
        Section.TODO,
        title,
        (permission, "tasks.view_compiled"),
        periods,
        address("tasks:periods", waits="me", state=state),
        f"没有{title}",
        unit="期",
        icon="lock",
        roles=frozenset({role}),
    )


SIGNING = frozenset({Role.DISTRICT_LEADER, Role.UNIT_LEADER, Role.GROUP_LEADER})
ASKING = frozenset({Role.DISTRICT_OFFICER, Role.UNIT_OFFICER, Role.GROUP_MEMBER, Role.BUREAU_OFFICER})


def _corrections(title, permission, count, state, roles):
    return Card(
        Section.TODO,
        title,
        (permission, "tasks.view_correction"),
        count,
        address("tasks:corrections", waits="me", state=state),
        f"没有{title}",
        unit="件",
        icon="edit",
        roles=roles,
    )


CLOSING_CARDS = (
    _periods("可拟定稿的报告期", "tasks.compile_period", PeriodState.OPEN, Role.BUREAU_OFFICER),
    _periods("待审核的汇总数据", "tasks.check_period", PeriodState.PROPOSED, Role.BUREAU_HEAD),
    _periods("待审定的汇总数据", "tasks.approve_period", PeriodState.CHECKED, Role.BUREAU_LEADER),
    Card(
        Section.TODO,
        "已定稿待登记上报的报告期",
        ("tasks.compile_period", "tasks.view_compiled"),
        to_send_up,
        address("tasks:periods", waits="me", state=PeriodState.CLOSED),
        "没有待登记上报的报告期",
        unit="期",
        icon="upload",
        roles=frozenset({Role.BUREAU_OFFICER}),
    ),
    _corrections(
        "待审定的更正",
        "tasks.approve_correction",
        to_approve,
        CorrectionState.SIGNED,
        frozenset({Role.BUREAU_LEADER}),
    ),
    _corrections("待我审签的更正申请", "tasks.sign_correction", to_sign, CorrectionState.ASKED, SIGNING),
    _corrections("本单位待审签的更正申请", "tasks.ask_correction", to_sign, CorrectionState.ASKED, ASKING),
)
