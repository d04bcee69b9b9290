"""A month that is reviewed and closed: short ways for tests of what comes after."""

from tasks.models import ProgressReport, ReportingPeriod
from tasks.services import closing
from tasks.workflow import REPORT
from tests.tasks.cycle import at
from tests.tasks.filed import filed
from zhuzun.accounts.roles import Role

REVIEWED = at(6)
CLOSED = at(9, 16)


def accepted(report, people, *, by=None, now=REVIEWED) -> ProgressReport:
    """Filed, passed by the officer and accepted by the section head."""
    by = by or people[Role.DISTRICT_OFFICER]
    report = filed(ProgressReport.objects.get(pk=report.pk), by=by)
    report = REPORT.take(report, "pass_on", actor=people[Role.BUREAU_OFFICER], now=now)
    return REPORT.take(report, "accept_head", actor=people[Role.BUREAU_HEAD], now=now)


def close(period, people, *, now=CLOSED):
    """拟定稿, 科室审核, 审定; gives the snapshot."""
    period = ReportingPeriod.objects.get(pk=period.pk)
    closing.propose(period, actor=people[Role.BUREAU_OFFICER], now=now)
    closing.check(period, actor=people[Role.BUREAU_HEAD], now=now)
    return closing.approve(period, actor=people[Role.BUREAU_LEADER], now=now)
