from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What the portal tells people: the inbox and reminders; later the official papers."""

    name = "zhuzun.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self):
        """The inbox in the navigation, with the number of what is unread."""
        from zhuzun.notices.inbox import count_unread
        from zhuzun.ui import navigation

        navigation.add("工作台", "收件箱", "notices:inbox", "inbox", "notices.view_inbox", 20, count=count_unread)
