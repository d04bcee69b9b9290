"""An earlier period as it went: everybody filed, counties checked, the leader approved, the figures went up."""

from datetime import timedelta

from tasks.models import ProgressReport
from tasks.services import closing
from zhuzun.home.demo.cast import person
from zhuzun.home.demo.reporting.acts import at, file_and_accept


def run_and_close(period, times) -> None:
    """File, accept and check every report of the period; propose, check, approve; send up."""
    close(period, times, times.work(run_through(period, times), 2))


def run_through(period, times, *, without=()):
    """File, accept and check every report of the period but of the bodies named; gives the day of filing."""
    filed = times.work(period.end + timedelta(days=2))
    reports = ProgressReport.objects.in_period(period).exclude(filer__code__in=without)
    for report in reports.for_list().order_by("filer__position"):
        file_and_accept(report, at(filed, 10, 20), at(times.work(filed, 1), 15))
    return filed


def close(period, times, day) -> None:
    """定稿 and 上报."""
    period.refresh_from_db()
    closing.propose(period, actor=person("bureau"), now=at(day, 9))
    closing.check(period, actor=person("bureau-head"), now=at(day, 11))
    closing.approve(period, actor=person("bureau-lead"), now=at(day, 16))
    if period.forms.filter(up_on__isnull=False).exists():
        period.refresh_from_db()
        closing.send_up(period, on=day, note="演示", actor=person("bureau"), now=at(day, 17))
