"""What may be done with bodies and their contacts, by whom, and what is refused."""

from datetime import date

import pytest

from tests import factories
from tests.factories import DAY, NOW
from zhuzun.accounts.roles import Role
from zhuzun.audit import wording
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused
from zhuzun.organisations import services
from zhuzun.organisations.kinds import ContactRole, OrganisationKind
from zhuzun.organisations.models import Contact, Organisation, OrganisationAlias


def register(actor, place, name="正安县人民医院", kind=OrganisationKind.HOSPITAL, **more):
    return services.register_partner(kind=kind, name=name, place=place, actor=actor, now=NOW, **more)


def contact(actor, body, name="张三", role=ContactRole.LIAISON, **more):
    facts = {"valid_from": DAY, "phone": "0851-26421234", **more}
    return services.add_contact(body, role=role, name=name, actor=actor, now=NOW, **facts)


# --- partners --------------------------------------------------------------------------------------------------------
def test_a_partner_lies_in_its_place_under_a_code_of_its_own(world, people):
    made = register(people[Role.DISTRICT_OFFICER], world.zhengan, "  正安县　人民医院（新区） ")
    assert (made.code, made.parent, made.division) == ("partner-0001", world.zhengan, world.zhengan.division)
    assert made.name_on(DAY) == "正安县 人民医院（新区）"
    assert made.holds_on(date(2021, 1, 1))
    second = register(people[Role.GROUP_LEADER], world.gaoxin, "高新１中", OrganisationKind.SCHOOL)
    assert (second.code, str(second)) == ("partner-0002", "高新1中")
    assert Event.objects.about(made).get().action == "organisation.register"


@pytest.mark.parametrize("name", ["正安县人民医院", "人民医院", "遵义市正安县人民医院", "正安医院"])
def test_a_namesake_is_told_first(world, bureau, name):
    first = register(bureau, world.zhengan)
    OrganisationAlias.objects.create(organisation=first, name="正安医院")
    with pytest.raises(DomainError, match="已有名称相同或相近的单位：正安县人民医院（医院，正安县）") as caught:
        register(bureau, world.zhengan, name)
    assert caught.value.field == "name"
    assert register(bureau, world.zhengan, name, surely_new=True).pk != first.pk


@pytest.mark.parametrize(
    ("kind", "place", "name", "field"),
    [
        (OrganisationKind.COUNTY, "zhengan", "某县", "kind"),
        (OrganisationKind.SCHOOL, "zhengan", "　 ", "name"),
        (OrganisationKind.SCHOOL, "zhengan_town", "镇小学", "place"),
    ],
)
def test_what_is_no_partner_is_refused(world, bureau, kind, place, name, field):
    with pytest.raises(DomainError) as caught:
        register(bureau, getattr(world, place), name, kind)
    assert caught.value.field == field


def test_who_may_not_register(world, people):
    for role in (Role.COUNTY_OFFICER, Role.UNIT_OFFICER, Role.LEADER, Role.SECURITY_ADMIN):
        with pytest.raises(Refused):
            register(people[role], world.zhengan)
    assert not Organisation.objects.filter(kind=OrganisationKind.HOSPITAL).exists()


# --- names and end ---------------------------------------------------------------------------------------------------
def rename(actor, body, valid_from=DAY):
    return services.rename_organisation(
        body, short="新名", full="新全名", valid_from=valid_from, basis="批复", actor=actor, now=NOW
    )


def test_a_new_name_is_the_same_body(world, people):
    rename(people[Role.SYSTEM_ADMIN], world.xiangzhou)
    body = Organisation.objects.get(pk=world.xiangzhou.pk)
    assert (body.name_on(date(2022, 3, 14)), body.name_on(DAY), body.full_name_on(DAY)) == ("香洲区", "新名", "新全名")
    [event] = Event.objects.about(body)
    assert (event.action, event.reason) == ("organisation.rename", "批复")


def test_a_new_name_comes_after_the_old_one(world, people):
    with pytest.raises(DomainError, match="须在其后") as caught:
        rename(people[Role.SYSTEM_ADMIN], world.xiangzhou, date(2021, 1, 1))
    assert caught.value.field == "valid_from"


def test_names_are_the_system_administrators(world, people):
    with pytest.raises(Refused, match="系统管理员"):
        rename(people[Role.BUREAU_OFFICER], world.xiangzhou)


def test_a_closed_body_names_its_successor_once(world, people):
    admin = people[Role.SYSTEM_ADMIN]
    facts = {"valid_to": DAY, "reason": "机构改革", "actor": admin, "now": NOW}
    with pytest.raises(DomainError, match="不能是本单位"):
        services.close_organisation(world.labour, successor=world.labour, **facts)
    closed = services.close_organisation(world.labour, successor=world.education, **facts)
    assert (closed.valid_to, closed.successor) == (DAY, world.education)
    with pytest.raises(DomainError, match="已于 2022-03-15 停止使用"):
        services.close_organisation(world.labour, **facts)


# --- contacts --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "body", "allowed"),
    [
        (Role.BUREAU_OFFICER, "daozhen", True),
        (Role.DISTRICT_OFFICER, "xiangzhou", True),
        (Role.DISTRICT_OFFICER, "xiangzhou_department", True),
        (Role.DISTRICT_LEADER, "xiangzhou_town", True),
        (Role.DISTRICT_OFFICER, "gaoxin", False),
        (Role.DISTRICT_OFFICER, "zhengan", False),
        (Role.COUNTY_OFFICER, "zhengan", True),
        (Role.COUNTY_OFFICER, "daozhen", False),
        (Role.UNIT_OFFICER, "education", True),
        (Role.UNIT_OFFICER, "zhuhai", False),
        (Role.UNIT_OFFICER, "labour", False),
        (Role.GROUP_MEMBER, "zhengan_team", True),
        (Role.GROUP_MEMBER, "zhuhai", False),
        (Role.GROUP_LEADER, "group", True),
        (Role.CITY_OFFICER, "zunyi", True),
        (Role.CITY_OFFICER, "zhengan", False),
        (Role.LEADER, "zhuhai", False),
        (Role.SYSTEM_ADMIN, "bureau", False),
    ],
)
def test_the_body_itself_keeps_its_contacts(world, people, role, body, allowed):
    if allowed:
        assert contact(people[role], getattr(world, body)).pk
    else:
        with pytest.raises(Refused):
            contact(people[role], getattr(world, body))
        assert not Contact.objects.exists()


def test_a_contact_ends_and_the_row_stays(world, people):
    officer = people[Role.COUNTY_OFFICER]
    made = contact(officer, world.zhengan, valid_from=date(2022, 1, 1))
    services.end_contact(made, valid_to=DAY, reason="轮岗", actor=officer, now=NOW)
    made.refresh_from_db()
    assert made.valid_to == DAY
    with pytest.raises(DomainError, match="如日期有误请更正"):
        services.end_contact(made, valid_to=DAY, actor=officer, now=NOW)
    lines = [line["what"] for line in wording.history_of(world.zhengan)]
    assert any("张三（联络员）截止日期" in line for line in lines)
    assert any("登记联系人" in line and "张三" in line for line in lines)


def test_dates_and_doubles_are_refused_beside_the_field(world, people):
    officer = people[Role.COUNTY_OFFICER]
    made = contact(officer, world.zhengan)
    for write, field in (
        (lambda: contact(officer, world.zhengan), "name"),
        (lambda: services.end_contact(made, valid_to=date(2021, 1, 1), actor=officer, now=NOW), "valid_to"),
        (lambda: contact(officer, world.zhengan, "李四", phone="找小王"), "phone"),
    ):
        with pytest.raises(DomainError) as caught:
            write()
        assert caught.value.field == field
    assert Contact.objects.count() == 1


def test_a_correction_needs_a_reason_and_a_change(world, people):
    officer = people[Role.COUNTY_OFFICER]
    made = contact(officer, world.zhengan)

    def correct(reason="错字", **changes):
        return services.correct_contact(made, changes=changes, reason=reason, actor=officer, now=NOW)

    with pytest.raises(DomainError, match="须填写原因"):
        correct(reason=" ", name="张珊")
    with pytest.raises(DomainError, match="没有改动"):
        correct(name="张三")
    assert correct(name="张珊", phone="１３８００１３８０００").phone == "13800138000"
    event = Event.objects.get(action="contact.correct")
    assert event.detail == {"张三的姓名": ["张三", "张珊"], "张三的联系电话": ["0851-26421234", "13800138000"]}


def test_who_lacks_contacts(world, people):
    lacking = set(Organisation.objects.lacking_contacts(DAY))
    assert {world.xiangzhou, world.zhengan, world.education, world.group} <= lacking
    assert not {world.zhuhai, world.xiangzhou_department, world.xiangzhou_town} & lacking
    factories.contact(world.xiangzhou, ContactRole.LEADER, "甲")
    factories.contact(world.xiangzhou_department, ContactRole.LIAISON, "乙")
    factories.contact(world.gaoxin, ContactRole.LEADER, "丙", valid_to=date(2022, 3, 14))
    lacking = set(Organisation.objects.lacking_contacts(DAY))
    assert world.xiangzhou not in lacking
    assert world.gaoxin in lacking
