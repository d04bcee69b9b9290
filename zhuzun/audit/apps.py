from django.apps import AppConfig

from zhuzun.ui import conflicts, navigation


class AuditConfig(AppConfig):
    name = "zhuzun.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self):
        from zhuzun.audit import listeners, wording

        listeners.connect()
        conflicts.told_by(wording.latest_act)
        navigation.add("系统", "审计记录", "audit:events", "list-search", "audit.view_event", 40)
