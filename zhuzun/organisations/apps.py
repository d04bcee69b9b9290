from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "zhuzun.organisations"
    label = "organisations"
    verbose_name = "单位与区划"
