"""印发 and after: one receipt a body, replies, 线下送达, reminders, and that withdrawn papers say so."""

from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.notices.papers import making
from zhuzun.accounts.roles import Role
from zhuzun.audit.wording import history_of
from zhuzun.documents.services import attachments_of
from zhuzun.errors import DomainError, Refused
from zhuzun.notices.models import Message, Reminder
from zhuzun.notices.papers.filters import RegisterFilters
from zhuzun.notices.papers.kinds import Channel, PaperState, Standing
from zhuzun.notices.papers.models import Paper, PaperDelivery, PaperNumber
from zhuzun.notices.papers.services import chain, serving

NOW = making.NOW
LETTER = {"kind": "letter", "standing": Standing.BUREAU, "title": "关于商请核对数据的函"}


@pytest.fixture
def issued(desk):
    """Served on 香洲区 and 正安县, who have people, and on 务川县, which has none; a reply is wanted."""
    world = desk.world
    to = [world.xiangzhou, world.zhengan, world.wuchuan]
    return desk.at(PaperState.ISSUED, to=to, reply_wanted=True, reply_by=date(2022, 3, 25), **LETTER)


def of(paper, body):
    return PaperDelivery.objects.get(paper=paper, organisation=body)


def test_each_body_with_people_is_told_and_the_rest_is_served_outside(issued, desk):
    told = Message.objects.filter(title=f"收文：{issued.title}").values_list("organisation__code", flat=True)
    assert sorted(told) == ["xiangzhou", "zhengan"]
    row = of(issued, desk.world.wuchuan)
    assert (row.channel, row.served_on) == (Channel.OUTSIDE, None)


def test_nobody_reads_a_paper_before_it_is_served_on_his_body(desk):
    paper = desk.at(PaperState.ISSUING, kind="supervision", title="督办单")
    officer = desk.people[Role.DISTRICT_OFFICER]
    assert not Paper.objects.visible_to(officer).exists()
    serving.issue(paper, actor=desk.people[Role.CLERK], now=NOW)
    assert Paper.objects.visible_to(officer).get() == paper


def test_one_receipt_of_a_body_suffices(issued, desk):
    row = of(issued, desk.world.xiangzhou)
    serving.receive(row, actor=desk.people[Role.DISTRICT_OFFICER], now=NOW)
    with pytest.raises(DomainError, match="已签收，不必重复签收"):
        serving.receive(row, actor=desk.people[Role.DISTRICT_LEADER], now=NOW)
    with pytest.raises(Refused):
        serving.receive(of(issued, desk.world.zhengan), actor=desk.people[Role.DISTRICT_OFFICER], now=NOW)


def test_a_reply_is_a_receipt_too(issued, desk):
    row = serving.reply(
        of(issued, desk.world.zhengan), words="核对无误", actor=desk.people[Role.COUNTY_OFFICER], now=NOW
    )
    assert (row.reply, row.received_by) == ("核对无误", desk.people[Role.COUNTY_OFFICER])
    with pytest.raises(DomainError, match="已经回复"):
        serving.reply(row, words="再次", actor=desk.people[Role.COUNTY_LEADER], now=NOW)
    assert Message.objects.filter(title__startswith="正安县已回复", user=desk.people[Role.BUREAU_OFFICER]).exists()


def test_handed_over_outside_on_a_day(issued, desk):
    clerk, row = desk.people[Role.CLERK], of(issued, desk.world.wuchuan)
    for on in (date(2022, 3, 14), date(2022, 3, 16)):
        with pytest.raises(DomainError, match="送达日期须在印发之日"):
            serving.serve_outside(row, on=on, note="机要交换", actor=clerk, now=NOW)
    row = serving.serve_outside(row, on=date(2022, 3, 15), note="机要交换，收发室", actor=clerk, now=NOW)
    assert (row.served_on, row.received_by) == (date(2022, 3, 15), None)


def test_what_was_handed_over_outside_is_not_signed_for_as_well(issued, desk):
    row, day = of(issued, desk.world.xiangzhou), date(2022, 3, 15)
    serving.serve_outside(row, on=day, note="机要交换，收发室", actor=desk.people[Role.CLERK], now=NOW)
    with pytest.raises(DomainError, match="已于2022年3月15日登记线下送达，不必签收"):
        serving.receive(row, actor=desk.people[Role.DISTRICT_OFFICER], now=NOW)


def test_reminded_once_a_day_and_only_who_has_not_signed(issued, desk):
    clerk = desk.people[Role.CLERK]
    serving.reply(of(issued, desk.world.xiangzhou), words="无误", actor=desk.people[Role.DISTRICT_OFFICER], now=NOW)
    assert serving.remind(issued, actor=clerk, now=NOW) == 1
    assert serving.remind(issued, actor=clerk, now=NOW) == 0
    assert serving.remind(issued, actor=clerk, now=NOW + timedelta(days=1)) == 1
    assert set(Reminder.objects.about(issued).values_list("organisation__code", flat=True)) == {"zhengan"}
    assert "发出提醒（单位：正安县）" in [line["what"] for line in history_of(issued)]


def test_whoever_signed_and_owes_the_reply_is_reminded_too_and_a_late_reply_says_so(issued, desk, sign_in):
    clerk, officer = desk.people[Role.CLERK], desk.people[Role.DISTRICT_OFFICER]
    serving.receive(of(issued, desk.world.xiangzhou), actor=officer, now=NOW)
    assert serving.remind(issued, actor=clerk, now=NOW) == 2
    steps = Reminder.objects.about(issued).values_list("organisation__code", "label", "message__title")
    assert sorted(steps) == [
        ("xiangzhou", "催回复", f"请回复：{issued.title}"),
        ("zhengan", "催签收", f"请签收：{issued.title}"),
    ]
    late = NOW + timedelta(days=20)
    serving.serve_outside(of(issued, desk.world.zhengan), on=NOW.date(), note="专人送达", actor=clerk, now=NOW)
    serving.serve_outside(of(issued, desk.world.wuchuan), on=NOW.date(), note="机要交换", actor=clerk, now=NOW)
    assert serving.remind(issued, actor=clerk, now=late) == 2  # 正安县 has people here, 务川县 has none
    serving.reply(of(issued, desk.world.xiangzhou), words="无意见", actor=officer, now=late)
    page = "".join(sign_in(clerk).get(issued.get_absolute_url()).content.decode().split())
    assert "3/3，回复1/3" in page
    assert "（晚于期限2022-03-25）" in page
    assert page.count("期限2022-03-25，已过") == 2
    assert "2个单位没有回复" in "".join(sign_in(clerk).get(issued.remind_url).content.decode().split())


def test_a_withdrawn_paper_says_so_and_links_to_the_new_one(issued, desk, sign_in):
    new = desk.at(PaperState.ISSUED, title="关于重新核对数据的函", **{k: v for k, v in LETTER.items() if k != "title"})
    chain.end(issued, "revoke", reason="附表有误", replaced_by=new, actor=desk.people[Role.CLERK], now=NOW)
    told = Message.objects.filter(title=f"已撤销：{issued.title}")
    assert told.count() == 2
    assert f"请以{new.number_text}《关于重新核对数据的函》为准" in told.first().text
    page = sign_in(desk.people[Role.DISTRICT_OFFICER]).get(issued.get_absolute_url()).content.decode()
    assert "附表有误" in page
    assert new.get_absolute_url() in page
    client, link = (
        sign_in(desk.people[Role.DISTRICT_OFFICER]),
        f'<a href="{new.get_absolute_url()}">{new.number_text}</a>',
    )
    assert f"以{link}为准" in client.get("/notices/").content.decode()
    served = Message.objects.get(title=f"收文：{issued.title}", organisation=desk.world.xiangzhou)
    assert "本公文已撤销" in client.get(served.get_absolute_url()).content.decode()
    assert "用印件（已撤销）" in page
    scan = attachments_of(issued).get()
    assert unquote(client.get(scan.get_absolute_url())["Content-Disposition"]).endswith("【已撤销】用印件.pdf")
    other = sign_in(desk.people[Role.COUNTY_OFFICER]).get("/notices/").content.decode()  # was not served the new one
    assert f"以{new.number_text}为准" in other
    register = sign_in(desk.people[Role.CLERK]).get("/notices/register/").content.decode()
    assert f"已撤销，以{new.number_text}《{new.title}》为准" in register


@pytest.mark.parametrize("url", ["/notices/", "/notices/register/"])
def test_a_list_costs_the_same_with_one_and_with_three(desk, sign_in, url):
    client = sign_in(desk.people[Role.CLERK])

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    desk.at(PaperState.ISSUED, kind="supervision", title="督办单")
    cost()
    one = cost()
    for _ in range(2):
        desk.at(PaperState.ISSUED, kind="supervision", title="督办单")
    assert cost() == one


def test_found_by_number_title_text_and_recipient(desk):
    paper = desk.at(PaperState.ISSUED, kind="supervision", title="关于园区的督办单")
    desk.draft(to=[desk.world.gaoxin])
    for words in ("督办〔2022〕1号", "园区", "香洲"):
        assert list(Paper.objects.searched(words)) == [paper], words
    for number in [
        "督办[2022]1号",
        "督办（2022）1号",
        "督办［２０２２］１号",
        "督办〔2022〕01号",
        "督办2022年1号",
        "督办1号",
        "督办20221号",
    ]:
        assert list(Paper.objects.searched(number)) == [paper], number
        assert list(RegisterFilters({"text": number}, queryset=PaperNumber.objects.all(), request=None).qs), number
    assert list(Paper.objects.searched(" 督办 〔2022〕 1号 ")) == [paper]
    assert list(Paper.objects.searched("园区 香洲")) == [paper]  # both words
    for words in ("园区 高新", "督办[2022]11号", "督办2号", "督办〔2021〕1号"):
        assert not Paper.objects.searched(words).exists(), words
    assert Paper.objects.searched("抓好落实").count() == 2
    assert not Paper.objects.searched("没有这个词").exists()
    looked = str(Paper.objects.searched("香洲").query)
    assert "organisationname" not in looked, "names are looked through once, not at every paper"


@pytest.mark.parametrize(("step", "word"), [("revoke", "已撤销"), ("repeal", "已废止")])
def test_nobody_signs_for_or_is_chased_for_what_is_not_valid_any_more(step, word, issued, desk, sign_in):
    chain.end(issued, step, reason="附表有误", actor=desk.people[Role.CLERK], now=NOW)
    row = of(issued, desk.world.xiangzhou)
    with pytest.raises(DomainError, match=f"本公文{word}，不必签收。"):
        serving.receive(row, actor=desk.people[Role.DISTRICT_OFFICER], now=NOW)
    page = sign_in(desk.people[Role.DISTRICT_OFFICER]).get(issued.get_absolute_url()).content.decode()
    assert f"没有签收。本公文{word}，不必签收。" in page
    assert row.receive_url not in page
    inside = sign_in(desk.people[Role.CLERK]).get(issued.get_absolute_url()).content.decode()
    assert f"本公文{word}，不再催签收、登记线下送达。" in inside
    assert issued.remind_url not in inside


def test_the_inbox_says_beside_a_notice_which_paper_is_valid_instead(issued, desk, sign_in):
    client = sign_in(desk.people[Role.DISTRICT_OFFICER])
    assert "本公文已" not in client.get("/notices/inbox/").content.decode()
    new = desk.at(PaperState.ISSUED, title="关于重新核对数据的函", **{k: v for k, v in LETTER.items() if k != "title"})
    with CaptureQueriesContext(connection) as before:
        client.get("/notices/inbox/")
    chain.end(issued, "revoke", reason="附表有误", replaced_by=new, actor=desk.people[Role.CLERK], now=NOW)
    with CaptureQueriesContext(connection) as after:
        page = client.get("/notices/inbox/").content.decode()
    assert page.count(f"<small>本公文已撤销，以{new.number_text}《{new.title}》为准</small>") == 2  # 收文, 已撤销
    assert len(after) - len(before) <= 6


def test_where_nobody_can_be_reminded_here_it_says_so(desk, sign_in):
    paper = desk.at(PaperState.ISSUED, to=[desk.world.wuchuan], **LETTER)  # 务川县 has no people
    page = sign_in(desk.people[Role.CLERK]).post(paper.remind_url, follow=True).content.decode()
    assert "没有签收的 1 个单位在系统内没有办理人，没有发出提醒，请线下送达。" in page
