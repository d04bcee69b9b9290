"""What people do with one report: fill it in, sign, file, review, check. Each with its real person and moment."""

from tasks import reading
from tasks.checking import mark_of
from tasks.kinds import CellState, ReportState, SectionKind
from tasks.services import chain, checks, filing, review
from zhuzun.home.demo.calendar import moment
from zhuzun.home.demo.cast import person
from zhuzun.home.demo.reporting.figures import figure
from zhuzun.home.demo.scan import SCAN
from zhuzun.organisations.kinds import OrganisationKind

DISTRICTS = {
    "zh-hengqin": "hengqin",
    "zh-xiangzhou": "xiangzhou",
    "zh-jinwan": "jinwan",
    "zh-doumen": "doumen",
    "zh-gaoxin": "gaoxin",
}
OWN = {**DISTRICTS, "zh-gongzuozu-daozhen": "workgroup", "zh-jiaoyu": "jiaoyu", "zh-renshe": "renshe"}
SIGNERS = {"zh-xiangzhou": "xiangzhou-lead", "zh-jiaoyu": "jiaoyu-lead", "zh-gongzuozu-daozhen": "workgroup-lead"}
COUNTIES = ("zhengan", "tongzi", "fenggang", "wuchuan", "chishui", "xishui", "meitan", "daozhen")
# What a body has had nothing of all year: rows of 0（已确认）.
NONE = {"zh-hengqin": ("IND01", "SOC01-捐物", "SOC02")}
# What a body writes of a task area, so that 通报 and 报告 have something to quote; without figures, all of it made up.
TEXTS = {
    "劳务协作": "演示：逐月汇总企业用工需求送协作县（市），就地组织招聘，返岗务工人员由专人跟踪服务。",
    "产业协作": "演示：建立意向企业清单，陪同企业赴协作县（市）实地考察，落地中的问题专人协调。",
    "消费协作": "演示：组织协作县（市）特色农产品进机关食堂、进商超、进社区，按月对账。",
    "乡村建设": "演示：与协作县（市）共同选定示范村，项目进度每月到现场查看，资料同步归档。",
    "人才支援与交流": "演示：按协作县（市）需求选派教师、医生和农技人员，期满考核后接续轮换。",
    "改革创新": "演示：梳理两地可以异地办理的事项，统一申报材料，窗口人员集中培训。",
    "社会力量": "演示：发动商会、企业和社会组织对接结对镇村，捐赠款物逐笔登记、公示去向。",
}
TEXT = "演示：按年度安排推进，各项工作有序开展。"  # of no task area


def filler(report):
    """Who fills it in, and whether for another body (代录)."""
    if report.filer.code in OWN:
        return person(OWN[report.filer.code]), False
    if report.filer.kind == OrganisationKind.BUREAU:
        return person("bureau2"), False
    team = report.filer.kind == OrganisationKind.COUNTY_TEAM
    return person("workgroup-lead" if team else "bureau2"), True


def fill(report, now, *, leave=0, typed=None):
    """All cells but the last `leave`, those in `typed` as said, what a body does not have as 0; one text."""
    actor, behalf = filler(report)
    typed, cells, none = typed or {}, reading.cells(report), NONE.get(report.filer.code, ())
    changes = []
    for entry in cells[: len(cells) - leave]:
        text = "0" if entry.indicator.code in none else str(typed.get(entry.pk, figure(entry)))
        changes.append(filing.Change(entry.pk, entry.version, typed=text))
    outcomes = filing.save_cells(report, changes, actor=actor, now=now, behalf=behalf) if changes else []
    wrong = [outcome.message for outcome in outcomes if not outcome.kept]
    if wrong:
        raise AssertionError(f"{report}: {wrong[0]}")
    _confirm_zeros(report, actor, now, behalf)
    _explain(report, actor, now, behalf)
    texts = report.sections.filter(kind=SectionKind.NARRATIVE)
    if texts and not leave:
        area = texts[0].narrative.area
        practice = TEXTS.get(area.name, TEXT) if area else TEXT
        filing.save_text(texts[0], {"practice": practice}, version=0, actor=actor, now=now, behalf=behalf)


def _confirm_zeros(report, actor, now, behalf):
    """A typed 0 becomes 0（已确认）where typing alone does not say so."""
    reading.forget(report)
    plain = [entry for entry in reading.cells(report) if entry.state == CellState.VALUE and entry.value == 0]
    if plain:
        changes = [filing.Change(entry.pk, entry.version, typed="0") for entry in plain]
        filing.save_cells(report, changes, actor=actor, now=now, behalf=behalf)


def _explain(report, actor, now, behalf):
    """A sentence for each unusual figure."""
    reading.forget(report)
    unusual = {finding.entry for finding in reading.unexplained(report)}
    changes = [
        filing.Change(entry.pk, entry.version, note="演示：本月集中办理，已与对方核实。")
        for entry in reading.cells(report)
        if entry.pk in unusual
    ]
    if changes:
        filing.save_cells(report, changes, actor=actor, now=now, behalf=behalf)


def send(report, now):
    """Out of the body: signed in the portal where the leader has an account, else on paper with its scan."""
    actor, behalf = filler(report)
    if report.filer.code in SIGNERS and not behalf:
        chain.send_to_sign(report, actor=actor, now=now)
        chain.sign(report, actor=person(SIGNERS[report.filer.code]), now=now)
    elif not report.sign_off_wanted:
        chain.file(report, actor=actor, now=now)
    else:
        chain.attach_sheet(report, data=SCAN, filename="签章件（演示）.pdf", actor=actor, now=now)
        (chain.file_for if behalf else chain.sign_on_paper)(report, actor=actor, now=now)


def accept(report, now):
    """The bureau's officer, then the section head; its own report by the leader."""
    report.refresh_from_db()
    if report.filer.kind == OrganisationKind.BUREAU:
        review.accept_own(report, actor=person("bureau-lead"), now=now)
        return
    officer = person("bureau")
    if report.head_review:
        review.pass_on(report, actor=officer, now=now)
        review.accept_head(report, actor=person("bureau-head"), now=now)
    else:
        review.accept(report, actor=officer, now=now)


def check_all(report, now, *, without=()):
    """Each county confirms what it is asked, but for those named."""
    for sheet in report.check_sheets.select_related("county"):
        name = sheet.county.code.removeprefix("zy-")
        if name not in without:
            checks.confirm_all(sheet, mark=mark_of(sheet.lines.all()), actor=person(name), now=now)


def file_and_accept(report, first, second):
    """A whole life without trouble: filed at one moment, accepted and checked at the next."""
    if report.excused or report.state != ReportState.NOT_STARTED:
        return
    fill(report, first)
    report.refresh_from_db()
    send(report, first)
    check_all(report, second)
    accept(report, second)


def at(day, hour=10, minute=0):
    """That day at that time."""
    return moment(day, hour, minute)
