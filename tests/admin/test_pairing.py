"""A pairing in the admin site: added and corrected through the services, never deleted, with its history."""

import re
from datetime import date

import pytest

from pairing.models import Pairing
from tests import factories
from tests.admin.conftest import PAIRINGS
from zhuzun.access.models import Grant
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event


@pytest.fixture
def form_of(world):
    def fields(pairing, **changes):
        return {
            "east": pairing.east_id,
            "west": pairing.west_id,
            "valid_from": str(pairing.valid_from),
            "valid_to": "",
            "basis": pairing.basis,
            "end_basis": "",
            "end_reason": "",
            "note": "",
            "change_reason": "核对原件",
            **changes,
        }

    return fields


def new(world, **changes):
    return {
        "kind": "village",
        "east": world.xiangzhou_village.pk,
        "west": world.zhengan_village.pk,
        "valid_from": "2021-09-01",
        "basis": "结对协议",
        **changes,
    }


def test_adding_goes_through_the_service(desk, world):
    answer = desk.post(f"{PAIRINGS}add/", new(world), follow=True)
    made = Pairing.objects.get(kind="village")
    assert made.number.startswith("JD2021-")
    assert (made.district, made.county) == (world.xiangzhou, world.zhengan)
    assert made.number in answer.content.decode()
    event = Event.objects.about(made).get()
    assert (event.action, event.role) == ("pairing.add", Role.BUREAU_OFFICER)


@pytest.mark.parametrize("address", [PAIRINGS, f"{PAIRINGS}?o=2", "/pairing/sub/?sort=kind"])
def test_kinds_stand_in_the_offices_order(desk, world, address):
    """镇街, 村村, 社区, as the policy names them, and not as their English codes sort."""
    for kind in ("community", "village"):
        factories.pairing(kind, world.xiangzhou_village, world.zhengan_village)
    page = desk.get(address)
    rows = page.content.decode().partition("<tbody")[2]
    words = [word for word in re.findall("区县结对|镇街结对|村村结对|社区结对", rows) if word != "区县结对"]
    assert list(dict.fromkeys(words)) == ["镇街结对", "村村结对", "社区结对"]


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"basis": ""}, "basis", "请填写此项"),
        ({"valid_from": "2021年9月31日"}, "valid_from", "请填写日期"),
        ({"kind": "hospital"}, "east", "应为医院"),
        ({"valid_to": "2020-01-01"}, None, "截止日期不能早于起始日期"),
    ],
)
def test_what_the_rules_refuse_stands_on_the_form(desk, world, changes, field, told):
    before = Pairing.objects.count()
    answer = desk.post(f"{PAIRINGS}add/", new(world, **changes))
    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert told in str(errors[field or "__all__"])
    assert Pairing.objects.count() == before


def test_a_second_district_on_the_same_day_is_refused_not_500(desk, world):
    fields = new(world, kind="county", east=world.gaoxin.pk, west=world.zhengan.pk)
    answer = desk.post(f"{PAIRINGS}add/", fields)
    assert answer.status_code == 200
    assert "已有帮扶区" in answer.content.decode()


def test_a_correction_needs_its_reason(desk, world, form_of):
    address = f"{PAIRINGS}{world.zhengan_towns.pk}/change/"
    answer = desk.post(address, form_of(world.zhengan_towns, basis="新协议", change_reason=" "))
    assert "change_reason" in answer.context["adminform"].form.errors
    desk.post(address, form_of(world.zhengan_towns, basis="新协议"))
    corrected = Pairing.objects.get(pk=world.zhengan_towns.pk)
    assert corrected.basis == "新协议"
    event = Event.objects.about(corrected).get()
    assert (event.action, event.reason) == ("pairing.correct", "核对原件")
    history = desk.get(f"{PAIRINGS}{corrected.pk}/history/").content.decode()
    assert "新协议" in history
    assert "核对原件" in history


def test_number_and_kind_cannot_be_changed(desk, world, form_of):
    fields = form_of(world.zhengan_towns, kind="village", number="JD2000-0001", district=world.gaoxin.pk, note="查对")
    desk.post(f"{PAIRINGS}{world.zhengan_towns.pk}/change/", fields)
    kept = Pairing.objects.get(pk=world.zhengan_towns.pk)
    assert (kept.kind, kept.number, kept.district) == ("town", world.zhengan_towns.number, world.xiangzhou)
    assert kept.note == "查对"


def test_ending_has_its_page_in_the_portal(desk, world):
    page = desk.get(f"{PAIRINGS}{world.zhengan_towns.pk}/change/").content.decode()
    assert f'href="{world.zhengan_towns.get_absolute_url()}"' in page
    assert desk.get(world.zhengan_towns.get_absolute_url()).status_code == 200


def test_search_finds_former_names_and_aliases(desk, world):
    body = world.zhengan
    body.names.update(valid_to=date(2021, 12, 31))
    body.names.create(short="正安市", full="正安市", valid_from=date(2022, 1, 1))
    body.aliases.create(name="尹珍故里")
    for text in ("正安县", "正安市", "尹珍故里"):
        page = desk.get(PAIRINGS, {"q": text})
        assert world.zhengan_pairing in page.context["cl"].queryset, text
        assert world.daozhen_pairing not in page.context["cl"].queryset


def test_suggestions_tell_namesakes_apart_and_leave_out_what_cannot_be_chosen(desk, world, namesakes):
    ground = factories.place("village", "新华虚拟社区", parent=world.zhengan_town, offered=False)
    query = {"app_label": "pairing", "model_name": "pairing", "field_name": "west", "term": "新华"}
    found = [row["text"] for row in desk.get("/admin/autocomplete/", query).json()["results"]]
    assert sorted(found) == ["正安县/瑞溪镇/新华村", "道真县/玉溪镇/新华村"]
    assert ground.division.offered is False
    assert desk.get("/admin/autocomplete/", {**query, "term": "新\0华"}).status_code == 200


def test_grant_on_a_pairing_needs_dates_document_and_reason(world, people, strangers, sign_in):
    browser = sign_in(people[Role.SECURITY_ADMIN])
    person = strangers["county_officer"]
    start = f"{PAIRINGS}{world.zhengan_towns.pk}/permissions/"
    answer = browser.post(start, {"user": person.pk})
    assert answer.url == f"{start}user-manage/{person.pk}/"
    full = {
        "permissions": ["view_pairing"],
        "valid_from": "2022-03-15",
        "valid_to": "2022-06-30",
        "document": "交叉检查通知",
        "reason": "跨县检查",
    }
    for name in full:
        refused = browser.post(answer.url, {**full, name: []})
        assert refused.status_code == 200
        assert name in refused.context["form"].errors
    assert not Grant.objects.exists()
    assert browser.post(answer.url, full).url == start
    assert Grant.objects.get().user == person
    assert "交叉检查通知" in browser.get(start).content.decode()
