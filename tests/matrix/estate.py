"""A small world in which every page has something to show, for each role and of somebody else's place."""

from dataclasses import dataclass, field
from datetime import date

from pairing.kinds import PairingKind
from pairing.models import Agreement
from tasks.kinds import Part
from tasks.models import (
    CheckSheet,
    Correction,
    ExtensionRequest,
    FigureCheck,
    NameList,
    PaperPlan,
    Responsibility,
)
from tests import factories
from tests.notices.incoming import making as incoming
from tests.notices.papers import making
from tests.tasks import cycle
from zhuzun.access.services import give_grant
from zhuzun.accounts.roles import COUNTY, DISTRICT, UNIT, Role
from zhuzun.documents.kinds import AttachmentKind
from zhuzun.documents.services import attach, create_import
from zhuzun.notices.incoming.models import IncomingPaper
from zhuzun.notices.papers.kinds import PaperState, Standing
from zhuzun.notices.papers.models import Paper
from zhuzun.notices.papers.services import drafting
from zhuzun.notices.services import notify
from zhuzun.periods.models import CalendarDay, CalendarYear, Source
from zhuzun.rosters.services import KIND
from zhuzun.runs.models import JobRun

ROSTER = "单位,姓名,角色,起止日期,电话\n市教育局,某经办,市直单位经办,2022.1.1-2023.12.31,0756-0000000\n".encode()

PDF = incoming.SCAN

FOREIGN_NAME = "外县联络员甲"
FOREIGN_PAPER = "关于商请高新区核对数据的函"
FOREIGN_LETTER = "关于商请高新区提供资料的函"


@dataclass
class Estate:
    """A small world in which every page has something to show."""

    world: factories.World
    people: dict
    policy: factories.Policy
    contacts: dict = field(default_factory=dict)
    event: object = None
    uploads: dict = field(default_factory=dict)
    responsibility: object = None
    holiday: object = None
    files: dict = field(default_factory=dict)
    letters: dict = field(default_factory=dict)
    sheets: dict = field(default_factory=dict)  # signed sheets of 香洲's and 高新's report
    asked: dict = field(default_factory=dict)  # requests for extension of the same
    corrections: dict = field(default_factory=dict)
    agreements: dict = field(default_factory=dict)
    incoming: dict = field(default_factory=dict)  # papers of others: to everybody's body, to 高新区 only
    papers: dict = field(default_factory=dict)  # a draft, one served on everybody's body, one on 高新区 only
    checks: dict = field(default_factory=dict)  # 正安's and 道真's sheet, a disputed line on it, its scan
    late: object = None  # 香洲's line on the list of whom to name
    month: object = None  # 2022年2月, opened on 1 March
    foreign: list = field(default_factory=list)  # words that only 高新 and 道真, and whoever sees all, may read

    def body_of(self, role):
        """The body whose contacts somebody in this role keeps."""
        world = self.world
        places = {
            **dict.fromkeys(DISTRICT, world.xiangzhou),
            **dict.fromkeys(COUNTY, world.zhengan),
            **dict.fromkeys(UNIT, world.education),
            Role.CITY_OFFICER: world.zunyi,
            Role.GROUP_MEMBER: world.zhengan_team,
            Role.GROUP_LEADER: world.group,
        }
        return places.get(role, world.xiangzhou)


def build(world, people, strangers) -> Estate:
    """The estate, as of factories.NOW."""
    estate = Estate(world, people, factories.policy(world.education, world.labour))
    bodies = {estate.body_of(role) for role in Role} | {world.daozhen, world.zhengan_department, world.bureau}
    estate.contacts = {body: factories.contact(body) for body in bodies}
    estate.contacts[world.daozhen].name = FOREIGN_NAME
    estate.contacts[world.daozhen].save()
    factories.pairing(PairingKind.VILLAGE, world.xiangzhou_village, world.zhengan_village)
    hidden = factories.pairing(PairingKind.VILLAGE, world.gaoxin_village, world.daozhen_village)
    estate.foreign = [FOREIGN_NAME, world.daozhen_towns.number, hidden.number]
    estate.responsibility = Responsibility.objects.create(
        paragraph=estate.policy.paragraphs[1],
        measure=estate.policy.measures[0],
        organisation=world.education,
        part=Part.LEAD,
        valid_from=factories.DAY,
        reason="分工会议",
    )
    keeper = people[Role.SECURITY_ADMIN]
    other = factories.person(Role.SECURITY_ADMIN, world.bureau, username="other-security")
    estate.uploads = {
        who: create_import(kind=KIND, data=ROSTER, filename="roster.csv", actor=person, now=factories.NOW)
        for who, person in (("own", keeper), ("unwanted", keeper), ("other", other))
    }
    for who, pair in (("own", world.zhengan_pairing), ("other", world.daozhen_pairing)):
        facts = {"kind": AttachmentKind.OTHER, "actor": people[Role.BUREAU_OFFICER], "now": factories.NOW}
        estate.files[who] = attach(PDF, "依据文件.pdf", to=pair, **facts)
    telling = {"title": "测试通知", "text": "", "link": "/", "kind": "other", "now": factories.NOW}
    for role, user in people.items():
        estate.letters[role] = notify(to=user.assignments.get().organisation, user=user, **telling)
    estate.letters["other"] = notify(to=world.gaoxin, **telling)
    _machine(estate, keeper, strangers)
    _reports(estate)
    _agreements(estate)
    _papers(estate)
    return estate


def _papers(estate):
    """A draft that somebody has still to countersign, and letters that were issued."""
    world = estate.world
    desk = making.Desk(world, estate.people, making.identities(world.bureau, world.bureau, world.bureau))
    facts = {"actor": estate.people[Role.BUREAU_OFFICER], "now": factories.NOW}
    draft = drafting.ask_cosigners(desk.draft(), bodies=[world.education], **facts)
    letter = {"kind": "letter", "reply_wanted": True, "reply_by": factories.DAY}
    everybody = {receiver_of(estate, role) for role in Role}
    estate.papers = {
        "draft": draft,
        "cosigner": draft.cosigners.get(),
        "own": desk.at(PaperState.ISSUED, to=sorted(everybody, key=lambda body: body.pk), **letter),
        "other": desk.at(PaperState.ISSUED, to=[world.gaoxin], **letter),
    }
    estate.papers |= {
        kind: PaperPlan.objects.create(kind=kind, span="month", identity=desk.offices[Standing.BUREAU])
        for kind in ("reminder", "circular")
    }
    # The trail tells the auditor every title: the watched word is given round it.
    Paper.objects.filter(pk=estate.papers["other"].pk).update(title=FOREIGN_PAPER)
    estate.foreign.append(FOREIGN_PAPER)
    clerk = estate.people[Role.CLERK]
    estate.incoming = {
        "own": incoming.distributed(clerk, sorted(everybody, key=lambda body: body.pk)),
        "other": incoming.distributed(clerk, [world.gaoxin], sender_number="函〔2022〕1号"),
    }
    IncomingPaper.objects.filter(pk=estate.incoming["other"].pk).update(title=FOREIGN_LETTER)
    estate.foreign.append(FOREIGN_LETTER)


def receiver_of(estate, role):
    """The body for which somebody in this role reads papers."""
    return estate.world.zhuhai if role == Role.LEADER else estate.body_of(role)


def _reports(estate):
    """A month of reports: districts, county teams, and 市教育局."""
    world = estate.world
    unit = cycle.plan("t-unit", "市直单位月报", world.education, starts_on=date(2022, 2, 1))
    unit.narratives.create(title="工作情况")
    opened = cycle.at(1, month=3, year=2022)
    estate.month = cycle.month(world, now=opened, label="2022年2月", starts_on=date(2022, 2, 1))
    names = NameList.objects.create(period=estate.month.period, drawn_at=factories.NOW)
    late = estate.month.report(world.xiangzhou)
    estate.late = names.lines.create(report=late, relation=late.relation, due_on=late.due_on)
    for who, body in (("own", world.xiangzhou), ("other", world.gaoxin)):
        report = estate.month.report(body)
        facts = {"actor": estate.people[Role.BUREAU_OFFICER], "now": factories.NOW}
        estate.sheets[who] = attach(PDF, "签章件.pdf", to=report, kind=AttachmentKind.SIGNED, **facts)
        estate.asked[who] = ExtensionRequest.objects.create(
            report=report,
            progress="已完成大半",
            reason="数据待核",
            wanted_on=date(2022, 3, 25),
            asked_by=estate.people[Role.DISTRICT_OFFICER],
            asked_at=factories.NOW,
        )
    for who, place in (("own", world.zhengan), ("other", world.daozhen)):
        estate.corrections[who] = Correction.objects.create(
            period=estate.month.period,
            entry=estate.month.cell(estate.month.money, place),
            old_state="missing",
            new_state="value",
            new_value=12,
            reason="补报",
            asked_by=estate.people[Role.DISTRICT_OFFICER],
            asked_at=opened,
        )
    for who, team, county in (
        ("own", world.zhengan_team, world.zhengan),
        ("other", world.daozhen_team, world.daozhen),
    ):
        _check(estate, who, estate.month.report(team), county)


def _agreements(estate):
    """One of 香洲—正安 and one of 高新—道真."""
    world = estate.world
    for who, east, west in (("own", world.xiangzhou, world.zhengan), ("other", world.gaoxin, world.daozhen)):
        facts = {"level": "county", "east": east, "west": west, "year": 2022}
        estate.agreements[who] = Agreement.objects.create(title=f"{east}{west}协作协议", **facts)


def _check(estate, who, report, county):
    """A county's sheet with a disputed figure, and the scan on it."""
    day = date(2022, 3, 10)
    sheet = CheckSheet.objects.create(report=report, county=county, opened_on=day, due_on=day)
    line = FigureCheck(sheet=sheet, entry=estate.month.cell(estate.month.jobs, county), state="disputed")
    line.other_value, line.reason = 9, "县人社局口径不同"
    line.save()
    facts = {"actor": estate.people[Role.BUREAU_OFFICER], "now": factories.NOW}
    scan = attach(PDF, "核对单.pdf", to=sheet, kind=AttachmentKind.SIGNED, **facts)
    estate.checks[who] = {"sheet": sheet.pk, "line": line.pk, "scan": scan.pk}


def all_of(things: dict) -> dict:
    """The same as an image (tests/images.py): the small world's things, the strangers and the estate."""
    things = {**things, "strangers": factories.strangers(things["world"])}
    return {**things, "estate": build(**things)}


def _machine(estate, keeper, strangers):
    """A grant, an event, a run."""
    give_grant(
        strangers["unit_officer"],
        "view_pairing",
        estate.world.zhengan_towns,
        valid_from=factories.DAY,
        valid_to=factories.DAY.replace(year=2023),
        document="交叉检查通知",
        reason="检查",
        actor=keeper,
        now=factories.NOW,
    )
    estate.event = factories.event(actor=estate.people[Role.BUREAU_OFFICER])
    JobRun.objects.create(job="runs.clear_sessions", started_at=factories.NOW)
    year = CalendarYear.objects.create(year=2022)
    estate.holiday = CalendarDay.objects.create(
        date=factories.DAY, year=year, works=False, name="台风停工", source=Source.HAND, edited=True
    )
