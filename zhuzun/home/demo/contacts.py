"""The demonstration's contacts: each body names its own, and some are still missing, as in any office."""

from zhuzun.accounts.models import User
from zhuzun.home.demo import people
from zhuzun.home.demo.calendar import CONTACTS, moment
from zhuzun.organisations.kinds import ContactRole, OrganisationKind
from zhuzun.organisations.models import Organisation
from zhuzun.organisations.services import add_contact

SURNAMES = "陈李张黄何林周吴梁罗郑谢唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪"
# Still open, so that the workbench has something to show: 赤水 names no leader, 高新 and 市供销社 no liaison.
MISSING = {
    ("zy-chishui", ContactRole.LEADER),
    ("zy-chishui-xiezuoban", ContactRole.LIAISON),
    ("zh-gaoxin-zhenxing", ContactRole.LIAISON),
    ("zh-gongxiao", ContactRole.LIAISON),
}
POSTS = {
    (OrganisationKind.DISTRICT, ContactRole.LEADER): "副区长",
    (OrganisationKind.COUNTY, ContactRole.LEADER): "副县长",
    (OrganisationKind.WORKING_GROUP, ContactRole.LEADER): "组长",
    (OrganisationKind.COUNTY_TEAM, ContactRole.LEADER): "小组长",
}
# A functional zone has no 副区长, and 赤水 names none.
POSTS_OF = {
    ("zh-hengqin", ContactRole.LEADER): "副主任",
    ("zh-gaoxin", ContactRole.LEADER): "管委会副主任",
}
AREA_CODES = {"zh": "0756", "zy": "0851"}


def build() -> None:
    """Every body that owes contacts names a 分管领导 and a 联络员, entered by its own officer or by the bureau."""
    bureau = people.account("bureau")
    own = _officers()
    bodies = Organisation.objects.owing_contacts(CONTACTS).select_related("parent")
    for number, body in enumerate(bodies):
        for step, role in enumerate(ContactRole):
            if (body.code, role) in MISSING:
                continue
            add_contact(
                body,
                role=role,
                name=f"{SURNAMES[(2 * number + step) % len(SURNAMES)]}示例",
                post=_post(body, role),
                phone=f"{AREA_CODES[body.code[:2]]}-0000{2 * number + step:03d}",
                valid_from=CONTACTS,
                actor=own.get(body.pk) or own.get(body.parent_id) or bureau,
                now=moment(CONTACTS, 9, 2 * number % 60),
            )


def _officers() -> dict:
    """Who may enter for a body himself: the officer holding a role there, or at the place that it belongs to."""
    roles = ("district_officer", "county_officer", "unit_officer", "group_leader", "group_member", "city_officer")
    found = {}
    for user in User.objects.all():
        post = user.acting
        if post and post.role in roles:
            found.setdefault(post.organisation_id, user)
            if post.role in ("district_officer", "county_officer", "city_officer"):
                found.setdefault(post.organisation.parent_id, user)
    return found


def _post(body, role) -> str:
    usual = "分管负责同志" if role == ContactRole.LEADER else "联络员"
    return POSTS_OF.get((body.code, role)) or POSTS.get((body.kind, role)) or usual
