"""The composition root as an app: it brings the command line and keeps the schedule's rows complete."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "zhuzun"
    label = "portal"
    verbose_name = "门户"

    def ready(self):
        from zhuzun.schedule import create_missing_rows

        # Django tells only apps with models; when celery-beat's is told, every table stands.
        scheduler = apps.get_app_config("django_celery_beat")
        post_migrate.connect(create_missing_rows, sender=scheduler, dispatch_uid="schedule")
