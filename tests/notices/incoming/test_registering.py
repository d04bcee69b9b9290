"""来文: registered once with a number of the portal's, corrected, distributed, signed for, filed; who may read it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.notices.incoming import making
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.documents.services import attachments_of
from zhuzun.errors import DomainError, Refused
from zhuzun.notices.incoming.kinds import Handling, IncomingState
from zhuzun.notices.incoming.models import IncomingDelivery, IncomingPaper
from zhuzun.notices.incoming.services import registering, serving
from zhuzun.notices.incoming.waiting import count_waiting, papers
from zhuzun.notices.models import Message
from zhuzun.notices.papers.kinds import Channel

NOW = making.NOW


@pytest.fixture
def clerk(people):
    return people[Role.CLERK]


@pytest.fixture
def shared(world, people, clerk):
    """To 香洲区 to act on by a day, to 正安县 (不相隶属) and 务川县, which has nobody here, to read."""
    paper = making.distributed(
        clerk, [world.xiangzhou], part=Handling.ACT, reply_by=date(2022, 3, 25), opinion="请研究提出意见"
    )
    facts = {"bodies": [world.zhengan, world.wuchuan], "part": Handling.READ, "reply_by": None, "opinion": ""}
    return serving.distribute(paper, actor=clerk, now=NOW, **facts)


def of(paper, body):
    return IncomingDelivery.objects.get(paper=paper, organisation=body)


def test_registered_with_the_next_number_and_its_file(clerk):
    first = making.registered(clerk)
    second = making.registered(clerk, sender_number="粤乡振〔2022〕9号")
    assert (first.receipt, second.receipt) == ("收文〔2022〕1号", "收文〔2022〕2号")
    assert [row.name for row in attachments_of(first)] == ["来文.pdf"]
    assert Event.objects.filter(action="incoming.register").count() == 2


@pytest.mark.parametrize("number", ["粤乡振〔2022〕8号", ""])
def test_not_registered_twice(clerk, number):
    first = making.registered(clerk, sender_number=number)
    with pytest.raises(DomainError, match=f"已经登记（{first.receipt}）"):
        making.registered(clerk, sender_number=number)
    registering.strike(first, reason="录错", actor=clerk, now=NOW)
    assert making.registered(clerk, sender_number=number).receipt == "收文〔2022〕2号"  # a refused one took no number


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"received_on": date(2022, 3, 16)}, "received_on"),
        ({"dated_on": date(2022, 3, 15)}, "dated_on"),
        ({"answer_by": date(2022, 3, 9)}, "answer_by"),
    ],
)
def test_days_in_order(clerk, changed, field):
    with pytest.raises(DomainError) as caught:
        making.registered(clerk, **changed)
    assert caught.value.field == field
    assert not IncomingPaper.objects.exists()


def test_the_days_of_a_correction_too_and_what_changed_is_told(clerk):
    paper = making.registered(clerk)
    registering.correct(paper, actor=clerk, now=NOW, **{**making.FACTS, "title": "关于做好数据报送工作的通知"})
    event = Event.objects.get(action="incoming.correct")
    assert event.detail == {"title": ["关于做好东西部协作数据报送工作的通知", "关于做好数据报送工作的通知"]}


def test_only_the_clerk_and_the_bureaus_officers_register(people):
    for role, person in people.items():
        if role in (Role.CLERK, Role.BUREAU_OFFICER):
            making.registered(person, sender_number=role.value)
            continue
        with pytest.raises(Refused):
            making.registered(person, sender_number=role.value)
    assert IncomingPaper.objects.count() == 2


def test_nothing_is_distributed_before_its_file_is_there(world, clerk):
    paper = making.registered(clerk, data=None)
    facts = {"bodies": [world.xiangzhou], "part": Handling.READ, "reply_by": None, "opinion": "", "now": NOW}
    with pytest.raises(DomainError, match="请先上传来文扫描件"):
        serving.distribute(paper, actor=clerk, **facts)
    registering.add_file(paper, data=making.SCAN, filename="正文.pdf", note="", actor=clerk, now=NOW)
    assert serving.distribute(paper, actor=clerk, **facts).state == IncomingState.DISTRIBUTED


def test_read_by_the_bureau_and_by_whom_it_was_distributed_to_and_nobody_else(world, people, clerk):
    paper = making.registered(clerk)
    bureau = {Role.BUREAU_OFFICER, Role.BUREAU_HEAD, Role.BUREAU_LEADER, Role.CLERK}

    def readers():
        return {role for role, person in people.items() if IncomingPaper.objects.visible_to(person).exists()}

    assert readers() == bureau
    facts = {"part": Handling.READ, "reply_by": None, "opinion": "", "actor": clerk, "now": NOW}
    serving.distribute(paper, bodies=[world.education], **facts)
    assert readers() == bureau | {Role.UNIT_OFFICER, Role.UNIT_LEADER}
    serving.distribute(paper, bodies=[world.zhengan], **facts)
    assert readers() == bureau | {
        Role.UNIT_OFFICER,
        Role.UNIT_LEADER,
        Role.COUNTY_OFFICER,
        Role.COUNTY_LEADER,
        Role.INSPECTOR,
    }


def test_a_county_is_asked_for_nothing(world, clerk):
    paper = making.registered(clerk)
    facts = {"part": Handling.ACT, "reply_by": None, "opinion": "", "actor": clerk, "now": NOW}
    with pytest.raises(DomainError, match="只能送阅知"):
        serving.distribute(paper, bodies=[world.xiangzhou, world.zhengan], **facts)
    with pytest.raises(DomainError, match="阅知的单位不须反馈"):
        serving.distribute(
            paper, bodies=[world.zhengan], **{**facts, "part": Handling.READ, "reply_by": date(2022, 3, 25)}
        )
    with pytest.raises(DomainError, match="反馈期限不能早于今天"):
        serving.distribute(paper, bodies=[world.xiangzhou], **{**facts, "reply_by": date(2022, 3, 14)})
    assert not IncomingDelivery.objects.exists()


def test_each_body_is_told_once_and_the_rest_is_served_outside(shared, world, clerk):
    told = Message.objects.filter(title=f"来文：{shared.title}")
    assert sorted(told.values_list("organisation__code", flat=True)) == ["xiangzhou", "zhengan"]
    assert "拟办意见：请研究提出意见。请于2022年3月25日前反馈。" in told.get(organisation=world.xiangzhou).text
    assert of(shared, world.wuchuan).channel == Channel.OUTSIDE
    facts = {"part": Handling.READ, "reply_by": None, "opinion": "", "actor": clerk, "now": NOW}
    with pytest.raises(DomainError, match="请选择还没有分送的单位"):
        serving.distribute(shared, bodies=[world.xiangzhou], **facts)


def test_one_receipt_of_a_body_suffices_and_the_sender_sees_who_has_not(shared, world, people, clerk, sign_in):
    row = of(shared, world.xiangzhou)
    serving.receive(row, actor=people[Role.DISTRICT_OFFICER], now=NOW)
    with pytest.raises(DomainError, match="不必重复签收"):
        serving.receive(row, actor=people[Role.DISTRICT_LEADER], now=NOW)
    with pytest.raises(Refused):
        serving.receive(of(shared, world.zhengan), actor=people[Role.DISTRICT_OFFICER], now=NOW)
    assert serving.remind(shared, actor=clerk, now=NOW) == 2  # 正安县, and 香洲区 of its reply
    page = sign_in(clerk).get(shared.get_absolute_url()).content.decode()
    assert "1 / 3" in "".join(page.split("\n")).replace("  ", "")
    assert page.count("未签收") == 2


def test_a_reply_reaches_whoever_registered_it(shared, world, people):
    row = serving.reply(of(shared, world.xiangzhou), words="无意见", actor=people[Role.DISTRICT_OFFICER], now=NOW)
    assert (row.reply, row.received_by) == ("无意见", people[Role.DISTRICT_OFFICER])
    assert Message.objects.filter(title__startswith="香洲区已回复", user=people[Role.CLERK]).exists()
    with pytest.raises(DomainError, match="不须回复"):
        serving.reply(of(shared, world.zhengan), words="已阅", actor=people[Role.COUNTY_OFFICER], now=NOW)


def test_handed_over_outside_between_distributing_and_today(shared, world, clerk):
    row = of(shared, world.wuchuan)
    with pytest.raises(DomainError, match="送达日期须在分送之日"):
        serving.serve_outside(row, on=date(2022, 3, 14), note="机要交换", actor=clerk, now=NOW)
    assert serving.serve_outside(row, on=date(2022, 3, 15), note="机要交换", actor=clerk, now=NOW).received_at


def test_filed_with_what_came_of_it_and_then_unchanged(shared, clerk):
    with pytest.raises(DomainError, match="请填写办理结果"):
        registering.close(shared, result=" ", filed_as="", actor=clerk, now=NOW)
    paper = registering.close(shared, result="已传阅", filed_as="2022-收-1", actor=clerk, now=NOW)
    assert (paper.state, paper.closed_on) == (IncomingState.CLOSED, date(2022, 3, 15))
    with pytest.raises(DomainError, match="不能修改"):
        registering.correct(paper, actor=clerk, now=NOW, **making.FACTS)
    with pytest.raises(DomainError, match="不能修改"):
        registering.add_file(paper, data=making.SCAN, filename="正文.pdf", note="", actor=clerk, now=NOW)


def test_what_is_filed_is_neither_chased_nor_answered_any_more(shared, clerk, people, sign_in):
    registering.close(shared, result="已传阅", filed_as="", actor=clerk, now=NOW)
    inside = sign_in(clerk).get(shared.get_absolute_url()).content.decode()
    assert "已办结归档，不再催签收、催回复。" in inside
    assert shared.remind_url not in inside
    page = sign_in(people[Role.DISTRICT_OFFICER]).get(shared.get_absolute_url()).content.decode()
    assert "没有回复。已办结归档，不必回复。" in page
    assert "/reply/" not in page


def test_what_was_distributed_is_not_struck_and_the_rest_not_without_a_reason(shared, clerk):
    with pytest.raises(DomainError, match="不能登记作废"):
        registering.strike(shared, reason="录错", actor=clerk, now=NOW)
    with pytest.raises(DomainError, match="请写明作废原因"):
        registering.strike(making.registered(clerk, sender_number=""), reason=" ", actor=clerk, now=NOW)


def test_what_waits(world, people, clerk):
    paper = making.registered(clerk)
    officer = people[Role.DISTRICT_OFFICER]
    assert list(papers(clerk, "distribute")) == [paper]
    facts = {"part": Handling.READ, "reply_by": None, "opinion": "", "actor": clerk, "now": NOW}
    serving.distribute(paper, bodies=[world.xiangzhou], **facts)
    assert (count_waiting(clerk), list(papers(officer, "receipt"))) == (0, [paper])
    assert list(papers(clerk, "unsigned")) == [paper]
    serving.receive(of(paper, world.xiangzhou), actor=officer, now=NOW + timedelta(days=1))
    assert count_waiting(officer) == 0


def test_what_was_refused_is_sent_again_without_a_word_of_changes(world, people, clerk, sign_in):
    """What the service changed before it refused was taken back: it is no change by another."""
    client, url = sign_in(clerk), f"{making.registered(clerk).get_absolute_url()}distribute/"
    sent = {"part": "act", "opinion": "", "reply_by": ""}
    seen = client.get(url).context["seen"]
    both = [world.xiangzhou.pk, world.zhengan.pk]
    refused = client.post(url, {**sent, "bodies": both, "seen": seen})
    assert "只能送阅知" in refused.content.decode()
    answer = client.post(url, {**sent, "bodies": both[:1], "seen": refused.context["seen"]})
    assert answer.status_code == 302


# --- the one list ----------------------------------------------------------------------------------------------------
def test_found_by_number_title_sender_and_by_receiver_only_for_the_bureau(shared, people, clerk):
    district, paper = people[Role.DISTRICT_OFFICER], IncomingPaper.objects.get()
    for words in (
        "粤乡振〔2022〕8号",
        "粤乡振[2022] 8号",
        "粤乡振2022年8号",
        "粤乡振8号",
        "数据报送",
        "省乡村振兴局 数据",
    ):
        for person in (clerk, district):
            assert list(IncomingPaper.objects.visible_to(person).searched(words, person)) == [paper], words
    assert not IncomingPaper.objects.searched("粤乡振18号", clerk).exists()
    assert IncomingPaper.objects.searched("收文（2022）1号", clerk).exists()
    assert not IncomingPaper.objects.searched("收文（2022）1号", district).exists()  # the bureau's own number
    assert IncomingPaper.objects.searched("正安", clerk).exists()
    assert not IncomingPaper.objects.searched("正安", district).exists()  # who else got it is not his to know


def test_the_list_costs_the_same_with_one_and_with_three(world, clerk, sign_in):
    client = sign_in(clerk)

    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    making.distributed(clerk, [world.xiangzhou])
    urls = ("/notices/", "/notices/incoming/")
    before = [(cost(url), cost(url))[1] for url in urls]
    for number in ("9号", "10号"):
        making.distributed(clerk, [world.xiangzhou, world.education], sender_number=number)
    assert [cost(url) for url in urls] == before


def test_a_reader_sees_in_the_list_no_other_body_that_got_it(shared, people, sign_in):
    page = sign_in(people[Role.DISTRICT_OFFICER]).get("/notices/").content.decode()
    table = page[page.index("<tbody>") :]
    assert shared.title in table
    assert "正安" not in table


def test_the_register_exports_every_number(clerk, sign_in):
    making.registered(clerk, note="两份")
    struck = making.registered(clerk, sender_number="")
    registering.strike(struck, reason="录错", actor=clerk, now=NOW)
    text = sign_in(clerk).get("/notices/incoming/?export=csv").content.decode("utf-8-sig")
    assert "收文〔2022〕1号" in text
    assert "作废：录错" in text


def test_the_clerk_registers_on_the_page(clerk, sign_in, time_machine):
    time_machine.move_to(factories.NOW, tick=False)
    client = sign_in(clerk)
    answer = client.post("/notices/incoming/new/", {**making.FACTS, "answer_by": ""})
    paper = IncomingPaper.objects.get()
    assert answer.url == paper.get_absolute_url()
    assert (paper.answer_by, paper.state) == (None, IncomingState.REGISTERED)
