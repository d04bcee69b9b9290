"""What the services let through, write, and refuse; every refusal says why, in Chinese, beside the field."""

from datetime import date, timedelta

import pytest

from pairing import services
from pairing.kinds import PairingKind
from pairing.models import Pairing
from tests import factories
from tests.factories import BASIS, DAY, NOW
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused
from zhuzun.organisations.kinds import OrganisationKind


def add(actor, east, west, kind=PairingKind.VILLAGE, **more):
    facts = {"valid_from": DAY, "basis": "村村结对协议", "now": NOW, **more}
    return services.add_pairing(kind=kind, east=east, west=west, actor=actor, **facts)


def end(actor, pairing, valid_to=DAY):
    return services.end_pairing(pairing, valid_to=valid_to, basis="函", reason="到期", actor=actor, now=NOW)


def replace(actor, pairing, valid_from=DAY, **more):
    return services.replace_pairing(
        pairing, valid_from=valid_from, basis="新协议", reason="调整", actor=actor, now=NOW, **more
    )


def acts(pairing):
    return list(Event.objects.about(pairing).values_list("action", flat=True))


# --- adding ----------------------------------------------------------------------------------------------------------
def test_a_new_pairing_has_a_number_its_places_and_an_event(world, bureau):
    made = add(bureau, world.xiangzhou_village, world.zhengan_village)
    assert made.number == "JD2022-0001"
    assert (made.district, made.county) == (world.xiangzhou, world.zhengan)
    [event] = Event.objects.about(made)
    assert (event.action, event.actor, event.at) == ("pairing.add", bureau, NOW)
    assert event.detail["珠海方"] == "前山村"


def test_numbers_run_on_by_year_and_skip_what_is_taken(world, bureau):
    factories.pairing(PairingKind.VILLAGE, world.gaoxin_village, world.daozhen_village, number="JD2022-0001")
    assert services.next_numbers(2022) == ["JD2022-0002"]
    assert services.next_numbers(2022) == ["JD2022-0003"]
    assert services.next_numbers(2023) == ["JD2023-0001"]


def test_numbers_are_reserved_in_blocks(world, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 3)
    factories.pairing(PairingKind.VILLAGE, world.gaoxin_village, world.daozhen_village, number="JD2022-0004")
    assert services.next_numbers(2022, 5) == [f"JD2022-{number:04d}" for number in (1, 2, 3, 5, 6)]
    assert services.next_numbers(2022) == ["JD2022-0007"]


def drafts(world, *days):
    """New pairings of two villages, unsaved, from each of `days` to its year's end."""
    ends = {"east": world.xiangzhou_village, "west": world.zhengan_village}
    return [
        Pairing(kind=PairingKind.VILLAGE, valid_from=day, valid_to=date(day.year, 12, 31), basis=BASIS, **ends)
        for day in days
    ]


def test_many_are_added_with_numbers_of_their_years(world, bureau):
    rows = drafts(world, date(2023, 1, 1), date(2022, 1, 1), date(2024, 1, 1))
    services.add_pairings(rows, actor=bureau, now=NOW)
    assert [row.number for row in rows] == ["JD2023-0001", "JD2022-0001", "JD2024-0001"]
    assert all(acts(row) == ["pairing.add"] and row.history.count() == 1 for row in rows)


@pytest.mark.parametrize("days", [(date(2023, 1, 1), date(2020, 1, 1)), (date(2022, 1, 1), date(2022, 6, 1))])
def test_of_many_none_is_added_when_one_is_refused_and_it_is_named(world, bureau, days):
    """The first by a rule of ours (no district is paired yet), the second by the database's (the spans overlap)."""
    rows = drafts(world, *days)
    with pytest.raises(DomainError) as refused:
        services.add_pairings(rows, actor=bureau, now=NOW)
    assert refused.value.subject is rows[1]
    assert not Pairing.objects.filter(kind=PairingKind.VILLAGE).exists()
    assert not Event.objects.filter(action="pairing.add").exists()


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.BUREAU_OFFICER, True),
        (Role.SYSTEM_ADMIN, True),
        (Role.GROUP_LEADER, True),
        (Role.DISTRICT_OFFICER, True),
        (Role.GROUP_MEMBER, True),
        (Role.DISTRICT_LEADER, False),
        (Role.COUNTY_OFFICER, False),
        (Role.UNIT_OFFICER, False),
        (Role.LEADER, False),
        (Role.INSPECTOR, False),
    ],
)
def test_who_may_add_below_the_county_level(world, people, role, allowed):
    if allowed:
        assert add(people[role], world.xiangzhou_village, world.zhengan_village).pk
        return
    with pytest.raises(Refused, match="办理"):
        add(people[role], world.xiangzhou_village, world.zhengan_village)
    assert not Pairing.objects.filter(kind=PairingKind.VILLAGE).exists()


@pytest.mark.parametrize("role", ["district_officer", "group_member"])
def test_another_places_officer_is_refused(world, strangers, role):
    with pytest.raises(Refused, match="不在您的范围内"):
        add(strangers[role], world.xiangzhou_village, world.zhengan_village)


def test_the_annex_is_the_bureaus_alone(world, people):
    with pytest.raises(Refused, match="市局经办"):
        end(people[Role.DISTRICT_OFFICER], world.zhengan_pairing)


def refusal(*args, **kwargs):
    with pytest.raises(DomainError) as caught:
        add(*args, **kwargs)
    return caught.value


def test_a_kind_joins_only_its_own_bodies(world, bureau):
    error = refusal(bureau, world.xiangzhou_town, world.zhengan_village, PairingKind.TOWN)
    assert (error.field, error.message) == ("west", "镇街结对的遵义方应为乡镇（街道），“瑞溪村”是村（社区）。")


def test_a_town_may_help_a_village(world, bureau):
    assert add(bureau, world.gaoxin_town, world.daozhen_village).county == world.daozhen


def test_places_must_lie_in_paired_district_and_county(world, bureau):
    error = refusal(bureau, world.gaoxin_village, world.zhengan_village)
    assert "“高新区”与“正安县”没有区县结对" in error.message
    error = refusal(bureau, world.xiangzhou_village, world.zhengan_village, valid_from=date(2021, 7, 21))
    assert "2021-07-21" in error.message


def test_a_place_that_is_not_offered_is_refused(world, bureau):
    pseudo = factories.place(OrganisationKind.TOWN, "某科技园", parent=world.xiangzhou, offered=False)
    assert "不是正式的" in refusal(bureau, pseudo, world.zhengan_town, PairingKind.TOWN).message


def test_a_body_must_exist_on_the_day(world, bureau):
    school = factories.organisation(OrganisationKind.SCHOOL, "新校", parent=world.xiangzhou, valid_from=DAY)
    other = factories.organisation(OrganisationKind.SCHOOL, "县校", parent=world.zhengan)
    error = refusal(bureau, school, other, PairingKind.SCHOOL, valid_from=DAY - timedelta(days=1))
    assert (error.field, "尚未设立" in error.message) == ("east", True)


@pytest.mark.parametrize(
    ("east", "west", "word"), [("zhengan", "xiangzhou", "遵义市"), ("xiangzhou", "gaoxin", "分属")]
)
def test_both_sides_stand_where_they_belong(world, bureau, east, west, word):
    hospitals = [
        factories.organisation(OrganisationKind.HOSPITAL, f"{side}医院", parent=getattr(world, side))
        for side in (east, west)
    ]
    assert word in refusal(bureau, *hospitals, PairingKind.HOSPITAL).message


def test_the_helped_city_cannot_be_the_helping_one(world, bureau):
    factories.pairing(PairingKind.CITY, world.zhuhai, world.zunyi)
    error = refusal(bureau, world.zunyi, world.zhuhai, PairingKind.CITY)
    assert (error.field, "不能作珠海方" in error.message) == ("east", True)


def test_an_overlap_is_told_beside_its_field_and_leaves_nothing(world, bureau):
    first = add(bureau, world.xiangzhou_village, world.zhengan_village)
    error = refusal(bureau, world.xiangzhou_village, world.zhengan_village)
    assert (error.field, "已有同类结对" in error.message) == ("valid_from", True)
    assert list(Pairing.objects.filter(kind=PairingKind.VILLAGE)) == [first]
    assert Event.objects.filter(action="pairing.add").count() == 1


def test_one_district_a_county(world, bureau):
    error = refusal(bureau, world.gaoxin, world.zhengan, PairingKind.COUNTY)
    assert (error.field, "已有帮扶区" in error.message) == ("west", True)


# --- ending ----------------------------------------------------------------------------------------------------------
def test_ending_keeps_the_row_with_reason_and_event(world, people):
    ended = end(people[Role.DISTRICT_OFFICER], world.zhengan_towns)
    ended.refresh_from_db()
    assert (ended.valid_to, ended.end_basis, ended.end_reason) == (DAY, "函", "到期")
    assert acts(ended) == ["pairing.end"]
    assert ended.history.first().history_change_reason == "终止：到期"


def test_it_ends_once(world, bureau):
    end(bureau, world.zhengan_towns)
    with pytest.raises(DomainError, match="已于 2022-03-15 终止"):
        end(bureau, world.zhengan_towns, DAY + timedelta(days=1))


def test_it_cannot_end_before_it_began(world, bureau):
    with pytest.raises(DomainError, match="不能早于起始日期") as caught:
        end(bureau, world.zhengan_towns, world.zhengan_towns.valid_from - timedelta(days=1))
    assert caught.value.field == "valid_to"


def test_an_agreed_term_may_be_cut_short_but_not_stretched(world, bureau):
    term = add(bureau, world.xiangzhou_village, world.zhengan_village, valid_to=date(2024, 12, 31))
    with pytest.raises(DomainError, match="延期请接续"):
        end(bureau, term, date(2025, 6, 30))
    assert end(bureau, term, date(2023, 12, 31)).valid_to == date(2023, 12, 31)


# --- replacing -------------------------------------------------------------------------------------------------------
def test_the_follower_begins_the_day_after(world, bureau):
    follower = replace(bureau, world.zhengan_pairing, east=world.gaoxin)
    world.zhengan_pairing.refresh_from_db()
    assert world.zhengan_pairing.valid_to == DAY - timedelta(days=1)
    assert world.zhengan_pairing.successor == follower
    assert (follower.east, follower.west, follower.valid_from) == (world.gaoxin, world.zhengan, DAY)
    assert acts(world.zhengan_pairing) == ["pairing.end", "pairing.replace"]


def test_a_term_that_ran_out_keeps_its_last_day(world, bureau):
    term = add(bureau, world.xiangzhou_village, world.zhengan_village, valid_to=date(2022, 12, 31))
    replace(bureau, term, date(2023, 3, 1))
    term.refresh_from_db()
    assert (term.valid_to, term.end_reason, term.successor.valid_from) == (date(2022, 12, 31), "", date(2023, 3, 1))


def test_nothing_is_replaced_twice(world, bureau):
    follower = replace(bureau, world.zhengan_towns)
    with pytest.raises(DomainError, match=f"已由 {follower.number} 接续"):
        replace(bureau, world.zhengan_towns, DAY + timedelta(days=30))


@pytest.mark.parametrize("day", [date.min, factories.PAIRED])
def test_the_follower_begins_after_the_first(world, bureau, day):
    with pytest.raises(DomainError, match="须晚于") as caught:
        replace(bureau, world.zhengan_towns, day)
    assert caught.value.field == "valid_from"


def test_a_refused_follower_leaves_the_old_one_running(world, bureau):
    with pytest.raises(DomainError, match="没有区县结对"):
        replace(bureau, world.zhengan_towns, east=world.gaoxin_town)
    world.zhengan_towns.refresh_from_db()
    assert world.zhengan_towns.valid_to is None
    assert acts(world.zhengan_towns) == []


def test_replacing_asks_for_the_permission(world, strangers):
    with pytest.raises(Refused):
        replace(strangers["district_officer"], world.zhengan_towns)


# --- correcting ------------------------------------------------------------------------------------------------------
def correct(actor, pairing, reason="录入错误", **changes):
    return services.correct_pairing(pairing, changes=changes, reason=reason, actor=actor, now=NOW)


def test_a_correction_tells_before_and_after(world, bureau):
    correct(bureau, world.zhengan_towns, basis="正确的文件")
    [event] = Event.objects.about(world.zhengan_towns)
    assert (event.action, event.reason) == ("pairing.correct", "录入错误")
    assert event.detail == {"basis": [BASIS, "正确的文件"]}


def test_a_correction_needs_a_reason_and_leaves_kind_and_number(world, bureau):
    with pytest.raises(DomainError, match="更正须填写原因"):
        correct(bureau, world.zhengan_towns, reason=" ", basis="x")
    with pytest.raises(DomainError, match="不能更正"):
        correct(bureau, world.zhengan_towns, number="JD2021-9999")


def test_a_correction_that_changes_nothing_is_refused(world, bureau):
    with pytest.raises(DomainError, match="没有变化"):
        correct(bureau, world.zhengan_towns, basis=world.zhengan_towns.basis)
    with pytest.raises(DomainError, match="没有变化"):
        correct(bureau, world.zhengan_towns)
    assert not Event.objects.about(world.zhengan_towns)


def test_a_corrected_party_moves_the_pairing_to_its_county(world, bureau):
    east = factories.place(OrganisationKind.TOWN, "南屏镇", parent=world.xiangzhou)
    wrong = factories.pairing(PairingKind.TOWN, east, world.zhengan_town)
    west = factories.place(OrganisationKind.TOWN, "丹砂街道", parent=world.wuchuan)
    assert correct(bureau, wrong, west=west).county == world.wuchuan


def test_the_district_does_not_correct(world, people):
    with pytest.raises(Refused):
        correct(people[Role.DISTRICT_OFFICER], world.zhengan_towns, basis="x")
