from django.apps import AppConfig

from zhuzun.ui import navigation


class RunsConfig(AppConfig):
    name = "zhuzun.runs"
    label = "runs"
    verbose_name = "后台任务"

    def ready(self):
        navigation.add("系统", "后台任务记录", "runs:runs", "clock", "runs.view_jobrun", 60)
