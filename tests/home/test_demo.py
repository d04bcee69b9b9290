"""The demonstration: complete, done through the services by real actors in the past, and refused in production."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from pairing.kinds import SUB_KINDS, PairingKind
from pairing.models import Agreement, Pairing
from tasks.kinds import Part
from tasks.loading import load_policy
from tasks.models import (
    CheckSheet,
    Correction,
    Entry,
    FigureCheck,
    Measure,
    NameLine,
    PolicyDocument,
    ProgressReport,
    ReportingPeriod,
    Responsibility,
    Target,
)
from zhuzun.accounts.models import User
from zhuzun.accounts.roles import Role
from zhuzun.audit.models import Event
from zhuzun.errors import Refused
from zhuzun.home import demo
from zhuzun.home.demo import reporting
from zhuzun.home.demo.calendar import OPENING, SHANGHAI, moment
from zhuzun.home.demo.people import PEOPLE
from zhuzun.home.demo.reporting.timeline import Timeline
from zhuzun.notices import inbox
from zhuzun.notices.incoming.kinds import IncomingState
from zhuzun.notices.incoming.models import IncomingPaper
from zhuzun.notices.models import Reminder
from zhuzun.notices.papers import printing, registry
from zhuzun.notices.papers.kinds import PaperState
from zhuzun.notices.papers.models import Paper
from zhuzun.organisations.models import Organisation
from zhuzun.periods.light import time_state_of
from zhuzun.runs.models import JobRun

TODAY = date(2026, 11, 25)  # a Wednesday
NOON = moment(TODAY, 12)
built_elsewhere = pytest.mark.one_database("tests/process builds the demonstration on the other database too")
# Done by the machine itself.
MACHINES = ["policy.load", "calendar.load", "period.open", "reminder.send", "paper.draft"]


@built_elsewhere
class Demonstration(TestCase):
    """What stands in the portal after `demo`."""

    @classmethod
    def setUpTestData(cls):
        load_policy(now=moment(OPENING))
        demo.build(NOON)

    def reports(self):
        rows = ProgressReport.objects.filter(period__label="2026年10月").select_related("filer")
        return {report.filer.code: report for report in rows}

    def test_earlier_months_are_closed_with_a_snapshot_and_went_up(self):
        closed = ReportingPeriod.objects.filter(kind="month").exclude(label="2026年10月")
        assert closed.count() == 8
        assert {period.state for period in closed} == {"closed"}
        assert sorted(period.snapshots.count() for period in closed) == [1] * 7 + [2]  # one was corrected
        assert all(period.sent_up_on for period in closed)

    def test_corrections_stand_at_each_point_and_targets_are_signed(self):
        found = Correction.objects.order_by("asked_at").values_list("state", "number", "period__label")
        nine = "2026年9月"
        assert list(found) == [("approved", 1, nine), ("signed", None, nine), ("asked", None, nine)]
        assert set(Agreement.objects.values_list("year", "state")) == {(2025, "signed"), (2026, "signed")}
        courses = Target.objects.filter(agreement__year=2026).values_list("course", flat=True)
        assert set(courses) == {"even", "stages", "year_end"}

    def test_what_is_unread_is_of_what_is_still_open(self):
        found = [
            title
            for one in PEOPLE
            for title in inbox.unread_of(User.objects.get(username=one.username)).values_list("title", flat=True)
        ]
        assert found
        still_open = ("2026年10月", "第三季度", "更正", "（演示）")  # the last: papers of these weeks
        assert [title for title in found if not any(word in title for word in still_open)] == []

    def test_a_paper_of_each_kind_is_issued_and_one_stands_at_each_step_and_end(self):
        papers = Paper.objects.all()
        issued = papers.filter(state=PaperState.ISSUED)
        assert set(issued.values_list("kind", flat=True)) == {code for code, _ in registry.choices()}
        assert set(papers.values_list("state", flat=True)) == set(PaperState)
        assert all(paper.deliveries.filter(received_at__isnull=False).exists() for paper in issued)
        for paper in papers.for_page():
            assert "（演示）" in paper.title or paper.source  # or it is of a period
            printing.sheet_of(paper).check()

    def test_two_papers_of_others_one_with_receipts_and_one_to_be_distributed(self):
        waiting, shared = IncomingPaper.objects.order_by("state").reverse()
        assert (waiting.state, shared.state) == (IncomingState.REGISTERED, IncomingState.DISTRIBUTED)
        assert all("（演示）" in paper.title and paper.has_file() for paper in (waiting, shared))
        signed = shared.deliveries.filter(received_at__isnull=False).count()
        assert 0 < signed < shared.deliveries.count()

    def test_bodies_stand_at_different_points_of_the_chain(self):
        found = self.reports()
        states = {
            code: found[code].state for code in ("zh-hengqin", "zh-xiangzhou", "zh-jinwan", "zh-doumen", "zh-gaoxin")
        }
        assert states == {
            "zh-hengqin": "review",
            "zh-xiangzhou": "review",
            "zh-jinwan": "drafting",
            "zh-doumen": "returned",
            "zh-gaoxin": "drafting",
        }
        lights = {code: time_state_of(found[code], TODAY).label for code in states}
        assert lights["zh-gaoxin"] == "逾期"
        assert lights["zh-jinwan"] == "已批延期"
        assert found["zh-doumen"].return_due_on > TODAY

    def test_the_last_month_fell_due_on_the_last_working_day(self):
        assert {report.first_due_on for report in self.reports().values()} == {date(2026, 11, 24)}

    def test_xiangzhou_explains_a_figure_of_wuchuan(self):
        cell = Entry.objects.get(
            period__label="2026年10月", indicator__code="CON01-帮销", place__code="zy-wuchuan", channel="区级渠道"
        )
        assert cell.note

    def test_hengqin_confirmed_zeroes(self):
        cells = Entry.objects.filter(section__report=self.reports()["zh-hengqin"], state="zero")
        assert {cell.indicator.code for cell in cells} == {"IND01", "SOC01-捐物", "SOC02"}

    def test_zhengan_disputes_one_line_and_daozhens_check_came_on_paper(self):
        assert FigureCheck.objects.get(state="disputed").sheet.county.code == "zy-zhengan"
        sheet = CheckSheet.objects.get(report__filer__code="zh-gongzuozu-daozhen", report__period__label="2026年10月")
        assert sheet.on_behalf

    def test_the_quarter_of_the_units_is_in_work(self):
        rows = ProgressReport.objects.filter(period__label="2026年第三季度")
        assert rows.get(filer__code="zh-jiaoyu").state == "drafting"
        assert rows.get(filer__code="zh-wangxin").excused
        assert rows.filter(due_on__gt=TODAY).exists()

    def test_the_machine_reminded_as_on_any_working_day(self):
        runs = JobRun.objects.filter(job="tasks.send_reminders").order_by("started_at")
        assert (runs.first().started_at, runs.last().started_at) == (moment(date(2026, 11, 1)), moment(TODAY))
        assert {run.state for run in JobRun.objects.all()} == {"done"}
        sent = Reminder.objects.filter(organisation__code="zh-gaoxin").order_by("at")
        assert [(row.at, row.label) for row in sent] == [
            (moment(date(2026, 11, 20)), "截止前2个工作日"),
            (moment(date(2026, 11, 24)), "截止当日"),
            (moment(TODAY), "逾期1个工作日"),
        ]
        hengqin = Reminder.objects.get(organisation__code="zh-hengqin")
        assert (hengqin.at, hengqin.label) == (moment(date(2026, 11, 20)), "温馨提示")

    def test_every_account_holds_its_one_role_and_need_not_change_its_password(self):
        assert {user.username for user in User.objects.all()} == {person.username for person in PEOPLE}
        for person in PEOPLE:
            user = User.objects.get(username=person.username)
            assert [post.role for post in user.roles_on(TODAY)] == [person.role]
            assert not user.must_change_password

    def test_every_role_is_played_but_none_of_the_three_guards_plays_another(self):
        assert {person.role for person in PEOPLE} == set(Role)

    def test_each_county_has_pairings_of_every_kind(self):
        for code in demo.people.COUNTIES:
            kinds = Pairing.objects.filter(county__code=code).values_list("kind", flat=True)
            assert set(SUB_KINDS) <= set(kinds), code

    def test_one_pairing_was_ended_and_replaced(self):
        [ended] = Pairing.objects.exclude(successor=None)
        assert ended.valid_to + timedelta(days=1) == ended.successor.valid_from
        assert ended.end_reason
        assert ended.end_basis

    def test_one_pairing_ends_soon(self):
        soon = Pairing.objects.on(TODAY).filter(valid_to__lte=TODAY + timedelta(days=60))
        assert soon.count() == 1

    def test_some_contacts_and_towns_are_still_open(self):
        assert Organisation.objects.lacking_contacts(TODAY).exists()
        paired = Pairing.objects.on(TODAY).filter(kind=PairingKind.TOWN, county__code="zy-zhengan").values("west")
        towns = Organisation.objects.filter(kind="town", division__parent__code="520324")
        assert towns.exclude(pk__in=paired).exists()

    def test_a_marked_successor_prolongs_the_policy_and_its_measures_stay(self):
        first, successor = PolicyDocument.objects.all()
        assert successor.demonstration
        assert "演示" in successor.title
        assert successor in PolicyDocument.objects.in_force_on(TODAY)
        assert PolicyDocument.objects.ledger_on(TODAY) == first

    def test_some_measures_have_a_lead_from_their_own_bracket_and_some_are_open(self):
        leads = Responsibility.objects.of_bureau().filter(part=Part.LEAD).select_related("measure__paragraph")
        assert 0 < leads.count() < Measure.objects.count()
        for row in leads:
            bracket = Responsibility.objects.of_policy().filter(paragraph=row.measure.paragraph)
            assert bracket.filter(organisation=row.organisation).exists(), row.measure

    def test_everything_was_done_in_the_past_by_somebody_who_may(self):
        done = Event.objects.exclude(action__in=MACHINES).exclude(action="pairing.add", actor=None)
        assert not done.filter(at__date__gt=TODAY).exists()
        assert set(done.filter(actor=None).values_list("object_label", flat=True)) == {"安全管理员（演示）"}
        assert not done.filter(succeeded=False).exists()

    def test_a_second_run_changes_nothing(self):
        before = Event.objects.count()
        call_command("demo", stdout=StringIO())
        assert Event.objects.count() == before

    def test_people_are_nobody_real(self):
        assert all("演示" in person.name for person in PEOPLE)


@override_settings(DEMO=False)
def test_production_refuses_it():
    with pytest.raises(Refused, match="正式环境"):
        demo.build(NOON)


@pytest.mark.django_db
@override_settings(DEMO=False)
def test_the_command_says_why_production_refuses_it():
    with pytest.raises(CommandError, match="正式环境"):
        call_command("demo")


def test_moments_are_shanghai_time():
    assert moment(OPENING).tzinfo is SHANGHAI


@built_elsewhere
class Overdue(TestCase):
    """The same eight working days after the due day, in a spring with no earlier month to close."""

    @classmethod
    def setUpTestData(cls):
        load_policy(now=moment(OPENING))
        demo.build(moment(date(2026, 3, 25), 12), "overdue")

    def test_the_late_district_has_another_day_with_a_reason(self):
        gaoxin = ProgressReport.objects.get(filer__code="zh-gaoxin", period__label="2026年1—2月")
        assert gaoxin.first_due_on == date(2026, 3, 13)
        assert gaoxin.due_on == date(2026, 3, 17)
        assert gaoxin.rounds.get(act="move").text

    def test_its_name_is_before_the_leader(self):
        line = NameLine.objects.get()
        assert (line.report.filer.code, line.verdict, line.due_on) == ("zh-gaoxin", "open", date(2026, 3, 17))


@pytest.mark.usefixtures("whole_policy")
def test_the_blank_stage_switches_nothing_on():
    reporting.build(NOON, "blank")
    assert not ReportingPeriod.objects.exists()


@pytest.mark.usefixtures("whole_policy")
@pytest.mark.parametrize(
    ("today", "late", "last", "due"),
    [
        (date(2026, 11, 25), False, "2026年10月", date(2026, 11, 24)),
        (
            date(2026, 11, 2),
            False,
            "2026年9月",
            date(2026, 10, 30),
        ),  # October had not ended before
        (date(2026, 1, 31), False, "2025年12月", date(2026, 1, 30)),
        (date(2026, 2, 20), True, "2025年12月", date(2026, 2, 5)),
        (date(2026, 10, 8), False, "2026年8月", date(2026, 9, 30)),  # after the holidays
        (date(2028, 2, 29), False, "2027年12月", date(2028, 2, 28)),  # January waits for February
        (date(2028, 3, 1), True, "2027年12月", date(2028, 2, 18)),
    ],
)
def test_the_last_month_is_found_on_any_day(today, late, last, due):
    times = Timeline.of(today, late=late)
    assert (times.last.label, times.due) == (last, due)
    assert times.openings[-1] <= today


@pytest.mark.usefixtures("whole_policy")
@pytest.mark.parametrize(
    ("today", "quarter"),
    [
        (date(2026, 11, 25), "2026年第三季度"),
        (date(2026, 10, 8), "2026年第二季度"),  # nobody has worked since the third ended
        (date(2026, 10, 15), "2026年第三季度"),
        (date(2026, 1, 31), "2025年第四季度"),
        (date(2026, 1, 1), "2025年第三季度"),
    ],
)
def test_the_quarter_that_the_units_work_on(today, quarter):
    assert Timeline.of(today, late=False).quarter.label == quarter
