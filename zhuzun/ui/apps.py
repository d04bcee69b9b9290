"""The common face of the portal: page bases, lists, navigation, template tags."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """界面."""

    name = "zhuzun.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self):
        from zhuzun.ui import checks  # noqa: F401  (registers the system check)
