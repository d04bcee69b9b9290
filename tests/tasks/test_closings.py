"""汇总和定稿: whose step is next, the list of periods, the workbench's cards, and earlier versions."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks import closings
from tasks.models import Correction, ReportingPeriod
from tasks.services import closing, corrections
from tests.tasks import cycle
from tests.tasks.closed import CLOSED, accepted, close
from tests.tasks.cycle import at
from tests.tasks.filed import PDF, filed
from zhuzun.accounts.roles import Role
from zhuzun.home import cards
from zhuzun.notices.models import Message

DAY = date(2026, 11, 9)
AT = cards.Moment(at(9), DAY)


@pytest.fixture
def october(opened_month):
    return opened_month


def drawn(user):
    """{title: number} of the cards with something in them."""
    return {one.card.title: one.count for block in cards.drawn_for(user, AT) for one in block.cards}


def next_of(people, day=DAY):
    """The roles whose step is next."""
    return {role for role, user in people.items() if closings.periods_for(user, day).exists()}


def test_whose_step_is_next(october, people):
    officer, head, leader = (people[role] for role in (Role.BUREAU_OFFICER, Role.BUREAU_HEAD, Role.BUREAU_LEADER))
    period = october.period
    assert next_of(people, date(2026, 11, 5)) == set()  # the due day is not over
    assert next_of(people) == {Role.BUREAU_OFFICER}
    assert drawn(officer)["可拟定稿的报告期"] == 1
    filed(october.report(october.world.xiangzhou), by=people[Role.DISTRICT_OFFICER])
    assert next_of(people) == set()  # it waits at the bureau
    period.refresh_from_db()
    type(october.report(october.world.xiangzhou)).objects.filter(period=period, state="review").update(state="accepted")
    period = closing.propose(period, actor=officer, now=CLOSED)
    assert next_of(people) == {Role.BUREAU_HEAD}
    assert drawn(head)["待审核的汇总数据"] == 1
    period = closing.check(period, actor=head, now=CLOSED)
    assert next_of(people) == {Role.BUREAU_LEADER}
    assert drawn(leader)["待审定的汇总数据"] == 1
    closing.approve(period, actor=leader, now=CLOSED)
    assert next_of(people) == set()  # this plan names no date upward


def test_what_goes_up_waits_to_be_recorded(october, people):
    october.period.forms.update(up_on=date(2026, 11, 10))
    close(october.period, people)
    assert next_of(people) == {Role.BUREAU_OFFICER}
    assert drawn(people[Role.BUREAU_OFFICER])["已定稿待登记上报的报告期"] == 1
    closing.send_up(october.period, on=DAY, actor=people[Role.BUREAU_OFFICER], now=CLOSED)
    assert next_of(people) == set()


@pytest.fixture
def asked(october, people):
    """A correction that 香洲区 has asked for."""
    accepted(october.report(october.world.xiangzhou), people)
    close(october.period, people)
    cell = october.cell(october.money, october.world.zhengan)
    return corrections.ask(cell, typed="15", reason="补报", actor=people[Role.DISTRICT_OFFICER], now=at(12))


def test_a_correction_waits_for_its_own_leader_and_then_for_the_bureaus(asked, people):
    waits = {role for role, user in people.items() if closings.corrections_for(user).exists()}
    assert waits == {Role.DISTRICT_OFFICER, Role.DISTRICT_LEADER}
    assert drawn(people[Role.DISTRICT_LEADER])["待我审签的更正申请"] == 1
    assert drawn(people[Role.DISTRICT_OFFICER])["本单位待审签的更正申请"] == 1
    corrections.sign(asked, actor=people[Role.DISTRICT_LEADER], now=at(13))
    waits = {role for role, user in people.items() if closings.corrections_for(user).exists()}
    assert waits == {Role.BUREAU_LEADER}
    assert drawn(people[Role.BUREAU_LEADER])["待审定的更正"] == 1
    told = Message.objects.filter(kind="correction").latest("created_at")
    assert "更正申请待审定：香洲区，正安县 财政援助资金到位" in told.title
    assert "更正为 15" in told.text


def test_cards_lead_to_the_rows_they_count(asked, people, sign_in, time_machine):
    time_machine.move_to(at(13), tick=False)
    client = sign_in(people[Role.DISTRICT_LEADER])
    assert client.get("/tasks/corrections/?waits=me&state=asked").context["shown"] == 1
    assert client.get("/tasks/corrections/?waits=me&state=signed").context["shown"] == 0
    client = sign_in(people[Role.BUREAU_OFFICER])
    assert client.get("/tasks/periods/?waits=me&state=open").context["shown"] == 0
    assert client.get("/tasks/periods/?state=closed").context["shown"] == 1


def test_the_list_of_periods_tells_no_more_than_one_may_see(asked, people, sign_in):
    text = sign_in(people[Role.BUREAU_OFFICER]).get("/tasks/periods/").content.decode()
    for words in ("2026年10月", "已定稿", "第1版", people[Role.BUREAU_LEADER].name):
        assert words in text
    of = {role: _rows(people[role]).get().corrections_waiting for role in (Role.BUREAU_LEADER, Role.UNIT_OFFICER)}
    assert of == {Role.BUREAU_LEADER: 1, Role.UNIT_OFFICER: 0}


def _rows(user):
    return ReportingPeriod.objects.visible_to(user).for_list(user)


def test_the_list_of_periods_asks_the_same_however_many(october, people, sign_in, django_assert_num_queries):
    client = sign_in(people[Role.BUREAU_OFFICER])
    client.get("/tasks/periods/")
    with django_assert_num_queries(1):
        list(_rows(people[Role.BUREAU_OFFICER]))
    for number in (12, 1):
        cycle.open_due(now=at(1, month=number, year=2026 if number == 12 else 2027))
    with django_assert_num_queries(1):
        assert len(_rows(people[Role.BUREAU_OFFICER])) == 3


def test_earlier_versions_stay_open_and_say_that_they_are_not_in_force(asked, people, sign_in, time_machine):
    time_machine.move_to(at(16), tick=False)
    one = corrections.sign(asked, actor=people[Role.DISTRICT_LEADER], now=at(13))
    corrections.approve(one, actor=people[Role.BUREAU_LEADER], now=at(16))
    client = sign_in(people[Role.BUREAU_OFFICER])
    page = f"/tasks/periods/{one.period.pk}/"
    assert f"{page}figures/?version=1" in client.get(page).content.decode()
    for url in (f"{page}figures/", f"{page}figures/T-FUND01/"):
        new, old = client.get(url).content.decode(), client.get(f"{url}?version=1").content.decode()
        assert "27.00" in new
        assert "24.00" in old
        assert "定稿数（第2版）" in new
        assert "现行为" not in new
        assert "定稿数（第1版）" in old
        assert "现行为第2版" in old
    assert "27.00" in client.get(f"{page}figures/?version=9").content.decode()


def test_the_citys_office_reads_what_is_corrected_of_its_own_figures(asked, people, sign_in):
    client = sign_in(people[Role.CITY_OFFICER])
    assert client.get(asked.get_absolute_url()).status_code == 200
    assert client.get("/tasks/corrections/").context["shown"] == 1
    assert client.get(f"{asked.get_absolute_url()}approve/").status_code == 403
    file = SimpleUploadedFile("更正.pdf", PDF, "application/pdf")
    assert client.post(f"{asked.get_absolute_url()}sign_on_paper/", {"file": file}).status_code == 403
    assert Correction.objects.get(pk=asked.pk).state == "asked"


def test_the_list_of_corrections_asks_the_same_however_many(asked, people, django_assert_num_queries, world, sign_in):
    client, url = sign_in(people[Role.BUREAU_LEADER]), "/tasks/corrections/"
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    october = asked.period
    cell = october.entries.get(indicator=asked.entry.indicator, place=world.wuchuan)
    corrections.ask(cell, typed="7", reason="补报", actor=people[Role.DISTRICT_OFFICER], now=at(12))
    for row in october.entries.filter(section__report=cell.section.report).exclude(pk__in=[cell.pk, asked.entry_id]):
        corrections.ask(row, typed="7", reason="补报", actor=people[Role.DISTRICT_OFFICER], now=at(12))
    with django_assert_num_queries(len(one)):
        assert client.get(url).context["shown"] == 4


def test_a_correction_of_the_citys_own_figure_is_told_to_its_office(asked, people, world):
    """市级（不分县）: the other side of such a figure is the city itself."""
    entry = asked.entry
    type(entry).objects.filter(pk=entry.pk).update(place=world.zunyi)
    one = corrections.sign(asked, actor=people[Role.DISTRICT_LEADER], now=at(13))
    corrections.approve(one, actor=people[Role.BUREAU_LEADER], now=at(16))
    told = Message.objects.filter(kind="correction").values_list("organisation__code", flat=True)
    assert sorted(told) == ["bureau", "xiangzhou", "zunyi"]
