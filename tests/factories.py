"""Makers of rows for tests, and one small world of two districts and three counties.

They write rows directly, with plain values and fixed days (nothing here reads today): the services have tests of their
own. Everything counts from `FOUNDED` on without an end, so that it holds on whatever day a test runs.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from pairing.kinds import PairingKind
from pairing.models import Pairing
from tasks.kinds import Flow, Nature, Part
from tasks.loading import load_policy
from tasks.models import Indicator, IndicatorDefinition, Measure, Paragraph, PolicyDocument, Responsibility, TaskArea
from zhuzun.accounts.models import RoleAssignment, User
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.organisations.kinds import ContactRole, DivisionKind, DivisionLevel, OrganisationKind, Relation
from zhuzun.organisations.models import (
    Contact,
    Division,
    GroupMembership,
    KeyCountyDesignation,
    Organisation,
    OrganisationGroup,
    OrganisationName,
    OrganisationRelation,
)

FOUNDED = date(2021, 1, 1)  # every body, role and membership counts from here
PAIRED = date(2021, 7, 22)  # the annex's pairings
DAY = date(2022, 3, 15)  # an ordinary Tuesday for services that take a day
LOADED = datetime(2021, 7, 26, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # when the whole policy came in
NOW = datetime(2022, 3, 15, 10, 32, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD = "Zhuzun-2021-test"
BASIS = "珠委农组〔2021〕12号"

_running = count(1)


def numbered() -> int:
    """The number that the next row gets."""
    global _running
    number = next(_running)
    _running = count(number)
    return number


def number_from(number: int):
    """Rows made from now on get this number or a higher one: what stands already bears lower ones (tests/images.py)."""
    global _running
    _running = count(max(number, next(_running)))


def division(name, level, kind, *, code="", parent=None, offered=True, **more) -> Division:
    """A division with a code of its own."""
    number = next(_running)
    return Division.objects.create(
        code=code or f"T{number:06d}",
        name=name,
        short_name=more.pop("short_name", name),
        level=level,
        kind=kind,
        parent=parent,
        offered=offered,
        position=more.pop("position", number),
        **more,
    )


def organisation(kind, name="", *, full="", code="", parent=None, valid_from=FOUNDED, **more) -> Organisation:
    """A body with one name that it bears from its first day on."""
    number = next(_running)
    name = name or f"{OrganisationKind(kind).label}{number}"
    relation = more.pop("relation", "")
    body = Organisation.objects.create(
        code=code or f"body-{number}",
        kind=kind,
        parent=parent,
        valid_from=valid_from,
        position=more.pop("position", number),
        **more,
    )
    OrganisationName.objects.create(organisation=body, short=name, full=full or name, valid_from=valid_from)
    if relation:
        OrganisationRelation.objects.create(organisation=body, relation=relation, valid_from=valid_from)
    return body


def place(kind, name, *, parent=None, full="", code="", offered=True, division_kind="", **more) -> Organisation:
    """A district, county, township or village together with its division."""
    levels = {
        OrganisationKind.CITY: (DivisionLevel.CITY, DivisionKind.CITY),
        OrganisationKind.DISTRICT: (DivisionLevel.COUNTY, DivisionKind.DISTRICT),
        OrganisationKind.COUNTY: (DivisionLevel.COUNTY, DivisionKind.COUNTY),
        OrganisationKind.TOWN: (DivisionLevel.TOWN, DivisionKind.TOWN),
        OrganisationKind.VILLAGE: (DivisionLevel.VILLAGE, DivisionKind.VILLAGE),
    }
    level, usual = levels[kind]
    above = parent.division if parent else None
    ground = division(full or name, level, division_kind or usual, parent=above, offered=offered, short_name=name)
    return organisation(kind, name, full=full, code=code, parent=parent, division=ground, **more)


def person(role, body, *, username="", name="", valid_to=None, scope=(), **more) -> User:
    """Somebody who holds `role` at `body` and may sign in with `PASSWORD`."""
    number = next(_running)
    user = User(
        username=username or f"person-{number}",
        name=name or f"{Role(role).label}{number}",
        home=body,
        must_change_password=more.pop("must_change_password", False),
        **more,
    )
    user.set_password(PASSWORD)
    user.save()
    assignment(user, role, body, valid_to=valid_to, scope=scope)
    return user


def assignment(user, role, body, *, valid_from=FOUNDED, valid_to=None, scope=(), **more) -> RoleAssignment:
    """A further role of somebody."""
    held = RoleAssignment.objects.create(
        user=user, role=role, organisation=body, valid_from=valid_from, valid_to=valid_to, **more
    )
    held.scope.set(scope)
    return held


def contact(body, role=ContactRole.LIAISON, name="张联络", *, valid_from=FOUNDED, **more) -> Contact:
    """A 联络员 (or 分管领导) of a body."""
    return Contact.objects.create(organisation=body, role=role, name=name, valid_from=valid_from, **more)


def pairing(kind, east, west, *, valid_from=PAIRED, valid_to=None, basis=BASIS, number="", **more) -> Pairing:
    """A pairing of any kind; its district and county follow from its two sides."""
    return Pairing.objects.create(
        kind=kind,
        east=east,
        west=west,
        district=east.anchor(OrganisationKind.DISTRICT),
        county=west.anchor(OrganisationKind.COUNTY),
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis,
        number=number or f"TEST-{next(_running):05d}",
        **more,
    )


def county_pairing(district, county, **more) -> Pairing:
    """One row of the annex: `district` helps `county`."""
    return pairing(PairingKind.COUNTY, district, county, **more)


def event(action="pairing.end", *, actor=None, at=NOW, **more) -> Event:
    """One line of the trail, as `record` would write it."""
    acting = actor.acting if actor else None
    facts = {
        "actor_name": actor.name if actor else "",
        "username": actor.username if actor else "",
        "role": acting.role if acting else "",
        "organisation": acting.organisation if acting else None,
        "organisation_name": str(acting.organisation) if acting else "",
    }
    return Event.objects.create(action=action, actor=actor, at=at, **{**facts, **more})


@dataclass
class Policy:
    """A policy of two paragraphs that are areas, each with two measures, and one paragraph that is none."""

    document: PolicyDocument
    paragraphs: list
    areas: list
    measures: list
    indicators: list


def policy(*bodies, code="T-2021", term_from=date(2021, 12, 1), term_to=date(2025, 12, 31)) -> Policy:
    """A small policy for whose first area `bodies` answer, in their order."""
    document = PolicyDocument.objects.create(
        code=code,
        number=f"测试〔2021〕{next(_running)}号",
        title="测试用协作文件",
        issuer="测试领导小组",
        issued_on=term_from,
        term_from=term_from,
        term_to=term_to,
    )
    paragraphs = [
        Paragraph.objects.create(document=document, number=number, part="一、主要任务", heading=heading, text=text)
        for number, heading, text in (
            (6, "结对帮扶", "探索开展镇街、村（社区）结对。"),
            (7, "产业协作", "引导企业落户。共建产业园区。"),
            (8, "劳务协作", "帮助农村劳动力就业。开展技能培训。"),
        )
    ]
    areas = [
        TaskArea.objects.create(
            code=f"{code}-{row.number}".lower(), name=row.heading, paragraph=row, position=row.number
        )
        for row in paragraphs[1:]
    ]
    measures = [
        Measure.objects.create(
            paragraph=row, number=f"{row.number}.{n}", position=n, title=span[:8], span=span, nature=Nature.BUILD
        )
        for row in paragraphs[1:]
        for n, span in enumerate(row.text.rstrip("。").split("。"), start=1)
    ]
    for n, body in enumerate(bodies, start=1):
        Responsibility.objects.create(
            paragraph=paragraphs[1],
            organisation=body,
            part=Part.RESPONSIBLE,
            position=n,
            written_as=str(body),
            valid_from=term_from,
        )
    indicators = [indicator(f"{code}-LAB01", "帮助农村劳动力就业", area=areas[1])]
    return Policy(document, paragraphs, areas, measures, indicators)


def whole_policy() -> PolicyDocument:
    """The real policy, loaded at LOADED with all its places; gives its document. (The fixture has it ready.)"""
    load_policy(now=LOADED)
    return PolicyDocument.objects.get()


def indicator(code, name, *, family="LAB", unit="人", flow=Flow.CUMULATIVE, **more) -> Indicator:
    """A figure of the catalogue with its definition."""
    figure = Indicator.objects.create(code=code, name=name, family=family, unit=unit, flow=flow, **more)
    IndicatorDefinition.objects.create(indicator=figure, text=f"{name}的{unit}数。", valid_from=FOUNDED)
    return figure


@dataclass
class World:
    """Two cities, two districts, three counties, and everybody's bodies; see `world`."""

    zhuhai: Organisation
    zunyi: Organisation
    bureau: Organisation
    education: Organisation  # a municipal unit
    labour: Organisation  # another one
    audit_office: Organisation
    xiangzhou: Organisation
    gaoxin: Organisation
    xiangzhou_department: Organisation
    gaoxin_department: Organisation
    zhengan: Organisation  # a key county
    wuchuan: Organisation  # a key county
    daozhen: Organisation
    zhengan_department: Organisation
    daozhen_department: Organisation
    group: Organisation  # the working group
    zhengan_team: Organisation
    daozhen_team: Organisation
    xiangzhou_town: Organisation
    gaoxin_town: Organisation
    zhengan_town: Organisation
    daozhen_town: Organisation
    xiangzhou_village: Organisation
    gaoxin_village: Organisation
    zhengan_village: Organisation
    daozhen_village: Organisation
    districts: OrganisationGroup  # 各区
    zhengan_pairing: Pairing  # 香洲—正安
    wuchuan_pairing: Pairing  # 香洲—务川
    daozhen_pairing: Pairing  # 高新—道真
    zhengan_towns: Pairing  # a township pairing below 香洲—正安
    daozhen_towns: Pairing  # a township pairing below 高新—道真


def world() -> World:
    """香洲区 helps 正安县 and 务川县 (both key counties), 高新区 helps 道真县; one township pairing below each."""
    found = _cities()
    found |= _east(found) | _west(found)
    found |= _lower_places(found)
    found |= _pairings(found)
    return World(**found)


def _cities():
    kind = OrganisationKind
    zhuhai = place(kind.CITY, "珠海市", code="zhuhai", relation=Relation.UPPER)
    zunyi = place(kind.CITY, "遵义市", code="zunyi", relation=Relation.SEPARATE)
    return {
        "zhuhai": zhuhai,
        "zunyi": zunyi,
        "bureau": organisation(kind.BUREAU, "市乡村振兴局", code="bureau", parent=zhuhai, relation=Relation.SELF),
        "education": organisation(kind.MUNICIPAL_UNIT, "市教育局", parent=zhuhai, relation=Relation.EQUAL),
        "labour": organisation(kind.MUNICIPAL_UNIT, "市人力资源社会保障局", parent=zhuhai, relation=Relation.EQUAL),
        "audit_office": organisation(kind.MUNICIPAL_UNIT, "市审计局", parent=zhuhai, relation=Relation.EQUAL),
        "group": organisation(kind.WORKING_GROUP, "遵义工作组", code="group", parent=zhuhai),
    }


def _east(found):
    rows = {}
    rows["districts"] = OrganisationGroup.objects.create(code="districts", name="各区")
    for key, name in (("xiangzhou", "香洲区"), ("gaoxin", "高新区")):
        body = place(OrganisationKind.DISTRICT, name, code=key, parent=found["zhuhai"], relation=Relation.LOWER)
        GroupMembership.objects.create(group=rows["districts"], organisation=body, valid_from=FOUNDED)
        rows[key] = body
        rows[f"{key}_department"] = organisation(
            OrganisationKind.DISTRICT_DEPARTMENT, f"{name}乡村振兴部门", parent=body, relation=Relation.LOWER
        )
    return rows


def _west(found):
    rows = {}
    names = {
        "zhengan": ("正安县", "正安县"),
        "wuchuan": ("务川县", "务川仡佬族苗族自治县"),
        "daozhen": ("道真县", "道真仡佬族苗族自治县"),
    }
    for key, (name, full) in names.items():
        rows[key] = place(
            OrganisationKind.COUNTY, name, full=full, code=key, parent=found["zunyi"], relation=Relation.SEPARATE
        )
    for key in ("zhengan", "wuchuan"):
        KeyCountyDesignation.objects.create(division=rows[key].division, basis="国家公布名单", valid_from=FOUNDED)
    for key in ("zhengan", "daozhen"):
        body, name = rows[key], names[key][0]
        rows[f"{key}_department"] = organisation(OrganisationKind.COUNTY_DEPARTMENT, f"{name}协作办", parent=body)
        rows[f"{key}_team"] = organisation(
            OrganisationKind.COUNTY_TEAM, f"工作组{name}小组", parent=found["group"], division=body.division
        )
    return rows


def _lower_places(found):
    rows = {}
    names = {"xiangzhou": "前山", "gaoxin": "唐家湾", "zhengan": "瑞溪", "daozhen": "玉溪"}
    for key, name in names.items():
        rows[f"{key}_town"] = town = place(OrganisationKind.TOWN, f"{name}镇", parent=found[key])
        rows[f"{key}_village"] = place(OrganisationKind.VILLAGE, f"{name}村", parent=town)
    return rows


def _pairings(found):
    rows = {
        "zhengan_pairing": county_pairing(found["xiangzhou"], found["zhengan"]),
        "wuchuan_pairing": county_pairing(found["xiangzhou"], found["wuchuan"]),
        "daozhen_pairing": county_pairing(found["gaoxin"], found["daozhen"]),
    }
    for key, east in (("zhengan", "xiangzhou"), ("daozhen", "gaoxin")):
        rows[f"{key}_towns"] = pairing(PairingKind.TOWN, found[f"{east}_town"], found[f"{key}_town"])
    return rows


def people(world: World) -> dict:
    """One person for each role, by role; the districts' and counties' are 香洲's and 正安's."""
    seats = {
        Role.SYSTEM_ADMIN: world.bureau,
        Role.SECURITY_ADMIN: world.bureau,
        Role.AUDIT_ADMIN: world.bureau,
        Role.BUREAU_OFFICER: world.bureau,
        Role.BUREAU_HEAD: world.bureau,
        Role.BUREAU_LEADER: world.bureau,
        Role.CLERK: world.bureau,
        Role.DISTRICT_OFFICER: world.xiangzhou_department,
        Role.DISTRICT_LEADER: world.xiangzhou,
        Role.UNIT_OFFICER: world.education,
        Role.UNIT_LEADER: world.education,
        Role.COUNTY_OFFICER: world.zhengan_department,
        Role.COUNTY_LEADER: world.zhengan,
        Role.CITY_OFFICER: world.zunyi,
        Role.GROUP_MEMBER: world.zhengan_team,
        Role.GROUP_LEADER: world.group,
        Role.LEADER: world.zhuhai,
    }
    found = {role: person(role, body, username=role.value.replace("_", "-")) for role, body in seats.items()}
    found[Role.INSPECTOR] = person(
        Role.INSPECTOR, world.audit_office, username="inspector", scope=[world.xiangzhou, world.zhengan]
    )
    return found


def strangers(world: World) -> dict:
    """The officers of 高新 and of 道真, of another unit, and the member for 道真, by role."""
    seats = {
        Role.DISTRICT_OFFICER: world.gaoxin_department,
        Role.COUNTY_OFFICER: world.daozhen_department,
        Role.UNIT_OFFICER: world.labour,
        Role.GROUP_MEMBER: world.daozhen_team,
    }
    return {role.value: person(role, body, username=f"other-{role.value}") for role, body in seats.items()}
