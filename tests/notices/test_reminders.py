"""Reminders: once for each step and body, whoever or whatever sends them, however many at a time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from django.db import connections, transaction

from tests import factories
from tests.notices.conftest import LINK
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.celery import app
from zhuzun.notices import inbox, services
from zhuzun.notices.kinds import Channel
from zhuzun.notices.models import Message, Reminder


def test_a_reminder_has_its_message_and_its_event(remind, world, people):
    row = remind(roles=[Role.DISTRICT_OFFICER])
    assert (row.label, row.organisation, row.sent_by, row.channel) == ("到期当日", world.xiangzhou, None, "inbox")
    assert row.subject == world.zhengan_pairing
    message = Message.objects.get()
    assert (row.message, message.kind, message.title) == (message, "reminder", "2026年10月月报今天截止")
    assert (message.subject, message.text) == (world.zhengan_pairing, row.text)
    assert inbox.count_unread(people[Role.DISTRICT_OFFICER]) == 1
    assert inbox.count_unread(people[Role.DISTRICT_LEADER]) == 0
    event = Event.objects.get()
    assert (event.action, event.actor, event.object_id) == ("reminder.send", None, str(world.zhengan_pairing.pk))
    assert event.detail == {"单位": ["", "香洲区"], "步骤": "到期当日", "方式": "收件箱"}
    assert str(row) == "到期当日 · 香洲区"


def test_the_second_time_nothing_happens(remind, people):
    assert remind()
    assert remind() is None
    assert remind(actor=people[Role.BUREAU_OFFICER], channel=Channel.PHONE) is None
    assert (Reminder.objects.count(), Message.objects.count(), Event.objects.count()) == (1, 1, 1)


def test_another_step_body_or_subject_is_another_reminder(remind, world):
    assert remind()
    assert remind(step="due+1")
    assert remind(to=world.gaoxin)
    assert remind(subject=world.daozhen_pairing)
    assert Reminder.objects.about(world.zhengan_pairing).count() == 3


@pytest.mark.parametrize("channel", ["copied", "phone", "other"])
def test_what_was_told_by_other_means_is_recorded_without_a_message(remind, people, channel):
    row = remind(channel=channel, actor=people[Role.BUREAU_OFFICER])
    assert (row.channel, row.message, row.sent_by) == (channel, None, people[Role.BUREAU_OFFICER])
    assert not Message.objects.exists()


def test_a_channel_that_is_none_is_a_programming_error(remind):
    with pytest.raises(ValueError, match="fax"):
        remind(channel="fax")
    assert not Reminder.objects.exists()


def test_a_message_that_cannot_be_written_takes_the_reminder_back(remind, monkeypatch):
    def fail(**facts):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(services, "notify", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        remind()
    assert not Reminder.objects.exists()
    monkeypatch.undo()
    assert remind()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("workers", [2, 4])
def test_two_workers_at_the_same_moment_send_one(remind, workers):
    start = Barrier(workers)

    def work():
        try:
            start.wait(5)
            return remind()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers) as pool:
        found = [one.result(30) for one in [pool.submit(work) for _ in range(workers)]]
    assert sum(row is not None for row in found) == 1
    assert (Reminder.objects.count(), Message.objects.count(), Event.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_second_waits_for_the_first_and_takes_over_when_it_fails(remind):
    """The first claims and dies before it commits: the second, which waited for it, sends."""
    claimed, second = Barrier(2), []

    def dies():
        try:
            with transaction.atomic():
                remind()
                claimed.wait(5)
                sleep(0.5)  # the other one comes, and waits for the row (SQLite: for the database)
                raise RuntimeError("killed")
        except RuntimeError:
            pass
        finally:
            connections.close_all()

    def waits():
        try:
            claimed.wait(5)
            second.append(remind())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(dies), pool.submit(waits)]:
            one.result(30)
    assert second[0] is not None
    assert (Reminder.objects.count(), Message.objects.count()) == (1, 1)


def test_many_at_once_try_again_when_another_came_between(remind, world, people, monkeypatch):
    """Between the look and the write somebody reminds one of them: all is taken back, and done once."""
    real, tries = services.notify_all, []

    def notify_all(told, **facts):
        tries.append(len(told))
        if len(tries) == 1:
            remind(step="receipt")
        return real(told, **facts)

    monkeypatch.setattr(services, "notify_all", notify_all)
    facts = {"subject": world.zhengan_pairing, "step": "receipt", "label": "催签收", "title": "请签收", "link": LINK}
    facts |= {"actor": people[Role.BUREAU_OFFICER], "now": factories.NOW}
    told = [(world.xiangzhou, "请签收。"), (world.gaoxin, "请签收。")]
    assert len(services.remind_all(told, **facts)) == 2
    assert tries[:2] == [2, 1]  # the first's own message, and the batch that failed
    assert {row.message.organisation for row in Reminder.objects.all()} == {world.xiangzhou, world.gaoxin}
    assert Event.objects.get().detail["单位"] == ["", "香洲区、高新区"]
    assert services.remind_all(told, **facts) == []


def test_redis_down_costs_no_notice(remind, tell, people, monkeypatch):
    """Neither queue nor cache is asked: the rows are the notice."""

    def down(*args, **kwargs):
        raise ConnectionError("redis is down")

    monkeypatch.setattr(app, "send_task", down)
    monkeypatch.setattr("celery.app.task.Task.apply_async", down)
    for name in ("get", "set", "add", "delete"):
        for kind in (LocMemCache, RedisCache):
            monkeypatch.setattr(kind, name, down)
    assert tell()
    assert remind()
    assert inbox.count_unread(people[Role.DISTRICT_OFFICER]) == 2
