"""The one place that reads the clock.

Only views, admin pages and jobs call it, and `access`, whose question is always «today»;
everything else is given `now`.
"""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()


def today() -> date:
    """The business date in Asia/Shanghai."""
    return timezone.localdate()


def day_of(moment: datetime) -> date:
    """The business date (Asia/Shanghai) on which a moment falls."""
    return timezone.localdate(moment)
