from django.apps import AppConfig


class PeriodsConfig(AppConfig):
    name = "zhuzun.periods"
    label = "periods"
    verbose_name = "工作日历"
