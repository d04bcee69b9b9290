"""The demonstration's accounts, all with the password in DEMO_PASSWORD. Names say what they are: nobody real."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from zhuzun.accounts import services
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.accounts.rules import Post
from zhuzun.home.demo.calendar import OPENING, moment
from zhuzun.organisations.models import Organisation

BASIS = "演示数据"
INSPECTION_DAYS = 180  # 审计查阅 is always given for a time
DISTRICTS = ("zh-hengqin", "zh-xiangzhou", "zh-jinwan", "zh-doumen", "zh-gaoxin")
COUNTIES = (
    "zy-zhengan",
    "zy-tongzi",
    "zy-fenggang",
    "zy-wuchuan",
    "zy-chishui",
    "zy-xishui",
    "zy-meitan",
    "zy-daozhen",
)


@dataclass(frozen=True)
class Person:
    """One account: the person, his home body, his role and where he holds it; whom an inspector may read about."""

    username: str
    name: str
    home: str
    role: Role
    at: str = ""
    scope: tuple = ()


PEOPLE = (
    Person("security", "安全管理员（演示）", "zh-zhenxing", Role.SECURITY_ADMIN),
    Person("admin", "系统管理员（演示）", "zh-zhenxing", Role.SYSTEM_ADMIN),
    Person("auditor", "审计管理员（演示）", "zh-zhenxing", Role.AUDIT_ADMIN),
    Person("bureau", "市局经办甲（演示）", "zh-zhenxing", Role.BUREAU_OFFICER),
    Person("bureau2", "市局经办乙（演示）", "zh-zhenxing", Role.BUREAU_OFFICER),
    Person("bureau-head", "科室负责人（演示）", "zh-zhenxing", Role.BUREAU_HEAD),
    Person("bureau-lead", "市局领导（演示）", "zh-zhenxing", Role.BUREAU_LEADER),
    Person("wenshu", "市局文秘（演示）", "zh-zhenxing", Role.CLERK),
    Person("hengqin", "横琴经办（演示）", "zh-hengqin-zhenxing", Role.DISTRICT_OFFICER),
    Person("xiangzhou", "香洲经办（演示）", "zh-xiangzhou-zhenxing", Role.DISTRICT_OFFICER),
    Person("jinwan", "金湾经办（演示）", "zh-jinwan-zhenxing", Role.DISTRICT_OFFICER),
    Person("doumen", "斗门经办（演示）", "zh-doumen-zhenxing", Role.DISTRICT_OFFICER),
    Person("gaoxin", "高新经办（演示）", "zh-gaoxin-zhenxing", Role.DISTRICT_OFFICER),
    Person("xiangzhou-lead", "香洲分管领导（演示）", "zh-xiangzhou-zhenxing", Role.DISTRICT_LEADER),
    # a cadre of 高新区 who is on assignment in 道真
    Person("workgroup", "道真小组成员（演示）", "zh-gaoxin", Role.GROUP_MEMBER, "zh-gongzuozu-daozhen"),
    Person("workgroup-lead", "工作组组长（演示）", "zh-gongzuozu", Role.GROUP_LEADER),
    Person("zunyi", "遵义市经办（演示）", "zy-xiezuoban", Role.CITY_OFFICER),
    Person("zhengan", "正安经办（演示）", "zy-zhengan-xiezuoban", Role.COUNTY_OFFICER),
    Person("tongzi", "桐梓经办（演示）", "zy-tongzi-xiezuoban", Role.COUNTY_OFFICER),
    Person("fenggang", "凤冈经办（演示）", "zy-fenggang-xiezuoban", Role.COUNTY_OFFICER),
    Person("wuchuan", "务川经办（演示）", "zy-wuchuan-xiezuoban", Role.COUNTY_OFFICER),
    Person("chishui", "赤水经办（演示）", "zy-chishui-xiezuoban", Role.COUNTY_OFFICER),
    Person("xishui", "习水经办（演示）", "zy-xishui-xiezuoban", Role.COUNTY_OFFICER),
    Person("meitan", "湄潭经办（演示）", "zy-meitan-xiezuoban", Role.COUNTY_OFFICER),
    Person("daozhen", "道真经办（演示）", "zy-daozhen-xiezuoban", Role.COUNTY_OFFICER),
    Person("zhengan-lead", "正安分管领导（演示）", "zy-zhengan-xiezuoban", Role.COUNTY_LEADER),
    Person("jiaoyu", "市教育局经办（演示）", "zh-jiaoyu", Role.UNIT_OFFICER),
    Person("jiaoyu-lead", "市教育局负责人（演示）", "zh-jiaoyu", Role.UNIT_LEADER),
    Person("renshe", "市人社局经办（演示）", "zh-renshe", Role.UNIT_OFFICER),
    Person("leader", "市领导（演示）", "zh-nongban", Role.LEADER),
    Person("shenji", "审计查阅（演示）", "zh-nongban", Role.INSPECTOR, scope=(*DISTRICTS, *COUNTIES)),
)


def account(username: str) -> User | None:
    """The demonstration account with this user name, if it was built."""
    return User.objects.filter(username=username).first()


def build(today: date) -> None:
    """The security administrator starts as in a real installation and opens all the others."""
    bodies = {body.code: body for body in Organisation.objects.all().exclude(kind__in=("town", "village"))}
    first, *others = PEOPLE
    now = moment(OPENING)
    security = services.first_admin(first.name, username=first.username, password=settings.DEMO_PASSWORD, now=now).user
    for person in others:
        post = Post(
            role=person.role,
            organisation=bodies[person.at or person.home],
            valid_from=OPENING,
            valid_to=today + timedelta(days=INSPECTION_DAYS) if person.role == Role.INSPECTOR else None,
            scope=tuple(bodies[code] for code in person.scope),
            reason=BASIS,
        )
        services.open_account(
            person.name,
            bodies[person.home],
            username=person.username,
            post=post,
            password=settings.DEMO_PASSWORD,
            actor=security,
            now=now,
        )
