"""The daily e-mail: one a person and day, nothing lost with a broken mail server, nothing at all without one."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections

from tests import factories
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.notices import digests, services
from zhuzun.notices.jobs import send_digests
from zhuzun.notices.models import DigestSent

MORNING = factories.NOW + timedelta(hours=22)  # the next day
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def office(people, settings):
    """A mail server; the district's officer has an address, nobody else."""
    settings.SENDS_EMAIL, settings.PORTAL_URL = True, "https://xiezuo.example"
    User.objects.filter(pk=people[Role.DISTRICT_OFFICER].pk).update(email="officer@example.org")


def run(now=MORNING):
    return send_digests.body(now)


def test_one_letter_names_what_is_unread(tell, world, people):
    read = tell("已经看过的")
    services.mark_read(read, actor=people[Role.DISTRICT_OFFICER], now=factories.NOW)
    tell("甲")
    tell("乙", kind="extension")
    tell("外区的", to=world.gaoxin)
    assert run() == "发送邮件汇总 1 封"
    (letter,) = mail.outbox
    assert letter.to == ["officer@example.org"]
    assert letter.subject == "2 条未读通知 · 珠海—遵义东西部协作工作平台"
    assert (
        "您在珠海—遵义东西部协作工作平台有 2 条新的未读通知：\n1. 【延期】乙（3月15日）\n2. 【退回修改】甲（3月15日）\n"
        in letter.body
    )
    assert "https://xiezuo.example/notices/inbox/" in letter.body
    for words in ("看过", "外区", "务川"):  # titles only, and only his
        assert words not in letter.body
    row = DigestSent.objects.get()
    assert (row.user, row.day, row.sent_at, row.messages) == (
        people[Role.DISTRICT_OFFICER],
        MORNING.date(),
        MORNING,
        2,
    )


def test_the_second_run_of_a_day_sends_nothing(tell):
    tell()
    run()
    tell(now=MORNING)
    assert run() == run(MORNING + timedelta(hours=2)) == "发送邮件汇总 0 封"
    assert len(mail.outbox) == 1


def test_the_next_day_names_only_what_is_new(tell):
    tell("甲")
    run()
    assert run(MORNING + DAY) == "发送邮件汇总 0 封"
    tell("乙", now=MORNING + timedelta(hours=1))
    run(MORNING + 2 * DAY)
    assert ["甲" in letter.body for letter in mail.outbox] == [True, False]


def test_a_long_list_is_cut_and_counted(tell):
    for number in range(digests.NAMED + 3):
        tell(f"第{number}条")
    run()
    assert "……另有 3 条。" in mail.outbox[0].body


def test_all_ones_hats_in_one_letter(tell, world, people):
    user = people[Role.DISTRICT_OFFICER]
    factories.assignment(user, Role.COUNTY_LEADER, world.zhengan, position=1)
    tell("区里的")
    tell("县里的", to=world.zhengan)
    run()
    assert "县里的" in mail.outbox[0].body
    assert "区里的" in mail.outbox[0].body


def test_nothing_without_a_mail_server_an_address_or_an_account(tell, people, settings):
    tell()
    settings.SENDS_EMAIL = False
    assert run() == "没有配置邮件服务器，发送邮件汇总 0 封"
    settings.SENDS_EMAIL = True
    User.objects.update(is_active=False)
    assert run() == "发送邮件汇总 0 封"
    assert mail.outbox == []
    assert not DigestSent.objects.exists()


class Refusing(EmailBackend):
    """Takes no letter to the officer."""

    def send_messages(self, messages):
        if messages[0].to == ["officer@example.org"]:
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


class Down(EmailBackend):
    """Answers nobody."""

    def open(self):
        raise ConnectionRefusedError("the mail server is down")


def test_one_refused_address_stops_nobody_else(tell, people, settings):
    User.objects.filter(pk=people[Role.DISTRICT_LEADER].pk).update(email="leader@example.org")
    tell("甲")
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    officer = people[Role.DISTRICT_OFFICER]
    assert run() == f"发送邮件汇总 1 封，未发出 1 封，下次再发：{officer.name}"
    assert [letter.to for letter in mail.outbox] == [["leader@example.org"]]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run(MORNING + DAY) == "发送邮件汇总 1 封"
    assert mail.outbox[-1].to == ["officer@example.org"]
    assert "甲" in mail.outbox[-1].body


def test_a_server_that_is_down_fails_the_run_and_loses_nothing(tell, settings):
    tell("甲")
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    with pytest.raises(ConnectionRefusedError):
        run()
    assert not DigestSent.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run() == "发送邮件汇总 1 封"


def test_a_worker_killed_between_claim_and_letter(tell, people):
    tell()
    DigestSent.objects.create(user=people[Role.DISTRICT_OFFICER], day=MORNING.date(), claimed_at=MORNING)
    assert run(MORNING + timedelta(minutes=14)) == "发送邮件汇总 0 封"  # perhaps it still runs
    assert run(MORNING + timedelta(minutes=15)) == "发送邮件汇总 1 封"
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_letter(tell):
    tell()
    start = Barrier(2)

    def work():
        try:
            start.wait(5)
            return run()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(one.result(30) for one in [pool.submit(work), pool.submit(work)])
    assert said == ["发送邮件汇总 0 封", "发送邮件汇总 1 封"]
    assert len(mail.outbox) == 1
