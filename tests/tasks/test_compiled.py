"""汇总表: exact sums, rates from sums, the annex's order, what each may see, and a constant number of queries."""

from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tasks import compiled, compiled_tables, formulas
from tasks.kinds import CellState, Source
from tasks.models import Entry, FigureCheck, Indicator, ProgressReport, ReportingPeriod
from tests import factories
from tests.tasks.closed import accepted, close
from tests.tasks.cycle import at
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import OrganisationKind


@pytest.fixture
def october(world, opened_month, people, time_machine):
    time_machine.move_to(at(9, 16), tick=False)
    made = opened_month
    accepted(made.report(world.xiangzhou), people)
    accepted(made.report(world.zhengan_team), people, by=people[Role.GROUP_MEMBER])
    return made


def table(made, user, **more):
    period = ReportingPeriod.objects.get(pk=made.period.pk)
    figures, _ = compiled.visible(period, user)
    return compiled_tables.build(period, figures, **more)


def row_of(found, indicator):
    return next(row for row in found.rows if row.indicator == indicator)


def texts(row):
    return [cell.text for cell in row.cells]


def test_counties_stand_in_the_annexs_order_and_add_up(october, people):
    cells = Entry.objects.filter(indicator=october.money)
    cells.filter(place=october.world.zhengan).update(value=Decimal("10.1"))
    cells.filter(place=october.world.wuchuan).update(value=Decimal("20.2"))
    found = table(october, people[Role.BUREAU_OFFICER], by="county")
    assert [column.label for column in found.columns] == ["正安县", "务川县", "道真县", "合计"]
    row = row_of(found, october.money)
    assert texts(row) == ["10.10", "20.20", "缺报", "30.30"]
    assert sum(cell.value or 0 for cell in row.cells[:-1]) == row.total.value == Decimal("30.3")
    assert row.remark == "缺报 1 项"


def test_districts_and_the_units_row_add_up_to_the_same(october, people):
    found = table(october, people[Role.BUREAU_OFFICER], by="district")
    assert [column.label for column in found.columns] == ["香洲区", "高新区", "合计"]
    assert texts(row_of(found, october.money)) == ["24.00", "缺报", "24.00"]
    assert texts(row_of(found, october.jobs)) == ["12", "缺报", "12"]


def test_a_disputed_cell_stays_out_and_is_told_with_its_amount(october, people):
    entry = october.cell(october.jobs, october.world.zhengan)
    line = FigureCheck.objects.get(entry=entry)  # asked since the report left its filer
    officer = people[Role.BUREAU_OFFICER]
    assert row_of(table(october, officer), october.jobs).remark == "未核对 1 项（12）、缺报 1 项"
    FigureCheck.objects.filter(pk=line.pk).update(state="disputed", other_value=10, reason="台账为10人")
    row = row_of(table(october, officer, by="county"), october.jobs)
    assert texts(row)[0] == "待核"
    assert row.total.value is None
    assert row.remark == "待核 1 项（12）、缺报 1 项"
    FigureCheck.objects.filter(pk=line.pk).update(state="settled", settled_value=11, settlement="以台账为准")
    assert row_of(table(october, officer), october.jobs).total.value == 11


def test_confirmed_zero_and_not_applicable_are_said(october, people):
    Entry.objects.filter(pk=october.cell(october.money, october.world.zhengan).pk).update(state="zero", value=0)
    Entry.objects.filter(pk=october.cell(october.money, october.world.wuchuan).pk).update(
        state=CellState.NOT_APPLICABLE, value=None, reason="无此项目"
    )
    row = row_of(table(october, people[Role.BUREAU_OFFICER], by="county"), october.money)
    assert texts(row) == ["0.00", "不适用", "缺报", "0.00"]


# --- computed figures ------------------------------------------------------------------------------------------------
def ground(figures, *, key=None, counties=8, months=10, more=None):
    named = {
        "FUND03": "FUND03-拨付 ÷ FUND01 × 100",
        "FUND04": "FUND04-支出 ÷ FUND01 × 100",
        "FUND06": "FUND04 − 已过月数 ÷ 12 × 100",
        "FUND01-县均": "FUND01 ÷ 协作县（市）数",
        "FUND08-万元": "FUND01（国家乡村振兴重点帮扶县合计）",
        "FUND08-占比": "FUND08-万元 ÷ FUND01 × 100",
        "LAB10": "LAB10-职校 + LAB10-技校",
    }
    return formulas.Ground(figures.get, (key or {}).get, counties, months, named)


@pytest.mark.parametrize(
    ("code", "figures", "wanted"),
    [
        ("FUND03", {"FUND03-拨付": Decimal(2), "FUND01": Decimal(3)}, "66.67"),
        ("FUND03", {"FUND03-拨付": Decimal("0.005"), "FUND01": Decimal(100)}, "0.01"),  # half up
        ("FUND03", {"FUND03-拨付": Decimal(2)}, None),
        ("FUND03", {"FUND03-拨付": Decimal(2), "FUND01": Decimal(0)}, None),
        ("FUND06", {"FUND04-支出": Decimal(80), "FUND01": Decimal(100)}, "-3.33"),
        ("FUND06", {"FUND04-支出": Decimal("83.335"), "FUND01": Decimal(100)}, "0.00"),
        ("FUND01-县均", {"FUND01": Decimal(100)}, "12.50"),
        ("FUND08-占比", {"FUND01": Decimal(90)}, "33.33"),
        ("LAB10", {"LAB10-职校": Decimal(3)}, "3.00"),
        ("LAB10", {}, None),
    ],
)
def test_rates_come_from_sums_and_are_rounded_once(code, figures, wanted):
    found = formulas.compute(code, 2, ground(figures, key={"FUND01": Decimal(30)}))
    assert (None if found is None else str(found)) == wanted


def test_rounding_is_half_up_on_both_sides_of_zero():
    assert formulas.to_decimal(Fraction(-5, 1000), 2) == Decimal("-0.01")
    assert formulas.to_decimal(Fraction(1, 3), 4) == Decimal("0.3333")
    assert formulas.to_decimal(Fraction(10**15 + 1, 2), 0) == Decimal(5 * 10**14 + 1)


def test_every_formula_of_the_catalogue_is_understood(whole_policy):
    computed = Indicator.objects.filter(source=Source.COMPUTED).exclude(formula__startswith="结对关系")
    named = {row.code: row.formula for row in computed}
    codes = set(Indicator.objects.values_list("code", flat=True))
    one = formulas.Ground(
        lambda code: Decimal(1) if code in codes else None, lambda code: Decimal(1), 8, 12, formulas=named
    )
    assert len(named) == 12
    for code, formula in named.items():
        assert formulas.compute(code, 2, one) is not None, formula


def test_a_rate_of_the_total_is_not_the_mean_of_the_counties_rates(october, people):
    spent = factories.indicator("T-FUND04", "支出", family="FUND", unit="万元", decimals=2)
    rate = Indicator.objects.create(
        code="T-RATE",
        name="支出率",
        family="FUND",
        unit="%",
        decimals=2,
        flow="stock",
        source=Source.COMPUTED,
        formula="T-LAB05 ÷ T-FUND01 × 100",
    )
    assert spent.pk
    world = october.world
    filed = {"state": "accepted", "filed_on": at(4).date(), "filed_at": at(4)}
    ProgressReport.objects.filter(filer__in=[world.gaoxin, world.daozhen_team]).update(**filed)
    for place, below, above in ((world.zhengan, 100, 50), (world.daozhen, 300, 30), (world.wuchuan, 900, 0)):
        cells = Entry.objects.filter(place=place)
        cells.filter(indicator=october.money).update(value=below, state="value")
        cells.filter(indicator=october.jobs_poor).update(value=above, state="value")
    row = row_of(table(october, people[Role.BUREAU_OFFICER], by="county"), rate)
    assert [cell.text for cell in row.cells] == ["50.00", "—", "10.00", "20.00"]  # 80 of 400: 务川 says but one part
    assert row.remark == "未核对 1 项"


def test_what_is_missing_is_no_zero_in_a_rate(october, people):
    """正安 alone says both: the districts' money of others, and the teams' figures of others, stay out of the rate."""
    rate = Indicator.objects.create(
        code="T-RATE",
        name="支出率",
        family="FUND",
        unit="%",
        decimals=2,
        flow="stock",
        source=Source.COMPUTED,
        formula="T-LAB05 ÷ T-FUND01 × 100",
    )
    Entry.objects.filter(indicator=october.money, place=october.world.zhengan).update(value=100)
    Entry.objects.filter(indicator=october.money, place=october.world.wuchuan).update(value=300)
    Entry.objects.filter(indicator=october.jobs_poor, place=october.world.zhengan).update(value=50)
    row = row_of(table(october, people[Role.BUREAU_OFFICER], by="county"), rate)
    assert row.total.text == "50.00"
    assert row.remark == "未核对 1 项、缺报 2 项"
    Entry.objects.filter(indicator=october.jobs_poor).update(state="missing", value=None)
    assert not [row for row in table(october, people[Role.BUREAU_OFFICER]).rows if row.indicator == rate]


# --- pages -----------------------------------------------------------------------------------------------------------
def test_each_sees_totals_of_his_own_reach(october, people):
    county = table(october, people[Role.COUNTY_OFFICER], by="county")
    assert [column.label for column in county.columns] == ["正安县", "合计"]
    district = table(october, people[Role.DISTRICT_OFFICER], by="county")
    assert [column.label for column in district.columns] == ["正安县", "务川县", "合计"]


@pytest.mark.parametrize("by", compiled_tables.BY)
def test_pages_draw_and_are_taken_away(october, sign_in, people, by):
    client = sign_in(people[Role.BUREAU_OFFICER])
    url = f"/tasks/periods/{october.period.pk}/figures/?by={by}"
    page = client.get(url).content.decode()
    assert "未定稿" in page
    assert "财政援助资金到位" in page
    answer = client.get(f"{url}&export=xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert "未定稿，截至 2026-11-09 16:00" in rows[1][0]
    row = next(row for row in rows if "财政援助资金到位" in row)
    assert row[3] == "万元"
    assert 24 in row
    assert row[-1] == "缺报 1 项"


def test_a_closed_period_says_which_version_it_uses(october, sign_in, people):
    close(october.period, people)
    client = sign_in(people[Role.DISTRICT_OFFICER])
    for url in ("", "figures/", f"figures/{october.money.code}/"):
        assert "定稿数（第1版）" in client.get(f"/tasks/periods/{october.period.pk}/{url}").content.decode()


def test_a_number_opens_to_its_cells_and_reports(october, sign_in, people):
    page = sign_in(people[Role.BUREAU_OFFICER]).get(f"/tasks/periods/{october.period.pk}/figures/T-FUND01/")
    text = page.content.decode()
    assert october.report(october.world.xiangzhou).get_absolute_url() in text
    assert [cell["state"] for cell in page.context["cells"]] == ["数值", "数值", "缺报"]
    text = sign_in(people[Role.COUNTY_OFFICER]).get(f"/tasks/periods/{october.period.pk}/figures/T-FUND01/")
    assert "不在您的查阅范围" in text.content.decode()


def test_the_three_bureau_steps_run_on_pages(october, sign_in, people):
    url = f"/tasks/periods/{october.period.pk}/step"
    for step, role in (("propose", Role.BUREAU_OFFICER), ("check", Role.BUREAU_HEAD), ("approve", Role.BUREAU_LEADER)):
        client = sign_in(people[role])
        assert "缺报" in client.get(f"{url}/{step}/").content.decode()
        assert client.post(f"{url}/{step}/").status_code == 302
    assert ReportingPeriod.objects.get(pk=october.period.pk).closed
    client = sign_in(people[Role.BUREAU_OFFICER])
    assert client.post(f"/tasks/periods/{october.period.pk}/sent-up/", {"on": "2026-11-09"}).status_code == 302
    assert "已上报省" in client.get(f"/tasks/periods/{october.period.pk}/").content.decode()
    assert client.get(f"{url}/nothing/").status_code == 404


@pytest.mark.parametrize("by", compiled_tables.BY)
def test_queries_do_not_grow_with_counties(
    october, people, django_assert_num_queries, django_assert_max_num_queries, by
):
    user = people[Role.BUREAU_OFFICER]
    table(october, user, by=by)
    with django_assert_max_num_queries(14) as few:
        table(october, user, by=by)
    entry = october.cell(october.money, october.world.zhengan)
    for number in range(20):
        county = factories.place(OrganisationKind.COUNTY, f"试{number}县", parent=october.world.zunyi)
        Entry.objects.create(
            section=entry.section,
            item=entry.item,
            period=entry.period,
            indicator=entry.indicator,
            place=county,
            state="value",
            value=1,
        )
    with django_assert_num_queries(len(few.captured_queries)):
        assert len(table(october, user, by="county" if by == "county" else by).rows)
