"""A month in which a team's report was filed and its county is asked: short ways for tests of the check."""

from tasks.models import CheckSheet, Entry, FigureCheck, ProgressReport
from tasks.services import chain
from tasks.services.checks import Answer
from tasks.workflow import REPORT
from tests.tasks import filed
from tests.tasks.cycle import FILING
from zhuzun.accounts.roles import Role


def asked(october, people, *, now=FILING) -> CheckSheet:
    """正安's team filed; 正安 is asked about its two figures."""
    report = filed.filed(october.report(october.world.zhengan_team), by=people[Role.GROUP_MEMBER], now=now)
    return CheckSheet.objects.get(report=report)


def line(sheet, indicator) -> FigureCheck:
    """What the county said of one figure."""
    return sheet.lines.select_related("sheet__report", "entry__item").get(entry__indicator=indicator)


def agrees(one) -> Answer:
    """核对无误."""
    return Answer(one.pk, one.version, "confirmed")


def disputes(one, value=9, reason="县人社局口径不同") -> Answer:
    """有异议."""
    return Answer(one.pk, one.version, "disputed", value, reason)


def returned(report, people, *, now) -> ProgressReport:
    """The bureau gave it back."""
    return REPORT.take(
        ProgressReport.objects.get(pk=report.pk), "return_officer", actor=people[Role.BUREAU_OFFICER], now=now
    )


def filed_again(report, people, *, now, **values) -> ProgressReport:
    """With other figures {code: value}; the sheet signed anew."""
    member = people[Role.GROUP_MEMBER]
    for code, value in values.items():
        Entry.objects.filter(section__report=report, indicator__code=f"T-{code}").update(value=value)
    filed.sheet(report, by=member, now=now, data=filed.PDF + str(now).encode())
    report = ProgressReport.objects.get(pk=report.pk)
    return chain.sign_on_paper(report, actor=member, now=now, text="已核对")
