"""牵头 and 配合: set and ended by the bureau, dated, with a reason, in the trail; everybody else reads why not."""

from datetime import date

import pytest
from django.db import transaction

from tasks.kinds import Part
from tasks.models import Responsibility
from tasks.services import end_responsibility, set_responsibility
from tests.factories import NOW
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused
from zhuzun.ui.conflicts import refuse_changed, version_of

START = date(2022, 1, 1)


@pytest.fixture
def bureau(people):
    return people[Role.BUREAU_OFFICER]


def put(measure, actor, **more):
    facts = {"part": Part.LEAD, "valid_from": START, "reason": "分工会议纪要", "actor": actor, "now": NOW}
    return set_responsibility(measure, **{**facts, **more})


def test_the_bureau_sets_and_ends_with_its_reasons_in_the_trail(policy, world, bureau):
    measure = policy.measures[0]
    row = put(measure, bureau, organisation=world.education)
    assert (row.paragraph, row.part, row.reason) == (measure.paragraph, "lead", "分工会议纪要")
    end_responsibility(row, valid_to=date(2022, 3, 31), reason="职能调整", actor=bureau, now=NOW)
    row.refresh_from_db()
    assert row.valid_to == date(2022, 3, 31)
    events = Event.objects.about(measure).order_by("pk")
    assert [(event.action, event.reason) for event in events] == [
        ("tasks.set_responsibility", "分工会议纪要"),
        ("tasks.end_responsibility", "职能调整"),
    ]
    assert row.changes.count() == 2


def test_the_row_is_held_for_its_end_whatever_its_order_joins(policy, world, bureau):
    """Its order joins the measure, which the policy's own rows lack; PostgreSQL does not lock such a side."""
    row = put(policy.measures[0], bureau, organisation=world.education)
    with transaction.atomic():
        refuse_changed(row, version_of(row), user=bureau)


def test_setting_changes_nothing_in_the_policys_own_list(policy, world, bureau):
    before = list(Responsibility.objects.of_policy().values())
    put(policy.measures[0], bureau, group=world.districts)
    assert list(Responsibility.objects.of_policy().values()) == before


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BUREAU_OFFICER, Role.BUREAU_HEAD}))
def test_nobody_else_may_and_reads_who_may(role, policy, world, people):
    with pytest.raises(Refused, match="市局经办、市局科室负责人"):
        put(policy.measures[0], people[role], organisation=world.education)
    row = put(policy.measures[0], people[Role.BUREAU_HEAD], organisation=world.education)
    with pytest.raises(Refused, match="市局经办"):
        end_responsibility(row, valid_to=START, reason="试", actor=people[role], now=NOW)


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"part": Part.RESPONSIBLE}, "part", "请选择牵头或配合"),
        ({"organisation": None}, "party", "只选其一"),
        ({"valid_from": date(2021, 11, 30)}, "valid_from", "不能早于文件成文日期"),
        ({"valid_to": date(2021, 12, 31)}, "valid_to", "不能早于起始日期"),
        ({"reason": "  "}, "reason", "请填写依据"),
        ({"reason": "长" * 201}, "reason", "最多 200 字"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(more, field, words, policy, world, bureau):
    with pytest.raises(DomainError, match=words) as caught:
        put(policy.measures[0], bureau, **{"organisation": world.education, **more})
    assert caught.value.field == field
    assert not Responsibility.objects.of_bureau().exists()
    assert not Event.objects.filter(action="tasks.set_responsibility").exists()


def test_a_body_that_does_not_exist_on_the_day_is_refused(policy, world, bureau):
    world.education.valid_to = date(2021, 12, 31)
    world.education.save()
    with pytest.raises(DomainError, match="尚未设立或已撤销"):
        put(policy.measures[0], bureau, organisation=world.education)


def test_one_body_has_one_part_in_a_measure_on_a_day(policy, world, bureau):
    first = put(policy.measures[0], bureau, organisation=world.education)
    with pytest.raises(DomainError, match="对这项措施已有分工"):
        put(policy.measures[0], bureau, organisation=world.education, part=Part.ASSIST)
    end_responsibility(first, valid_to=date(2022, 1, 31), reason="改为配合", actor=bureau, now=NOW)
    put(policy.measures[0], bureau, organisation=world.education, part=Part.ASSIST, valid_from=date(2022, 2, 1))
    put(policy.measures[1], bureau, organisation=world.education)
    assert Responsibility.objects.of_bureau().count() == 3


def test_what_the_policy_lists_or_has_ended_cannot_be_ended(policy, world, bureau):
    listed = Responsibility.objects.of_policy().first()
    with pytest.raises(DomainError, match="文件所列的责任单位"):
        end_responsibility(listed, valid_to=START, reason="试", actor=bureau, now=NOW)
    row = put(policy.measures[0], bureau, organisation=world.education)
    with pytest.raises(DomainError, match="不能早于起始日期"):
        end_responsibility(row, valid_to=date(2021, 12, 31), reason="试", actor=bureau, now=NOW)
    end_responsibility(row, valid_to=START, reason="录错", actor=bureau, now=NOW)
    with pytest.raises(DomainError, match="已于 2022-01-01 终止"):
        end_responsibility(row, valid_to=START, reason="再次", actor=bureau, now=NOW)


def test_the_page_sets_and_shows_it(policy, world, bureau, sign_in):
    client, path = sign_in(bureau), f"/tasks/areas/{policy.areas[0].code}/7.1/"
    form = client.get(f"{path}set/").content.decode()
    assert form.index("文件所列责任单位") < form.index("分组所含单位") < form.index("其他市直单位")
    answer = client.post(
        f"{path}set/",
        {"party": f"organisation:{world.education.pk}", "part": "lead", "valid_from": "2022-01-01", "reason": "会议"},
    )
    assert (answer.status_code, answer["Location"]) == (302, path)
    row = Responsibility.objects.of_bureau().get()
    page = client.get(path).content.decode()
    assert "设置牵头、配合单位" in page
    assert f"{path}{row.pk}/end/" in page
    assert client.post(f"{path}{row.pk}/end/", {"valid_to": "2022-02-01", "reason": "调整"}).status_code == 302
    assert f"{path}{row.pk}/end/" not in client.get(path).content.decode()


def test_a_refused_entry_keeps_what_was_typed(policy, world, bureau, sign_in):
    path = f"/tasks/areas/{policy.areas[0].code}/7.1/set/"
    typed = {"party": f"group:{world.districts.pk}", "part": "lead", "valid_from": "2021-01-01", "reason": "会议纪要三"}
    answer = sign_in(bureau).post(path, typed)
    assert answer.status_code == 200
    assert "不能早于文件成文日期" in answer.content.decode()
    assert "会议纪要三" in answer.content.decode()
    for party in ("", "organisation:0", "organisation:999999", "x"):
        assert sign_in(bureau).post(path, {**typed, "party": party}).context["form"].errors
    assert not Responsibility.objects.of_bureau().exists()


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.UNIT_LEADER, Role.LEADER, Role.SYSTEM_ADMIN])
def test_everybody_else_sees_the_reason_and_no_link(role, policy, people, sign_in):
    client, path = sign_in(people[role]), f"/tasks/areas/{policy.areas[0].code}/7.1/"
    page = client.get(path).content.decode()
    assert f"{path}set/" not in page
    assert "“设置牵头、配合单位”由市局经办、市局科室负责人办理" in page
    refused = client.get(f"{path}set/")
    assert refused.status_code == 403
    assert "由市局经办、市局科室负责人办理" in refused.content.decode()


def test_the_policys_own_list_has_no_page_to_end_it(policy, bureau, sign_in):
    listed = Responsibility.objects.of_policy().first()
    assert sign_in(bureau).get(f"/tasks/areas/{policy.areas[0].code}/7.1/{listed.pk}/end/").status_code == 404
