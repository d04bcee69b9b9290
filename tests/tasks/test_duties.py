"""我单位的职责: directly, through 各区, through the working group, and the standing duties."""

from datetime import date

import pytest
from django.utils.html import strip_tags

from tasks.kinds import Part
from tasks.models import Duty, Responsibility
from zhuzun.accounts.roles import Role

DUTIES = (
    ("R0.1", "各主送单位"),
    ("R14.1", "两市"),
    ("R14.3", "区县（市）、部门"),
    ("R14.4", "各区"),
    ("R14.6", "市乡村振兴局"),
    ("R14.8", "市直单位"),
    ("R15.4", "遵义工作组，遵义市及县（市）有关部门"),
    ("R16.2", "市教育局等"),
    ("R16.8", ""),
)


@pytest.fixture
def duties(policy):
    return [
        Duty.objects.create(document=policy.document, code=code, position=n, span=f"职责{code}原文", actor=actor)
        for n, (code, actor) in enumerate(DUTIES)
    ]


def mine(sign_in, people, role):
    context = sign_in(people[role]).get("/tasks/mine/?on=2022-03-15").context
    areas = {share.entry.area.name: share.through for share in context["shares"]}
    return areas, [duty.code for duty in context["mine"]], context


def test_a_unit_named_in_the_bracket(policy, duties, people, sign_in):
    areas, codes, _ = mine(sign_in, people, Role.UNIT_OFFICER)
    assert areas == {"产业协作": ["文件直接列名"]}
    assert codes == ["R0.1", "R14.3", "R14.8", "R16.2"]


def test_a_district_officer_through_his_department_and_the_group(policy, duties, people, sign_in):
    areas, codes, context = mine(sign_in, people, Role.DISTRICT_OFFICER)
    assert areas == {"产业协作": ["通过“各区”"], "劳务协作": ["通过“各区”"]}
    assert codes == ["R0.1", "R14.3", "R14.4"]
    assert context["bodies"] == ["香洲区乡村振兴部门", "香洲区"]


def test_a_county_team_answers_with_the_working_group(policy, duties, people, sign_in):
    areas, codes, _ = mine(sign_in, people, Role.GROUP_MEMBER)
    assert areas == {"产业协作": ["文件直接列名"]}
    assert codes == ["R0.1", "R15.4"]


def test_the_bureau_has_its_own(policy, duties, people, sign_in):
    areas, codes, _ = mine(sign_in, people, Role.BUREAU_HEAD)
    assert areas == {"产业协作": ["文件直接列名"]}
    assert codes == ["R0.1", "R14.1", "R14.3", "R14.6", "R14.8"]


def test_the_west_side_is_told_politely_that_the_bracket_does_not_name_it(policy, duties, people, sign_in):
    areas, codes, _ = mine(sign_in, people, Role.COUNTY_LEADER)
    assert areas == {}
    assert codes == ["R14.3", "R15.4"]
    page = strip_tags(sign_in(people[Role.COUNTY_LEADER]).get("/tasks/mine/").content.decode())
    assert "没有把贵单位列为责任单位" in page


def test_a_setting_of_the_bureau_brings_the_area_and_marks_the_measure(policy, world, people, sign_in):
    Responsibility.objects.create(
        paragraph=policy.paragraphs[2],
        measure=policy.measures[3],
        organisation=world.education,
        part=Part.LEAD,
        valid_from=date(2022, 1, 1),
    )
    _, _, context = mine(sign_in, people, Role.UNIT_OFFICER)
    share = next(one for one in context["shares"] if one.entry.area == policy.areas[1])
    assert share.through == []
    assert [(line.measure.number, word) for line, word in share.set_lines] == [("8.2", "牵头")]


def test_after_he_leaves_the_group_the_district_answers_no_more(policy, world, people, sign_in):
    world.districts.memberships.filter(organisation=world.xiangzhou).update(valid_to=date(2022, 1, 31))
    areas, _, _ = mine(sign_in, people, Role.DISTRICT_LEADER)
    assert areas == {}
