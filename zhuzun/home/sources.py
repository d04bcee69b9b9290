"""What the cards of the workbench count. `home` stands above every app and may ask each of them."""

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from pairing.coverage import PLACE_RULES, Place, places, visible_counties
from pairing.kinds import ENDING_DAYS
from pairing.models import Pairing
from tasks import terms
from tasks.kinds import Part
from tasks.ledger import answering_bodies
from tasks.models import Measure, PolicyDocument, Responsibility
from zhuzun.access.scopes import Scope, bodies_of
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import BUREAU, COUNTY, DISTRICT, GROUP, READERS, UNIT, Role
from zhuzun.accounts.states import ENDING, LOCKED, UNUSED, narrowed
from zhuzun.audit.models import Event
from zhuzun.dated import holds_on
from zhuzun.home.cards import Card, Section, address
from zhuzun.home.check_cards import CHECK_CARDS
from zhuzun.home.closing_cards import CLOSING_CARDS
from zhuzun.home.paper_cards import PAPER_CARDS
from zhuzun.home.report_cards import REPORT_CARDS
from zhuzun.notices import inbox
from zhuzun.notices.filters import UNREAD
from zhuzun.organisations.models import Organisation

FAILED_DAYS = 7
OFFICERS = frozenset({Role.BUREAU_OFFICER, Role.BUREAU_HEAD})
CARETAKERS = frozenset({Role.BUREAU_OFFICER, Role.GROUP_LEADER, Role.GROUP_MEMBER, Role.DISTRICT_OFFICER})
ANSWERING = UNIT | DISTRICT | GROUP | BUREAU
LOOKING = READERS | BUREAU | GROUP | DISTRICT | COUNTY | frozenset({Role.CITY_OFFICER})


# --- contacts (¶14) --------------------------------------------------------------------------------------
def all_contacts(user, at):
    """Bodies that lack a 分管领导 or a 联络员."""
    return Organisation.objects.visible_to(user).lacking_contacts(at.day).count()


def own_contacts(user, at):
    """The same among the bodies one keeps up oneself."""
    bodies = bodies_of(user.acting, Scope.BODY)
    return Organisation.objects.visible_to(user).lacking_contacts(at.day).filter(pk__in=bodies).count()


# --- pairings (¶5, 6) ------------------------------------------------------------------------------------
def key_counties(user, at):
    """The key counties within one's reach."""
    return visible_counties(user, at.day).filter(is_key=True).order_by()


def has_key_counties(user, at):
    """Whether there are any: to a member for 道真 nothing can be said of them."""
    return key_counties(user, at).exists()


def key_towns(user, at):
    """Townships of the key counties within one's reach that have no partner."""
    counties = key_counties(user, at).values("pk")
    rows = places(user, at.day).filter(PLACE_RULES[Place.TOWN], parent__in=counties, paired=False)
    return rows.count()


def key_towns_url(user, at):
    """The very townships where one key county is within reach; else the table, key counties on top."""
    codes = list(key_counties(user, at).values_list("code", flat=True))
    if len(codes) != 1:
        return reverse("pairing:coverage")
    return f"{reverse('pairing:coverage_places', args=[codes[0], Place.TOWN.value])}?state=without"


def ending_pairings(user, at):
    """Sub-level pairings whose last day lies within sixty days."""
    return Pairing.objects.visible_to(user).below_county().ending_within(at.day).count()


def ending_county_pairings(user, at):
    """Rows of the annex whose last day lies within sixty days."""
    return Pairing.objects.visible_to(user).county_level().ending_within(at.day).count()


def left_behind(user, at):
    """Pairings of places that still run though their district and county are no longer paired."""
    return Pairing.objects.visible_to(user).below_county().left_behind(at.day).count()


def running_pairings(user, at):
    """Sub-level pairings that count today."""
    return Pairing.objects.visible_to(user).below_county().on(at.day).count()


# --- the policy (¶7–13) ----------------------------------------------------------------------------------
def without_lead(user, at):
    """Measures for which the bureau has not yet named a 牵头 body."""
    document = PolicyDocument.objects.visible_to(user).ledger_on(at.day)
    return Measure.objects.visible_to(user).of(document).with_lead(at.day).filter(has_lead=False).count()


def term_over(user, at):
    """One, where the policy's term is over and no successor is entered."""
    return int(terms.sentence(PolicyDocument.objects.visible_to(user), at.day) is not None)


def own_leads(user, at):
    """Measures for which the bureau named one's own body, or a group it belongs to, 牵头."""
    keys = [body.pk for body in answering_bodies(user.acting.organisation)]
    through = Q(holds_on(at.day, "group__memberships__"), group__memberships__organisation__in=keys)
    rows = Responsibility.objects.visible_to(user).of_bureau().on(at.day).filter(part=Part.LEAD)
    return rows.filter(Q(organisation__in=keys) | through).values("measure").distinct().count()


# --- accounts, the trail ---------------------------------------------------------------------------------
def accounts_in(state):
    """Accounts in one of the states of zhuzun.accounts.states."""
    return lambda user, at: narrowed(User.objects.visible_to(user), state, now=at.now, day=at.day).count()


def unmanned(role):
    """Whether nobody holds one of the 三员's posts with an account that works."""
    return lambda user, at: not User.objects.active_on(at.day).holding(role, day=at.day).exists()


def to_be_manned(role):
    """The card of one of the 三员's posts: drawn for the security administrator only while nobody holds it."""
    missing = unmanned(role)
    return Card(
        Section.TODO,
        f"请先为{role.label}开户",
        ("accounts.open_account",),
        lambda user, at: int(missing(user, at)),
        address("accounts:open"),
        f"{role.label}已开户",
        unit="人",
        icon="user-plus",
        applies=missing,
    )


def first_failed_day(at):
    """The first of the seven days, today included."""
    return at.day - timedelta(days=FAILED_DAYS - 1)


def failed_sign_ins(user, at):
    """Sign-ins that failed in the last seven days."""
    since = timezone.make_aware(datetime.combine(first_failed_day(at), time.min))
    return Event.objects.visible_to(user).filter(action="signin.failed", at__gte=since).count()


def failed_sign_ins_url(user, at):
    """The same rows in the trail."""
    return f"{reverse('audit:events')}?{urlencode({'action': 'signin.failed', 'since': first_failed_day(at)})}"


# --- the inbox -------------------------------------------------------------------------------------------
def unread(user, at):
    """Messages that this person has not opened."""
    return inbox.count_unread(user)


CARDS = (
    *REPORT_CARDS,
    to_be_manned(Role.SYSTEM_ADMIN),
    to_be_manned(Role.AUDIT_ADMIN),
    *CHECK_CARDS,
    *CLOSING_CARDS,
    *PAPER_CARDS,
    Card(
        Section.TODO,
        "未读通知",
        ("notices.view_inbox",),
        unread,
        address("notices:inbox", state=UNREAD),
        "没有未读通知",
        unit="条",
        icon="inbox",
    ),
    Card(
        Section.TODO,
        "缺联系人的单位",
        ("organisations.edit_contact", "organisations.view_contact"),
        all_contacts,
        address("pairing:contacts", lacking="1"),
        "各单位分管领导、联络员齐全",
        unit="个",
        icon="phone",
        roles=BUREAU,
    ),
    Card(
        Section.TODO,
        "本单位缺联系人",
        ("organisations.edit_contact",),
        own_contacts,
        address("organisations:my_contacts"),
        "本单位分管领导、联络员齐全",
        unit="个单位",
        icon="phone",
        roles=UNIT | DISTRICT | COUNTY | GROUP | frozenset({Role.CITY_OFFICER}),
    ),
    Card(
        Section.TODO,
        "重点帮扶县尚无结对的乡镇（街道）",
        ("pairing.edit_sub", "pairing.view_pairing"),
        key_towns,
        key_towns_url,
        "重点帮扶县各乡镇（街道）均有结对",
        unit="个",
        icon="map-pin",
        roles=CARETAKERS,
        applies=has_key_counties,
    ),
    Card(
        Section.TODO,
        "未设置牵头单位的措施",
        ("tasks.set_responsibility",),
        without_lead,
        address("tasks:measures", lead="none"),
        "各项措施均已设置牵头单位",
        icon="list-check",
        roles=OFFICERS,
    ),
    Card(
        Section.TODO,
        "已锁定的账号",
        ("accounts.open_account", "accounts.view_user"),
        accounts_in(LOCKED),
        address("accounts:people", state=LOCKED),
        "没有被锁定的账号",
        unit="个",
        icon="lock",
    ),
    Card(
        Section.TODO,
        "90天未使用的账号（含从未登录）",
        ("accounts.open_account", "accounts.view_user"),
        accounts_in(UNUSED),
        address("accounts:people", state=UNUSED),
        "没有90天未使用的账号",
        unit="个",
        icon="user-off",
    ),
    Card(
        Section.TODO,
        f"近{FAILED_DAYS}日登录失败",
        ("audit.view_event",),
        failed_sign_ins,
        failed_sign_ins_url,
        f"近{FAILED_DAYS}日没有登录失败",
        unit="次",
        icon="shield-lock",
    ),
    Card(
        Section.LATE,
        "依据文件执行期已满，接续文件未登记",
        ("tasks.change_policy",),
        term_over,
        address("tasks:documents"),
        "依据文件在执行期内",
        icon="file-text",
    ),
    Card(
        Section.LATE,
        "区县结对已终止、下级结对待处理",
        ("pairing.edit_sub", "pairing.view_pairing"),
        left_behind,
        address("pairing:sub_list", state="left"),
        "没有遗留的下级结对",
        unit="对",
        icon="link-off",
        roles=CARETAKERS,
    ),
    Card(
        Section.SOON,
        f"{ENDING_DAYS}日内到期的区县结对",
        ("pairing.end_pairing", "pairing.view_pairing"),
        ending_county_pairings,
        address("pairing:table"),
        f"没有{ENDING_DAYS}日内到期的区县结对",
        unit="对",
        icon="calendar-due",
        roles=CARETAKERS,
    ),
    Card(
        Section.SOON,
        f"{ENDING_DAYS}日内到期的下级结对",
        ("pairing.edit_sub", "pairing.view_pairing"),
        ending_pairings,
        address("pairing:sub_list", state="ending"),
        f"没有{ENDING_DAYS}日内到期的下级结对",
        unit="对",
        icon="calendar-due",
        roles=CARETAKERS,
    ),
    Card(
        Section.SOON,
        f"{ENDING_DAYS}日内到期的账号",
        ("accounts.open_account", "accounts.view_user"),
        accounts_in(ENDING),
        address("accounts:people", state=ENDING),
        f"没有{ENDING_DAYS}日内到期的账号",
        unit="个",
        icon="calendar-due",
    ),
    Card(
        Section.INFORMATION,
        "本单位牵头的措施",
        ("tasks.view_ledger",),
        own_leads,
        address("tasks:mine"),
        "",
        icon="target",
        roles=ANSWERING,
    ),
    Card(
        Section.INFORMATION,
        "有效的下级结对",
        ("pairing.view_pairing",),
        running_pairings,
        address("pairing:sub_list", state="running"),
        "",
        unit="对",
        icon="link",
        roles=LOOKING,
    ),
)
