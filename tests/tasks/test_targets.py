"""Agreements and yearly targets: what holds, since when, on which course; and that a signed floor is never lowered."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pairing import agreements
from pairing.models import Agreement
from tasks import compiled, compiled_tables, target_tables, targets
from tasks.kinds import Course
from tasks.models import Target
from tasks.services.targets import set_row
from tests import factories
from tests.tasks import cycle
from tests.tasks.closed import accepted
from tests.tasks.cycle import at
from tests.tasks.filed import PDF
from tests.tasks.test_compiled import row_of
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import DomainError, Refused

NOW = at(9)


@pytest.fixture
def jobs(world):
    return factories.indicator("T-LAB01", "帮助农村劳动力就业")


def act(people, role=Role.BUREAU_OFFICER, now=NOW):
    return {"actor": people[role], "now": now}


def drafted(world, people, year=2026):
    facts = {"level": "city", "east": world.zhuhai, "west": world.zunyi, "year": year, "title": f"{year}年协作协议"}
    return agreements.add(**facts, **act(people))


def signed(agreement, people, on=date(2026, 3, 1)):
    agreements.attach_scan(agreement, data=PDF, filename="协议.pdf", **act(people))
    return agreements.sign(agreement, signed_on=on, number="珠遵协〔2026〕1号", **act(people))


def put(agreement, indicator, people, values, course=Course.EVEN, stages=None, reason=""):
    facts = {"values": values, "course": course, "stages": stages or {}, "reason": reason}
    return set_row(agreement, indicator, **facts, **act(people))


def value_of(indicator, place, year=2026):
    aim = targets.in_force(year).get((indicator.pk, place.pk))
    return (aim.value, aim.provisional) if aim else None


def test_an_agreement_is_signed_with_its_scan(world, people):
    agreement = drafted(world, people)
    with pytest.raises(DomainError, match="请先上传协议扫描件"):
        agreements.sign(agreement, signed_on=date(2026, 3, 1), number="", **act(people))
    with pytest.raises(DomainError, match="不能晚于今天"):
        agreements.sign(agreement, signed_on=date(2026, 12, 1), number="", **act(people))
    assert signed(agreement, people).state == "signed"
    assert Event.objects.filter(action="agreement.sign").count() == 1
    with pytest.raises(DomainError, match="已有协议"):
        drafted(world, people)


@pytest.mark.parametrize("role", [Role.BUREAU_HEAD, Role.DISTRICT_OFFICER, Role.LEADER, Role.COUNTY_OFFICER])
def test_only_the_bureaus_officer_edits(world, people, jobs, role):
    agreement = drafted(world, people)
    with pytest.raises(Refused):
        agreements.revise(agreement, reason="x", title="y", **act(people, role))
    with pytest.raises(Refused):
        set_row(agreement, jobs, values={}, course="even", stages={}, reason="", **act(people, role))


def test_last_years_targets_hold_until_this_years_are_signed(world, people, jobs):
    old = signed(drafted(world, people, 2025), people, on=date(2025, 3, 1))
    put(old, jobs, people, {world.zunyi: Decimal(1000)}, reason="补录")
    new = drafted(world, people)
    put(new, jobs, people, {world.zunyi: Decimal(1200)})
    assert value_of(jobs, world.zunyi) == (1000, True)
    signed(new, people)
    assert value_of(jobs, world.zunyi) == (1200, False)


def test_a_signed_floor_is_lowered_only_by_a_revising_document(world, people, jobs):
    agreement = drafted(world, people)
    put(agreement, jobs, people, {world.zunyi: Decimal(1200)})
    put(agreement, jobs, people, {world.zunyi: Decimal(1000)})  # a draft may be changed
    agreement = signed(agreement, people)
    for lower in (Decimal(999), None):
        with pytest.raises(DomainError, match="不得低于协议数 1000"):
            put(agreement, jobs, people, {world.zunyi: lower}, reason="调整")
    with pytest.raises(DomainError, match="请填写原因"):
        put(agreement, jobs, people, {world.zunyi: Decimal(1100)})
    put(agreement, jobs, people, {world.zunyi: Decimal(1100)}, reason="追加任务")
    new = agreements.revise(agreement, reason="灾情调整", title="2026年协作协议（修订）", **act(people))
    assert new.targets.get().value == 1100
    put(new, jobs, people, {world.zunyi: Decimal(800)})
    assert value_of(jobs, world.zunyi) == (1100, False)
    signed(new, people, on=date(2026, 8, 1))
    assert value_of(jobs, world.zunyi) == (800, False)
    assert Agreement.objects.get(pk=agreement.pk).state == "revised"
    with pytest.raises(DomainError, match="协议已修订"):
        put(agreement, jobs, people, {world.zunyi: Decimal(2000)}, reason="x")
    assert Target.history.filter(agreement_id=agreement.pk).count() == 3


@pytest.mark.parametrize(
    ("course", "stages", "month", "wanted"),
    [
        (Course.EVEN, {}, 10, "833.3333"),
        (Course.EVEN, {}, 12, "1000.0000"),
        (Course.STAGES, {"3": "10", "6": "25"}, 2, "0.0000"),
        (Course.STAGES, {"3": "10", "6": "25"}, 7, "250.0000"),
        (Course.STAGES, {"3": "10", "6": "25"}, 12, "1000.0000"),
        (Course.YEAR_END, {}, 11, None),
        (Course.YEAR_END, {}, 12, "1000.0000"),
    ],
)
def test_what_the_course_expects(course, stages, month, wanted):
    found = targets.Aim(Decimal(1000), course, stages, provisional=False).expected(month)
    assert (None if found is None else str(found)) == wanted


def test_stages_grow(world, people, jobs):
    agreement = drafted(world, people)
    for stages, words in (
        ({}, "请填写各阶段累计百分比"),
        ({"3": "9", "10": "8"}, "不能小于前一阶段"),
        ({"3": "101"}, "不能超过 100"),
    ):
        with pytest.raises(DomainError, match=words):
            put(agreement, jobs, people, {world.zunyi: Decimal(9)}, course=Course.STAGES, stages=stages)


def test_the_counties_sum_stands_beside_the_citys_figure(world, people, jobs):
    agreement = drafted(world, people)
    put(agreement, jobs, people, {world.zunyi: Decimal(1000), world.zhengan: Decimal(300), world.daozhen: Decimal(650)})
    signed(agreement, people)
    heads, (line,) = target_tables.build(2026, "county", NOW.date())
    assert heads == ["正安县", "务川县", "道真县"]
    assert (line.city, line.total, line.difference) == ("1,000", "950", "50")
    assert line.cells == ["300", "—", "650"]


def test_totals_stand_against_target_and_course(world, people, time_machine, sign_in):
    time_machine.move_to(NOW, tick=False)
    made = cycle.month(world)
    accepted(made.report(world.xiangzhou), people)
    agreement = drafted(world, people)
    put(agreement, made.money, people, {world.zunyi: Decimal(96)})
    signed(agreement, people)
    client = sign_in(people[Role.BUREAU_OFFICER])
    table = client.get(f"/tasks/periods/{made.period.pk}/figures/").context["table"]
    assert row_of(table, made.money).aim == ["96.00", "25.00", "80.00", "-56.00"]
    district = sign_in(people[Role.DISTRICT_OFFICER]).get(f"/tasks/periods/{made.period.pk}/figures/")
    assert not district.context["table"].with_targets


def test_each_place_stands_against_its_own_target(world, people, time_machine, sign_in):
    """Counties, districts, and the total of a district or county against that one's own target."""
    time_machine.move_to(NOW, tick=False)
    made = cycle.month(world)
    accepted(made.report(world.xiangzhou), people)
    agreement = drafted(world, people)
    values = {world.zunyi: Decimal(96), world.zhengan: Decimal(48), world.xiangzhou: Decimal(60)}
    put(agreement, made.money, people, values, course=Course.STAGES, stages={"6": "10", "9": "50"})
    signed(agreement, people)
    url = f"/tasks/periods/{made.period.pk}/figures/"

    def lines(role, by):
        table = sign_in(people[role]).get(f"{url}?by={by}&measure=aim").context["table"]
        return [column.label for column in table.columns], dict(row_of(table, made.money).lines)

    heads, found = lines(Role.BUREAU_OFFICER, "county")
    assert heads == ["正安县", "务川县", "道真县", "合计"]
    assert found["完成数"] == ["12.00", "12.00", "缺报", "24.00"]
    assert found["年度目标"] == ["48.00", "—", "—", "96.00"]
    assert found["占目标（%）"] == ["25.00", "—", "—", "25.00"]
    assert found["按进度应达"] == ["24.00", "—", "—", "48.00"]
    assert found["与应达相差"] == ["-12.00", "—", "—", "-24.00"]
    heads, found = lines(Role.LEADER, "district")
    assert found["年度目标"] == ["60.00", "—", "96.00"]
    heads, found = lines(Role.DISTRICT_OFFICER, "county")
    assert (heads[-1], found["年度目标"]) == ("合计", ["48.00", "—", "60.00"])
    heads, found = lines(Role.COUNTY_OFFICER, "county")
    assert found["年度目标"] == ["48.00", "48.00"]
    answer = sign_in(people[Role.BUREAU_OFFICER]).get(f"{url}?by=county&measure=aim&export=xlsx")
    rows = [list(row) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]
    assert "口径：对照年度目标" in rows[1][0]
    mine = [row for row in rows if row[1] == "T-FUND01"]
    assert {row[4] for row in mine} == {"分阶段"}
    assert [row[5] for row in mine] == ["完成数", *targets.HEADS]
    assert mine[1][6:10] == [48, "—", "—", 96]


def test_last_years_target_is_shown_as_provisional_in_the_tables(world, people, time_machine, sign_in):
    time_machine.move_to(NOW, tick=False)
    made = cycle.month(world)
    accepted(made.report(world.xiangzhou), people)
    last = drafted(world, people, year=2025)
    put(last, made.money, people, {world.zunyi: Decimal(80)})
    signed(last, people, on=date(2025, 3, 1))
    put(drafted(world, people), made.money, people, {world.zunyi: Decimal(96)})  # not signed yet
    page = sign_in(people[Role.BUREAU_OFFICER]).get(f"/tasks/periods/{made.period.pk}/figures/")
    assert row_of(page.context["table"], made.money).aim[0] == "80.00（暂按上年）"
    assert "本年协议尚未签订" in page.content.decode()


@pytest.mark.parametrize("look", compiled_tables.LOOKS)
def test_targets_in_the_tables_ask_the_same_however_many(world, people, look, django_assert_num_queries):
    made = cycle.month(world)
    accepted(made.report(world.xiangzhou), people)
    agreement = drafted(world, people)
    signed(agreement, people)
    figures, _ = compiled.visible(made.period, people[Role.BUREAU_OFFICER])

    def build():
        return compiled_tables.build(made.period, figures, by="county", look=look, whose=world.zunyi)

    with CaptureQueriesContext(connection) as few:
        build()
    for indicator in (made.money, made.jobs):
        put(agreement, indicator, people, dict.fromkeys((world.zunyi, world.zhengan), Decimal(9)), reason="追加")
    with django_assert_num_queries(len(few)):
        assert build().rows


def test_pages_of_agreement_and_targets(world, people, jobs, sign_in, time_machine):
    time_machine.move_to(NOW, tick=False)
    client = sign_in(people[Role.BUREAU_OFFICER])
    facts = {"level": "city", "east": world.zhuhai.pk, "west": world.zunyi.pk, "year": 2026, "title": "2026年协议"}
    page = client.post("/pairing/agreements/new/", facts).url
    assert "2026年协议" in client.get("/pairing/agreements/").content.decode()
    agreement = Agreement.objects.get()
    url = client.post(f"/tasks/targets/{agreement.pk}/", {"indicator": jobs.pk}).url
    assert "遵义市" in client.get(url).content.decode()
    bad = client.post(url, {f"place_{world.zunyi.pk}": "1000", "course": "stages", "stages": "三月"})
    assert "看不懂" in bad.content.decode()
    given = {f"place_{world.zunyi.pk}": "1000", "course": "stages", "stages": "3:10 6：25"}
    assert client.post(url, given).status_code == 302
    assert Target.objects.get().stages == {"3": "10", "6": "25"}
    assert "尚未签订" in client.get(page).content.decode()
    signed(agreement, people)
    assert "1,000" in client.get("/tasks/targets/").content.decode()
    assert "登记修订协议" in client.get(page).content.decode()
    reader = sign_in(people[Role.COUNTY_OFFICER])
    assert "1,000" in reader.get("/tasks/targets/?by=district").content.decode()
