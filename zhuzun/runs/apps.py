from django.apps import AppConfig

from zhuzun.ui import navigation


class RunsConfig(AppConfig):
    """Scheduled runs and long work."""

    name = "zhuzun.runs"
    label = "runs"
    verbose_name = "后台任务"

    def ready(self):
        """The record of runs in the navigation."""
        navigation.add("系统", "后台任务记录", "runs:runs", "clock", "runs.view_jobrun", 60)
