"""When a job's schedule fired last before a moment: what `jobs run-due` goes by after an outage."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = 366 * 4 + 1  # days to look back: a job of 29 February fires once in so many


def last_fired(routine, until: datetime) -> datetime | None:
    """The latest moment, not after `until`, at which the schedule of a row fires; nothing where it never does."""
    if routine.interval:
        return until
    if not routine.crontab:
        return None
    plan = routine.crontab.schedule
    local = until.astimezone(ZoneInfo(str(routine.crontab.timezone)))
    clock = [time(hour, minute) for hour in sorted(plan.hour) for minute in sorted(plan.minute)]
    for back in range(LONGEST):
        day = local.date() - timedelta(days=back)
        if not _fires_on(plan, day):
            continue
        fits = [one for one in clock if back or one <= local.time()]
        if fits:
            return datetime.combine(day, fits[-1], tzinfo=local.tzinfo)
    return None


def is_due(routine, last_run: datetime | None, until: datetime) -> bool:
    """Whether the schedule fired between the last run and `until`; a job that never ran is due."""
    if last_run is None:
        return True
    if routine.interval:
        return last_run + routine.interval.schedule.run_every <= until
    fired = last_fired(routine, until)
    return fired is not None and fired > last_run


def _fires_on(plan, day) -> bool:
    return (
        day.month in plan.month_of_year
        and day.day in plan.day_of_month
        and day.isoweekday() % 7 in plan.day_of_week  # cron counts from Sunday
    )
