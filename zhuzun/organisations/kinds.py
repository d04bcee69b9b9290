"""The kinds of places and bodies; stored as ASCII codes, shown in Chinese."""

from django.db.models import TextChoices


class DivisionLevel(TextChoices):
    """Level of a division (行政区划)."""

    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWN = "town", "乡级"
    VILLAGE = "village", "村级"


class DivisionKind(TextChoices):
    """What sort of division it is, told by its code or by the policy (domain rules of the statistics bureau)."""

    PROVINCE = "province", "省"
    CITY = "city", "地级市"
    DISTRICT = "district", "市辖区"
    ZONE = "zone", "功能区"
    COUNTY = "county", "县"
    COUNTY_CITY = "county_city", "县级市"
    AUTONOMOUS_COUNTY = "autonomous_county", "自治县"
    STREET = "street", "街道"
    TOWN = "town", "镇"
    TOWNSHIP = "township", "乡"
    ETHNIC_TOWNSHIP = "ethnic_township", "民族乡"
    PSEUDO_TOWN = "pseudo_town", "类似乡级单位"
    COMMUNITY = "community", "居委会（社区）"
    VILLAGE = "village", "村委会（行政村）"
    PSEUDO_VILLAGE = "pseudo_village", "类似村级单位"


class OrganisationKind(TextChoices):
    """What sort of body it is."""

    PROVINCE_BODY = "province_body", "省级机关"
    CITY = "city", "市"
    DISTRICT = "district", "区（功能区）"
    COUNTY = "county", "县（市）"
    TOWN = "town", "乡镇（街道）"
    VILLAGE = "village", "村（社区）"
    LEADING_GROUP = "leading_group", "议事协调机构"
    BUREAU = "bureau", "市乡村振兴局"
    MUNICIPAL_UNIT = "municipal_unit", "市直单位"
    PARTY_UNIT = "party_unit", "市直单位（党委口）"
    PEOPLES_BODY = "peoples_body", "人民团体"
    STATE_ENTERPRISE = "state_enterprise", "国有企业"
    WORKING_GROUP = "working_group", "工作组"
    COUNTY_TEAM = "county_team", "工作组县小组"
    DISTRICT_DEPARTMENT = "district_department", "区直部门"
    COUNTY_DEPARTMENT = "county_department", "县直部门"
    CITY_DEPARTMENT = "city_department", "遵义市直部门"
    PARK = "park", "园区"
    HOSPITAL = "hospital", "医院"
    SCHOOL = "school", "学校"
    CULTURE = "culture", "文化单位"
    RESEARCH = "research", "科研单位"
    ENTERPRISE = "enterprise", "企业"
    CHAMBER = "chamber", "商会"
    SOCIAL_BODY = "social_body", "社会组织"
    INSTITUTION = "institution", "事业单位"
    PERSON_GROUP = "person_group", "爱心人士"
    OTHER = "other", "其他"


# The 22 municipal units of ¶7–13 are of these kinds, the bureau included.
MUNICIPAL_KINDS = (
    OrganisationKind.BUREAU,
    OrganisationKind.MUNICIPAL_UNIT,
    OrganisationKind.PARTY_UNIT,
    OrganisationKind.PEOPLES_BODY,
    OrganisationKind.STATE_ENTERPRISE,
)

# Bodies that stand for a place: each county, township and village has exactly one.
PLACE_KINDS = (
    OrganisationKind.CITY,
    OrganisationKind.DISTRICT,
    OrganisationKind.COUNTY,
    OrganisationKind.TOWN,
    OrganisationKind.VILLAGE,
)

# Bodies that the office itself registers as partners of pairings (¶6, 11, 13): there is no list of codes for them.
PARTNER_KINDS = (
    OrganisationKind.PARK,
    OrganisationKind.HOSPITAL,
    OrganisationKind.SCHOOL,
    OrganisationKind.CULTURE,
    OrganisationKind.RESEARCH,
    OrganisationKind.ENTERPRISE,
    OrganisationKind.CHAMBER,
    OrganisationKind.SOCIAL_BODY,
    OrganisationKind.INSTITUTION,
    OrganisationKind.PERSON_GROUP,
    OrganisationKind.DISTRICT_DEPARTMENT,
    OrganisationKind.COUNTY_DEPARTMENT,
    OrganisationKind.CITY_DEPARTMENT,
    OrganisationKind.OTHER,
)

# Departments through which a district, county or city works: its 区乡村振兴部门, 县协作办, 市协作办.
DEPARTMENT_KINDS = (
    OrganisationKind.DISTRICT_DEPARTMENT,
    OrganisationKind.COUNTY_DEPARTMENT,
    OrganisationKind.CITY_DEPARTMENT,
)

# Bodies that must name a 分管领导 and a 联络员 (¶14: 明确相应责任); departments and county teams may name theirs too.
CONTACT_KINDS = (
    OrganisationKind.DISTRICT,
    OrganisationKind.COUNTY,
    *MUNICIPAL_KINDS,
    OrganisationKind.WORKING_GROUP,
)


class Relation(TextChoices):
    """How a body stands to the bureau: it decides the form of every paper and reminder (行文关系)."""

    UPPER = "upper", "上级"
    EQUAL = "equal", "平级"
    LOWER = "lower", "下级"
    SEPARATE = "separate", "不相隶属"
    SELF = "self", "本单位"


class ContactRole(TextChoices):
    """Why a person is in the list of contacts (¶14: 部门对接机制，明确相应责任)."""

    LEADER = "leader", "分管领导"
    LIAISON = "liaison", "联络员"
