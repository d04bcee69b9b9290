"""上线准备: what has to be in place before the office starts, each line with its state and its page."""

from dataclasses import dataclass

from django.urls import reverse

from pairing.kinds import PairingKind
from pairing.models import Pairing
from tasks import terms
from tasks.kinds import PlanState
from tasks.models import Indicator, Measure, OpeningFigure, PolicyDocument, ReportPlan
from zhuzun.accounts.models import RoleAssignment
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import DivisionLevel, OrganisationKind
from zhuzun.organisations.models import Division, Organisation


@dataclass(frozen=True)
class Line:
    """One line: what, whether it is done, how far, who does it, and where."""

    what: str
    done: bool
    state: str
    who: str
    url: str = ""


def checklist(user, at) -> list[Line]:
    """Every line in the order in which an office gets ready; a line links only where this person may open the page."""
    return [
        make(user, at)
        for make in (
            _policy,
            _divisions,
            _accounts,
            _contacts,
            _counties,
            _below,
            _leads,
            _figures,
            _term,
            _plans,
            _opening,
        )
    ]


def _line(user, what, done, state, who, page, permission) -> Line:
    return Line(what, done, state, who, reverse(page) if user.decide(permission) else "")


def _policy(user, at):
    document = PolicyDocument.objects.ledger_on(at.day)
    measures = Measure.objects.of(document).count()
    state = f"{document}，{measures} 项措施" if document else "尚未导入"
    return _line(user, "政策数据已导入", bool(measures), state, "系统管理员", "tasks:areas", "tasks.view_ledger")


def _divisions(user, at):
    towns = Division.objects.offered().filter(level=DivisionLevel.TOWN).count()
    state = f"{towns} 个乡镇（街道）" if towns else "尚未导入"
    page, permission = "organisations:divisions", "organisations.view_division"
    return _line(user, "区划和单位已导入", towns > 0, state, "系统管理员", page, permission)


def _accounts(user, at):
    """Each district and county needs somebody who works for it."""
    places = Organisation.objects.on(at.day).filter(kind__in=[OrganisationKind.DISTRICT, OrganisationKind.COUNTY])
    needed = set(places.values_list("pk", flat=True))
    held = RoleAssignment.objects.on(at.day).filter(role__in=[Role.DISTRICT_OFFICER, Role.COUNTY_OFFICER])
    posts = held.filter(user__is_active=True).values_list("organisation", "organisation__parent")
    manned = needed & {key for pair in posts for key in pair}
    state = f"{len(needed)} 个区、县（市）中 {len(manned)} 个有经办账号"
    done = bool(needed) and manned == needed
    return _line(user, "账号已开通", done, state, "安全管理员", "accounts:people", "accounts.view_user")


def _contacts(user, at):
    owing = Organisation.objects.owing_contacts(at.day).count()
    lacking = Organisation.objects.lacking_contacts(at.day).count()
    state = f"{owing} 个单位中 {owing - lacking} 个齐全"
    page, permission = "pairing:contacts", "organisations.view_contact"
    return _line(user, "联系人已登记", owing > 0 and not lacking, state, "各单位，市局可代办", page, permission)


def _counties(user, at):
    counties = Organisation.objects.on(at.day).filter(kind=OrganisationKind.COUNTY).count()
    paired = Pairing.objects.on(at.day).filter(kind=PairingKind.COUNTY).values("west").distinct().count()
    state = f"{counties} 个县（市）中 {paired} 个已结对"
    return _line(
        user, "区县结对已登记", 0 < counties == paired, state, "市局经办", "pairing:table", "pairing.view_table"
    )


def _below(user, at):
    number = Pairing.objects.on(at.day).below_county().count()
    who = "市局、各区、工作组"
    return _line(user, "下级结对已登记", number > 0, f"{number} 对", who, "pairing:sub_list", "pairing.view_pairing")


def _leads(user, at):
    rows = Measure.objects.of(PolicyDocument.objects.ledger_on(at.day)).with_lead(at.day)
    total, led = rows.count(), rows.filter(has_lead=True).count()
    state = f"{total} 项措施中 {led} 项已设置"
    return _line(user, "牵头单位已设置", 0 < total == led, state, "市局经办", "tasks:measures", "tasks.view_ledger")


def _figures(user, at):
    number = Indicator.objects.filter(active=True).count()
    return _line(
        user, "指标目录已导入", number > 0, f"{number} 项", "系统管理员", "tasks:indicators", "tasks.view_indicator"
    )


def _term(user, at):
    over = terms.sentence(PolicyDocument.objects.order_by("term_from"), at.day)
    state = "接续文件未登记" if over else "在执行期内"
    return _line(user, "依据文件在执行期内", not over, state, "市局经办", "tasks:documents", "tasks.view_ledger")


def _plans(user, at):
    """Periods open by themselves once somebody has switched a plan on."""
    rows = ReportPlan.objects.all()
    running, laid = rows.filter(state=PlanState.ACTIVE).count(), rows.filter(state=PlanState.DRAFT).count()
    state = f"{running} 项执行中，{laid} 项待启用"
    return _line(user, "报送任务已启用", running > 0, state, "市局经办", "tasks:plans", "tasks.view_plan")


def _opening(user, at):
    """Without them a running total has nothing to be compared with in its first months."""
    number = OpeningFigure.objects.count()
    page, permission = "tasks:opening_figures", "tasks.import_opening"
    state = f"{number} 项数据" if number else "尚未导入（没有往年数据的可不导入）"
    return _line(user, "上线前数据已导入", number > 0, state, "市局经办", page, permission)
