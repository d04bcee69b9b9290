from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "zhuzun.accounts"
    label = "accounts"
    verbose_name = "账号与身份"
