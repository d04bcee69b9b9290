from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "zhuzun.runs"
    label = "runs"
    verbose_name = "后台任务"
