"""THE policy table: permission → roles × scope. Reviewed as a whole; `docs/permissions.md` is generated from it.

A name that is not declared here raises wherever it is asked, so that a typing error can never mean «nobody» or «all».
Names follow Django's `app.action_model`, because the admin site asks for exactly those.
"""

from dataclasses import dataclass, field

from zhuzun.access.scopes import Scope
from zhuzun.accounts.roles import BUREAU, BUSINESS, COUNTY, DISTRICT, EVERYBODY, READERS, UNIT, Role


@dataclass(frozen=True)
class Permission:
    """What may be done, in Chinese, and how far each role's reach goes; `never` says why nobody may."""

    label: str
    roles: dict = field(default_factory=dict)
    never: str = ""


def _in_order(roles: frozenset) -> list[Role]:
    return [role for role in Role if role in roles]


def to(*roles, scope=Scope.ALL) -> dict:
    """`roles` (single ones or sets of them) each with `scope`."""
    flat = [role for item in roles for role in (_in_order(item) if isinstance(item, frozenset) else [item])]
    return dict.fromkeys(flat, scope)


def by_scope(*, everything=(), inspector=True) -> dict:
    """Business reading: each within his own place, the bureau and the named others all of it."""
    table = {
        **to(BUREAU, Role.LEADER, Role.GROUP_LEADER, Role.CITY_OFFICER, *everything),
        **to(DISTRICT, scope=Scope.DISTRICT),
        **to(COUNTY, Role.GROUP_MEMBER, scope=Scope.COUNTY),
    }
    return {**table, Role.INSPECTOR: Scope.NAMED} if inspector else table


OFFICERS = to(Role.BUREAU_OFFICER, Role.SYSTEM_ADMIN)
SUB_LEVEL = {
    **to(Role.BUREAU_OFFICER, Role.SYSTEM_ADMIN, Role.GROUP_LEADER),
    **to(Role.DISTRICT_OFFICER, scope=Scope.DISTRICT),
    **to(Role.GROUP_MEMBER, scope=Scope.COUNTY),
}
# A body's own people fill in its report, its leader signs; the working group's leader signs for the county teams.
FILERS = (Role.DISTRICT_OFFICER, Role.UNIT_OFFICER, Role.GROUP_MEMBER, Role.BUREAU_OFFICER)
SIGNERS = {
    **to(Role.DISTRICT_LEADER, Role.UNIT_LEADER, scope=Scope.BODY),
    **to(Role.GROUP_LEADER, scope=Scope.BELOW),
}
# Who enters for a body without account or network, with the signed sheet attached (代录).
BEHALF = {**to(Role.BUREAU_OFFICER, Role.GROUP_LEADER), **to(Role.GROUP_MEMBER, scope=Scope.COUNTY)}
# Who signs for a paper on behalf of his body; whoever reads on its behalf reads what was served on it.
PAPER_OFFICERS = (*_in_order(DISTRICT | UNIT | COUNTY), Role.CITY_OFFICER, Role.GROUP_MEMBER, Role.GROUP_LEADER)
PAPER_RECEIVERS = {**to(*PAPER_OFFICERS, Role.LEADER, scope=Scope.BODY), Role.INSPECTOR: Scope.NAMED}
NO_DELETE = "记录不删除：到期请填写截止日期，录错请更正。"

PERMISSIONS: dict[str, Permission] = {
    # the admin site: bureau officers and the 三员 only
    "admin.enter": Permission(
        "进入后台管理", to(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.BUREAU_OFFICER)
    ),
    # the portal's own pages
    "home.view_workbench": Permission("打开工作台", to(EVERYBODY)),
    "home.view_setup": Permission("查看上线准备", to(Role.BUREAU_OFFICER, Role.BUREAU_HEAD, Role.SYSTEM_ADMIN)),
    "notices.view_inbox": Permission("查看收件箱", to(EVERYBODY, scope=Scope.BODY)),
    # official papers: a body reads what was served on it
    "notices.view_paper": Permission("查看公文", {**to(BUREAU), **PAPER_RECEIVERS}),
    "notices.draft_paper": Permission("拟稿", to(Role.BUREAU_OFFICER, Role.BUREAU_HEAD)),
    "notices.check_paper": Permission("核稿", to(Role.BUREAU_HEAD)),
    "notices.sign_paper": Permission("签发", to(Role.BUREAU_LEADER)),
    "notices.handle_paper": Permission("复核、登记编号、印制用印、印发、归档", to(Role.CLERK)),
    "notices.withdraw_paper": Permission("撤销、废止公文", to(Role.BUREAU_LEADER, Role.CLERK)),
    "notices.serve_paper": Permission("登记线下送达、催签收", to(Role.BUREAU_OFFICER, Role.CLERK)),
    "notices.view_delivery": Permission("查看签收情况", to(BUREAU)),
    "notices.answer_paper": Permission("签收、回复公文", to(*PAPER_OFFICERS, scope=Scope.BODY)),
    "notices.view_register": Permission("查看发文、收文登记簿和稿次", to(BUREAU)),
    "notices.handle_incoming": Permission("登记、分送、归档来文", to(Role.BUREAU_OFFICER, Role.CLERK)),
    "notices.edit_identity": Permission("设置发文身份和代字", to(Role.BUREAU_OFFICER, Role.CLERK)),
    # divisions, bodies, contacts
    "organisations.view_organisation": Permission("查看单位", to(EVERYBODY)),
    "organisations.add_organisation": Permission("登记单位", to(Role.SYSTEM_ADMIN)),
    "organisations.change_organisation": Permission("维护单位", to(Role.SYSTEM_ADMIN)),
    "organisations.delete_organisation": Permission("删除单位", never=NO_DELETE),
    "organisations.add_partner": Permission("登记结对单位（园区、医院、学校、企业等）", SUB_LEVEL),
    "organisations.view_division": Permission("查看行政区划", to(EVERYBODY)),
    "organisations.add_division": Permission("登记行政区划", to(Role.SYSTEM_ADMIN)),
    "organisations.change_division": Permission("维护行政区划", to(Role.SYSTEM_ADMIN)),
    "organisations.delete_division": Permission("删除行政区划", never=NO_DELETE),
    "organisations.view_organisationgroup": Permission("查看单位分组", to(BUREAU, Role.SYSTEM_ADMIN)),
    "organisations.add_organisationgroup": Permission("登记单位分组", to(Role.SYSTEM_ADMIN)),
    "organisations.change_organisationgroup": Permission("维护单位分组", to(Role.SYSTEM_ADMIN)),
    "organisations.delete_organisationgroup": Permission("删除单位分组", never=NO_DELETE),
    "organisations.view_contact": Permission(
        "查看联系人",
        {
            **to(BUREAU, UNIT, Role.LEADER, Role.GROUP_LEADER, Role.CITY_OFFICER, Role.SYSTEM_ADMIN),
            **to(DISTRICT, COUNTY, Role.GROUP_MEMBER, scope=Scope.BODY),
            Role.INSPECTOR: Scope.NAMED,
        },
    ),
    "organisations.edit_contact": Permission(
        "维护联系人",
        {
            **to(Role.BUREAU_OFFICER),
            **to(DISTRICT, COUNTY, UNIT, Role.CITY_OFFICER, Role.GROUP_LEADER, Role.GROUP_MEMBER, scope=Scope.BODY),
        },
    ),
    # accounts: the security administrator's, to nobody himself
    "accounts.view_user": Permission("查看账号", to(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)),
    "accounts.open_account": Permission("开户、停用、重置密码", to(Role.SECURITY_ADMIN)),
    "accounts.give_role": Permission("授予和终止角色", to(Role.SECURITY_ADMIN)),
    "accounts.import_roster": Permission("导入花名册", to(Role.SECURITY_ADMIN)),
    # exceptional grants on a pairing
    "access.view_grant": Permission("查看临时授权", to(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)),
    "access.add_grant": Permission("给予临时授权", to(Role.SECURITY_ADMIN)),
    "access.change_grant": Permission("变更临时授权", to(Role.SECURITY_ADMIN)),
    "access.delete_grant": Permission("删除临时授权", never="临时授权不删除，请填写截止日期。"),
    # the calendar of working days
    "periods.view_calendar": Permission("查看工作日历", to(EVERYBODY)),
    "periods.edit_calendar": Permission("登记工作日、录入年度放假安排", OFFICERS),
    # the trail, and what the machine did by itself
    "audit.view_event": Permission("查阅审计记录", to(Role.AUDIT_ADMIN)),
    "audit.export_event": Permission("导出审计记录", to(Role.AUDIT_ADMIN)),
    "runs.view_jobrun": Permission(
        "查看后台任务运行记录", to(Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.BUREAU_OFFICER, Role.BUREAU_HEAD)
    ),
    "runs.change_schedule": Permission("调整后台任务时间", to(Role.SYSTEM_ADMIN)),
    # pairings
    "pairing.view_table": Permission("查看结对关系表", to(EVERYBODY)),
    "pairing.view_pairing": Permission("查看结对详情和下级结对", by_scope(everything=(UNIT, Role.SYSTEM_ADMIN))),
    "pairing.add_pairing": Permission("建立区县结对", OFFICERS),
    "pairing.change_pairing": Permission("更正结对", OFFICERS),
    "pairing.end_pairing": Permission("终止或接续区县结对", OFFICERS),
    "pairing.edit_sub": Permission("建立、终止、接续下级结对", SUB_LEVEL),
    "pairing.import_pairing": Permission("导入结对", OFFICERS),
    "pairing.export_pairing": Permission("导出结对", OFFICERS),
    "pairing.delete_pairing": Permission("删除结对", never="结对不删除，只终止。"),
    "pairing.view_agreement": Permission("查看协作协议", to(BUSINESS)),
    "pairing.edit_agreement": Permission("登记、签订、修订协作协议", to(Role.BUREAU_OFFICER)),
    # the policy ledger and the catalogue
    "tasks.view_ledger": Permission("查看主要任务", to(EVERYBODY)),
    "tasks.set_responsibility": Permission("设置牵头、配合单位", to(Role.BUREAU_OFFICER, Role.BUREAU_HEAD)),
    "tasks.view_responsibility": Permission("查看责任分工", to(Role.BUREAU_OFFICER, Role.SYSTEM_ADMIN)),
    "tasks.add_responsibility": Permission("登记责任分工", to(Role.BUREAU_OFFICER)),
    "tasks.change_responsibility": Permission("更正责任分工", to(Role.BUREAU_OFFICER)),
    "tasks.delete_responsibility": Permission("删除责任分工", never=NO_DELETE),
    "tasks.view_indicator": Permission("查看指标", to(BUSINESS, Role.SYSTEM_ADMIN)),
    "tasks.add_indicator": Permission("登记指标", OFFICERS),
    "tasks.change_indicator": Permission("维护指标", OFFICERS),
    "tasks.delete_indicator": Permission("删除指标", never="指标不删除，请停用。"),
    "tasks.change_policy": Permission("登记政策文件", to(Role.BUREAU_OFFICER)),
    # the reporting cycle: plans and periods
    "tasks.view_plan": Permission("查看报送任务", to(BUREAU, Role.SYSTEM_ADMIN, Role.LEADER, Role.GROUP_LEADER)),
    "tasks.edit_plan": Permission("设置报送任务和数源", to(Role.BUREAU_OFFICER, Role.BUREAU_HEAD)),
    "tasks.adjust_period": Permission("调整截止日期、免报、增加报送单位", to(Role.BUREAU_OFFICER, Role.BUREAU_HEAD)),
    "tasks.view_board": Permission("查看报送进度", to(BUSINESS)),
    # filing
    "tasks.view_report": Permission(
        "查看进展报告",
        {
            **to(BUREAU, Role.LEADER, Role.GROUP_LEADER),
            **to(DISTRICT, scope=Scope.DISTRICT),
            **to(UNIT, scope=Scope.UNIT),
            **to(Role.GROUP_MEMBER, scope=Scope.COUNTY),
            Role.INSPECTOR: Scope.NAMED,
        },
    ),
    "tasks.fill_report": Permission("填报进展报告", to(*FILERS, scope=Scope.BODY)),
    "tasks.sign_report": Permission("本单位审签", SIGNERS),
    "tasks.enter_for": Permission("代录（附签章件）", BEHALF),
    "tasks.ask_extension": Permission("申请延期", to(*FILERS, scope=Scope.BODY)),
    "tasks.import_opening": Permission("导入上线前数据", to(Role.BUREAU_OFFICER)),
    # review
    "tasks.review_report": Permission("审核进展报告", to(Role.BUREAU_OFFICER)),
    "tasks.head_review": Permission("科室审核进展报告", to(Role.BUREAU_HEAD)),
    "tasks.accept_own": Permission("审核本局填报的报表", to(Role.BUREAU_LEADER)),
    "tasks.reopen_report": Permission("退回重报", to(Role.BUREAU_OFFICER, Role.BUREAU_HEAD)),
    "tasks.give_opinion": Permission(
        "填写前方意见", {**to(Role.GROUP_LEADER), **to(Role.GROUP_MEMBER, scope=Scope.COUNTY)}
    ),
    "tasks.decide_extension": Permission("审批延期申请", to(Role.BUREAU_OFFICER, Role.BUREAU_HEAD)),
    # the other side's check
    "tasks.view_check": Permission(
        "查看核对单",
        {
            **to(BUREAU, Role.LEADER, Role.GROUP_LEADER, Role.CITY_OFFICER),
            **to(DISTRICT, scope=Scope.DISTRICT),
            **to(COUNTY, Role.GROUP_MEMBER, scope=Scope.COUNTY),
            **to(UNIT, scope=Scope.UNIT),
            Role.INSPECTOR: Scope.NAMED,
        },
    ),
    "tasks.check_figures": Permission("核对数据", to(COUNTY, scope=Scope.COUNTY)),
    "tasks.check_for": Permission("代录核对结果（附签章件）", BEHALF),
    "tasks.settle_dispute": Permission("裁定有异议的数据", to(Role.BUREAU_OFFICER, Role.BUREAU_HEAD)),
    # chasing
    "tasks.chase": Permission("催报", to(Role.BUREAU_OFFICER, Role.BUREAU_HEAD)),
    "tasks.view_reminders": Permission("查看催报记录和拟通报名单", to(BUREAU)),
    "tasks.confirm_names": Permission("确定通报名单", to(Role.BUREAU_LEADER)),
    # targets, compile, freeze, send up
    "tasks.rank_districts": Permission("决定通报是否对各区排名", to(Role.BUREAU_LEADER)),
    "tasks.view_target": Permission("查看年度目标", to(BUSINESS)),
    "tasks.edit_target": Permission("设置年度目标", to(Role.BUREAU_OFFICER)),
    "tasks.view_compiled": Permission(
        "查看汇总数据",
        {
            # Every figure is about a county of 遵义市 or the city itself: its office reads them all.
            **to(BUREAU, Role.LEADER, Role.GROUP_LEADER, Role.CITY_OFFICER),
            **to(DISTRICT, scope=Scope.DISTRICT),
            **to(UNIT, scope=Scope.UNIT),
            **to(COUNTY, Role.GROUP_MEMBER, scope=Scope.COUNTY),
            Role.INSPECTOR: Scope.NAMED,
        },
    ),
    "tasks.compile_period": Permission("汇总、拟定稿、登记上报", to(Role.BUREAU_OFFICER)),
    "tasks.check_period": Permission("审核汇总数据", to(Role.BUREAU_HEAD)),
    "tasks.approve_period": Permission("审定", to(Role.BUREAU_LEADER)),
    "tasks.view_correction": Permission(
        "查看更正",
        {
            **to(BUREAU, Role.LEADER, Role.GROUP_LEADER, Role.CITY_OFFICER),
            **to(DISTRICT, scope=Scope.DISTRICT),
            **to(COUNTY, Role.GROUP_MEMBER, scope=Scope.COUNTY),
            **to(UNIT, scope=Scope.UNIT),
            Role.INSPECTOR: Scope.NAMED,
        },
    ),
    "tasks.ask_correction": Permission("申请更正", to(*FILERS, scope=Scope.BODY)),
    "tasks.sign_correction": Permission("审签更正申请", SIGNERS),
    "tasks.approve_correction": Permission("审定更正", to(Role.BUREAU_LEADER)),
}


class UndeclaredPermissionError(LookupError):
    """A permission was asked for that the policy table does not know."""


def permission(name: str) -> Permission:
    """The declared permission, or an error that names it."""
    try:
        return PERMISSIONS[name]
    except KeyError:
        raise UndeclaredPermissionError(f"permission {name!r} is not declared in zhuzun/access/policy.py") from None


def scope_for(name: str, assignment) -> str | None:
    """How far `name` reaches for somebody acting in `assignment`; nothing where his role has it not at all."""
    roles = permission(name).roles
    return roles.get(Role(assignment.role)) if assignment else None


READ_ONLY = READERS  # 领导查阅 and 审计查阅 appear in no permission that changes anything: a test holds it
