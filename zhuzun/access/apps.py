from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "zhuzun.access"
    label = "access"
    verbose_name = "权限"
