from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "zhuzun.home"
    label = "home"
    verbose_name = "工作台"
