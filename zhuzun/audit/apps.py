from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "zhuzun.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self):
        from zhuzun.audit import listeners

        listeners.connect()
