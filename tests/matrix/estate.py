"""One object for every address: the person's own, and one of somebody else's place."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse

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
    ProgressReport,
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
from zhuzun.runs import results
from zhuzun.runs.models import Job, JobRun

ROSTER = "单位,姓名,角色,起止日期,电话\n市教育局,某经办,市直单位经办,2022.1.1-2023.12.31,0756-0000000\n".encode()

GONE = "00000000-0000-4000-8000-000000000000"  # an upload that is no longer there

PDF = b"%PDF-1.7\n%%EOF\n"

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


def _account(estate, role):
    return [estate.people[Role.CLERK].pk]


def _assignment(estate, role):
    return [estate.people[Role.CLERK].assignments.get().pk]


def _body(estate, role):
    return [estate.body_of(role).code]


def _contact(estate, role):
    body = estate.body_of(role)
    return [body.code, estate.contacts[body].pk]


def _measure(estate, role):
    return [estate.policy.areas[0].code, estate.policy.measures[0].number]


def _report(estate, role):
    """The report of his own body; 香洲区's for whoever files none."""
    world = estate.world
    own = {**dict.fromkeys(UNIT, world.education), Role.GROUP_MEMBER: world.zhengan_team}
    return [estate.month.report(own.get(role, world.xiangzhou)).pk]


def _form(estate, role):
    """The districts' form of the month."""
    return [estate.month.period.pk, estate.month.period.forms.get(plan=estate.month.district_plan).pk]


def _section(estate, role, kind="figures", report=None):
    """The first section of that report, of that kind where it has one."""
    report = report or ProgressReport.objects.get(pk=_report(estate, role)[0])
    found = report.sections.filter(kind=kind).first() or report.sections.first()
    return [report.pk, found.pk]


def _foreign_section(estate, role, kind="figures"):
    return _section(estate, role, kind, estate.month.report(estate.world.gaoxin))


def _evidence(estate, role, report=None):
    """A file on that report."""
    report = report or ProgressReport.objects.get(pk=_report(estate, role)[0])
    facts = {"kind": AttachmentKind.EVIDENCE, "actor": estate.people[Role.BUREAU_OFFICER], "now": factories.NOW}
    return [attach(PDF, "佐证.pdf", to=report, **facts).pk]


def _foreign_evidence(estate, role):
    return _evidence(estate, role, estate.month.report(estate.world.gaoxin))


def _foreign_report(estate, role):
    """高新区's report."""
    return [estate.month.report(estate.world.gaoxin).pk]


def _act(code):
    """An act on the report of his own body."""
    return lambda estate, role: [*_report(estate, role), code]


ACTS = ("send", "sign", "enter-for", "forward", "head-back")


def _checked(who, what):
    """A county's sheet, a disputed line on it, its scan."""
    return lambda estate, role: [estate.checks[who][what]]


CHECK_PAGES = {
    "tasks:check": "sheet",
    "tasks:check_all": "sheet",
    "tasks:check_sheet": "sheet",
    "tasks:check_sheet_withdraw": "scan",
    "tasks:dispute": "line",
}


JOB_PAGES = ("runs:job", "runs:job_file", "runs:job_again")


def _job(owner):
    """Long work that somebody started, and that has made its file."""
    facts = {"owner": owner, "asked_at": factories.NOW, "kept_until": factories.NOW + timedelta(days=1)}
    job = Job.objects.create(kind="notices.zip_papers", title="打包公文", state="done", file_name="公文.zip", **facts)
    place = results.place_of(job)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(PDF)
    return job.pk


def _another(estate, role):
    return estate.people[Role.LEADER if role == Role.CLERK else Role.CLERK]


def _paper(which):
    return lambda estate, role: [estate.papers[which].pk]


def _delivery(which, papers="papers"):
    """What was served on his own body; on 高新区."""

    def found(estate, role):
        body = receiver_of(estate, role) if which == "own" else estate.world.gaoxin
        return [getattr(estate, papers)[which].deliveries.get(organisation=body).pk]

    return found


def _incoming_pages(which) -> dict:
    """Every page of a paper of another's."""
    acts = ("correct", "attach", "distribute", "close", "strike", "remind")
    page = lambda estate, role: [estate.incoming[which].pk]  # noqa: E731
    return {
        "notices:incoming": page,
        **{f"notices:incoming_{act}": page for act in acts},
        **{f"notices:incoming_delivery_{act}": _delivery(which, "incoming") for act in ("receive", "reply", "outside")},
    }


def _paper_pages(which) -> dict:
    """Every page of a paper; those of a draft are the same for everybody."""
    steps = ("submit", "check", "sign", "number", "sign_outside", "revoke")
    return {
        "notices:paper": _paper(which),
        "notices:paper_pdf": _paper(which),
        "notices:paper_docx": _paper(which),
        "paper_documents:slip": _paper(which),
        "notices:paper_check": lambda estate, role: [
            estate.papers[which].number_text,
            estate.papers[which].digest[:16],
        ],
        "notices:paper_remind": _paper(which),
        "notices:paper_round": lambda estate, role: [estate.papers[which].pk, 1],
        **{f"notices:delivery_{act}": _delivery(which) for act in ("receive", "reply", "outside")},
        **{
            f"notices:paper_{page}": _paper("draft")
            for page in ("head", "text", "proposals", "recipients", "cosigners", "enclose", "sealed")
        },
        "notices:paper_cosign": _paper("cosigner"),
        **{f"notices:paper_step#{step}": _paper_step(step) for step in steps},
        "notices:identity": lambda estate, role: ["bureau"],
    }


def _paper_step(step):
    return lambda estate, role: [estate.papers["draft"].pk, step]


def _numbered(name):
    return lambda estate, role: [getattr(estate.world, name).number]


OWN = {
    "accounts:person": _account,
    "accounts:correct": _account,
    "accounts:reset": _account,
    "accounts:end": _account,
    "accounts:reopen": _account,
    "accounts:role_give": _account,
    "accounts:role_correct": _assignment,
    "accounts:role_end": _assignment,
    "admin:app_list": lambda estate, role: ["pairing"],
    "admin:view_on_site": lambda estate, role: ["1", "1"],
    "audit:event": lambda estate, role: [estate.event.pk],
    "documents:download": lambda estate, role: [estate.files["own"].pk],
    "notices:message": lambda estate, role: [estate.letters[role].pk],
    **_incoming_pages("own"),
    **_paper_pages("own"),
    "organisations:detail": _body,
    "organisations:rename": _body,
    "organisations:close": _body,
    "organisations:contacts": _body,
    "organisations:add_contact": _body,
    "organisations:end_contact": _contact,
    "organisations:correct_contact": _contact,
    "pairing:coverage_places": lambda estate, role: [estate.world.zhengan.code, "town"],
    "pairing:detail": _numbered("zhengan_pairing"),
    "pairing:detail#sub": _numbered("zhengan_towns"),
    "pairing:end": _numbered("zhengan_pairing"),
    "pairing:end#sub": _numbered("zhengan_towns"),
    "pairing:replace": _numbered("zhengan_pairing"),
    "pairing:replace_sub": _numbered("zhengan_towns"),
    "pairing:correct": _numbered("zhengan_pairing"),
    "pairing:correct#sub": _numbered("zhengan_towns"),
    "periods:clear_day": lambda estate, role: [estate.holiday.pk],
    "periods:enter_year": lambda estate, role: [2022],
    **dict.fromkeys(JOB_PAGES, lambda estate, role: [_job(estate.people[role])]),
    "rosters:preview": lambda estate, role: [estate.uploads["own"].pk],
    "rosters:discard": lambda estate, role: [estate.uploads["unwanted"].pk],
    "tasks:area": lambda estate, role: [estate.policy.areas[0].code],
    "tasks:area_new": lambda estate, role: [estate.policy.document.code, 6],
    "tasks:duties_enter": lambda estate, role: [estate.policy.document.code, 6],
    "tasks:document": lambda estate, role: [estate.policy.document.code],
    "tasks:paragraphs": lambda estate, role: [estate.policy.document.code],
    "tasks:indicator": lambda estate, role: [estate.policy.indicators[0].code],
    "tasks:measure": _measure,
    "pairing:agreement": lambda estate, role: [estate.agreements["own"].pk],
    "pairing:agreement_scan": lambda estate, role: [estate.agreements["own"].pk],
    "pairing:agreement_sign": lambda estate, role: [estate.agreements["own"].pk],
    "pairing:agreement_revise": lambda estate, role: [estate.agreements["own"].pk],
    "tasks:agreement_targets": lambda estate, role: [estate.agreements["own"].pk],
    "tasks:target": lambda estate, role: [estate.month.money.code],
    "tasks:target_set": lambda estate, role: [estate.agreements["own"].pk, estate.month.money.code],
    "tasks:correction": lambda estate, role: [estate.corrections["own"].pk],
    "tasks:correction_ask": lambda estate, role: [estate.corrections["own"].entry_id],
    "tasks:correction_step": lambda estate, role: [estate.corrections["own"].pk, "sign"],
    "tasks:figures": lambda estate, role: [estate.month.period.pk],
    "tasks:figure": lambda estate, role: [estate.month.period.pk, estate.month.money.code],
    "tasks:period_step": lambda estate, role: [estate.month.period.pk, "propose"],
    "tasks:period_sent_up": lambda estate, role: [estate.month.period.pk],
    "tasks:period": lambda estate, role: [estate.month.period.pk],
    "tasks:period_paper": lambda estate, role: [estate.month.period.pk, "reminder"],
    "tasks:period_chase_paper": lambda estate, role: [estate.month.period.pk],
    "tasks:paper_plan": lambda estate, role: [estate.papers["reminder"].pk],
    "tasks:paper_rank": lambda estate, role: [estate.papers["circular"].pk],
    "tasks:names": lambda estate, role: [estate.month.period.pk],
    "tasks:name_decide": lambda estate, role: [estate.late.pk],
    "tasks:period_move": _form,
    "tasks:period_add": _form,
    **dict.fromkeys(
        ("tasks:plan", "tasks:plan_change", "tasks:plan_activate", "tasks:plan_stop", "tasks:plan_copy"),
        lambda estate, role: [estate.month.district_plan.code],
    ),
    "tasks:plan_part_add": lambda estate, role: [estate.month.district_plan.code, "items"],
    "tasks:plan_part_remove": lambda estate, role: [
        estate.month.district_plan.code,
        "items",
        estate.month.district_plan.items.first().pk,
    ],
    "tasks:report": _report,
    "tasks:report_cells": _report,
    "tasks:report_zero": _report,
    "tasks:report_carry": _report,
    "tasks:opening_preview": lambda estate, role: [GONE],
    "tasks:opening_discard": lambda estate, role: [GONE],
    "tasks:report_evidence": _report,
    "tasks:report_form": _report,
    "tasks:report_print": _report,
    "tasks:report_upload": _report,
    "tasks:report_preview": lambda estate, role: [*_report(estate, role), GONE],
    "tasks:evidence_withdraw": _evidence,
    "tasks:section_assign": _section,
    "tasks:section_tick": _section,
    "tasks:section_unlock": _section,
    "tasks:section_text": lambda estate, role: _section(estate, role, "narrative"),
    "tasks:report_move": _report,
    "tasks:report_excuse": _report,
    **{f"tasks:report_act#{code}": _act(code) for code in ACTS},
    "tasks:report_return": _report,
    "tasks:report_sheet": _report,
    "tasks:report_opinion": lambda estate, role: [*_report(estate, role), estate.world.zhengan.code],
    "tasks:report_extend": _report,
    "tasks:sheet_withdraw": lambda estate, role: [estate.sheets["own"].pk],
    "tasks:extension": lambda estate, role: [estate.asked["own"].pk],
    **{name: _checked("own", what) for name, what in CHECK_PAGES.items()},
    "tasks:responsibility_set": _measure,
    "tasks:responsibility_end": lambda estate, role: [*_measure(estate, role), estate.responsibility.pk],
}

FOREIGN = {
    **dict.fromkeys(JOB_PAGES, lambda estate, role: [_job(_another(estate, role))]),
    **_incoming_pages("other"),
    **_paper_pages("other"),
    "documents:download": lambda estate, role: [estate.files["other"].pk],
    "notices:message": lambda estate, role: [estate.letters["other"].pk],
    "organisations:detail": lambda estate, role: [estate.world.daozhen.code],
    "organisations:contacts": lambda estate, role: [estate.world.daozhen.code],
    "organisations:add_contact": lambda estate, role: [estate.world.daozhen.code],
    "organisations:end_contact": lambda estate, role: [
        estate.world.daozhen.code,
        estate.contacts[estate.world.daozhen].pk,
    ],
    "organisations:correct_contact": lambda estate, role: [
        estate.world.daozhen.code,
        estate.contacts[estate.world.daozhen].pk,
    ],
    "pairing:coverage_places": lambda estate, role: [estate.world.daozhen.code, "town"],
    "pairing:detail": _numbered("daozhen_pairing"),
    "pairing:detail#sub": _numbered("daozhen_towns"),
    "pairing:end": _numbered("daozhen_pairing"),
    "pairing:end#sub": _numbered("daozhen_towns"),
    "pairing:replace": _numbered("daozhen_pairing"),
    "pairing:replace_sub": _numbered("daozhen_towns"),
    "pairing:correct": _numbered("daozhen_pairing"),
    "pairing:correct#sub": _numbered("daozhen_towns"),
    "rosters:preview": lambda estate, role: [estate.uploads["other"].pk],
    "rosters:discard": lambda estate, role: [estate.uploads["other"].pk],
    "pairing:agreement": lambda estate, role: [estate.agreements["other"].pk],
    "pairing:agreement_scan": lambda estate, role: [estate.agreements["other"].pk],
    "pairing:agreement_sign": lambda estate, role: [estate.agreements["other"].pk],
    "pairing:agreement_revise": lambda estate, role: [estate.agreements["other"].pk],
    "tasks:correction": lambda estate, role: [estate.corrections["other"].pk],
    "tasks:correction_ask": lambda estate, role: [estate.corrections["other"].entry_id],
    "tasks:correction_step": lambda estate, role: [estate.corrections["other"].pk, "sign"],
    **{name: _checked("other", what) for name, what in CHECK_PAGES.items()},
    "tasks:report": _foreign_report,
    "tasks:report_cells": _foreign_report,
    "tasks:report_zero": _foreign_report,
    "tasks:report_carry": _foreign_report,
    "tasks:report_evidence": _foreign_report,
    "tasks:report_form": _foreign_report,
    "tasks:report_print": _foreign_report,
    "tasks:report_upload": _foreign_report,
    "tasks:report_preview": lambda estate, role: [*_foreign_report(estate, role), GONE],
    "tasks:evidence_withdraw": _foreign_evidence,
    "tasks:section_assign": _foreign_section,
    "tasks:section_tick": _foreign_section,
    "tasks:section_unlock": _foreign_section,
    "tasks:section_text": lambda estate, role: _foreign_section(estate, role, "narrative"),
    "tasks:report_move": _foreign_report,
    "tasks:report_excuse": _foreign_report,
    **{
        f"tasks:report_act#{code}": lambda estate, role, code=code: [*_foreign_report(estate, role), code]
        for code in ACTS
    },
    "tasks:report_return": _foreign_report,
    "tasks:report_sheet": _foreign_report,
    "tasks:report_opinion": lambda estate, role: [*_foreign_report(estate, role), estate.world.daozhen.code],
    "tasks:report_extend": _foreign_report,
    "tasks:sheet_withdraw": lambda estate, role: [estate.sheets["other"].pk],
    "tasks:extension": lambda estate, role: [estate.asked["other"].pk],
}

QUERIES = {"admin:autocomplete": "?app_label=pairing&model_name=pairing&field_name=east"}


def address(name, estate, role, objects=OWN) -> str:
    """The address of `name` for somebody in `role`."""
    view = name.partition("#")[0]
    return reverse(view, args=objects[name](estate, role) if name in objects else []) + QUERIES.get(name, "")
