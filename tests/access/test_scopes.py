"""Scopes: what a list shows is exactly what may be opened one by one, for every role."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from pairing.models import Pairing
from tests import factories
from zhuzun.access.models import Grant
from zhuzun.access.policy import PERMISSIONS
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role

PAIRING = sorted(name for name in PERMISSIONS if name.startswith("pairing.") and not PERMISSIONS[name].never)


def grant(user, pairing, codename="view_pairing", *, valid_from=factories.FOUNDED, valid_to=None):
    kind = ContentType.objects.get_for_model(Pairing)
    return Grant.objects.create(
        user=user,
        permission=Permission.objects.get(content_type=kind, codename=codename),
        content_type=kind,
        object_pk=str(pairing.pk),
        valid_from=valid_from,
        valid_to=valid_to,
        document="临时授权书",
        reason="跨区交叉检查",
    )


def again(user):
    """The same person as the next request loads him."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("name", PAIRING)
def test_list_and_single_record_agree(people, world, name):
    rows = list(Pairing.objects.order_by("pk"))
    for role in Role:
        user = people[role]
        listed = set(Pairing.objects.visible_to(user, name))
        assert listed == {row for row in rows if user.decide(name, row)}, role


def test_list_and_single_record_agree_with_grants(people, strangers, world):
    user = strangers["district_officer"]
    grant(user, world.zhengan_towns)
    grant(user, world.wuchuan_pairing, valid_to=date(2021, 8, 1))
    seen = set(Pairing.objects.visible_to(again(user)))
    assert seen == {world.daozhen_pairing, world.daozhen_towns, world.zhengan_towns}
    assert seen == {row for row in Pairing.objects.order_by("pk") if again(user).decide("pairing.view_pairing", row)}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (
            Role.BUREAU_OFFICER,
            {"zhengan_pairing", "wuchuan_pairing", "daozhen_pairing", "zhengan_towns", "daozhen_towns"},
        ),
        (Role.DISTRICT_OFFICER, {"zhengan_pairing", "wuchuan_pairing", "zhengan_towns"}),
        (Role.DISTRICT_LEADER, {"zhengan_pairing", "wuchuan_pairing", "zhengan_towns"}),
        (Role.COUNTY_OFFICER, {"zhengan_pairing", "zhengan_towns"}),
        (Role.COUNTY_LEADER, {"zhengan_pairing", "zhengan_towns"}),
        (Role.GROUP_MEMBER, {"zhengan_pairing", "zhengan_towns"}),
        (Role.INSPECTOR, {"zhengan_pairing", "wuchuan_pairing", "zhengan_towns"}),
        (Role.SECURITY_ADMIN, set()),
        (Role.AUDIT_ADMIN, set()),
    ],
)
def test_who_sees_which_pairings(people, world, role, expected):
    assert set(Pairing.objects.visible_to(people[role])) == {getattr(world, key) for key in expected}


def test_counts_do_not_leak(people, world):
    assert Pairing.objects.visible_to(people[Role.COUNTY_OFFICER]).count() == 2


def test_one_query_for_a_list(people, django_assert_num_queries):
    user = again(people[Role.DISTRICT_OFFICER])
    list(Pairing.objects.visible_to(user))  # finds role and bodies once
    with django_assert_num_queries(1):
        list(Pairing.objects.visible_to(user))


def test_nobody_without_a_role_sees_anything(world):
    user = factories.person(Role.LEADER, world.zhuhai, valid_to=date(2021, 2, 1))
    assert not Pairing.objects.visible_to(user).exists()
    assert user.decide("pairing.view_table").reason == "您目前没有有效的角色，请联系安全管理员。"


def test_grant_ends_by_itself_at_the_next_request(world, strangers):
    user, last = strangers["county_officer"], date(2022, 3, 15)
    grant(user, world.zhengan_towns, valid_to=last)
    for day, expected in ((last, True), (last + timedelta(days=1), False)):
        with time_machine.travel(f"{day}T10:00:00+08:00", tick=False):
            assert again(user).decide("pairing.view_pairing", world.zhengan_towns).allowed is expected
            assert (world.zhengan_towns in Pairing.objects.visible_to(again(user))) is expected


def test_grant_begins_on_its_day(world, strangers):
    user, first = strangers["county_officer"], date(2022, 3, 15)
    grant(user, world.zhengan_towns, valid_from=first)
    for day, expected in ((first - timedelta(days=1), False), (first, True)):
        with time_machine.travel(f"{day}T00:00:01+08:00", tick=False):
            assert again(user).decide("pairing.view_pairing", world.zhengan_towns).allowed is expected


def test_grant_gives_nothing_else(world, strangers):
    user = strangers["county_officer"]
    grant(user, world.zhengan_towns)
    assert not again(user).decide("pairing.edit_sub", world.zhengan_towns)
    assert not again(user).decide("pairing.view_pairing", world.zhengan_pairing)


def test_many_records_ask_for_grants_once(people, world, django_assert_max_num_queries):
    user = again(people[Role.DISTRICT_OFFICER])
    rows = [factories.county_pairing(world.gaoxin, factories.place("county", f"某{n}县")) for n in range(5)]
    with django_assert_max_num_queries(3):  # his role, his district, his grants
        assert not any(user.decide("pairing.view_pairing", row) for row in rows)


def test_reason_says_that_it_lies_outside(people, world):
    decision = people[Role.COUNTY_OFFICER].decide("pairing.view_pairing", world.daozhen_pairing)
    assert decision.reason == "“查看结对详情和下级结对”限于本县（市），这条记录不在您的范围内。"
