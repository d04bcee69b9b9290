"""主要任务 as a ledger: whole in the page, as at a day, at a constant number of queries."""

import re
from datetime import date

import pytest
from django.utils.html import strip_tags

from tasks import ledger, matrix
from tasks.kinds import Part
from tasks.models import Measure, PolicyDocument, Responsibility
from tests import factories
from zhuzun.accounts.roles import Role
from zhuzun.organisations.models import GroupMembership, OrganisationName

DAY = date(2022, 3, 15)


def text_of(response):
    return strip_tags(response.content.decode())


def set_for(measure, part, **party):
    return Responsibility.objects.create(
        paragraph=measure.paragraph, measure=measure, part=part, valid_from=date(2022, 1, 1), **party
    )


def test_every_paragraph_stands_verbatim_and_every_measure_with_its_units(policy, people, sign_in):
    response = sign_in(people[Role.UNIT_OFFICER]).get("/tasks/areas/?on=2022-03-15")
    page, text = response.content.decode(), text_of(response)
    for paragraph in policy.paragraphs:
        assert paragraph.text in text
    for measure in policy.measures:
        assert f'id="m{measure.number}"' in page
        assert measure.span in page
    row = re.search(r'<tr id="m7.1">.*?</tr>', page, re.DOTALL).group()
    names = re.sub(r"\s", "", strip_tags(row))
    assert "遵义工作组各区（香洲区、高新区）市教育局（原文作“市教委”）市乡村振兴局" in names


def test_the_group_expands_as_at_the_day_and_under_the_names_of_the_day(policy, world):
    GroupMembership.objects.filter(organisation=world.gaoxin).update(valid_to=date(2022, 6, 30))
    OrganisationName.objects.filter(organisation=world.xiangzhou).update(valid_to=date(2022, 6, 30))
    OrganisationName.objects.create(
        organisation=world.xiangzhou, short="香洲新区", full="香洲新区", valid_from=date(2022, 7, 1)
    )
    before, after = (ledger.read(policy.document, day) for day in (DAY, date(2022, 7, 1)))
    assert [name for _, name in before.entries[0].parties[1].members] == ["香洲区", "高新区"]
    assert [name for _, name in after.entries[0].parties[1].members] == ["香洲新区"]


def test_what_the_bureau_sets_stands_beside_the_policys_list_and_never_instead(policy, world):
    set_for(policy.measures[0], Part.LEAD, organisation=world.education)
    set_for(policy.measures[0], Part.ASSIST, group=world.districts)
    entry = ledger.read(policy.document, DAY).entries[0]
    assert [party.name for party in entry.parties] == ["遵义工作组", "各区", "市教育局", "市乡村振兴局"]
    assert [party.name for party in entry.lines[0].leads] == ["市教育局"]
    assert [party.name for party in entry.lines[0].assists] == ["各区"]
    assert entry.lines[1].settings == []
    assert ledger.read(policy.document, date(2021, 12, 31)).entries[0].lines[0].settings == []


def test_a_body_that_the_policy_does_not_list_is_marked(policy, world):
    set_for(policy.measures[0], Part.ASSIST, organisation=world.labour)
    set_for(policy.measures[0], Part.LEAD, organisation=world.xiangzhou)  # listed by way of 各区
    line = ledger.read(policy.document, DAY).entries[0].lines[0]
    assert [(party.name, party.unlisted) for party in line.settings] == [
        ("香洲区", False),
        ("市人力资源社会保障局", True),
    ]


@pytest.mark.parametrize("path", ["/tasks/areas/", "/tasks/measures/", "/tasks/matrix/", "/tasks/mine/"])
def test_pages_ask_the_same_number_of_queries_however_many_rows(
    path, policy, world, people, sign_in, django_assert_num_queries
):
    client = sign_in(people[Role.UNIT_OFFICER])
    few = count_queries(client, path)
    for paragraph in policy.paragraphs[1:]:
        for place in range(3, 6):
            measure = Measure.objects.create(
                paragraph=paragraph,
                number=f"{paragraph.number}.{place}",
                position=place,
                title=f"措施{place}",
                span="。",
                nature="build",
            )
            set_for(measure, Part.LEAD, organisation=world.education)
            set_for(measure, Part.ASSIST, group=world.districts)
            set_for(measure, Part.ASSIST, organisation=world.labour)
    first = count_queries(client, path)
    for unit in range(4):
        Responsibility.objects.create(
            paragraph=policy.paragraphs[1],
            organisation=factories.organisation("municipal_unit", f"市某局{unit}"),
            position=10 + unit,
            valid_from=date(2021, 12, 1),
        )
    assert count_queries(client, path) == first
    assert first <= few + 4  # the bureau's settings themselves: loaded once, not once a row


def count_queries(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_the_matrix_counts_what_the_policy_lists(policy):
    read = ledger.read(policy.document, DAY)
    closed, opened = matrix.build(read, expand=False), matrix.build(read, expand=True)
    assert [(row.name, row.total) for row in closed] == [
        ("遵义工作组", 1),
        ("各区", 2),
        ("市教育局", 1),
        ("市乡村振兴局", 1),
        ("市人力资源社会保障局", 1),
    ]
    assert list(matrix.counts(closed, read).values()) == [4, 2]
    assert [(row.name, row.member_of) for row in opened][1:3] == [("香洲区", "各区"), ("高新区", "各区")]
    assert list(matrix.counts(opened, read).values()) == [5, 3]


def test_a_setting_for_a_member_stands_in_the_groups_row_until_it_is_expanded(policy, world):
    set_for(policy.measures[0], Part.LEAD, organisation=world.xiangzhou)
    set_for(policy.measures[1], Part.ASSIST, organisation=world.labour)  # not in this area's list
    read = ledger.read(policy.document, DAY)
    area = policy.areas[0].pk
    closed = {row.name: row.cells.get(area) for row in matrix.build(read, expand=False)}
    opened = {row.name: row.cells.get(area) for row in matrix.build(read, expand=True)}
    assert closed["各区"].words == "责任单位；牵头1"
    assert "香洲区" not in closed
    assert opened["香洲区"].words == "责任单位；牵头1"
    assert opened["高新区"].words == "责任单位"
    assert closed["市人力资源社会保障局"].words == "配合1"


def test_the_matrix_page_and_its_file(policy, people, sign_in):
    client = sign_in(people[Role.LEADER])
    page = text_of(client.get("/tasks/matrix/?expand=1&on=2022-03-15"))
    assert "截至 2022年3月15日" in page
    assert "香洲区" in page
    file = client.get("/tasks/matrix/?export=csv&on=2022-03-15")
    assert file["Content-Type"].startswith("text/csv")
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "责任单位,产业协作,劳务协作,领域数"
    assert lines[2] == "各区,责任单位,责任单位,2"


@pytest.mark.parametrize("query", ["?on=2022-13-45", "?on=", "?expand=%00", "?on=0001-01-01", "?export=exe"])
def test_garbage_in_the_address_is_no_error(query, policy, people, sign_in):
    client = sign_in(people[Role.COUNTY_OFFICER])
    for path in ("/tasks/areas/", "/tasks/matrix/", "/tasks/mine/", "/tasks/measures/"):
        assert client.get(path + query).status_code == 200


def test_an_empty_portal_says_what_is_missing(world, people, sign_in):
    client = sign_in(people[Role.BUREAU_OFFICER])
    assert "尚未导入政策数据" in text_of(client.get("/tasks/areas/"))
    assert "没有可显示的责任分工" in text_of(client.get("/tasks/matrix/"))
    assert "尚未登记任务措施" in text_of(client.get("/tasks/measures/"))
    assert "尚未导入政策数据" in text_of(client.get("/tasks/mine/"))


def test_the_ledger_is_that_of_the_newest_document_with_areas(policy):
    notice = PolicyDocument.objects.create(
        code="notice",
        title="延期通知",
        issuer="某组",
        issued_on=date(2026, 1, 1),
        term_from=date(2026, 1, 1),
        predecessor=policy.document,
    )
    later = factories.policy(code="T-2027", term_from=date(2027, 1, 1), term_to=None).document
    on = PolicyDocument.objects.ledger_on
    assert on(date(2026, 6, 1)) == policy.document  # the notice holds no areas
    assert on(date(2027, 6, 1)) == later
    assert on(date(2020, 1, 1)) == policy.document
    assert list(PolicyDocument.objects.in_force_on(date(2026, 6, 1))) == [notice]


def test_measures_are_filtered_by_area_nature_and_lead(policy, world, people, sign_in):
    set_for(policy.measures[0], Part.LEAD, organisation=world.education)
    client = sign_in(people[Role.BUREAU_OFFICER])
    assert client.get("/tasks/measures/?lead=none").context["shown"] == 3
    assert client.get("/tasks/measures/?lead=set").context["shown"] == 1
    assert client.get(f"/tasks/measures/?area={policy.areas[1].code}").context["shown"] == 2
    assert client.get("/tasks/measures/?nature=explore").context["shown"] == 0
    lines = client.get("/tasks/measures/?lead=set&export=csv").content.decode("utf-8-sig").splitlines()
    assert lines[1].split(",")[:3] == ["7.1", "引导企业落户", "产业协作"]
    assert "市教育局" in lines[1]


def test_one_area_and_one_measure_have_pages_and_what_is_not_there_is_404(policy, people, sign_in):
    client = sign_in(people[Role.AUDIT_ADMIN])
    code = policy.areas[0].code
    assert client.get(f"/tasks/areas/{code}/").status_code == 200
    assert "共建产业园区" in text_of(client.get(f"/tasks/areas/{code}/7.2/"))
    assert client.get("/tasks/areas/none/").status_code == 404
    assert client.get(f"/tasks/areas/{code}/8.1/").status_code == 404
