"""Lists of days and years of the calendar."""

from zhuzun.access.scopes import ScopedQuerySet


class CalendarQuerySet(ScopedQuerySet):
    """The calendar is no secret within the portal."""

    view_permission = "periods.view_calendar"
