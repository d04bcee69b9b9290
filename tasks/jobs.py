"""Scheduled jobs of the reporting cycle: each does all that is owed up to `now`, from the data."""

from datetime import datetime

from tasks.services.opening import open_due
from zhuzun.runs.jobs import scheduled_job


@scheduled_job("tasks.open_periods")
def open_periods(now: datetime) -> str:
    """Open the periods whose span has ended."""
    return str(open_due(now=now))
