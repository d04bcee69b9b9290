from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "zhuzun.access"
    label = "access"
    verbose_name = "权限"

    def ready(self):
        """The way into the admin site, for those to whom it opens."""
        from zhuzun.ui import navigation

        navigation.add("系统", "后台管理", "admin:index", "settings", "admin.enter", 60)
