"""The pages of the chain: each person's acts on a report's page, the lists of what waits, the forms."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tasks.kinds import AskState, ReportState
from tasks.models import ExtensionRequest, Opinion, ProgressReport
from tasks.services import chain, review
from tests import factories
from tests.tasks import cycle, filed
from tests.tasks.cycle import FILING, at
from zhuzun.accounts.roles import Role


@pytest.fixture(autouse=True)
def _day(time_machine):
    """Thursday 5 November 2026, the day it is due."""
    time_machine.move_to(at(5, 9), tick=False)


@pytest.fixture
def october(world):
    return cycle.month(world, opinion="window")


@pytest.fixture
def report(october, people):
    """香洲区's, filled."""
    return filed.fill(october.report(october.world.xiangzhou), by=people[Role.DISTRICT_OFFICER])


def act(report, code):
    return reverse("tasks:report_act", args=[report.pk, code])


def state(report):
    return ProgressReport.objects.get(pk=report.pk).state


def text_of(response) -> str:
    page = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))


def seen_on(client, url) -> str:
    """The mark of the form."""
    return re.search(r'name="seen"\s+value="([^"]+)"', client.get(url).content.decode()).group(1)


def send(client, url, **data):
    return client.post(url, {"seen": seen_on(client, url), **data})


def test_the_officer_sends_and_the_leader_signs(report, people, sign_in):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    page = client.get(report.get_absolute_url()).content.decode()
    assert act(report, "send") in page
    assert "线下审签" in page
    assert "请先上传本次报送的签章扫描件" in page
    assert send(client, act(report, "send")).status_code == 302
    client = sign_in(people[Role.DISTRICT_LEADER])
    top = client.get(report.get_absolute_url()).content.decode().split('class="page-actions"')[1].split("</div>")[0]
    assert act(report, "sign") in top
    assert report.title in client.get(reverse("tasks:signing")).content.decode()
    assert send(client, act(report, "sign"), text="").status_code == 302
    assert state(report) == ReportState.REVIEW


def test_on_paper_in_three_steps(report, people, sign_in):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    upload = reverse("tasks:report_sheet", args=[report.pk])
    file = SimpleUploadedFile("签章件.pdf", filed.PDF, "application/pdf")
    assert send(client, upload, file=file).status_code == 302
    page = client.get(report.get_absolute_url()).content.decode()
    assert "签章件.pdf" in page
    assert send(client, act(report, "signed"), text="").status_code == 302
    assert state(report) == ReportState.REVIEW
    page = client.get(report.get_absolute_url()).content.decode()
    assert "报送（线下审签）" in page
    assert act(report, "recall") in page


def test_the_leader_finds_what_his_officer_wrote(report, people, sign_in):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    assert send(client, act(report, "send"), text="与县方复核一致").status_code == 302
    page = sign_in(people[Role.DISTRICT_LEADER]).get(act(report, "sign")).content.decode()
    assert "与县方复核一致" in page


def test_an_act_out_of_place_leads_back_with_its_reason(report, people, sign_in):
    client = sign_in(people[Role.BUREAU_OFFICER])
    answer = client.get(act(report, "forward"), follow=True)
    assert "目前状态是“填报中”，不能经办审核通过，送科室负责人。" in answer.content.decode()


def test_the_second_of_two_reads_who_was_first(report, people, sign_in):
    chain.send_to_sign(report, actor=people[Role.DISTRICT_OFFICER], now=FILING)
    leader = people[Role.DISTRICT_LEADER]
    client = sign_in(leader)
    url = act(report, "give-back")
    mark = seen_on(client, url)
    other = factories.person(Role.DISTRICT_LEADER, report.filer, name="第二位领导")
    chain.sign(ProgressReport.objects.get(pk=report.pk), actor=other, now=at(5, 9))
    answer = client.post(url, {"seen": mark, "text": "金额不符"})
    assert "已被他人处理：第二位领导" in text_of(answer)
    assert "金额不符" in answer.content.decode()


def test_returned_section_by_section_and_the_difference_shown(report, people, sign_in):
    officer = people[Role.DISTRICT_OFFICER]
    filed.sheet(report, by=officer)
    chain.sign_on_paper(report, actor=officer, now=FILING)
    client = sign_in(people[Role.BUREAU_OFFICER])
    url, section = reverse("tasks:report_return", args=[report.pk]), report.sections.get(title="正安县")
    assert 'value="2026-11-09"' in client.get(url).content.decode()  # two working days on
    assert "请至少在一个部分写明" in send(client, url, due_on="2026-11-09").content.decode()
    done = send(client, url, due_on="2026-11-09", text="", **{f"section_{section.pk}": "金额与台账不符"})
    assert done.status_code == 302
    assert state(report) == ReportState.RETURNED
    section.entries.order_by("item__position").update(value=15)
    client = sign_in(officer)
    page = text_of(client.get(report.get_absolute_url()))
    assert "请于2026-11-09前修改并重新报送" in page
    assert "时限按时" in page
    assert "修改期限2026-11-09未到期" in page
    assert "金额与台账不符" in page
    filed.sheet(report, by=officer, now=at(5), data=filed.PDF + b"%2\n")
    assert "12.00万元15.00万元" in text_of(client.get(act(report, "signed")))
    assert send(client, act(report, "signed"), text="").status_code == 302
    assert "与上次报送相比，改动2处" in text_of(client.get(report.get_absolute_url()))
    client = sign_in(people[Role.BUREAU_OFFICER])  # who reviews sees the scans and the difference
    assert client.get(report.get_absolute_url()).content.decode().count("签章件.pdf") >= 2
    assert "12.00万元15.00万元" in text_of(client.get(act(report, "forward")))


def test_reviewed_together_with_a_result_for_each(october, people, world, sign_in):
    one = filed.filed(october.report(world.xiangzhou), by=people[Role.DISTRICT_OFFICER])
    two = filed.filed(october.report(world.gaoxin), by=factories.person(Role.DISTRICT_OFFICER, world.gaoxin))
    client = sign_in(people[Role.BUREAU_OFFICER])
    page = client.get(reverse("tasks:review"))
    assert [row.report.pk for row in page.context["rows"]] == [one.pk, two.pk]
    assert "还有 2 工作日" in page.content.decode()
    review.pass_on(two, actor=factories.person(Role.BUREAU_OFFICER, world.bureau), now=at(5, 9))
    ticked = [f"{one.pk}-review", f"{two.pk}-review", "garbage", "99999999999999999999-review"]
    answer = text_of(client.post(reverse("tasks:review"), {"report": ticked}))
    assert "已办理" in answer
    assert "已被他人处理" in answer
    assert (state(one), state(two)) == (ReportState.HEAD, ReportState.HEAD)
    client = sign_in(people[Role.BUREAU_HEAD])
    assert len(client.get(reverse("tasks:review")).context["rows"]) == 2


def test_the_team_gives_its_word(report, people, sign_in):
    officer = people[Role.DISTRICT_OFFICER]
    filed.sheet(report, by=officer)
    chain.sign_on_paper(report, actor=officer, now=FILING)
    client = sign_in(people[Role.GROUP_MEMBER])
    url = reverse("tasks:report_opinion", args=[report.pk, "zhengan"])
    assert url in client.get(reverse("tasks:opinions")).content.decode()
    assert send(client, url, verdict="remark", text="").status_code == 200
    assert send(client, url, verdict="remark", text="尚有一笔未到账").status_code == 302
    assert Opinion.objects.get().text == "尚有一笔未到账"
    assert client.get(reverse("tasks:report_opinion", args=[report.pk, "wuchuan"])).status_code == 404
    client = sign_in(people[Role.BUREAU_OFFICER])
    assert "1/2县，1县有意见" in text_of(client.get(reverse("tasks:review")))


def test_an_extension_is_asked_and_decided(report, people, sign_in):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    url = reverse("tasks:report_extend", args=[report.pk])
    assert url in client.get(report.get_absolute_url()).content.decode()
    assert "现在的截止日期是 2026-11-05，一次不超过 31 天。" in client.get(url).content.decode()
    data = {"progress": "过半", "reason": "县方数据未到", "wanted_on": "2026-11-12"}
    assert send(client, url, **data).status_code == 302
    request = ExtensionRequest.objects.get()
    client = sign_in(people[Role.BUREAU_HEAD])
    assert report.title in client.get(reverse("tasks:extensions") + "?state=asked").content.decode()
    url = reverse("tasks:extension", args=[request.pk])
    assert "本年申请1次，同意0次" in text_of(client.get(url)).replace("该单位", "")
    assert send(client, url, answer="approve", decision="").status_code == 302
    request.refresh_from_db()
    assert request.state == AskState.APPROVED
    assert "批准延期至" in client.get(report.get_absolute_url()).content.decode()


def test_a_reader_is_offered_nothing(report, people, sign_in):
    page = sign_in(people[Role.LEADER]).get(report.get_absolute_url()).content.decode()
    assert "可以办理" not in page
    assert "线下审签" not in page


# --- query counts -----------------------------------------------------------------------------------------------------
def queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_the_lists_ask_as_much_for_one_as_for_four(october, people, world, sign_in):
    def file(body, role=Role.DISTRICT_OFFICER):
        return filed.filed(october.report(body), by=factories.person(role, body))

    file(world.xiangzhou)
    client, url = sign_in(people[Role.BUREAU_OFFICER]), reverse("tasks:review")
    one = queries(client, url)
    file(world.gaoxin)
    file(world.zhengan_team, Role.GROUP_MEMBER)
    file(world.daozhen_team, Role.GROUP_MEMBER)
    assert queries(client, url) == one
    assert len(client.get(url).context["rows"]) == 4


def test_the_list_of_opinions_asks_as_much_for_two_as_for_three(october, people, world, sign_in):
    filed.filed(october.report(world.xiangzhou), by=factories.person(Role.DISTRICT_OFFICER, world.xiangzhou))
    client, url = sign_in(people[Role.GROUP_LEADER]), reverse("tasks:opinions")
    two = queries(client, url)
    filed.filed(october.report(world.gaoxin), by=factories.person(Role.DISTRICT_OFFICER, world.gaoxin))
    assert queries(client, url) == two
    assert len(client.get(url).context["rows"]) == 3
