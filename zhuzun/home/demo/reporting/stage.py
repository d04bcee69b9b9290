"""The last month at different points of the chain, as an office finds it on an ordinary day."""

from decimal import Decimal

from tasks import reading
from tasks.checking import mark_of
from tasks.models import ProgressReport
from tasks.services import adjusting, checks, extensions, review
from zhuzun.home.demo.cast import person
from zhuzun.home.demo.reporting import acts
from zhuzun.home.demo.reporting.acts import at
from zhuzun.home.demo.reporting.figures import figure
from zhuzun.home.demo.scan import SCAN
from zhuzun.organisations.kinds import OrganisationKind

IN_WORK = "zh-jiaoyu"
TEAMS_ACCEPTED = ("zhengan", "tongzi", "chishui")


def build(period, times, *, late) -> None:
    """Each body where the starter configuration puts it."""
    filed = times.filed
    rows = {report.filer.code: report for report in ProgressReport.objects.in_period(period).for_list()}
    _teams(rows, times, filed)
    _xiangzhou(rows["zh-xiangzhou"], times, filed)
    _jinwan(rows["zh-jinwan"], times, filed)
    _doumen(rows["zh-doumen"], times, filed)
    _gaoxin(rows["zh-gaoxin"], times, filed, late)
    _hengqin(rows["zh-hengqin"], times, filed)


def _teams(rows, times, filed):
    """County teams have filed; three are accepted; 道真's check is entered by the bureau from the signed sheet."""
    teams = [report for report in rows.values() if report.filer.kind == OrganisationKind.COUNTY_TEAM]
    for report in teams:
        name = report.filer.code.rpartition("-")[2]
        acts.fill(report, at(filed, 9, 30))
        report.refresh_from_db()
        acts.send(report, at(filed, 11))
        acts.check_all(report, at(times.work(filed, 1), 10), without=("daozhen", "wuchuan"))
        if name in TEAMS_ACCEPTED:
            acts.accept(report, at(times.work(filed, 1), 16))
    daozhen = rows["zh-gongzuozu-daozhen"]
    bureau, now = person("bureau"), at(times.work(filed, 1), 17)
    for sheet in daozhen.check_sheets.all():
        name = "道真县核对签章件（演示）.pdf"
        checks.attach_sheet(sheet, data=SCAN, filename=name, actor=bureau, now=now)
        checks.confirm_all(sheet, mark=mark_of(sheet.lines.all()), actor=bureau, now=now)


def _xiangzhou(report, times, filed):
    """Filed, with a figure of 务川 far above the year's usual step."""
    cell = next(
        entry
        for entry in reading.cells(report)
        if entry.place.code == "zy-wuchuan" and entry.indicator.code == "CON01-帮销"
    )
    usual = figure(cell)
    acts.fill(report, at(filed, 15), typed={cell.pk: usual + Decimal(1600)})
    report.refresh_from_db()
    acts.send(report, at(times.work(filed, 1), 10))


def _jinwan(report, times, filed):
    """Filled in, waiting for its leader's signature on paper; the bureau has granted more time."""
    acts.fill(report, at(filed, 9, 40))
    report.refresh_from_db()
    wanted = times.calendar.plus(times.today, 2)
    request = extensions.ask(
        report,
        progress="两县（市）数据已收齐，待分管领导审签。",
        reason="分管领导外出，纸质报表待签字。",
        wanted_on=wanted,
        actor=person("jinwan"),
        now=at(filed, 11),
    )
    extensions.approve(request, decision="同意。", actor=person("bureau"), now=at(filed, 15))


def _doumen(report, times, filed):
    """Returned in one section with a new date."""
    acts.fill(report, at(filed, 14))
    report.refresh_from_db()
    acts.send(report, at(filed, 16))
    section = report.sections.order_by("position").first()
    report.refresh_from_db()
    day = times.work(filed, 1)
    review.return_report(
        report,
        comments={section.pk: "企业实际到位投资与县里口径不一致，请核对合同额与到位额。"},
        due_on=times.calendar.plus(times.today, 2),
        text="请核对后重新报送。",
        actor=person("bureau"),
        now=at(day, 15),
    )


def _gaoxin(report, times, filed, late):
    """Late, half filled in; in the stage `overdue` the bureau has moved its date with a reason."""
    acts.fill(report, at(filed, 17), leave=4)
    if late:
        report.refresh_from_db()
        adjusting.move_due(
            report,
            due_on=times.calendar.plus(times.due, 2),
            reason="区机构调整，经同意顺延两个工作日。",
            actor=person("bureau"),
            now=at(filed, 17, 30),
        )


def _hengqin(report, times, filed):
    """Filed with rows of 0（已确认）; 正安 disputes one line."""
    acts.fill(report, at(filed, 10))
    report.refresh_from_db()
    acts.send(report, at(filed, 15))
    sheet = report.check_sheets.get(county__code="zy-zhengan")
    line = sheet.lines.get(entry__indicator__code="IND02")
    checks.dispute(
        line,
        version=line.version,
        other_value=line.entry.value - Decimal(300),
        reason="其中300万元为合同额，尚未到位。",
        actor=person("zhengan"),
        now=at(times.work(filed, 1), 11),
    )


def units(times) -> None:
    """市教育局's report of the last quarter (or the year) is in work, its date moved; the others' stand as they are.

    Done once: nothing is left to do when its report has been begun.
    """
    rows = ProgressReport.objects.filter(filer__code=IN_WORK, state="not_started", excused=False)
    rows = rows.filter(period__kind__in=("quarter", "year"), period__end__lte=times.quarter.end)
    report = rows.select_related("filer", "period").order_by("-period__end", "-due_on").first()
    if report is None:
        return
    bureau = person("bureau")
    day = times.worked_on(report.period)
    form = report.parts.order_by("pk").first().form
    adjusting.move_all(
        form,
        due_on=times.calendar.plus(times.today, 6),
        reason="与下月工作例会合并，统一顺延。",
        actor=bureau,
        now=at(day, 9),
    )
    acts.fill(report, at(times.calendar.plus(day, 1), 10), leave=6)
