from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What the portal tells people: the inbox, reminders, and the official papers."""

    name = "zhuzun.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self):
        """The inbox and the papers in the navigation, with the number of what waits; the long work of papers."""
        from zhuzun.notices.inbox import count_unread
        from zhuzun.notices.incoming.waiting import count_waiting
        from zhuzun.notices.papers import bundles
        from zhuzun.ui import navigation

        bundles.register_all()
        navigation.add("工作台", "收件箱", "notices:inbox", "inbox", "notices.view_inbox", 20, count=count_unread)
        papers = "公文"
        navigation.add(papers, "公文", "notices:papers", "file-text", "notices.view_paper", 10, count=count_waiting)
        navigation.add(papers, "发文登记簿", "notices:register", "book", "notices.view_register", 20)
        navigation.add(papers, "收文登记簿", "notices:incoming_register", "book", "notices.view_register", 25)
        navigation.add(papers, "发文身份", "notices:identities", "certificate", "notices.view_register", 30)
