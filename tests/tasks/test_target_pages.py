"""Pages of targets: an indicator with its changes, the grid with its course and its file, an agreement's promises."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pairing import agreements
from tasks import target_tables
from tasks.kinds import Course
from tests import factories
from tests.tasks.test_targets import NOW, act, drafted, put, signed
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import OrganisationKind


@pytest.fixture
def jobs(world, time_machine):
    time_machine.move_to(NOW, tick=False)
    return factories.indicator("T-LAB01", "帮助农村劳动力就业")


@pytest.fixture
def agreement(world, people, jobs):
    """Signed, with the city's, a county's and a district's figure."""
    made = drafted(world, people)
    put(made, jobs, people, {world.zunyi: Decimal(1200), world.zhengan: Decimal(300), world.xiangzhou: Decimal(700)})
    return signed(made, people)


def test_an_indicators_page_shows_each_place_and_every_change(agreement, world, people, jobs, sign_in):
    put(agreement, jobs, people, {world.zunyi: Decimal(1300)}, reason="追加任务")
    stages = {"6": "50", "9": "90"}
    put(agreement, jobs, people, {world.zhengan: Decimal(300)}, course=Course.STAGES, stages=stages, reason="县里农忙")
    page = sign_in(people[Role.COUNTY_OFFICER]).get("/tasks/targets/of/T-LAB01/")
    rows = {row["place"]: (row["value"], row["course"], row["expected"]) for row in page.context["rows"]}
    assert rows["遵义市"] == ("1,300", "按序时进度", "1,083")
    assert rows["正安县"] == ("300", "分阶段（6月 50%、9月 90%）", "270")
    assert rows["香洲区"] == ("700", "按序时进度", "583")
    newest, second, first = page.context["changes"]
    assert sorted(newest["what"]) == ["正安县 300（不变）", "进度安排 按序时进度 → 分阶段（6月 50%、9月 90%）"]
    assert (second["what"], second["why"]) == (["遵义市 1,200 → 1,300"], "追加任务")
    assert sorted(first["what"]) == ["正安县 300", "进度安排 按序时进度", "遵义市 1,200", "香洲区 700"]
    text = page.content.decode()
    for words in ("追加任务", people[Role.BUREAU_OFFICER].name, "2026年协作协议"):
        assert words in text


def test_one_course_for_all_is_said_once(agreement, people, jobs, sign_in):
    page = sign_in(people[Role.LEADER]).get("/tasks/targets/of/T-LAB01/")
    assert page.context["course"] == "按序时进度"
    form = sign_in(people[Role.BUREAU_OFFICER]).get(f"/tasks/targets/{agreement.pk}/T-LAB01/").content.decode()
    assert 'value="1200"' in form


def test_until_the_years_agreement_is_signed_last_years_is_shown_as_provisional(agreement, people, jobs, sign_in):
    page = sign_in(people[Role.LEADER]).get("/tasks/targets/of/T-LAB01/?year=2027")
    assert page.context["rows"][0]["value"] == "1,200（暂按上年）"
    grid = sign_in(people[Role.LEADER]).get("/tasks/targets/?year=2027")
    (line,) = grid.context["lines"]
    assert (line.provisional, line.city, line.expected) == (True, "1,200", "—")
    assert "暂按上年" in grid.content.decode()
    assert sign_in(people[Role.LEADER]).get("/tasks/targets/of/T-LAB01/?year=2028").context["rows"] == []


def test_the_grid_says_the_course_and_is_taken_away(agreement, people, jobs, sign_in):
    client = sign_in(people[Role.DISTRICT_OFFICER])
    text = client.get("/tasks/targets/").content.decode()
    for words in ("按序时进度", "截至10月应达", "1,000", "/tasks/targets/of/T-LAB01/?year=2026"):
        assert words in text
    answer = client.get("/tasks/targets/?by=county&export=xlsx")
    rows = [list(row) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]
    assert rows[0][0] == "2026年度目标（分县（市））"
    assert "截至10月" in rows[1][0]
    assert rows[2][:8] == ["指标编码", "指标", "单位", "进度安排", "应达", "市级目标", "各地合计", "相差"]
    assert rows[3][3:9] == ["按序时进度", 1000, 1200, 300, 900, 300]


def test_an_agreement_shows_what_it_promises(agreement, people, sign_in):
    text = sign_in(people[Role.UNIT_OFFICER]).get(agreement.get_absolute_url()).content.decode()
    assert "遵义市 1,200" in text
    assert "正安县 300" in text
    assert "/tasks/targets/of/T-LAB01/?year=2026" in text
    assert "设置目标" not in text
    assert "指标：帮助农村劳动力就业" in text
    text = sign_in(people[Role.BUREAU_OFFICER]).get(agreement.get_absolute_url()).content.decode()
    assert f"/tasks/targets/{agreement.pk}/" in text
    agreements.revise(agreement, reason="灾情", title="修订", **act(people))
    assert "修订协议：" in sign_in(people[Role.LEADER]).get(agreement.get_absolute_url()).content.decode()


def test_pages_of_targets_ask_the_same_however_many_counties(agreement, world, people, jobs, django_assert_num_queries):
    def ask():
        target_tables.build(2026, "county", date(2026, 11, 9))
        target_tables.of_indicator(jobs, 2026, date(2026, 11, 9))
        target_tables.of_agreement(agreement, people[Role.LEADER])

    ask()  # kinds of records are looked up once
    with CaptureQueriesContext(connection) as few:
        ask()
    counties = [factories.place(OrganisationKind.COUNTY, f"试{number}县", parent=world.zunyi) for number in range(77)]
    put(agreement, jobs, people, dict.fromkeys(counties, Decimal(9)), reason="追加")
    with django_assert_num_queries(len(few)):
        ask()
