"""A reporting cycle in the small world: a monthly district plan, a team plan, who files what, and a month opened.

Rows of plans and sources are written directly, periods and reports by the service that opens them. October 2026 is the
month, opened on 1 November 2026.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tasks.kinds import Audience, CheckEvery, EntryMode, FilerRule, Flow, PlaceRule, PlanState
from tasks.models import (
    Entry,
    FigureSource,
    LadderStep,
    PlanBody,
    PlanItem,
    PlanNarrative,
    ProgressReport,
    ReportingPeriod,
    ReportPlan,
)
from tasks.services.opening import open_due
from tests import factories
from zhuzun.organisations.kinds import Relation
from zhuzun.periods.services import seed

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = date(2026, 10, 1)
OPENED = datetime(2026, 11, 1, 0, 20, tzinfo=SHANGHAI)
FILING = datetime(2026, 11, 4, 10, 32, tzinfo=SHANGHAI)  # a Wednesday, the day before it is due
DUE = date(2026, 11, 5)


def at(day, hour=10, minute=0, *, month=11, year=2026) -> datetime:
    """That moment of November 2026, unless said otherwise."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@dataclass
class Cycle:
    """The plans, the figures, and the month."""

    world: object
    district_plan: ReportPlan
    team_plan: ReportPlan
    jobs: object  # 帮助就业, filed by the team, checked by the county each period
    jobs_poor: object  # 其中脱贫
    money: object  # 财政资金到位, filed by the district, checked each quarter
    teachers: object  # split by 选派单位: the district's row and 市教育局's
    period: ReportingPeriod

    def report(self, body) -> ProgressReport:
        """The body's report of the month."""
        return ProgressReport.objects.in_period(self.period).get(filer=body)

    def cell(self, indicator, place, channel="") -> Entry:
        """The cell of the month."""
        return Entry.objects.get(period=self.period, indicator=indicator, place=place, channel=channel)


def plan(code, name, *bodies, state=PlanState.ACTIVE, starts_on=START, **more) -> ReportPlan:
    """A monthly plan, due on the fifth, that `bodies` (or a group) owe."""
    row = ReportPlan.objects.create(code=code, name=name, kind=more.pop("kind", "month"), starts_on=starts_on, **more)
    if state != row.state:
        ReportPlan.objects.filter(pk=row.pk).update(state=state)
        row = ReportPlan.objects.get(pk=row.pk)
    for body in bodies:
        kind = "group" if body._meta.model_name == "organisationgroup" else "organisation"
        PlanBody.objects.create(plan=row, **{kind: body})
    return row


def ask(row, indicator, *, mode=EntryMode.YEAR_TO_DATE, required=True) -> PlanItem:
    """Let a plan ask for a figure."""
    return PlanItem.objects.create(
        plan=row, indicator=indicator, mode=mode, required=required, position=row.items.count() + 1
    )


def source(indicator, rule, *, body=None, channel="", places=PlaceRule.COUNTIES, check="") -> FigureSource:
    """Say who files a figure."""
    return FigureSource.objects.create(
        indicator=indicator,
        channel=channel,
        rule=rule,
        body=body,
        places=places,
        check_every=check,
        valid_from=factories.FOUNDED,
        position=FigureSource.objects.count() + 1,
    )


def figures():
    """Four indicators: two the team's, one the district's, one split by the sending body."""
    jobs = factories.indicator("T-LAB01", "帮助农村劳动力就业")
    poor = factories.indicator("T-LAB05", "其中脱贫劳动力", parent=jobs)
    money = factories.indicator("T-FUND01", "财政援助资金到位", family="FUND", unit="万元", decimals=2)
    teachers = factories.indicator("T-TAL02", "专业技术人才", family="TAL", flow=Flow.STOCK)
    return jobs, poor, money, teachers


def set_up(world, **more) -> tuple:
    """Plans and sources, active from October 2026 on; nothing opened yet."""
    seed(now=datetime(2026, 1, 1, tzinfo=SHANGHAI))
    jobs, poor, money, teachers = figures()
    districts = plan("t-district", "区月报", world.districts, **more)
    teams = plan("t-team", "工作组月报", world.zhengan_team, world.daozhen_team, **more)
    ask(districts, money)
    ask(districts, teachers, mode=EntryMode.STOCK)
    ask(teams, jobs)
    ask(teams, poor)
    PlanNarrative.objects.create(plan=districts, title="工作动态", max_chars=300)
    source(jobs, FilerRule.TEAM, check=CheckEvery.PERIOD)
    source(poor, FilerRule.TEAM, check=CheckEvery.PERIOD)
    source(money, FilerRule.DISTRICT, check=CheckEvery.QUARTER)
    source(teachers, FilerRule.DISTRICT, channel="区选派")
    source(teachers, FilerRule.BODY, body=world.education, channel="市教育局选派")
    ladder(districts)
    return districts, teams, jobs, poor, money, teachers


def ladder(row):
    """The month's ladder: −2, 0, +1 the filer, +2 the head, +3 the leader with names; 不相隶属 −2 only."""
    steps = [(Relation.LOWER, -2, Audience.FILER), (Relation.LOWER, 0, Audience.FILER)]
    steps += [(Relation.LOWER, 1, Audience.FILER), (Relation.LOWER, 2, Audience.HEAD)]
    steps += [(Relation.LOWER, 3, Audience.LEADER), (Relation.LOWER, 3, Audience.NAMES)]
    steps += [(Relation.SEPARATE, -2, Audience.FILER)]
    for relation, offset, audience in steps:
        LadderStep.objects.create(plan=row, relation=relation, offset=offset, audience=audience)


def month(world, *, now=OPENED, label="2026年10月", **more) -> Cycle:
    """October 2026, opened on 1 November; or another month, opened at `now`."""
    districts, teams, jobs, poor, money, teachers = set_up(world, **more)
    open_due(now=now)
    period = ReportingPeriod.objects.get(label=label)
    return Cycle(world, districts, teams, jobs, poor, money, teachers, period)
