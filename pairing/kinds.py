"""The kinds of pairing that the policy creates (¶5, 6, 11, 13, 14), and which bodies may stand on either side."""

from dataclasses import dataclass

from django.db.models import TextChoices

from zhuzun.organisations.kinds import OrganisationKind as Body


class PairingKind(TextChoices):
    """Kind of a pairing (结对类型)."""

    CITY = "city", "市—市"
    COUNTY = "county", "区县结对"
    TOWN = "town", "镇街结对"
    VILLAGE = "village", "村村结对"
    COMMUNITY = "community", "社区结对"
    PARK = "park", "园区结对"
    HOSPITAL = "hospital", "医院结对"
    SCHOOL = "school", "学校结对"
    UNIT = "unit", "其他单位结对"
    DEPARTMENT = "department", "部门对接"
    ENTERPRISE_VILLAGE = "enterprise_village", "村企结对"
    SOCIAL_TOWN = "social_town", "社会力量结对镇（乡）"
    SOCIAL_VILLAGE = "social_village", "社会力量结对村"


class PairingState(TextChoices):
    """How a pairing stands on a day; computed from its dates, never stored."""

    RUNNING = "running", "有效"
    ENDING = "ending", "60日内到期"
    ENDED = "ended", "已终止"
    COMING = "coming", "尚未生效"


ENDING_DAYS = 60  # how early a coming end is shown


@dataclass(frozen=True)
class Rule:
    """Which kinds of bodies a kind of pairing joins, and the paragraph it comes from."""

    paragraph: int
    east: tuple
    west: tuple


_VILLAGE_LEVEL = (Body.VILLAGE,)
_SOCIAL = (
    Body.ENTERPRISE,
    Body.CHAMBER,
    Body.SOCIAL_BODY,
    Body.INSTITUTION,
    Body.PERSON_GROUP,
    Body.BUREAU,
    Body.MUNICIPAL_UNIT,
    Body.PARTY_UNIT,
    Body.PEOPLES_BODY,
    Body.STATE_ENTERPRISE,
    Body.DISTRICT_DEPARTMENT,
    Body.OTHER,
)
_EAST_DEPARTMENTS = (
    Body.BUREAU,
    Body.MUNICIPAL_UNIT,
    Body.PARTY_UNIT,
    Body.PEOPLES_BODY,
    Body.STATE_ENTERPRISE,
    Body.DISTRICT_DEPARTMENT,
)
_UNITS = (Body.CULTURE, Body.RESEARCH, Body.ENTERPRISE, Body.INSTITUTION, Body.OTHER)

# ¶6 pairs villages with villages and communities with communities, but 香洲, 横琴 and 高新 have no 行政村 to offer:
# the two ends of a village-level pairing may therefore be of different kinds, and a 镇街 may take a village.
RULES = {
    PairingKind.CITY: Rule(14, (Body.CITY,), (Body.CITY,)),
    PairingKind.COUNTY: Rule(5, (Body.DISTRICT,), (Body.COUNTY,)),
    PairingKind.TOWN: Rule(6, (Body.TOWN,), (Body.TOWN,)),
    PairingKind.VILLAGE: Rule(6, (Body.VILLAGE, Body.TOWN), _VILLAGE_LEVEL),
    PairingKind.COMMUNITY: Rule(6, (Body.VILLAGE, Body.TOWN), _VILLAGE_LEVEL),
    PairingKind.PARK: Rule(6, (Body.PARK,), (Body.PARK,)),
    PairingKind.HOSPITAL: Rule(11, (Body.HOSPITAL,), (Body.HOSPITAL, Body.INSTITUTION)),
    PairingKind.SCHOOL: Rule(11, (Body.SCHOOL,), (Body.SCHOOL, Body.INSTITUTION)),
    PairingKind.UNIT: Rule(11, _UNITS, _UNITS),
    PairingKind.DEPARTMENT: Rule(14, _EAST_DEPARTMENTS, (Body.COUNTY_DEPARTMENT, Body.CITY_DEPARTMENT)),
    PairingKind.ENTERPRISE_VILLAGE: Rule(13, (Body.ENTERPRISE, Body.CHAMBER, Body.STATE_ENTERPRISE), _VILLAGE_LEVEL),
    PairingKind.SOCIAL_TOWN: Rule(13, _SOCIAL, (Body.TOWN,)),
    PairingKind.SOCIAL_VILLAGE: Rule(13, _SOCIAL, _VILLAGE_LEVEL),
}

# ¶6 pairs places «在结对帮扶框架下»: both ends must lie in a district and county that are paired on that day.
INSIDE_COUNTY_PAIRING = (PairingKind.TOWN, PairingKind.VILLAGE, PairingKind.COMMUNITY, PairingKind.PARK)

# Those below the level of districts and counties: what `/pairing/sub/` lists and coverage counts.
SUB_KINDS = tuple(kind for kind in PairingKind if kind not in (PairingKind.CITY, PairingKind.COUNTY))
