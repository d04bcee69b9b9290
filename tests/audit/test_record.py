"""Writing the trail: who, as whom, on what; append-only; and nothing in a name can forge a line."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.template import Context, Template

from tests import factories
from zhuzun.accounts.roles import Role
from zhuzun.audit import context, wording
from zhuzun.audit.models import Event
from zhuzun.audit.services import record
from zhuzun.happenings import announce


def test_facts_are_filled_in(people, world):
    token = context.enter(context.Facts("10.1.2.3", "request-1"))
    try:
        event = record(
            "pairing.end",
            actor=people[Role.DISTRICT_OFFICER],
            now=factories.NOW,
            obj=world.zhengan_pairing,
            reason="到期",
        )
    finally:
        context.leave(token)
    assert (event.actor_name, event.username) == (people[Role.DISTRICT_OFFICER].name, "district-officer")
    assert (event.role, event.organisation_name) == (Role.DISTRICT_OFFICER, "香洲区乡村振兴部门")
    assert (event.address, event.request_id) == ("10.1.2.3", "request-1")
    assert event.object_label == str(world.zhengan_pairing)
    assert list(Event.objects.about(world.zhengan_pairing)) == [event]


def test_identity_at_the_time_is_noted(world):
    user = factories.person(Role.CLERK, world.bureau)
    user.act_as(factories.assignment(user, Role.BUREAU_HEAD, world.bureau, position=1))
    assert record("export", actor=user, now=factories.NOW).role == Role.BUREAU_HEAD


def test_lower_floors_announce(people):
    announce("signin", actor=people[Role.CLERK], now=factories.NOW, detail={"username": "clerk"})
    assert Event.objects.get().action == "signin"


def test_rolls_back_with_its_act(people):
    with transaction.atomic():
        record("pairing.end", actor=people[Role.CLERK], now=factories.NOW)
        transaction.set_rollback(True)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda event: event.delete(),
        lambda event: Event.objects.all().delete(),
        lambda event: Event.objects.update(reason="改动"),
        lambda event: Event.objects.filter(pk=event.pk)._raw_delete("default"),
    ],
    ids=["delete one", "delete all", "update", "raw delete"],
)
def test_only_ever_grows(people, attempt):
    event = factories.event(actor=people[Role.CLERK])
    with pytest.raises(DatabaseError, match="审计记录只可新增"), transaction.atomic():
        attempt(event)
    assert Event.objects.get().reason == ""


def test_names_forge_no_line(people):
    evil = "张三\r\n2026-01-01 INFO 登录成功\x00\u2028\u202e"
    user = people[Role.CLERK]
    user.name = evil[:40]
    event = record("export", actor=user, now=factories.NOW, reason=evil, detail={"title": [evil, {"a\nb": evil}]})
    event.refresh_from_db()
    for text in (event.actor_name, event.reason, str(event.detail)):
        assert not set(text) & set("\r\n\x00\u2028\u202e")
        assert "张三" in text


def test_too_long_words_do_not_stop_the_act(people):
    event = record("export", actor=people[Role.CLERK], now=factories.NOW, reason="长" * 900, obj=people[Role.CLERK])
    event.refresh_from_db()
    assert len(event.reason) == 500


def test_detail_takes_dates_and_decimals(people):
    event = record(
        "export", actor=None, now=factories.NOW, detail={"日": date(2022, 3, 1), "额": Decimal("1.50"), "否": None}
    )
    event.refresh_from_db()
    assert event.detail == {"日": "2022-03-01", "额": "1.50", "否": None}


def test_history_is_sentences(people, world):
    pairing = world.zhengan_pairing
    record("pairing.add", actor=None, now=factories.NOW, obj=pairing, reason="珠委农组〔2021〕12号")
    record(
        "pairing.correct",
        actor=people[Role.BUREAU_OFFICER],
        now=factories.NOW,
        obj=pairing,
        reason="录入有误",
        detail={"valid_from": ["2021-07-22", "2021-07-23"], "note": ["", "补充"]},
    )
    record("pairing.end", actor=people[Role.CLERK], now=factories.NOW, obj=pairing, succeeded=False)
    record("pairing.end", actor=people[Role.CLERK], now=factories.NOW, obj=world.daozhen_pairing)
    newest, oldest = wording.history_of(pairing)
    name = people[Role.BUREAU_OFFICER].name
    assert newest["who"] == f"{name}（市乡村振兴局 市局经办）"
    assert newest["what"] == "更正结对（起始日期 2021-07-22 → 2021-07-23；说明：补充）"
    assert newest["why"] == "录入有误"
    assert (oldest["who"], oldest["what"]) == ("系统", "建立结对")
    assert (oldest["why"], oldest["basis"]) == ("", "珠委农组〔2021〕12号")
    page = Template("{% load trail %}{% history pairing %}").render(Context({"pairing": pairing}))
    assert "更正结对" in page
    assert "录入有误" in page


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ({"rows": 1, "known": True, "none": None}, [("行数", "", "1"), ("known", "", "是"), ("none", "", "")]),
        ({"kind": ["town", "village"]}, [("结对类型", "镇街结对", "村村结对")]),
        (
            {"note": ["", "补充"], "valid_to": ["2022-01-01", ""]},
            [("截止日期", "2022-01-01", "（空）"), ("说明", "（空）", "补充")],
        ),
        ({"接续": ["甲", "乙", "丙"], "双方": {"东": "甲"}}, [("接续", "", "甲、乙、丙"), ("双方", "", "东：甲")]),
    ],
)
def test_detail_in_words(world, detail, expected):
    event = record("pairing.correct", actor=None, now=factories.NOW, obj=world.zhengan_pairing, detail=detail)
    event.refresh_from_db()
    assert sorted(wording.changes_of(event)) == sorted(expected)


def test_marks_in_words(people):
    event = record(
        "record.change", actor=None, now=factories.NOW, obj=people[Role.CLERK], detail={"is_active": ["True", "False"]}
    )
    assert wording.changes_of(event) == [("启用", "是", "否")]


def test_history_does_not_grow_with_the_names(people, world, django_assert_num_queries):
    for _ in range(3):
        record("pairing.correct", actor=people[Role.BUREAU_OFFICER], now=factories.NOW, obj=world.zhengan_pairing)
    with django_assert_num_queries(1):
        assert len(wording.history_of(world.zhengan_pairing)) == 3


def test_unknown_act_of_a_later_version():
    assert wording.label_of("moon.land") == "其他操作"


def test_an_act_with_many_changes_is_told_briefly(people, world):
    """A month's figures saved at once: the history names the first and how many, the trail has them all."""
    detail = {f"第{number}格": ["未填", str(number)] for number in range(1, 10)}
    record(
        "report.fill",
        actor=people["district_officer"],
        now=factories.NOW,
        obj=world.xiangzhou,
        detail=detail,
        reason="说明。",
    )
    [line] = wording.history_of(world.xiangzhou)
    assert line["what"] == "填报数据（第1格 未填 → 1；第2格 未填 → 2；第3格 未填 → 3；第4格 未填 → 4；等 9 项）"
    assert line["why"] == "说明"
