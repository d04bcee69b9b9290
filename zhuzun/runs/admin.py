"""What the machine does by itself: the runs so far, and the timetable. Both are only read."""

from django.contrib import admin
from django_celery_beat.models import PeriodicTask

from zhuzun.access.admin import PortalAdmin
from zhuzun.runs.models import JobRun

EVERY = "*"
DAYS = dict(zip("0123456", "日一二三四五六", strict=True))


class ReadOnlyAdmin(PortalAdmin):
    """Rows that the machine writes."""

    reason_on_change = False

    def permission_of(self, act):
        """One permission for both lists."""
        return "runs.view_jobrun"

    def has_add_permission(self, request, *args):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin):
    """后台任务运行记录."""

    list_display = ("job", "started_at", "ended_at", "state", "result")
    list_filter = ("state", "job")
    search_fields = ("job", "result")
    ordering = ("-started_at", "-pk")
    date_hierarchy = "started_at"


@admin.register(PeriodicTask)
class TimetableAdmin(ReadOnlyAdmin):
    """后台任务时间表: which job runs when, in words."""

    list_display = ("name", "when", "enabled", "last_run_at", "total_run_count", "description")
    list_filter = ("enabled",)
    list_select_related = ("crontab", "interval")
    search_fields = ("name", "description")
    fields = ("name", "when", "enabled", "last_run_at", "total_run_count", "description")
    ordering = ("name",)

    @admin.display(description="运行时间")
    def when(self, obj):
        """每天 02:30, 每周一 08:00, 每 10 分钟."""
        if obj.crontab:
            return clock_words(obj.crontab)
        return interval_words(obj.interval) if obj.interval else "—"


def clock_words(plan) -> str:
    """A plan by the clock, in Chinese; what is not one of the plain forms is shown field by field."""
    if plan.minute.isdecimal() and plan.hour.isdecimal():
        return f"{_days(plan)} {int(plan.hour):02d}:{int(plan.minute):02d}"
    if plan.minute.isdecimal() and plan.hour == EVERY:
        return f"{_days(plan)}，每小时第 {int(plan.minute)} 分"
    return f"{_days(plan)}，时 {plan.hour}，分 {plan.minute}"


def _days(plan) -> str:
    if plan.day_of_month.isdecimal():
        month = "每月" if plan.month_of_year == EVERY else f"每年 {plan.month_of_year} 月"
        return f"{month} {plan.day_of_month} 日"
    if plan.day_of_week != EVERY:
        return "每周" + "、".join(DAYS.get(day, day) for day in plan.day_of_week.split(","))
    return "每天"


def interval_words(plan) -> str:
    """每 10 分钟."""
    units = {"days": "天", "hours": "小时", "minutes": "分钟", "seconds": "秒", "microseconds": "微秒"}
    return f"每 {plan.every} {units[plan.period]}"
