"""The pages of chasing: two acts on what is ticked, the record, the list of names; as many queries for 80 as for 8."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks.kinds import ReportState
from tasks.models import NameLine, ProgressReport
from tasks.services.chasing import send_due
from tests import factories
from tests.tasks import cycle
from tests.tasks.cycle import at
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.notices.models import Message, Reminder
from zhuzun.organisations.kinds import OrganisationKind


@pytest.fixture
def october(opened_month, time_machine):
    time_machine.move_to(at(10, 15), tick=False)  # three working days after the fifth
    return opened_month


@pytest.fixture
def bureau(october, people, sign_in):
    return sign_in(people[Role.BUREAU_OFFICER])


def ticked(page):
    return {line.name for line in page.context["lines"] if str(line.report.pk) in page.context["form"].ticked()}


def test_what_presses_is_ticked_and_comes_first(october, bureau, world):
    ProgressReport.objects.filter(filer=world.zhengan_team).update(
        due_on=date(2026, 11, 30), soon_on=date(2026, 11, 26)
    )
    ProgressReport.objects.filter(filer=world.daozhen_team).update(relation="separate")
    page = bureau.get("/tasks/chase/")
    assert ticked(page) == {"香洲区", "高新区"}  # the one is not due, the other nobody's to chase
    assert [line.name for line in page.context["lines"]][-1] == "工作组正安县小组"
    assert "香洲区：尚缺 2026年10月（逾期 3 个工作日）" in page.context["phone_text"]
    assert "正安县小组" not in page.context["phone_text"]


@pytest.mark.parametrize(
    ("facts", "presses"),
    [
        ({"due_on": date(2026, 11, 12), "soon_on": date(2026, 11, 10)}, True),
        ({"extended_to": date(2026, 11, 12)}, False),
        ({"state": "returned", "filed_on": date(2026, 11, 4), "return_due_on": date(2026, 11, 9)}, True),
        ({"state": "returned", "filed_on": date(2026, 11, 4), "return_due_on": date(2026, 11, 10)}, False),
    ],
)
def test_when_it_is_time_to_chase(october, bureau, world, facts, presses):
    ProgressReport.objects.filter(filer=world.xiangzhou).update(**facts)
    assert ("香洲区" in ticked(bureau.get("/tasks/chase/"))) == presses


def test_the_bureaus_own_report_is_on_no_list(october, bureau, world):
    ProgressReport.objects.filter(filer=world.xiangzhou).update(relation="self")
    page = bureau.get("/tasks/chase/")
    assert "香洲区" not in [line.name for line in page.context["lines"]] + [page.context["phone_text"]]


def test_sending_is_one_act_and_copying_another(october, bureau, world):
    keys = [october.report(world.xiangzhou).pk]
    answer = bureau.post("/tasks/chase/", {"reports": keys, "text": "请今天报送。"}, follow=True)
    assert "已办理 1 份" in answer.content.decode()
    assert list(Reminder.objects.values_list("channel", "step")) == [("inbox", "manual-2026-11-10")]
    assert Message.objects.get().text == "请今天报送。"
    answer = bureau.post("/tasks/chase/copied/", {"reports": keys, "channel": "phone"})
    assert "名单已登记 1 份" in answer.content.decode()
    assert "香洲区：尚缺 2026年10月" in answer.content.decode()
    assert set(Reminder.objects.values_list("channel", flat=True)) == {"inbox", "phone"}
    assert Message.objects.count() == 1  # nothing further went to the body
    assert list(Event.objects.filter(action__startswith="chase.").order_by("pk").values_list("action", flat=True)) == [
        "chase.send",
        "chase.copy",
    ]


def test_wrong_words_are_said_and_nothing_is_lost(october, bureau, world):
    key = october.report(world.xiangzhou).pk
    page = bureau.post("/tasks/chase/", {"reports": [], "text": "请今天报送。"})
    assert "请至少选择一份报表" in page.content.decode()
    assert "请今天报送。" in page.content.decode()
    ProgressReport.objects.filter(pk=key).update(state=ReportState.REVIEW, filed_on=at(9).date(), filed_at=at(9))
    page = bureau.post("/tasks/chase/", {"reports": [key], "text": "请今天报送。"})
    assert "已不在名单中" in page.content.decode()
    answer = bureau.post(
        "/tasks/chase/copied/", {"reports": [key], "channel": "copied"}, headers={"accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["message"]) == (422, "所选报表已不在名单中，请刷新后重选。")
    assert not Reminder.objects.exists()


def test_what_a_caller_should_know_stands_in_the_text(october, bureau, world):
    ProgressReport.objects.filter(filer=world.xiangzhou).update(extended_to=date(2026, 11, 12))
    ProgressReport.objects.filter(filer=world.gaoxin).update(relation="separate")
    keys = [october.report(body).pk for body in (world.xiangzhou, world.gaoxin)]
    answer = bureau.post(
        "/tasks/chase/copied/", {"reports": keys, "channel": "copied"}, headers={"accept": "application/json"}
    )
    assert answer.json()["text"].splitlines() == [
        "【2026-11-10 未报送单位】共 2 个单位：",
        "1. 香洲区：尚缺 2026年10月（已批延期至11-12）",
        "   联系人：未登记联系人",
        "2. 高新区：尚缺 2026年10月",  # of another relation: no word of being late
        "   联系人：未登记联系人",
    ]


def test_the_leader_decides_on_the_page(october, people, sign_in):
    send_due(now=at(10, 9))
    url = f"/tasks/periods/{october.period.pk}/names/"
    page = sign_in(people[Role.BUREAU_HEAD]).get(url).content.decode()
    assert "由市局领导确定" in page
    assert page.count("逾期 3 工作日") == 2
    client = sign_in(people[Role.BUREAU_LEADER])
    line = NameLine.objects.get(report__filer=october.world.xiangzhou)
    assert f"/tasks/names/{line.pk}/" in client.get(url).content.decode()
    page = client.get(f"/tasks/names/{line.pk}/").content.decode()
    assert "逾期 3 工作日" in page
    assert "没有提醒过" in page
    answer = client.post(f"/tasks/names/{line.pk}/", {"verdict": "spared", "reason": ""})
    assert "不列入的请写明理由" in answer.content.decode()
    assert client.post(f"/tasks/names/{line.pk}/", {"verdict": "spared", "reason": "台风停工"}).status_code == 302
    assert "台风停工" in client.get(url).content.decode()


def test_the_workbench_leads_the_leader_to_the_list(october, people, sign_in):
    client = sign_in(people[Role.BUREAU_LEADER])
    assert "拟通报名单都已确定" in client.get("/").content.decode()
    send_due(now=at(10, 9))
    page = client.get("/").content.decode()
    assert "拟通报名单待确定的单位" in page
    assert f'href="/tasks/periods/{october.period.pk}/names/"' in page
    assert "拟通报" not in sign_in(people[Role.BUREAU_HEAD]).get("/").content.decode()


@pytest.mark.parametrize("path", ["/tasks/chase/", "/tasks/reminders/", "/tasks/periods/1/names/"])
def test_nobody_outside_the_bureau(october, people, sign_in, path):
    path = path.replace("/1/", f"/{october.period.pk}/")
    for role in (Role.DISTRICT_OFFICER, Role.COUNTY_OFFICER, Role.GROUP_LEADER, Role.UNIT_OFFICER, Role.LEADER):
        assert sign_in(people[role]).get(path).status_code == 403, role


# --- as many queries for 80 as for 8 ----------------------------------------------------------------------------------
QUERIES = {"/tasks/chase/": 18, "/tasks/reminders/": 12, "/tasks/periods/{}/names/": 11, "/tasks/board/": 13}


def bodies(october, number):
    """So many counties' teams that owe the month, each late, reminded, and on the list."""
    world = october.world
    for one in range(number):
        body = factories.organisation(OrganisationKind.COUNTY_TEAM, f"第{one}小组", parent=world.group)
        report = ProgressReport.objects.create(
            filer=body,
            title=f"{body}报告",
            period=october.period,
            relation="lower",
            first_due_on=cycle.DUE,
            due_on=cycle.DUE,
            soon_on=cycle.DUE,
        )
        report.parts.create(form=october.period.forms.get(plan=october.district_plan), filer=body)
        factories.contact(body)
    send_due(now=at(10, 9))


@pytest.mark.parametrize("number", [8, 80])
@pytest.mark.parametrize("path", QUERIES)
def test_queries_do_not_grow(october, people, sign_in, path, number):
    bodies(october, number)
    client, path_now = sign_in(people[Role.BUREAU_LEADER]), path.format(october.period.pk)
    client = sign_in(people[Role.BUREAU_OFFICER]) if "chase" in path else client
    client.get(path_now)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path_now).status_code == 200
    assert len(caught) == QUERIES[path]
