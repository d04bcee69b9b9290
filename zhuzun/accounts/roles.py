"""The roles a person may hold, each at an organisation and from day to day.

What each of them may do stands in `zhuzun/access/policy.py`.
"""

from django.db.models import TextChoices

from zhuzun.organisations.kinds import MUNICIPAL_KINDS, OrganisationKind


class Role(TextChoices):
    """A role (角色); the 三员 are separate from all business roles."""

    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"
    BUREAU_OFFICER = "bureau_officer", "市局经办"
    BUREAU_HEAD = "bureau_head", "市局科室负责人"
    BUREAU_LEADER = "bureau_leader", "市局领导"
    CLERK = "clerk", "文秘"
    DISTRICT_OFFICER = "district_officer", "区经办"
    DISTRICT_LEADER = "district_leader", "区分管领导"
    UNIT_OFFICER = "unit_officer", "市直单位经办"
    UNIT_LEADER = "unit_leader", "市直单位负责人"
    COUNTY_OFFICER = "county_officer", "县（市）经办"
    COUNTY_LEADER = "county_leader", "县（市）分管领导"
    CITY_OFFICER = "city_officer", "遵义市经办"
    GROUP_MEMBER = "group_member", "工作组成员"
    GROUP_LEADER = "group_leader", "工作组组长"
    LEADER = "leader", "领导查阅"
    INSPECTOR = "inspector", "审计查阅"


# 三员: separate from each other and from business (GB/T 22239: posts required from level 2).
GUARDIANS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
BUREAU = frozenset({Role.BUREAU_OFFICER, Role.BUREAU_HEAD, Role.BUREAU_LEADER, Role.CLERK})
DISTRICT = frozenset({Role.DISTRICT_OFFICER, Role.DISTRICT_LEADER})
UNIT = frozenset({Role.UNIT_OFFICER, Role.UNIT_LEADER})
COUNTY = frozenset({Role.COUNTY_OFFICER, Role.COUNTY_LEADER})
GROUP = frozenset({Role.GROUP_MEMBER, Role.GROUP_LEADER})
READERS = frozenset({Role.LEADER, Role.INSPECTOR})
EVERYBODY = frozenset(Role)
BUSINESS = EVERYBODY - GUARDIANS

# At which kind of body a role may be held; a role not named here may be held at any.
HELD_AT = {
    **dict.fromkeys(BUREAU, (OrganisationKind.BUREAU,)),
    **dict.fromkeys(DISTRICT, (OrganisationKind.DISTRICT, OrganisationKind.DISTRICT_DEPARTMENT)),
    **dict.fromkeys(UNIT, MUNICIPAL_KINDS),
    **dict.fromkeys(COUNTY, (OrganisationKind.COUNTY, OrganisationKind.COUNTY_DEPARTMENT)),
    Role.CITY_OFFICER: (OrganisationKind.CITY, OrganisationKind.CITY_DEPARTMENT),
    Role.GROUP_MEMBER: (OrganisationKind.COUNTY_TEAM,),
    Role.GROUP_LEADER: (OrganisationKind.WORKING_GROUP,),
}
