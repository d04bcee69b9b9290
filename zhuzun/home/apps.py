"""The workbench: the floor that may look at every app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """工作台."""

    name = "zhuzun.home"
    label = "home"
    verbose_name = "工作台"

    def ready(self):
        """The cards, and the first line of the navigation."""
        from zhuzun.home import cards, sources
        from zhuzun.ui import navigation

        cards.add(*sources.CARDS)
        navigation.add("工作台", "工作台", "home:workbench", "home", None, 10)
