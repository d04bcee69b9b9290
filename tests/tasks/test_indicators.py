"""指标目录, and the figures that are computed from the pairings now."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from pairing.kinds import PairingKind
from tasks.computed import COUNTS, figures, parts_of
from tasks.models import IndicatorDefinition
from tasks.rows import rows_behind
from tests import factories
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import OrganisationKind

DAY = date(2022, 3, 15)


@pytest.fixture
def schools(world):
    """One eastern school helps two western ones; one western school has two helpers; one pairing has ended."""
    kind = OrganisationKind.SCHOOL
    east = [factories.organisation(kind, f"东校{n}", parent=world.xiangzhou) for n in range(2)]
    west = [factories.organisation(kind, f"西校{n}", parent=world.zhengan) for n in range(3)]
    for one, other in ((east[0], west[0]), (east[0], west[1]), (east[1], west[1])):
        factories.pairing(PairingKind.SCHOOL, one, other)
    factories.pairing(PairingKind.SCHOOL, east[1], west[2], valid_to=date(2022, 3, 14))
    return east, west


def test_both_sides_of_a_many_to_many_pairing_are_counted_separately(world, people, schools):
    found = figures(people[Role.BUREAU_OFFICER], DAY)
    assert (found["PAIR06"], found["PAIR06-东"], found["PAIR06-西"]) == (3, 2, 2)
    assert figures(people[Role.BUREAU_OFFICER], date(2022, 3, 14))["PAIR06"] == 4
    assert found["PAIR01"] == 3
    assert found["PAIR02"] == 2
    assert found["PAIR07"] == 0


def test_a_figure_counts_only_what_its_reader_may_see(world, people, strangers, schools):
    assert figures(people[Role.DISTRICT_OFFICER], DAY)["PAIR06"] == 3
    assert figures(strangers["district_officer"], DAY)["PAIR06"] == 0
    assert figures(people[Role.COUNTY_OFFICER], DAY)["PAIR01"] == 1
    assert figures(people[Role.SECURITY_ADMIN], DAY)["PAIR01"] == 0


def test_social_bodies_and_enterprises_are_told_apart(world, people):
    enterprise = factories.organisation(OrganisationKind.ENTERPRISE, "某企业")
    society = factories.organisation(OrganisationKind.SOCIAL_BODY, "某协会")
    factories.pairing(PairingKind.ENTERPRISE_VILLAGE, enterprise, world.zhengan_village)
    factories.pairing(PairingKind.SOCIAL_VILLAGE, enterprise, world.zhengan_village)
    factories.pairing(PairingKind.SOCIAL_TOWN, society, world.zhengan_town)
    factories.pairing(PairingKind.SOCIAL_TOWN, society, world.daozhen_town)
    found = figures(people[Role.LEADER], DAY)
    assert (found["PAIR04"], found["PAIR04-企业"]) == (1, 1)
    assert (found["PAIR05"], found["PAIR05-社会组织"]) == (3, 1)


def test_all_figures_are_one_query(world, people, schools, django_assert_num_queries):
    user = people[Role.BUREAU_OFFICER]
    assert user.acting
    with django_assert_num_queries(1):
        figures(user, DAY)


@pytest.mark.parametrize("code", sorted(COUNTS))
def test_every_computed_figure_leads_to_its_rows(code, world, people, sign_in):
    for _, address in rows_behind(code):
        assert sign_in(people[Role.BUREAU_OFFICER]).get(address).status_code == 200


def test_the_rows_behind_a_figure_are_as_many_as_it_says(world, people, schools, sign_in):
    ((_, address),) = rows_behind("PAIR06")
    rows = sign_in(people[Role.BUREAU_OFFICER]).get(address).context["shown"]
    assert rows == figures(people[Role.BUREAU_OFFICER], date(2026, 11, 23))["PAIR06"]


@pytest.mark.parametrize(
    ("formula", "codes"),
    [
        ("FUND03-拨付 ÷ FUND01 × 100", ["FUND03-拨付", "FUND01"]),
        ("SOC02 + SOC01-捐物", ["SOC02", "SOC01-捐物"]),
        ("结对关系：区县结对的对数", []),
    ],
)
def test_a_formula_names_its_parts_by_their_whole_code(formula, codes):
    known = ["FUND01", "FUND03", "FUND03-拨付", "SOC01", "SOC02", "SOC01-捐物"]
    assert parts_of(formula, known) == codes
    assert parts_of(formula, []) == []


@pytest.fixture
def catalogue(policy):
    total = factories.indicator("LAB01", "帮助就业", area=policy.areas[1], position=1)
    factories.indicator("LAB05", "其中脱贫劳动力", area=policy.areas[1], parent=total, position=2)
    factories.indicator("FUND01", "资金到位", family="FUND", unit="万元", decimals=2, position=3)
    factories.indicator("FUND03-拨付", "资金拨付", family="FUND", unit="万元", position=4)
    rate = {"family": "FUND", "unit": "%", "source": "computed", "formula": "FUND03-拨付 ÷ FUND01 × 100"}
    factories.indicator("FUND03", "资金拨付率", position=5, **rate)
    pair = {"family": "PAIR", "unit": "对", "source": "computed", "formula": "结对关系：区县结对的对数"}
    factories.indicator("PAIR01", "县县结对", position=6, **pair)
    factories.indicator("TAL01-东→西", "党政挂职", family="TAL", direction="ew", active=False, position=7)
    return total


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("family=FUND", ["FUND01", "FUND03-拨付", "FUND03"]),
        ("source=computed", ["FUND03", "PAIR01"]),
        ("direction=ew", ["TAL01-东→西"]),
        ("parent=lab01", ["LAB05"]),
        ("active=0", ["TAL01-东→西"]),
        ("text=脱贫", ["LAB05"]),
        ("family=LAB&direction=none&text=LAB0", ["T-2021-LAB01", "LAB01", "LAB05"]),
        ("flow=stock", []),
    ],
)
def test_the_catalogue_is_filtered(query, codes, catalogue, people, sign_in):
    response = sign_in(people[Role.UNIT_OFFICER]).get(f"/tasks/indicators/?{query}")
    assert [row.record.code for row in response.context["table"].rows] == codes


def test_each_column_says_what_it_should(catalogue, people, sign_in):
    file = sign_in(people[Role.UNIT_OFFICER]).get("/tasks/indicators/?export=csv&text=LAB05")
    head, row = file.content.decode("utf-8-sig").splitlines()
    assert head == "编码,指标,类别,任务领域,单位,口径,方向,合计项,来源,指标解释,当前值"
    assert row == ("LAB05,其中脱贫劳动力,劳务协作,劳务协作,人,本年累计,不分方向,LAB01,填报,其中脱贫劳动力的人数。,")


def test_the_catalogue_asks_the_same_number_of_queries_however_many_rows(catalogue, people, sign_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = sign_in(people[Role.BUREAU_OFFICER]), []
    for start in (0, 10):
        for n in range(start, start + 3):
            factories.indicator(f"SOC{n}", f"指标{n}", area=catalogue.area, parent=catalogue)
        with CaptureQueriesContext(connection) as found:
            client.get("/tasks/indicators/")
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_a_rate_shows_its_formula_and_its_parts(catalogue, people, sign_in):
    response = sign_in(people[Role.BUREAU_OFFICER]).get("/tasks/indicators/FUND03/")
    assert [part.code for part in response.context["formula_parts"]] == ["FUND03-拨付", "FUND01"]
    assert "FUND03-拨付 ÷ FUND01 × 100" in strip_tags(response.content.decode())


def test_a_computed_figure_shows_its_day_and_its_rows(catalogue, people, sign_in):
    response = sign_in(people[Role.BUREAU_OFFICER]).get("/tasks/indicators/PAIR01/")
    assert response.context["figure"] == "3"
    page = response.content.decode()
    assert reverse("pairing:table") in page
    assert "由结对关系实时计算" in page


def test_definitions_are_kept_over_time(catalogue, people, sign_in):
    IndicatorDefinition.objects.filter(indicator=catalogue).update(valid_to=date(2022, 12, 31))
    IndicatorDefinition.objects.create(indicator=catalogue, text="新口径", valid_from=date(2023, 1, 1))
    response = sign_in(people[Role.BUREAU_OFFICER]).get("/tasks/indicators/LAB01/")
    assert [row.text for row in response.context["definitions"]] == ["新口径", "帮助就业的人数。"]


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_who_has_no_business_here_reads_the_reason(role, catalogue, people, sign_in):
    for path in ("/tasks/indicators/", "/tasks/indicators/LAB01/", "/tasks/indicators/none/"):
        response = sign_in(people[role]).get(path)
        assert response.status_code == 403
        assert "“查看指标”由" in response.content.decode()


def test_an_indicator_that_is_not_there_is_404(catalogue, people, sign_in):
    assert sign_in(people[Role.LEADER]).get("/tasks/indicators/none/").status_code == 404
