from django.apps import AppConfig

from zhuzun.ui import navigation


class PeriodsConfig(AppConfig):
    name = "zhuzun.periods"
    label = "periods"
    verbose_name = "工作日历"

    def ready(self):
        navigation.add("任务与指标", "工作日历", "periods:calendar", "calendar", "periods.view_calendar", 90)
