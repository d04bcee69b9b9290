"""Searching the trail: by person, body, object, act, time, address and success."""

from datetime import date, datetime, time, timedelta

import django_filters as filters
from django.utils import timezone

from zhuzun.audit.actions import choices
from zhuzun.audit.models import Event
from zhuzun.ui.filters import FilterSet, SearchFilter

EARLIEST, LATEST = date(1950, 1, 1), date(2999, 12, 31)
OUTCOMES = (("yes", "成功"), ("no", "失败"))


class EventFilter(FilterSet):
    """The filters of `/audit/`."""

    person = SearchFilter(label="人员", lookups=["actor_name__icontains", "username__icontains"])
    body = SearchFilter(label="单位", lookups=["organisation_name__icontains"])
    thing = SearchFilter(
        label="对象", lookups=["object_label__icontains", "reason__icontains", "detail__title__icontains"]
    )
    action = filters.ChoiceFilter(label="动作", choices=choices)
    since = filters.DateFilter(label="自", method="from_day")
    until = filters.DateFilter(label="至", method="to_day")
    address = SearchFilter(label="来源地址", lookups=["address__startswith"])
    outcome = filters.ChoiceFilter(label="结果", choices=OUTCOMES, method="by_outcome")

    class Meta:
        model = Event
        fields = ()

    def from_day(self, rows, name, day):
        """From the day's first moment in Asia/Shanghai."""
        return rows.filter(at__gte=_midnight(day))

    def to_day(self, rows, name, day):
        """To the day's last moment."""
        return rows.filter(at__lt=_midnight(day) + timedelta(days=1))

    def by_outcome(self, rows, name, value):
        """Those that succeeded, or those that were refused."""
        return rows.filter(succeeded=value == "yes")


def _midnight(day):
    """The first moment of `day`; a year that no clock can hold in UTC counts as the nearest sensible one."""
    return timezone.make_aware(datetime.combine(min(max(day, EARLIEST), LATEST), time.min))
