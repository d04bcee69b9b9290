from django.apps import AppConfig

from zhuzun.ui import navigation


class AuditConfig(AppConfig):
    name = "zhuzun.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self):
        from zhuzun.audit import listeners

        listeners.connect()
        navigation.add("系统", "审计记录", "audit:events", "list-search", "audit.view_event", 40)
