"""Scheduled jobs of the reporting cycle: each does all that is owed up to `now`, from the data."""

from datetime import datetime

from tasks.services.chasing import send_due
from tasks.services.opening import open_due
from tasks.services.papers import draft_due
from zhuzun.runs.jobs import scheduled_job


@scheduled_job("tasks.open_periods")
def open_periods(now: datetime) -> str:
    """Open the periods whose span has ended."""
    return str(open_due(now=now))


@scheduled_job("tasks.send_reminders")
def send_reminders(now: datetime) -> str:
    """Send the reminders that stand today; on working days only."""
    return send_due(now=now)


@scheduled_job("tasks.draft_papers")
def draft_papers(now: datetime) -> str:
    """Draft the papers that are due: 通报 and 报告 of closed periods, 催报提醒 after the last due date."""
    return draft_due(now=now)
