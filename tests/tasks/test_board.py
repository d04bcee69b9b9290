"""The board: states and lights apart, within one's own reach, a constant number of queries."""

from datetime import date

import pytest

from tasks import board
from tasks.kinds import ReportState
from tasks.lights import return_words
from tasks.models import ProgressReport, ReportingPeriod
from tasks.services.rounds import add_round
from tests import factories
from tests.tasks import cycle
from tests.tasks.cycle import at
from zhuzun.accounts.roles import Role
from zhuzun.home import report_cards
from zhuzun.home.cards import Moment
from zhuzun.notices.models import Reminder
from zhuzun.organisations.kinds import OrganisationKind
from zhuzun.periods.services import current_calendar

pytestmark = pytest.mark.usefixtures("october")


@pytest.fixture
def october(opened_month, time_machine):
    time_machine.move_to(at(9), tick=False)  # two working days after the fifth
    made = opened_month
    ProgressReport.objects.filter(filer__kind=OrganisationKind.COUNTY_TEAM).update(relation="equal")
    return made


def drawn(user, day=date(2026, 11, 9)):
    return board.build(user, day, current_calendar())


def names(found):
    return {group.title: [row.name for row in group.rows] for group in found.groups}


def test_the_bureau_sees_everybody_in_the_offices_order(people):
    found = drawn(people[Role.BUREAU_OFFICER])
    assert names(found) == {
        "各区（功能区）": ["香洲区", "高新区"],
        "珠海驻遵义工作组": ["工作组正安县小组", "工作组道真县小组"],
    }
    assert ("未开始", 4) in [(word, number) for word, number, _ in found.counts]
    assert ("逾期", 4) in [(word, number) for word, number, _ in found.counts]


def test_a_district_sees_its_own_and_its_teams_rows_and_counts_no_more(people):
    found = drawn(people[Role.DISTRICT_OFFICER])
    assert names(found) == {"各区（功能区）": ["香洲区"], "珠海驻遵义工作组": ["工作组正安县小组"]}
    assert max(number for _, number, _ in found.counts) == 2


def test_a_county_sees_nobodys_lights(people):
    assert drawn(people[Role.COUNTY_OFFICER]).groups == []


def test_a_county_is_shown_the_way_to_what_it_checks(people, sign_in):
    page = sign_in(people[Role.COUNTY_OFFICER]).get("/tasks/board/").content.decode()
    assert "贵县（市）没有报送任务" in page
    assert page.count('href="/tasks/checks/"') == 2  # in the navigation, and here


def cell_of(found, name):
    row = next(row for group in found.groups for row in group.rows if row.name == name)
    return row.cells[0][0]


def test_state_and_light_stand_apart(people):
    cell = cell_of(drawn(people[Role.BUREAU_OFFICER]), "香洲区")
    assert "未开始" in cell.state
    assert "逾期 2 工作日" in cell.light
    assert cell.waiting == "本单位 6 工作日"  # since it opened on Sunday the first


def test_what_waits_at_the_bureau_says_with_whom_and_how_long(october, people):
    ProgressReport.objects.filter(filer=october.world.xiangzhou).update(
        state=ReportState.REVIEW, filed_on=date(2026, 11, 4), filed_at=at(4), review_due_on=date(2026, 11, 6)
    )
    cell = cell_of(drawn(people[Role.BUREAU_OFFICER]), "香洲区")
    assert "按时" in cell.light
    assert cell.waiting == "市局经办 3 工作日，已超审核时限"


# What has happened to 香洲's report, and what the board says on the ninth of whom it waits for.
HANDS = [
    ([], "本单位 6 工作日"),
    ([(4, "to_sign")], "本单位领导 3 工作日"),
    ([(4, "to_sign"), (5, "move")], "本单位领导 3 工作日"),  # another date is not another hand
    ([(4, "to_sign"), (6, "give_back")], "本单位 1 工作日"),
    ([(4, "file"), (5, "return")], "本单位 2 工作日，11-11 前重报"),
]
STATES = {"to_sign": "signing", "give_back": "drafting", "return": "returned"}


@pytest.mark.parametrize(("acts", "words"), HANDS)
def test_what_waits_at_the_body_says_with_whom_and_how_long(october, people, acts, words):
    report = october.report(october.world.xiangzhou)
    for day, act in acts:
        add_round(report, act, actor=people[Role.DISTRICT_OFFICER], now=at(day))
    state = next((STATES[act] for _, act in reversed(acts) if act in STATES), "not_started")
    facts = {"filed_on": date(2026, 11, 4), "return_due_on": date(2026, 11, 11)} if state == "returned" else {}
    ProgressReport.objects.filter(pk=report.pk).update(state=state, **facts)
    assert cell_of(drawn(people[Role.BUREAU_OFFICER]), "香洲区").waiting == words


def test_nobody_is_waited_for_in_a_closed_period(october, people):
    ReportingPeriod.objects.update(state="closed", closed_at=at(9))
    assert cell_of(drawn(people[Role.BUREAU_OFFICER]), "香洲区").waiting == ""


ALL = ["香洲区", "高新区", "工作组正安县小组", "工作组道真县小组"]


@pytest.mark.parametrize(
    ("query", "rows", "list_query"),
    [
        ("", ALL, ""),
        ("group=districts", ALL[:2], "group=districts"),
        ("group=teams", ALL[2:], "group=teams"),
        ("light=extended", ["香洲区"], "light=extended"),
        ("light=late&group=districts", ["高新区"], "group=districts&light=late"),
        ("kind=quarter", [], ""),
        ("light=nonsense&group=x", ALL, ""),
    ],
)
def test_filters_of_the_board(october, people, sign_in, query, rows, list_query):
    ProgressReport.objects.filter(filer=october.world.xiangzhou).update(extended_to=date(2026, 11, 12))
    answer = sign_in(people[Role.BUREAU_OFFICER]).get(f"/tasks/board/?{query}")
    assert [row.name for group in answer.context["board"].groups for row in group.rows] == rows
    assert answer.context["narrowed"] == list_query


def test_one_click_copies_who_is_missing_and_records_it(october, people, sign_in):
    ProgressReport.objects.filter(filer=october.world.gaoxin).update(excused=True, excuse_reason="台风")
    client = sign_in(people[Role.BUREAU_OFFICER])
    page = client.get("/tasks/board/")
    assert "复制未报送名单（3）" in page.content.decode()
    missing = [report.pk for report in page.context["missing"]]
    answer = client.post(
        "/tasks/chase/copied/", {"reports": missing, "channel": "copied"}, headers={"accept": "application/json"}
    )
    assert "香洲区：尚缺 2026年10月（逾期 2 个工作日）" in answer.json()["text"]
    assert Reminder.objects.filter(channel="copied").count() == 3
    assert not sign_in(people[Role.DISTRICT_OFFICER]).get("/tasks/board/").context["missing"]


def test_a_body_of_another_province_never_shows_red(october, people):
    ProgressReport.objects.filter(filer=october.world.xiangzhou).update(relation="separate")
    cell = cell_of(drawn(people[Role.BUREAU_OFFICER]), "香洲区")
    assert "逾期" not in cell.light
    assert "已过日期" in cell.light


def test_past_its_day_it_is_counted_as_its_row_says(october, people, sign_in):
    """Board, list, its export, filters and workbench: 已过日期 apart from 逾期."""
    ProgressReport.objects.filter(filer=october.world.xiangzhou).update(relation="separate")
    client = sign_in(people[Role.BUREAU_OFFICER])
    counts = {word: (number, query) for word, number, query in drawn(people[Role.BUREAU_OFFICER]).counts}
    assert (counts["逾期"][0], counts["已过日期"][0]) == (3, 1)
    for word in ("逾期", "已过日期"):
        number, query = counts[word]
        rows = client.get(f"/tasks/reports/?{query}&export=csv").content.decode("utf-8-sig").splitlines()[1:]
        assert len(rows) == number
        assert all(f",{word}," in row for row in rows), rows
    board_rows = client.get("/tasks/board/?light=past").context["board"].groups
    assert [row.name for group in board_rows for row in group.rows] == ["香洲区"]
    day = date(2026, 11, 9)
    late = ProgressReport.objects.with_light(day).filter(light="late").values("pk")
    assert {row["pk"] for row in late} == set(ProgressReport.objects.overdue(day).values_list("pk", flat=True))
    at_day = Moment(at(9), day)
    assert report_cards.all_late(people[Role.BUREAU_OFFICER], at_day) == 3
    assert report_cards.own_late(people[Role.DISTRICT_OFFICER], at_day) == 0
    back = {"state": "returned", "filed_on": date(2026, 11, 4), "return_due_on": date(2026, 11, 5)}
    ProgressReport.objects.filter(filer=october.world.xiangzhou).update(refiled_on=date(2026, 11, 6), **back)
    assert "逾期" not in return_words(october.report(october.world.xiangzhou), day)


def test_queries_do_not_grow_with_bodies(october, people, django_assert_num_queries, django_assert_max_num_queries):
    user = people[Role.BUREAU_OFFICER]
    calendar = current_calendar()
    drawn(user)  # who he is, is asked once
    with django_assert_max_num_queries(8) as few:
        board.build(user, date(2026, 11, 9), calendar)
    for number in range(12):
        body = factories.organisation(OrganisationKind.DISTRICT, f"试{number}区", parent=october.world.zhuhai)
        ProgressReport.objects.create(
            filer=body,
            title=f"{body}报告",
            period=october.period,
            relation="lower",
            first_due_on=cycle.DUE,
            due_on=cycle.DUE,
            soon_on=cycle.DUE,
        )
    with django_assert_num_queries(len(few.captured_queries)):
        board.build(user, date(2026, 11, 9), calendar)


@pytest.mark.parametrize("path", ["/tasks/board/", "/tasks/reports/"])
def test_pages_speak_for_each_role(sign_in, people, path):
    for role in (Role.BUREAU_OFFICER, Role.DISTRICT_OFFICER, Role.COUNTY_OFFICER, Role.UNIT_OFFICER):
        answer = sign_in(people[role]).get(path)
        assert answer.status_code == 200
        assert ("香洲区" in answer.content.decode()) == (role in (Role.BUREAU_OFFICER, Role.DISTRICT_OFFICER))


def test_filters_find_what_the_cards_count(october, sign_in, people):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    for query, found in (
        ("whose=own&state=to_fill", 1),
        ("whose=own&light=late", 1),
        ("light=late", 2),
        ("light=soon", 0),
        ("light=over", 0),
        ("text=正安", 1),
        ("group=teams", 1),
        (f"period={october.period.pk}", 2),
        (f"plan={october.team_plan.pk}", 1),
    ):
        assert client.get(f"/tasks/reports/?{query}").context["shown"] == found, query


def test_the_list_is_taken_away_as_shown(sign_in, people):
    answer = sign_in(people[Role.BUREAU_OFFICER]).get("/tasks/reports/?export=csv&group=districts")
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("进展报告,报送单位,报告期,状态,时限")
    assert "香洲区2026年10月进展报告,香洲区,2026年10月,未开始,逾期" in text
    assert "小组" not in text


def test_taken_away_a_body_of_another_province_is_not_called_late(october, sign_in, people):
    ProgressReport.objects.filter(filer=october.world.xiangzhou).update(relation="separate")
    answer = sign_in(people[Role.BUREAU_OFFICER]).get("/tasks/reports/?export=csv&text=香洲区")
    text = answer.content.decode("utf-8-sig")
    assert "未开始,已过日期" in text
    assert "逾期" not in text


def test_the_bureau_moves_a_date_on_the_page(october, sign_in, people):
    form = october.period.forms.get(plan=october.district_plan)
    client = sign_in(people[Role.BUREAU_OFFICER])
    url = f"/tasks/periods/{october.period.pk}/{form.pk}/move/"
    assert "不能早于今天" in client.post(url, {"due_on": "2026-11-01", "reason": "台风"}).content.decode()
    assert client.post(url, {"due_on": "2026-11-12", "reason": "台风停工"}).status_code == 302
    assert october.report(october.world.gaoxin).due_on == date(2026, 11, 12)
    page = client.get(f"/tasks/periods/{october.period.pk}/").content.decode()
    assert "统一调整截止日期" in page
    assert "台风停工" in page  # in the period's own history


def test_a_body_added_after_the_day_is_given_another(october, sign_in, people, time_machine):
    form = october.period.forms.get(plan=october.district_plan)
    client, url = sign_in(people[Role.BUREAU_OFFICER]), f"/tasks/periods/{october.period.pk}/{form.pk}/add/"
    page = client.get(url).content.decode()
    assert "本期报送截止日期 2026-11-05 已过，请给该单位另定日期" in page
    assert 'value="2026-11-05"' not in page
    time_machine.move_to(at(4), tick=False)
    assert 'value="2026-11-05"' in sign_in(people[Role.BUREAU_OFFICER]).get(url).content.decode()


def test_the_bureau_excuses_and_adds_on_pages(october, sign_in, people):
    client = sign_in(people[Role.BUREAU_OFFICER])
    report = october.report(october.world.xiangzhou)
    client.post(f"/tasks/reports/{report.pk}/excuse/", {"reason": "机构调整"})
    client.post(
        f"/tasks/reports/{october.report(october.world.gaoxin).pk}/move/", {"due_on": "2026-11-12", "reason": "停电"}
    )
    form = october.period.forms.get(plan=october.district_plan)
    client.post(
        f"/tasks/periods/{october.period.pk}/{form.pk}/add/",
        {"body": october.world.labour.code, "due_on": "2026-11-12", "reason": "补充劳务情况"},
    )
    assert october.report(october.world.xiangzhou).excuse_reason == "机构调整"
    assert october.report(october.world.gaoxin).due_on == date(2026, 11, 12)
    added = october.report(october.world.labour)
    assert (added.state, added.due_on) == (ReportState.NOT_STARTED, date(2026, 11, 12))
    page = client.get(f"/tasks/periods/{october.period.pk}/").content.decode()
    assert "2 份另定日期，见下表" in page
    assert "免报原因" in client.get(f"/tasks/reports/{report.pk}/").content.decode()
