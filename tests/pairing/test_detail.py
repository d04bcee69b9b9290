"""One pairing: both sides with contacts, what stands below, history; and what may be done, or why not."""

from datetime import date

import pytest

from pairing import services
from pairing.kinds import PairingKind
from pairing.models import Pairing
from tests import factories
from tests.factories import DAY, NOW
from tests.pairing.test_annex import text_of
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.organisations.kinds import ContactRole
from zhuzun.organisations.models import OrganisationName


def page(client, pairing) -> str:
    return text_of(client.get(pairing.get_absolute_url()))


def test_both_sides_show_whom_to_call_and_who_is_missing(world, people, sign_in):
    factories.contact(world.xiangzhou, ContactRole.LEADER, "李区长", post="副区长", phone="0756-1234567")
    factories.contact(world.xiangzhou_department, ContactRole.LIAISON, "赵科长")
    factories.contact(world.zhengan, ContactRole.LIAISON, "旧联络", valid_to=date(2021, 12, 31))
    words = page(sign_in(people[Role.COUNTY_OFFICER]), world.zhengan_pairing)
    assert "香洲区 分管领导 李区长，副区长， 0756-1234567 联络员 未登记" in words  # named by the department
    assert "香洲区乡村振兴部门 分管领导 未登记 联络员 赵科长" in words
    assert "正安县 分管领导 待补 联络员 待补" in words
    assert "旧联络（联络员），2021-01-01 至 2021-12-31" in words


def test_below_it_stand_the_kinds_with_their_numbers(world, bureau, sign_in):
    factories.pairing(PairingKind.VILLAGE, world.xiangzhou_village, world.zhengan_village)
    factories.pairing(PairingKind.VILLAGE, world.gaoxin_village, world.daozhen_village)
    words = page(sign_in(bureau), world.zhengan_pairing)
    assert "下级结对（有效 2 对）" in words
    assert "镇街结对 1 对" in words
    assert "村村结对 1 对" in words
    assert "前山村—瑞溪村" in words
    assert "唐家湾村" not in words
    assert "乡镇（街道） 1 1 0 100.0" in words


def test_the_story_tells_each_change_with_its_document(world, bureau, sign_in):
    world.xiangzhou.names.update(valid_to=date(2021, 9, 16))
    OrganisationName.objects.create(
        organisation=world.xiangzhou,
        short="香洲新区",
        full="珠海市香洲新区",
        valid_from=date(2021, 9, 17),
        basis="批复",
    )
    follower = services.replace_pairing(
        world.zhengan_pairing,
        valid_from=DAY,
        basis="函〔2022〕1号",
        reason="调整",
        actor=bureau,
        now=NOW,
        east=world.gaoxin,
    )
    client = sign_in(bureau)
    words = page(client, world.zhengan_pairing)
    for sentence in (
        "2021年7月22日，香洲区结对帮扶正安县（依据：珠委农组〔2021〕12号）。",
        "2021年9月17日，香洲区更名为香洲新区，结对关系不变（依据：批复）。",
        "2022年3月14日，结对终止（最后一天），原因：调整（依据：函〔2022〕1号）。",
        f"2022年3月15日，由高新区与正安县的结对接续（ {follower.number} ）（依据：函〔2022〕1号）。",
    ):
        assert sentence in words
    assert "接续 香洲新区与正安县" not in words
    assert "接续 香洲区与正安县的结对" in page(client, follower)
    assert "接续结对" in words  # the trail beside it
    assert f"已由 {follower.number} 接续。" in words


def test_what_may_not_be_done_is_shown_with_the_reason(world, people, sign_in):
    words = page(sign_in(people[Role.DISTRICT_OFFICER]), world.zhengan_pairing)
    assert "“终止或接续区县结对”由市局经办、系统管理员办理，您当前的身份是区经办。" in words
    response = sign_in(people[Role.DISTRICT_OFFICER]).get(world.zhengan_towns.get_absolute_url())
    assert f'href="{world.zhengan_towns.get_absolute_url()}end/"' in response.content.decode()


def test_an_end_to_come_is_not_told_as_past(world, bureau, sign_in):
    far = date(2999, 12, 31)
    ends = {"valid_to": far, "basis": "协议", "reason": "期满", "actor": bureau, "now": NOW}
    services.end_pairing(world.zhengan_towns, **ends)
    services.end_pairing(world.daozhen_towns, **{**ends, "valid_to": date(2022, 3, 14)})
    assert "将于2999年12月31日终止" in page(sign_in(bureau), world.zhengan_towns)
    assert "已于2022年3月14日终止" in page(sign_in(bureau), world.daozhen_towns)


def test_a_wrongly_chosen_village_is_corrected_on_the_page(world, bureau, sign_in):
    """With a reason, by the rules of a new pairing; what does not fit is said beside the field."""
    namesakes = [factories.place("village", "新华村", parent=town) for town in (world.zhengan_town, world.daozhen_town)]
    pairing = factories.pairing(PairingKind.VILLAGE, world.xiangzhou_village, world.zhengan_village)
    client, address = sign_in(bureau), f"{pairing.get_absolute_url()}correct/"
    page = client.get(address).content.decode()
    assert 'value="香洲区/前山镇/前山村"' in page
    assert 'value="正安县/瑞溪镇/瑞溪村"' in page
    facts = {"east": "香洲区/前山镇/前山村", "valid_from": "2021-07-22", "basis": factories.BASIS, "reason": "村名选错"}
    for written, told in {
        "新华村": "“新华村”有 2 个：正安县/瑞溪镇/新华村、道真县/玉溪镇/新华村",
        "没有的村": "没有名为“没有的村”的单位",
        "瑞溪镇": "村村结对的遵义方应为村（社区）",
        "道真县/玉溪镇/新华村": "没有区县结对",
        "": "请填写",
    }.items():
        refused = client.post(address, {**facts, "west": written})
        assert refused.status_code == 200
        assert told in refused.content.decode(), written
    assert client.post(address, {**facts, "west": "正安县/瑞溪镇/新华村"}).status_code == 302
    pairing.refresh_from_db()
    assert (pairing.east, pairing.west) == (world.xiangzhou_village, namesakes[0])
    event = Event.objects.about(pairing).get()
    assert (event.action, event.reason, list(event.detail)) == ("pairing.correct", "村名选错", ["west"])


@pytest.mark.parametrize("page_name", ["", "end/", "correct/"])
def test_another_scope_is_not_found(world, strangers, sign_in, page_name):
    client = sign_in(strangers["district_officer"])
    assert client.get(f"{world.zhengan_towns.get_absolute_url()}{page_name}").status_code == 404
    assert client.get("/pairing/JD1999-0001/").status_code == 404


def test_a_wrong_role_is_told_who_may(world, people, sign_in):
    response = sign_in(people[Role.COUNTY_OFFICER]).get(f"{world.zhengan_towns.get_absolute_url()}end/")
    assert response.status_code == 403
    assert "“建立、终止、接续下级结对”由" in response.content.decode()
    response = sign_in(people[Role.SECURITY_ADMIN]).get(world.zhengan_towns.get_absolute_url())
    assert response.status_code == 403


def test_ending_asks_for_a_document_and_a_reason_and_says_what_follows(world, bureau, sign_in):
    client, address = sign_in(bureau), f"{world.zhengan_pairing.get_absolute_url()}end/"
    assert "现有 1 对下级结对，不会自动终止" in client.get(address).content.decode()
    refused = client.post(address, {"valid_to": "2022-03-31", "basis": "", "reason": ""})
    assert "终止依据" in refused.content.decode()
    assert refused.status_code == 200
    client.post(address, {"valid_to": "2021-01-01", "basis": "函", "reason": "调整"})
    world.zhengan_pairing.refresh_from_db()
    assert world.zhengan_pairing.valid_to is None
    done = client.post(address, {"valid_to": "2022-03-31", "basis": "函", "reason": "调整"})
    assert done.headers["Location"] == world.zhengan_pairing.get_absolute_url()
    world.zhengan_pairing.refresh_from_db()
    assert (world.zhengan_pairing.valid_to, world.zhengan_pairing.end_basis) == (date(2022, 3, 31), "函")
    left = client.get("/pairing/sub/?state=left")
    assert world.zhengan_towns.number not in left.content.decode()  # the frame still runs today
    assert list(Pairing.objects.left_behind(date(2022, 4, 1))) == [world.zhengan_towns]
    Pairing.objects.filter(pk=world.zhengan_pairing.pk).update(valid_to=date(2022, 3, 14))
    assert "所属的区县结对已终止" in page(client, world.zhengan_towns)


def test_the_bureau_replaces_a_county_pairing(world, bureau, sign_in):
    address = f"{world.zhengan_pairing.get_absolute_url()}replace/"
    client = sign_in(bureau)
    assert "正安县" in client.get(address).content.decode()
    facts = {"east": "gaoxin", "west": "zhengan", "valid_from": "2022-03-15", "basis": "新文件", "reason": "调整"}
    done = client.post(address, facts)
    world.zhengan_pairing.refresh_from_db()
    assert done.headers["Location"] == world.zhengan_pairing.successor.get_absolute_url()
    assert world.zhengan_pairing.successor.east == world.gaoxin


def test_the_bureau_adds_and_corrects(world, bureau, sign_in):
    county = factories.place("county", "桐梓县", parent=world.zunyi, code="tongzi")
    client = sign_in(bureau)
    facts = {"east": "gaoxin", "west": "tongzi", "valid_from": "2022-03-01", "basis": "文件"}
    made = client.post("/pairing/add/", facts)
    pairing = Pairing.objects.get(west=county)
    assert made.headers["Location"] == pairing.get_absolute_url()
    twice = client.post("/pairing/add/", {**facts, "east": "xiangzhou"})
    assert "已有帮扶区" in twice.content.decode()
    address = f"{pairing.get_absolute_url()}correct/"
    typed = {"east": "高新区", "west": "桐梓县", "valid_from": "2022-03-02", "basis": "文件", "reason": "日期录错"}
    assert client.post(address, {**typed, "reason": ""}).status_code == 200
    assert client.post(address, typed).status_code == 302
    pairing.refresh_from_db()
    assert pairing.valid_from == date(2022, 3, 2)


def test_a_grant_opens_one_pairing_with_its_page(world, strangers, sign_in):
    from tests.access.test_scopes import grant

    grant(strangers["county_officer"], world.zhengan_towns)
    client = sign_in(strangers["county_officer"])
    assert client.get(world.zhengan_towns.get_absolute_url()).status_code == 200
    assert client.get(world.zhengan_pairing.get_absolute_url()).status_code == 404


def test_the_number_of_queries_does_not_grow(world, bureau, sign_in, queries):
    client = sign_in(bureau)
    address = world.zhengan_pairing.get_absolute_url()
    factories.contact(world.xiangzhou, ContactRole.LEADER, "甲")
    one = queries(client, address)
    for number in range(3):
        village = factories.place("village", f"甲{number}村", parent=world.zhengan_town)
        factories.pairing(PairingKind.VILLAGE, world.xiangzhou_village, village)
        factories.contact(world.zhengan, ContactRole.LIAISON, f"乙{number}")
    assert queries(client, address) == one
